"""The windows of Cosigne: they show the house in `crm` and decide nothing themselves."""

import builtins

import PySide6.QtCore  # noqa: F401

# Qt for Python replaces the import with its own, which reads the source of every module imported
# after it in search of `__feature__`. Nothing here asks for one; its own stays in `builtins`.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
