"""Invented documents of people who had not seen the program, and beside each what they read in it.

Each set was read once before anything was learnt from it; the truths say which spellings and
parts are equally right: `accept`, `also`, `score: optional`, `kind_accept`, `title_accept`.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from crm.documents import read
from crm.reading import Reading, understand

SETS = Path(__file__).parent
TRUTHS = sorted(SETS.rglob("*.json"))


def compared(truth_file: Path) -> tuple[Counter[str], list[str]]:
    """How one document is read against its truth: counts, and each fault in words.

    Strict: a name counts when it is written as the truth has it; a country and a part, when the
    name was found.
    """
    truth = json.loads(truth_file.read_text(encoding="utf-8"))
    document = next(p for p in truth_file.parent.glob(f"{truth_file.stem}.*") if p != truth_file)
    reading = understand(read(str(document)))
    found = {_said(one.name): one for one in reading.organisations}
    wanted = _wanted(truth["organisations"], found)
    both = wanted.keys() & found.keys()
    countries = [name for name in both if found[name].country in _countries(wanted[name])]
    roles = [name for name in both if found[name].role in _roles(wanted[name], found[name].role)]
    lost = [each for each in truth.get("emails", []) if each not in reading.emails]
    counted = Counter(
        right=len(both), missed=len(wanted) - len(both), extra=len(found) - len(both),
        countries=len(countries), roles=len(roles), lost=len(lost), documents=1,
        listless=int(not wanted), clean=int(not wanted and not found),
    )  # fmt: skip
    faults = [f"missed  {name}" for name in wanted if name not in both]
    faults += [f"extra   {name}  ({found[name].role})" for name in found if name not in both]
    faults += [f"country {name}: {found[name].country}" for name in both if name not in countries]
    faults += [f"role    {name}: {found[name].role}" for name in both if name not in roles]
    faults += [f"address {each}" for each in lost]
    return counted, [*faults, *_head(reading, truth)]


def f1(counted: Counter[str]) -> float:
    """Of 100; a document without a list that is left empty is wholly right."""
    wrong = counted["missed"] + counted["extra"]
    whole = 2 * counted["right"] + wrong
    return 200 * counted["right"] / whole if whole else 100.0


def _head(reading: Reading, truth: dict[str, Any]) -> list[str]:
    faults = []
    for field in ("kind", "language", "place", "title", "date"):
        got = getattr(reading, field)
        got = got.isoformat() if field == "date" and got else got
        right = [truth.get(field), *truth.get(f"{field}_accept", [])]
        if field in truth and got not in right:
            faults.append(f"{field}: {got!r} for {truth[field]!r}")
    return faults


def _wanted(truth: list[dict[str, Any]], found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Who is to be found, under the spelling that was found where several are right."""
    wanted = {}
    for one in truth:
        spellings = [_said(each) for each in (one["name"], *one.get("accept", []))]
        met = next((each for each in spellings if each in found), spellings[0])
        if met in found or one.get("score") != "optional":
            wanted[met] = one
    return wanted


def _countries(wanted: dict[str, Any]) -> list[Any]:
    also = wanted.get("country_ok", [])
    return [wanted.get("country"), *(also if isinstance(also, list) else [also])]


def _roles(wanted: dict[str, Any], found: str) -> set[str]:
    return {wanted.get("role") or found, *wanted.get("also", [])}


def _said(name: str) -> str:
    return " ".join(name.replace("’", "'").split())
