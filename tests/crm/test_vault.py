"""The key of a file, its phrase, its sheet and the keyring."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm import vault
from crm.errors import Locked, Refused, Unreachable
from tests.conftest import KEY
from tests.secret_service import secret_service

PHRASE = "moulin cerise wagon avril lanterne"


def test_a_phrase_gives_the_same_key_whatever_its_capitals_and_spaces() -> None:
    key = vault.new_key(PHRASE)
    assert vault.key_from_phrase("  Moulin CERISE wagon  avril lanterne", key.salt) == key


def test_another_phrase_gives_another_key() -> None:
    key = vault.new_key(PHRASE)
    assert vault.key_from_phrase(PHRASE + "s", key.salt) != key


def test_a_phrase_of_three_letters_is_refused() -> None:
    with pytest.raises(Refused, match="too short"):
        vault.new_key("abc")


def test_the_sheet_opens_what_the_phrase_opens() -> None:
    groups = vault.sheet(KEY)
    assert [len(group) for group in groups] == [4] * 13
    assert vault.key_from_sheet(" ".join(groups).lower(), KEY.salt) == KEY


def test_a_letter_misread_on_the_sheet_is_told() -> None:
    letters = " ".join(vault.sheet(KEY))
    with pytest.raises(Refused, match="thirteen groups"):
        vault.key_from_sheet(letters[:-1], KEY.salt)
    with pytest.raises(Refused, match="thirteen groups"):
        vault.key_from_sheet(letters.replace(letters[0], "Z"), KEY.salt)


def test_five_words_are_proposed_and_never_the_same() -> None:
    proposed = {vault.propose_phrase("fr") for _draw in range(20)}
    assert len(proposed) == 20
    assert all(len(phrase.split()) == 5 for phrase in proposed)


def test_the_keyring_opens_the_file_by_itself(keyring: None, workspace: Path) -> None:
    assert vault.keep_key(KEY)
    assert vault.kept_key(workspace) == KEY
    vault.forget_key(KEY)
    assert vault.kept_key(workspace) is None


def test_mail_passwords_with_accents_come_back_whole(keyring: None) -> None:
    assert vault.keep_mail_password("w", 1, "pässwörd Қаз 😀")
    assert vault.mail_password("w", 1) == "pässwörd Қаз 😀"
    vault.forget_mail_password("w", 1)
    assert vault.mail_password("w", 1) is None


def test_without_a_keyring_the_phrase_is_asked_for(workspace: Path) -> None:
    assert not vault.has_keyring()
    assert not vault.keep_key(KEY)
    with pytest.raises(Locked, match="nobody gave its phrase"):
        vault.key_for(workspace, lambda: None)


def test_a_locked_keyring_says_so_and_the_phrase_still_opens(
    tmp_path: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with secret_service(tmp_path / "secrets", unlocked=False) as places:
        for name, value in places.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(Unreachable, match="keyring"):
            vault.keep_key(KEY)
        assert vault.key_for(workspace, lambda: PHRASE).salt == KEY.salt


@pytest.mark.parametrize(
    "backend", ["keyring.backends.null.Keyring", "keyrings.alt.file.PlaintextKeyring"]
)
def test_a_keyring_that_keeps_nothing_or_in_clear_is_not_used(
    keyring: None, monkeypatch: pytest.MonkeyPatch, backend: str
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", backend)
    assert not vault.has_keyring()


def test_the_phrase_leaves_the_environment_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COSIGNE_PASSPHRASE", PHRASE)
    assert vault.phrase_from_environment() == PHRASE
    assert vault.phrase_from_environment() is None


def test_a_secret_file_others_can_read_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "mail-1"
    secret.write_text("s3cret\n", encoding="utf-8")
    secret.chmod(0o644)
    with pytest.raises(Refused, match="other users"):
        vault.mail_password("w", 1, secrets_dir=tmp_path)
    secret.chmod(0o600)
    assert vault.mail_password("w", 1, secrets_dir=tmp_path) == "s3cret"
