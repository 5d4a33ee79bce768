"""How far the reading carries to documents nobody had in mind when it was written."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.unseen import TRUTHS, compared, f1


@pytest.fixture(scope="module")
def read() -> dict[str, Counter[str]]:
    """Every document of the sets, compared with what a careful person reads in it."""
    return {path.stem: compared(path)[0] for path in TRUTHS}


def test_nearly_all_who_sign_are_found_and_hardly_anybody_else(
    read: dict[str, Counter[str]],
) -> None:
    assert f1(sum(read.values(), Counter())) >= 97


def test_each_document_counts_alike(read: dict[str, Counter[str]]) -> None:
    assert sum(map(f1, read.values())) / len(read) >= 95


@pytest.mark.parametrize("language", ["fr", "en", "de", "es", "it", "ca", "pt", "ru", "uk"])
def test_no_language_is_left_behind(read: dict[str, Counter[str]], language: str) -> None:
    assert f1(sum((c for n, c in read.items() if n.startswith(f"{language}_")), Counter())) >= 91


def test_the_countries_are_those_the_lists_give(read: dict[str, Counter[str]]) -> None:
    whole = sum(read.values(), Counter())
    assert whole["countries"] >= 0.99 * whole["right"]


def test_no_address_is_lost(read: dict[str, Counter[str]]) -> None:
    assert sum(read.values(), Counter())["lost"] == 0


def test_nobody_signs_a_text_without_a_list(read: dict[str, Counter[str]]) -> None:
    assert [name for name, c in read.items() if c["listless"] != c["clean"]] == []
