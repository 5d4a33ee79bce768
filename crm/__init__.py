"""The house without its windows: everything Cosigne knows and does, and no Qt.

errors, language, words, places, schema, history, db, vault, airlock, settings   the foundation
post/, formats/, documents/                                                       the gates to the world
all others                                                                        the rooms, one per subject
"""
