"""How a letter leaves the house.  A carrier knows nothing of the database."""

from crm.post.carrier import Carrier, Dropped, Refusal, Server, SmtpCarrier, is_here
from crm.post.checking import Tick, check
from crm.post.providers import Provider, advice, provider_of
from crm.post.replies import REASONS, Reply, classify

__all__ = [
    "REASONS", "Carrier", "Dropped", "Provider", "Refusal", "Reply", "Server", "SmtpCarrier",
    "Tick", "advice", "check", "classify", "is_here", "provider_of",
]  # fmt: skip
