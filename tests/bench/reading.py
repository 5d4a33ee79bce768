"""How well documents are read: strict figures by language, by layout and by document.

`python -m tests.bench.reading [FOLDER …] [--all]`: every document with its truth beside it, in
`tests/documents` and `tests/unseen` by default.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

from tests.documents import DOCUMENTS
from tests.unseen import SETS, compared, f1


def main(folders: list[Path], *, everything: bool) -> int:
    """Print a line for each document that is not read whole, then the sums."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    each: list[float] = []
    for path in sorted(found for folder in folders for found in folder.rglob("*.json")):
        counted, faults = compared(path)
        each.append(f1(counted))
        for key in ("all", *_kinds(path)):
            sums[key].update(counted)
        if faults or everything:
            print(f"{path.stem}: {_figures(counted)}")
            print(*(f"    {fault}" for fault in faults), sep="\n")
    for key, counted in sorted(sums.items()):
        print(f"{key}: {_figures(counted)}")
    print(f"mean of the documents: {sum(each) / len(each):.1f}")
    return 0


def _kinds(path: Path) -> tuple[str, str]:
    """Its set and its language, as the file is called."""
    language = path.stem[:2] if path.stem[2:3] == "_" else path.stem.rpartition("_")[2]
    return f"set {path.parent.name}", language if len(language) == 2 else "fr"


def _figures(counted: Counter[str]) -> str:
    return (
        f"F1 {f1(counted):.1f} ({counted['right']} right, {counted['missed']} missed,"
        f" {counted['extra']} extra), countries {counted['countries']}/{counted['right']}, roles"
        f" {counted['roles']}/{counted['right']}, addresses lost {counted['lost']},"
        f" {counted['documents']} documents, without a list {counted['clean']} of"
        f" {counted['listless']} left empty"
    )


if __name__ == "__main__":
    given = [Path(each) for each in sys.argv[1:] if not each.startswith("--")]
    sys.exit(main(given or [DOCUMENTS, SETS], everything="--all" in sys.argv))
