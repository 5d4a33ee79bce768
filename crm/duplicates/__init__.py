"""Is this written name one we know?  Answered by rule 3: doubt asks, and every answer is learnt."""

from crm.duplicates.learning import learn, tell_apart
from crm.duplicates.matching import KnownNames, Match

__all__ = ["KnownNames", "Match", "learn", "tell_apart"]
