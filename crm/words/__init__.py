"""Names as people write them: tidied, folded, sorted, compared.  Knows nothing of the database.

An organisation's name reaches us with other accents, another article, its acronym, its town, a
slip of the hand.  What is decided here is decided by spelling alone and errs towards asking.
"""

from crm.words.likeness import Relation, compare
from crm.words.shape import (
    acronym_of,
    fold,
    identity,
    initials,
    sort_key,
    split_article,
    tidy,
    unquoted,
)

__all__ = [
    "Relation", "acronym_of", "compare", "fold", "identity", "initials", "sort_key",
    "split_article", "tidy", "unquoted",
]  # fmt: skip
