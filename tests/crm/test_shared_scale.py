"""Several computers at once, in small; the whole size is in `tests/bench`."""

from __future__ import annotations

from tests.bench import shared_edits, shared_senders


def test_no_word_is_lost_when_several_edit_the_same_records() -> None:
    outcome = shared_edits.run(clients=2, edits=40, records=3)
    assert outcome.edits == 80
    assert (outcome.lost, outcome.doubled, outcome.unsigned) == (0, 0, 0)


def test_nobody_is_written_to_twice_when_several_send_and_are_killed() -> None:
    outcome = shared_senders.run(senders=2, messages=120, kills=2)
    assert outcome.kills  # a short mailing may end before the second
    assert (outcome.twice, outcome.lost, outcome.unsaid) == (0, 0, 0)
    assert sum(outcome.states.values()) == outcome.recipients == 120
