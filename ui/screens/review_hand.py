"""The hand that corrects a review: words selected in the document, lines chosen in the table."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from crm.language import _
from crm.places import Place
from crm.reading import Joint, Pencil, Review, ReviewLine
from ui.screens.document_view import Choice, DocumentView
from ui.screens.review_dialogs import SplitLine, add_line, choose_country, correct
from ui.screens.review_table import roles
from ui.screens.selection_bar import Saying, SelectionBar
from ui.table import Table

SPLIT, JOIN = "Ctrl+D", "Ctrl+J"


class Hand(QObject):
    """Offers, for what is selected, what may be said of it; calls `renew` with the line to show.

    `renew(-1)` shows the next question.
    """

    def __init__(
        self, page: QWidget, document: DocumentView, table: Table, renew: Callable[[int], object]
    ) -> None:
        super().__init__(page)
        self._page, self._document, self._table, self._renew = page, document, table, renew
        self._review: Review | None = None
        self.pencil: Pencil | None = None
        self.bar = SelectionBar(document, page, "56789")
        document.selected.connect(self.look)
        document.choices = self.in_document
        table.context_menu = self.in_table
        for keys, do in ((SPLIT, self.split), (JOIN, self.join)):
            shortcut = QShortcut(QKeySequence(keys), page, do)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def take(self, review: Review | None) -> None:
        """Correct this review from now on."""
        self._review = review
        self.pencil = Pencil(review) if review is not None else None
        self.bar.offer([])

    # --- the selected words

    def look(self) -> None:
        """Offer what may be said of what is selected now."""
        self.bar.offer(self.sayings())

    def sayings(self) -> list[Saying]:
        """What may be said of the selected words."""
        span, pencil = self._document.chosen(), self.pencil
        if span is None or pencil is None or not pencil.words(*span):
            return []
        found = [Saying("5", _("It is an organisation"), partial(self._called, "organisation"))]
        line = self._meant()
        if line is not None:
            found.append(Saying("6", self._its_name(line.name), partial(self._bound, line.index)))
        found += [
            Saying("7", _("It is a person"), partial(self._called, "person")),
            Saying("8", _("It is a country"), self._country),
        ]
        if pencil.under(*span) is not None:
            found.append(Saying("9", _("It is no signatory"), self._not_there))
        return found

    def _its_name(self, name: str) -> str:
        """As many words of the name as there is room for."""
        said, shown = _("It is the name of “{name}”"), name
        while not self.bar.fits(said.format(name=shown)) and " " in name:
            name = name.rsplit(" ", 1)[0]
            shown = f"{name}…"
        return said.format(name=shown)

    def _meant(self) -> ReviewLine | None:
        """The line the selection touches, else the one under the table's cursor."""
        span = self._document.chosen()
        if self._review is None or self.pencil is None or span is None:
            return None
        return self.pencil.under(*span) or self._review.line(self._table.current_id() - 1)

    def _called(self, noun: str) -> None:
        if (span := self._document.chosen()) and self.pencil:
            self._done(self.pencil.called(*span, noun))

    def _bound(self, index: int) -> None:
        if (span := self._document.chosen()) and self.pencil:
            self._done(self.pencil.bound(index, *span))

    def _not_there(self) -> None:
        if (span := self._document.chosen()) and self.pencil:
            self.pencil.not_there(*span)
            self._done(None)

    def _country(self) -> None:
        span, pencil = self._document.chosen(), self.pencil
        if span is None or pencil is None:
            return
        place = pencil.place_at(*span)
        if place is not None and not pencil.is_heading(*span):
            self._heads(span, place)
            return
        choose_country(
            self._page, _("It is a country"),
            _("Which country is “{words}”? The lines below it are there, until the next heading.")
            .format(words=pencil.words(*span)),
            partial(self._heads, span),
        )  # fmt: skip

    def _heads(self, span: tuple[int, int], place: Place) -> None:
        if self.pencil is not None:
            self.pencil.heads(*span, place)
            self._done(None)

    def _done(self, line: ReviewLine | None) -> None:
        self._document.unselect()
        self.bar.offer([])
        self._renew(line.index if line else -1)

    # --- menus

    def in_document(self) -> list[Choice]:
        """What the document's menu offers: for the selection, or the line under the caret."""
        if sayings := self.sayings():
            return [(f"{each.words}\t{each.key}", each.do) for each in sayings]
        at = self._document.caret()
        line = self.pencil.under(at, at) if self.pencil else None
        if line is None:
            return []
        inside = any(start < at < end for start, end in line.spans)
        here = [(_("Cut in two here"), partial(self._cut_here, line, at))] if inside else []
        return [
            *here,
            (_("Cut in two…") + f"\t{SPLIT}", partial(self._split, line)),
            (_("Correct…"), partial(self.correct, line.index)),
            (_("It is no signatory"), partial(self._drop, [line.index])),
        ]

    def in_table(self, ids: list[int]) -> list[Choice]:
        """What the table's menu offers for the chosen lines."""
        lines = [each - 1 for each in ids]
        one = len(lines) == 1
        choices: list[Choice] = [(_("Correct…"), partial(self.correct, lines[0]))] if one else []
        if one:
            choices.append((_("Cut in two…") + f"\t{SPLIT}", self.split))
        said = _("Join with the next line") if one else _("Join these lines")
        choices.append((said + f"\t{JOIN}", self.join))
        choices.append((_("Country…"), partial(self._countries, lines)))
        choices += [(said, partial(self.set_role, role, lines)) for role, said in roles().items()]
        choices.append((_("Do not record"), partial(self._drop, lines)))
        return choices

    # --- the chosen lines

    def correct(self, index: int) -> None:
        """Open a line to be corrected."""
        line = self._review.line(index) if self._review else None
        if self._review is not None and line is not None:
            correct(self._page, self._review, line, partial(self._renew, index))

    def set_role(self, role: str, indexes: list[int] | None = None) -> None:
        """They have signed, call, support or relay: all of them, or some lines."""
        if self._review is not None:
            self._review.set_role(role, indexes)
            self._renew(indexes[0] if indexes else self._table.current_id() - 1)

    def add(self, role: str = "signatory") -> None:
        """Let her write a signatory that the document does not list."""
        if self.pencil is not None:
            add_line(self._page, self.pencil, lambda made: self._renew(made.index), role)

    def split(self) -> None:
        """Cut a line in two: the one under the caret in the document, else the table's."""
        if self._review is None or self.pencil is None:
            return
        line = self._review.line(self._table.current_id() - 1)
        if self._document.hasFocus():
            at = self._document.caret()
            line = self.pencil.under(at, at) or line
        if line is not None:
            self._split(line)

    def join(self) -> None:
        """Make the chosen lines one; a single one is joined with the next."""
        if self.pencil is None:
            return
        lines = [each - 1 for each in self._table.chosen_ids()]
        if len(lines) == 1 and (below := self.pencil.below(lines[0])) is not None:
            lines.append(below)
        if made := self.pencil.join(lines):
            self._renew(made.index)

    def _split(self, line: ReviewLine) -> None:
        if self.pencil is not None:
            SplitLine(self._page, self.pencil, line, partial(self._cut, line.index)).open()

    def _cut(self, index: int, joint: Joint) -> None:
        if self.pencil is not None:
            self.pencil.split(index, joint.gap)
            self._renew(index)

    def _cut_here(self, line: ReviewLine, at: int) -> None:
        if self.pencil is not None and self.pencil.cut_at(line.index, at):
            self._renew(line.index)

    def _drop(self, lines: list[int]) -> None:
        if self._review is not None:
            self._review.drop(lines)
            self._renew(-1)

    def _countries(self, lines: list[int]) -> None:
        def take(place: Place) -> None:
            if self._review is not None:
                self._review.set_place(place, lines)
                self._renew(lines[0])

        choose_country(self._page, _("Country"), _("These lines are there:"), take)
