"""The letters Cosigne comes with: one file each in resources/letters, by language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent.parent / "resources" / "letters"


@dataclass(frozen=True)
class ReadyLetter:
    """A letter to begin from."""

    key: str
    name: str
    subject: str
    body: str
    language: str
    to_write: tuple[str, ...] = ()  # words that stand where the writer has her own to say


def ready_letters(language: str, way: str = "mailed") -> list[ReadyLetter]:
    """Those in this language, `mailed` or `printed`, in the order life calls for them."""
    spoken = language if (FOLDER / language).is_dir() else "en"
    folder = FOLDER / spoken / way if way != "mailed" else FOLDER / spoken
    return [_read(path, spoken) for path in sorted(folder.glob("*.md"))]


def _read(path: Path, language: str) -> ReadyLetter:
    head, _line, body = path.read_text(encoding="utf-8").partition("\n---\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    key = path.stem.split("-", 1)[1]
    to_write = tuple(filter(None, fields.get("to write", "").split(" | ")))
    return ReadyLetter(
        key, fields["name"], fields["subject"], body.strip() + "\n", language, to_write
    )
