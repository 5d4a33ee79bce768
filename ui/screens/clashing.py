"""Whose words stand: a small window where two people changed the same fields of one record."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from crm.language import _
from ui.kit import Banner, Dialog, Well, Words, column, heading, scaled, scrolling
from ui.screens.lowered import AROUND, Lowered

if TYPE_CHECKING:
    from crm.clashes import Clash, Clashing

WAYS = ("mine", "theirs", "before")
TALLEST = 150  # pixels a long text may take before it scrolls
SHORT = 240  # letters that need no scrolling

Say = Callable[[str, Any], str]
"""A value of a field in words: `say(field, value)`."""


class Clashes(Dialog):
    """Each field as I wrote it, as they did, and as it was; one of the three stands.

    Nothing is chosen beforehand, so that no Enter pressed by habit takes anybody's words away.
    """

    def __init__(
        self,
        owner: QWidget,
        why: Clashing,
        labels: Mapping[str, str],
        say: Say,
        then: Callable[[dict[str, Any]], object],
    ) -> None:
        super().__init__(
            owner, _("Whose words stand?"), save=(_("Save these"), self._take),
            leave=_("Go back to my form"), width=780,
        )  # fmt: skip
        self._clashes, self._then = why.clashes, then
        self.choices: dict[str, QButtonGroup] = {}
        self.say(Banner("doubt", f"<b>{html.escape(why.message)}</b>", hint=why.hint))
        titles = {
            "mine": _("Mine"),
            "theirs": _("By {who}").format(who=why.who) if why.who else _("Theirs"),
            "before": _("As it was before"),
        }
        ways = [
            (heading(labels[each.field]), self._ways(each, titles, say)) for each in why.clashes
        ]
        inside = QWidget()
        inside.setLayout(column(*(part for pair in ways for part in pair), gap=8))
        self.put(Lowered(inside, around=AROUND + 80))  # the bar above it
        self._weigh()

    def _ways(self, clash: Clash, titles: Mapping[str, str], say: Say) -> QWidget:
        group = self.choices[clash.field] = QButtonGroup(self)
        group.idToggled.connect(self._weigh)
        made = QWidget()
        beside = QGridLayout(made)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setHorizontalSpacing(scaled(10))
        for at, way in enumerate(WAYS):
            words = say(clash.field, getattr(clash, way)) or _("(nothing)")
            choose = QRadioButton(titles[way])
            choose.setAccessibleDescription(words)
            group.addButton(choose, at)
            beside.addWidget(_well(choose, words), 0, at)
            beside.setColumnStretch(at, 1)
        return made

    def _weigh(self, *_ignored: object) -> None:
        if self.main is not None:
            chosen = [group.checkedId() >= 0 for group in self.choices.values()]
            self.main.setEnabled(all(chosen))

    def _take(self) -> None:
        kept = {
            each.field: getattr(each, WAYS[self.choices[each.field].checkedId()])
            for each in self._clashes
        }
        self.accept()
        self._then(kept)


def _well(choose: QRadioButton, words: str) -> Well:
    text = Words(words, "text", copied=True)
    text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    if len(words) < SHORT and words.count("\n") < 4:
        return Well(choose, text, None)
    inside = QWidget()
    below = QVBoxLayout(inside)
    below.setContentsMargins(0, 0, scaled(4), 0)
    below.addWidget(text)
    below.addStretch(1)
    area = scrolling(inside)
    area.setFixedHeight(scaled(TALLEST))
    made = Well(choose)
    made.body.addWidget(area, 1)
    return made
