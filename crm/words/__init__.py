"""Names as people write them: tidied, folded, sorted, compared.  Knows nothing of the database.

An organisation's name reaches us with other accents, another article, its acronym, its town, a
slip of the hand.  What is decided here is decided by spelling alone and errs towards asking.
"""

from crm.words.acronyms import acronym_of, initials, is_acronym, letters_of
from crm.words.collation import collated
from crm.words.keys import identities, identity
from crm.words.likeness import compare
from crm.words.relation import Relation
from crm.words.shape import fold, legible, sort_key, sought, split_article, tidy, unquoted

__all__ = [
    "Relation", "acronym_of", "collated", "compare", "fold", "identities", "identity",
    "initials", "is_acronym", "legible", "letters_of", "sort_key", "sought", "split_article",
    "tidy", "unquoted",
]  # fmt: skip
