"""Logos: read out of any picture, kept small, printed side by side."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import func, select

from crm import airlock, appeals, contacts, documents
from crm.db import Database
from crm.documents.pictures import small_png
from crm.errors import Refused, Trouble
from crm.publishing import prepare
from crm.schema import File


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 300), mode: str = "RGB") -> bytes:
    """A plain rectangle in this format."""
    made = io.BytesIO()
    Image.new(mode, size).save(made, kind)
    return made.getvalue()


def signed(db: Database, *names: str) -> int:
    """An appeal these organisations signed, the first of them with a logo."""
    with db.write("An appeal") as session:
        made = appeals.add(session, "Appel", language="fr")
        for at, name in enumerate(names):
            body = contacts.add_organisation(session, name)
            appeals.sign(session, made, organisation_id=body)
            if not at:
                contacts.set_logo(session, body, small_png(picture()))
    return made


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_any_usual_picture_becomes_a_small_png(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"logo.{kind.lower()}"
    path.write_bytes(picture(kind))
    with Image.open(io.BytesIO(airlock.run(documents.logo, str(path)))) as made:
        assert (made.format, made.size) == ("PNG", (600, 200))


def test_what_shines_through_still_does(tmp_path: Path) -> None:
    with Image.open(io.BytesIO(small_png(picture(mode="RGBA")))) as made:
        assert made.mode == "RGBA"


def test_nothing_but_the_pixels_is_kept() -> None:
    made = io.BytesIO()
    about = Image.Exif()
    about[0x010E] = "taken at Paule Ancel's"
    Image.new("RGB", (40, 40)).save(made, "JPEG", exif=about, comment=b"secret")
    assert b"Paule" in made.getvalue()
    found = small_png(made.getvalue())
    assert b"Paule" not in found
    assert b"secret" not in found


@pytest.mark.parametrize(
    "content",
    [
        b"", b"no picture", picture()[:200], b"<svg onload='alert(1)'/>",
        b"GIF89a" + bytes(40), b"\x89PNG\r\n\x1a\n" + bytes(60),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(content)
    with pytest.raises(Trouble) as trouble:
        airlock.run(documents.logo, str(path))
    assert trouble.value.hint


def test_a_picture_of_a_billion_points_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    Image.new("1", (32_000, 32_000)).save(path)
    with pytest.raises(Refused):
        airlock.run(documents.logo, str(path))


def test_a_logo_is_taken_back_and_given_again(db: Database) -> None:
    with db.write("Somebody") as session:
        body = contacts.add_organisation(session, "Vigie")
    with db.write("Its logo") as session:
        contacts.set_logo(session, body, small_png(picture()))
    with db.read() as session:
        assert contacts.logo(session, body) == small_png(picture())
    list(db.undo())
    with db.read() as session:
        assert contacts.logo(session, body) is None
    list(db.redo())
    with db.write("No logo") as session:
        contacts.set_logo(session, body, None)
    with db.read() as session:
        assert contacts.logo(session, body) is None


def test_one_picture_is_kept_once(db: Database) -> None:
    signed(db, "Vigie")
    signed(db, "Moulin")
    with db.read() as session:
        assert session.scalar(select(func.count(File.id))) == 1


def test_only_a_small_png_is_kept(db: Database) -> None:
    with db.write("Somebody") as session:
        body = contacts.add_organisation(session, "Vigie")
    for content in (picture("JPEG"), picture(), b""):
        with pytest.raises(Refused), db.write("A logo") as session:
            contacts.set_logo(session, body, content)


@pytest.mark.parametrize("to", ["html", "docx", "odt", "pdf", "md", "txt"])
def test_the_wall_shows_the_logos_and_names_the_others(db: Database, to: str) -> None:
    made = signed(db, "Vigie", "Encre Libre", "Moulin")
    with db.read() as session:
        printed = prepare(session, made, "logos", to)
    assert printed.entries == ("Vigie", "Encre Libre", "Moulin")
    if to == "html":
        assert '<img src="data:image/png;base64,' in printed.text
        assert 'alt="Vigie"' in printed.text
    elif to in {"md", "txt"}:
        assert "Vigie\n\nEncre Libre" in printed.text
    elif to in {"docx", "odt"}:
        assert b".png" in printed.content


def test_a_sensitive_organisation_keeps_its_logo_to_itself(db: Database) -> None:
    made = signed(db, "Refuge caché", "Encre Libre")
    with db.write("Protect") as session:
        hidden = contacts.find_exactly(session, "Refuge caché")
        contacts.change(session, "organisation", hidden, sensitive=True)
    with db.read() as session:
        printed = prepare(session, made, "logos", "html")
    assert "img" not in printed.text
    assert printed.entries == ("Encre Libre",)
