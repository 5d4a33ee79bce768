"""A sender killed at random moments; the whole size is `python -m tests.bench.kill_sending`."""

from __future__ import annotations

from pathlib import Path

from tests.bench import kill_sending


def test_nobody_is_written_to_twice_or_forgotten_when_the_sender_is_killed(tmp_path: Path) -> None:
    outcome = kill_sending.run(tmp_path, kills=5, messages=60, faults=2.0)
    assert outcome.kills == 5
    assert (outcome.twice, outcome.lost, outcome.unsaid, outcome.faults) == (0, 0, 0, [])
    assert sum(outcome.states.values()) == outcome.recipients == 60
