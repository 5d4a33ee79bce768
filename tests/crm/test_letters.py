"""Letters with fields."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import Any

import pytest

from crm.errors import Refused
from crm.letters import Envelope, Paper, build, compile_letter, ready_letters

FIELDS: dict[str, Any] = {
    "salutation": "Bonjour Ana Silva", "organisation": "Rive Claire", "person": "Ana Silva",
    "country": "France", "appeal": "Ouvrez les jardins", "deadline": "30 juin 2026",
    "signed_as": "Rive Claire", "association": "Collectif Aube", "secretary": "Samia",
    "appeal_date": "21 mai 2026", "place": "Port-Clair", "signed": [12],
}  # fmt: skip
EVIL = "[x](https://evil.example) **y** <b>z</b> {{ 7*7 }}"


def test_a_field_is_filled_in_subject_page_and_text() -> None:
    letter = compile_letter("Pour {{ organisation }}", "{{ salutation }},\n\n**Merci.**\n")
    found = letter.render(FIELDS)
    assert found.subject == "Pour Rive Claire"
    assert "<strong>Merci.</strong>" in found.html
    assert found.text == "Bonjour Ana Silva,\n\nMerci.\n"


def test_a_value_is_never_a_link_a_tag_or_a_field() -> None:
    found = compile_letter("{{ organisation }}", "{{ organisation }}").render(
        FIELDS | {"organisation": EVIL}
    )
    assert "<a" not in found.html
    assert "<b>" not in found.html
    assert "<strong>" not in found.html
    assert found.text.strip() == EVIL
    assert "49" not in found.html + found.text + found.subject


def test_a_subject_stays_on_one_line() -> None:
    found = compile_letter("{{ organisation }}", "x").render(
        FIELDS | {"organisation": "Rive\r\nBcc: all@rive.example"}
    )
    assert "\n" not in found.subject


def test_a_condition_is_for_those_it_concerns() -> None:
    letter = compile_letter(
        "x", "Un.\n\n{% if 12 in signed %}\nVous aviez signé.\n{% endif %}\n\nDeux.\n"
    )
    assert letter.render(FIELDS).text == "Un.\n\nVous aviez signé.\n\nDeux.\n"
    assert letter.render(FIELDS | {"signed": []}).text == "Un.\n\nDeux.\n"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{{ organization }}", "unknown field: “organization”"),
        ("{{ organisation", "not complete"),
        ("{% if person %}x", "not complete"),
        ("{{ ''.__class__.__mro__ }}", "fields and conditions, nothing else"),
        ("{% for x in signed %}{% endfor %}", "fields and conditions, nothing else"),
        ("{{ 'a' * 1000000000 }}", "fields and conditions, nothing else"),
        ("[here]({{ organisation }})", "cannot be the address of a link"),
    ],
)
def test_a_letter_that_cannot_be_filled_is_refused_in_words(body: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        compile_letter("x", body)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"\{\{ 'a' * 5 \}\}", "{{ 'a' * 5 }}"),
        ("&#123;&#123; 'a' * 5 &#125;&#125;", "{{ 'a' * 5 }}"),
        (r"a \{\{ b", "a {{ b"),
        ("&#123;% for x &#x7B;# y", "{% for x {# y"),
        (r"\{\# so {% if person %}x{% endif %}", "{# so x"),
        (r"\{\{ organisation.title \}\}", "{{ organisation.title }}"),
        ("&#123;{{ organisation }}}", "{Rive Claire}"),
        ("a {b} {{ organisation }}", "a {b} Rive Claire"),
    ],
)
def test_braces_that_markdown_reveals_stay_words(body: str, text: str) -> None:
    found = compile_letter("x", body).render(FIELDS)
    assert found.text.strip() == text
    assert "aaaaa" not in found.html


def test_no_sum_hides_in_the_words_of_a_field() -> None:
    with pytest.raises(Refused, match="fields and conditions, nothing else"):
        compile_letter("x", r"""{{ "}}\" * 5 ~ \"{{ person }}" }}""")


@pytest.mark.parametrize(
    "body", ["x \ue0005\ue001 y", "x \ue000{{ person }}\ue001", "x &#xE000;5&#57345; y", "\ue001"]
)
def test_characters_of_no_alphabet_pasted_in_do_no_harm(body: str) -> None:
    found = compile_letter("x", body + " Merci.").render(FIELDS)
    assert found.text.endswith("Merci.\n")
    assert not {"\ue000", "\ue001"} & set(found.html + found.text)


def test_the_nearest_field_is_named() -> None:
    with pytest.raises(Refused) as told:
        compile_letter("x", "{{ salutations }}")
    assert told.value.hint == "Did you mean “salutation”?"


def test_an_empty_field_names_itself() -> None:
    with pytest.raises(Refused, match="“appeal” is empty"):
        compile_letter("x", "{{ appeal }}").render({"organisation": "Rive"})


def test_script_and_file_links_in_a_letter_are_dropped() -> None:
    page = compile_letter("x", "<script>a</script> [f](file:///etc/passwd)").render(FIELDS).html
    assert "<script" not in page
    assert "<a" not in page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_ready_letter_can_be_filled(language: str) -> None:
    letters = ready_letters(language)
    assert [each.key for each in letters] == [
        "ask", "remind", "last", "thanks", "published", "proof", "mayor"
    ]  # fmt: skip
    for each in letters:
        found = compile_letter(each.subject, each.body).render(FIELDS)
        assert "Ouvrez les jardins" in found.subject
        assert "{" not in found.text


def test_a_message_is_for_one_person_and_says_how_to_stop() -> None:
    letter = compile_letter("Été — {{ organisation }}", "{{ salutation }} 😀").render(FIELDS)
    built = build(
        Envelope("Collectif, Aube", "aube@aube.example", "Сад «Rive»",
                 "info@пример.example", "<1@aube.example>"),
        letter,
        Paper("en", "Collectif Aube", "you signed.", [("résumé.pdf", b"%PDF-1.7")]),
        datetime(2026, 5, 21, tzinfo=UTC),
    ).as_bytes()  # fmt: skip
    read = message_from_bytes(built, policy=policy.default)
    assert read["To"].addresses[0].addr_spec == "info@xn--e1afmkfd.example"
    assert read["Cc"] is None
    assert read["Bcc"] is None
    assert read["Message-ID"] == "<1@aube.example>"
    assert read["List-Unsubscribe"] == "<mailto:aube@aube.example?subject=stop>"
    body = read.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "Collectif Aube writes to you because you signed." in text
    assert "answer “stop”" in text
    (attached,) = read.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("résumé.pdf", b"%PDF-1.7")
    assert b"http" not in built  # no image, no tracking
    assert max(len(line) for line in built.splitlines()) <= 998
