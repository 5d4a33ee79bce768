"""How well documents are read: strict figures by language and by document.

`python -m tests.bench.reading [FOLDER …] [--all]`: every document with its truth beside it.  A
name counts when it is written as the truth has it; a country, when its name was found.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from crm.documents import read
from crm.reading import understand
from tests.documents import DOCUMENTS


def main(folders: list[Path], *, everything: bool) -> int:
    """Print a line for each document that is not read whole, then the sums."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for path in sorted(each for folder in folders for each in folder.rglob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        document = next(each for each in path.parent.glob(f"{path.stem}.*") if each != path)
        counted, faults = _compared(document, truth)
        for key in ("all", truth.get("language") or "?", path.stem.partition("_")[2] or path.stem):
            sums[key].update(counted)
        if faults or everything:
            print(f"{path.stem}: {_figures(counted)}")
            print(*(f"    {fault}" for fault in faults), sep="\n")
    for key in ("all", *sorted(key for key in sums if len(key) == 2)):
        print(f"{key}: {_figures(sums[key])}")
    return 0


def _compared(document: Path, truth: dict[str, Any]) -> tuple[Counter[str], list[str]]:
    reading = understand(read(str(document)))
    found = {_said(one.name): one for one in reading.organisations}
    wanted = _wanted(truth["organisations"], found)
    both = wanted.keys() & found.keys()
    countries = [name for name in both if wanted[name].get("country") == found[name].country]
    roles = [name for name in both if found[name].role in _roles(wanted[name], found[name].role)]
    emails = [each for each in truth.get("emails", []) if each in reading.emails]
    counted = Counter(
        right=len(both), missed=len(wanted) - len(both), extra=len(found) - len(both),
        countries=len(countries), roles=len(roles), emails=len(emails),
        lost=len(truth.get("emails", [])) - len(emails), documents=1,
        clean=int(bool(not wanted and not found)), listless=int(not wanted),
    )  # fmt: skip
    faults = [f"missed  {name}" for name in wanted if name not in both]
    faults += [f"extra   {name}  ({found[name].role})" for name in found if name not in both]
    faults += [
        f"country {name}: {found[name].country} for {wanted[name].get('country')}"
        for name in both
        if name not in countries
    ]
    faults += [
        f"role    {name}: {found[name].role} for {wanted[name].get('role')}"
        for name in both
        if name not in roles
    ]
    faults += [f"address {each}" for each in truth.get("emails", []) if each not in reading.emails]
    for field in ("kind", "language", "place", "title", "date"):
        got = getattr(reading, field)
        got = got.isoformat() if field == "date" and got else got
        right = [truth.get(field), *truth.get(f"{field}_accept", [])]
        if field in truth and got not in right:
            faults.append(f"{field}: {got!r} for {truth[field]!r}")
    return counted, faults


def _wanted(truth: list[dict[str, Any]], found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Who is to be found, under the spelling that was found where several are right."""
    wanted = {}
    for one in truth:
        spellings = [_said(each) for each in (one["name"], *one.get("accept", []))]
        met = next((each for each in spellings if each in found), spellings[0])
        if met in found or one.get("score") != "optional":
            wanted[met] = one
    return wanted


def _roles(wanted: dict[str, Any], found: str) -> set[str]:
    return {wanted.get("role") or found, *wanted.get("also", [])}


def _said(name: str) -> str:
    return " ".join(name.replace("’", "'").split())


def _figures(counted: Counter[str]) -> str:
    right, missed, extra = counted["right"], counted["missed"], counted["extra"]
    f1 = 200 * right / (2 * right + missed + extra) if right + missed + extra else 100.0
    return (
        f"F1 {f1:.1f} ({right} right, {missed} missed, {extra} extra), countries "
        f"{counted['countries']}/{right}, roles {counted['roles']}/{right}, addresses lost "
        f"{counted['lost']}, {counted['documents']} documents, without a list "
        f"{counted['clean']}/{counted['listless']} left empty"
    )


if __name__ == "__main__":
    given = [Path(each) for each in sys.argv[1:] if not each.startswith("--")]
    sys.exit(main(given or [DOCUMENTS], everything="--all" in sys.argv))
