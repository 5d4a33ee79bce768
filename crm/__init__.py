"""The house without its windows: everything Cosigne knows and does, and no Qt.

The foundation: errors, language, words, places, schema, history, cipher, db, vault, airlock,
settings, privacy.  The gates to the world: post/, formats/, documents/.  All others are rooms,
one per subject; cli/ calls them from the command line.
"""
