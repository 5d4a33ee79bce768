"""The start of the window: the frame at once, then the file, then everything else."""

from __future__ import annotations

import gc
import os
import sys

from PySide6.QtCore import QLibraryInfo, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from crm import computer, language
from ui import look, trouble
from ui.opening import Opening
from ui.tasks import Tasks
from ui.window import Window


def main() -> int:
    """Open the window and stay until it is closed; the exit code."""
    app, window, opening = begin()
    code = app.exec()
    window.tasks.close()
    opening.close()
    return code


def begin() -> tuple[QApplication, Window, Opening]:
    """The window shown where she was, while the workspace is still being opened."""
    app = make()
    window = Window(Tasks())
    opening = Opening(window)
    opening.begin()
    window.show()
    QTimer.singleShot(0, app, gc.freeze)  # what the start loaded is no garbage
    return app, window, opening


def make() -> QApplication:
    """The application, dressed as she chose on this computer."""
    # Nothing here is drawn by OpenGL, whose drivers would be loaded all the same.
    os.environ.setdefault("QT_XCB_GL_INTEGRATION", "none")
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Cosigne")
    app.setApplicationDisplayName("Cosigne")
    app.setDesktopFileName("cosigne")
    _speak(app)
    look.dress(
        app,
        theme=str(computer.recall("theme", "system")),
        zoom=float(computer.recall("zoom", 1.0)),
    )
    app.setWindowIcon(look.icon("cosigne", "link", 64))
    trouble.catch_all()
    return app


def _speak(app: QApplication) -> None:
    """Our own sentences, and Qt's own buttons, in the language she chose."""
    if chosen := computer.recall("language"):
        language.use(str(chosen))
    if language.current() != "en":
        spoken = QTranslator(app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if spoken.load(f"qtbase_{language.current()}", folder):
            app.installTranslator(spoken)
