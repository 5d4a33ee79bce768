"""What is said of a text that lists nobody, or nobody new, and what may be noted all the same."""

from __future__ import annotations

import html
from collections.abc import Callable
from functools import partial

from crm.language import _, n_
from crm.reading import Event, Review
from ui.kit import Banner, Button, dates

Meet = Callable[[tuple[Event, ...]], object]
_MOST = 3  # rendezvous with a button of their own


def tell_nothing(bar: Banner, review: Review, add: Callable[[str], object], meet: Meet) -> None:
    """Say it in the bar; hidden where there is something to record or to answer."""
    nobody = not review.lines
    all_there = not nobody and not review.to_record() and not review.counts().questions
    bar.setVisible(nobody or all_there)
    if nobody:
        said = " ".join((review.nothing(), _("You may note:")))
        bar.say("info", html.escape(said))
        bar.offer(
            Button(_("This organisation relays…"), partial(add, "relayed")),
            *_rendezvous(review.reading.events, meet),
            Button(_("Add a signatory by hand…"), partial(add, "signatory")),
        )
    elif all_there:
        bar.say("info", html.escape(_("Nothing is left to record of this document.")))
        bar.offer()


def _rendezvous(events: tuple[Event, ...], meet: Meet) -> list[Button]:
    """One button for each of the first, and one for all of several."""
    found = [Button(_when(each), partial(meet, (each,))) for each in events[:_MOST]]
    if len(events) > 1:
        said = n_("The {n} rendezvous", "The {n} rendezvous", len(events))
        found.append(Button(said, partial(meet, events)))
    return found


def _when(event: Event) -> str:
    at = dates.hour(event.at) if event.at else ""
    when = ", ".join(filter(None, (dates.in_full(event.on), at)))
    return _("Rendezvous of {date}").format(date=when)
