"""The small windows of a review: a line corrected, cut in two, added; a country chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QWidget

from crm import language, places
from crm.language import _
from crm.places import Place
from crm.reading import Joint, Pencil, Review, ReviewLine
from ui.form import Form, Line
from ui.kit import Dialog, Words, column, scaled
from ui.screens.review_table import roles_short

Then = Callable[[], object]


def correct(owner: QWidget, review: Review, line: ReviewLine, then: Then) -> Dialog:
    """Let her correct a line: its name, its country, its part, whether it is a person."""
    form = Form(
        Line("name", _("Name"), needed=True),
        _country(),
        Line("role", _("Part"), "choice", choices=list(roles_short().items())),
        Line("person", _("This is a person, not an organisation"), "tick"),
    )
    before = {
        "name": line.name, "country": line.country or "", "role": line.role,
        "person": line.noun == "person",
    }  # fmt: skip
    form.fill(before)

    def take() -> None:
        if not form.complete():
            return
        now = form.values()
        review.edit(
            line.index,
            name=now["name"] if now["name"] != before["name"] else None,
            country=now["country"] if now["country"] != before["country"] else None,
            role=now["role"],
            noun="person" if now["person"] else "organisation",
        )
        dialog.accept()
        then()

    dialog = Dialog(owner, _("Correct this line"), save=(_("Keep"), take))
    return _opened(dialog, form, "name")


def add_line(
    owner: QWidget, pencil: Pencil, then: Callable[[ReviewLine], object], role: str = "signatory"
) -> Dialog:
    """Let her write a signatory that the document does not list."""
    form = Form(
        Line("name", _("Name"), needed=True),
        _country(),
        Line("role", _("Part"), "choice", choices=list(roles_short().items())),
        Line("person", _("This is a person, not an organisation"), "tick"),
    )
    form.fill({"name": "", "country": "", "role": role, "person": False})

    def take() -> None:
        if not form.complete():
            return
        now = form.values()
        noun = "person" if now["person"] else "organisation"
        made = pencil.add(now["name"], noun=noun, country=now["country"] or "", role=now["role"])
        dialog.accept()
        then(made)

    title = _("This organisation relays…") if role == "relayed" else _("A signatory by hand")
    dialog = Dialog(owner, title, save=(_("Add"), take))
    return _opened(dialog, form, "name")


def choose_country(
    owner: QWidget, title: str, sentence: str, take: Callable[[Place], object]
) -> Dialog:
    """Let her choose a country, or a heading that is none."""
    form = Form(_country(*((f"={key}", name) for key, name in _headings())))

    def chosen() -> None:
        value = form.values()["country"] or ""
        heading = value[1:] if value.startswith("=") else None
        dialog.accept()
        take(Place(None if heading else value or None, heading))

    dialog = Dialog(owner, title, save=(_("Keep"), chosen))
    dialog.put(Words(sentence, "text"))
    return _opened(dialog, form, "country")


def _country(*more: tuple[str, str]) -> Line:
    choices = [("", ""), *more, *places.countries(language.current())]
    return Line("country", _("Country"), "choice", choices=choices)


def _headings() -> list[tuple[str, str]]:
    return [(key, places.heading_name(key, language.current())) for key in places.HEADINGS]


def _opened(dialog: Dialog, form: Form, first: str) -> Dialog:
    dialog.put(form)
    dialog.open()
    form.field(first).setFocus()
    return dialog


class SplitLine(Dialog):
    """Where a line is cut in two: at one of its natural joints, or where the caret is put."""

    def __init__(
        self, owner: QWidget, pencil: Pencil, line: ReviewLine, take: Callable[[Joint], object]
    ) -> None:
        super().__init__(owner, _("Cut in two"), save=(_("Cut in two"), self._take),
                         leave=_("Leave it whole"), width=520)  # fmt: skip
        self._pencil, self._line, self._give = pencil, line, take
        self.joints = pencil.joints(line)
        self.choices = QButtonGroup(self)
        for at, joint in enumerate(self.joints):
            self._offer(at, _("“{left}” and “{right}”").format(left=joint.left, right=joint.right))
        self.field = QLineEdit(" ".join(pencil.wording(line).split()))
        self.field.setReadOnly(True)
        self.field.setAccessibleName(_("The line, to put the caret in"))
        self.told = Words("", "soft")
        if self.joints:
            self._offer(len(self.joints), _("Somewhere else: put the caret there"))
        else:
            self.put(Words(_("Put the caret where the second name begins."), "text"))
        below = column(self.field, self.told)
        below.setContentsMargins(scaled(25 if self.joints else 0), 0, 0, 0)
        self.put(below)
        self.field.setCursorPosition(0)
        self.field.cursorPositionChanged.connect(self._moved)
        self.choices.idToggled.connect(lambda _at, _on: self._tell())
        first = self.choices.button(0)
        if first is not None:
            first.setChecked(True)
            first.setFocus()
        else:
            self.field.setFocus()
        self._tell()

    def _offer(self, at: int, words: str) -> None:
        button = QRadioButton(words.replace("&", "&&"))
        self.choices.addButton(button, at)
        self.put(button)

    def joint(self) -> Joint | None:
        """Where it would be cut now."""
        at = self.choices.checkedId()
        if 0 <= at < len(self.joints):
            return self.joints[at]
        return self._pencil.joint_at(self._line, *self._place())

    def _place(self) -> tuple[int, int]:
        """The caret in the line's own wording, whose blanks may be more than one."""
        before = len(self.field.text()[: self.field.cursorPosition()].replace(" ", ""))
        wording = self._pencil.wording(self._line)
        for at, letter in enumerate(wording):
            if before == 0 and not letter.isspace():
                return at, at
            before -= not letter.isspace()
        return len(wording), len(wording)

    def _moved(self, _old: int, _new: int) -> None:
        last = self.choices.button(len(self.joints))
        if last is not None:
            last.setChecked(True)
        self._tell()

    def _tell(self) -> None:
        joint = self.joint()
        said = _("“{left}” and “{right}”")
        elsewhere = joint is not None and joint not in self.joints
        self.told.setText(
            said.format(left=joint.left, right=joint.right) if joint and elsewhere else " "
        )
        if self.main is not None:
            self.main.setEnabled(joint is not None)

    def _take(self) -> None:
        if joint := self.joint():
            self.accept()
            self._give(joint)
