"""Addressees and their letters from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import docx

from tests.crm.test_cli_workspaces import Run, cosigne, made

__all__ = ["cosigne"]


def appeal(cosigne: Run) -> int:
    """An appeal in a new workspace, read from a document."""
    made(cosigne)
    Path("appel.md").write_text(
        "# Libérez les jardiniers\n\nPort-Clair, le 3 mai 2026\n\n**Les organisations signataires**"
        " : Ligue Horizon, Foyer Lumière\n",
        encoding="utf-8",
    )
    code, _out, err = cosigne("read", "appel.md", "--into", "new")
    assert code == 0, err
    return int(json.loads(cosigne("appeals", "--json")[1])[0]["id"])


def test_letters_come_from_a_list_of_addressees(cosigne: Run, tmp_path: Path) -> None:
    number = appeal(cosigne)
    Path("maires.csv").write_text(
        "Nom;Adresse;Appel\nMadame Odile Ferrand;Port-Clair;Madame la Maire,\n"
        "Monsieur Paul Modèle;Aube;Monsieur le Maire,\n",
        encoding="utf-8",
    )
    code, out, err = cosigne("addressees", number, "--add", "maires.csv", "--json")
    assert code == 0, err
    assert [(each["name"], each["state"]) for each in json.loads(out)] == [
        ("Madame Odile Ferrand", "unsent"), ("Monsieur Paul Modèle", "unsent"),
    ]  # fmt: skip
    code, out, err = cosigne("letter", number, "lettres", "--starter", "mayor", "--json")
    assert code == 0, err
    files = json.loads(out)["files"]
    assert [Path(each).name for each in files] == [
        "Madame Odile Ferrand.docx", "Monsieur Paul Modèle.docx",
    ]  # fmt: skip
    said = "\n".join(part.text for part in docx.Document(files[1]).paragraphs)
    assert "Monsieur le Maire," in said
    assert "Odile" not in said
    assert "Ligue Horizon, Foyer Lumière" in said


def test_one_addressee_and_one_file_for_all(cosigne: Run) -> None:
    number = appeal(cosigne)
    Path("deux.csv").write_text("Ana Exemple;Aube\nPaul Modèle;Aube\n", encoding="utf-8")
    cosigne("addressees", number, "--add", "deux.csv")
    code, out, _err = cosigne(
        "letter", number, "un", "--only", "Ana Exemple", "--to", "odt", "--starter", "meeting"
    )
    assert (code, out) == (0, f"{Path('un') / 'Ana Exemple.odt'}\n")
    code, out, _err = cosigne("letter", number, "tous", "--to", "pdf", "--together")
    assert code == 0
    assert Path(out.strip()).read_bytes().startswith(b"%PDF")


def test_what_is_missing_is_a_sentence(cosigne: Run) -> None:
    number = appeal(cosigne)
    assert "has no addressee yet" in cosigne("letter", number, "x")[2]
    Path("un.csv").write_text("Ana Exemple;Aube\n", encoding="utf-8")
    cosigne("addressees", number, "--add", "un.csv")
    assert "has no letter yet" in cosigne("letter", number, "x")[2]
    assert "is called “Paul”" in cosigne("letter", number, "x", "--only", "Paul")[2]
    Path("faux.csv").write_bytes("é;à\n".encode("latin-1"))
    assert "UTF-8" in cosigne("addressees", number, "--add", "faux.csv")[2]
    assert not Path("x").exists()
