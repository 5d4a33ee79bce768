"""Where an appeal stands, as figures and one bar; they add up."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from crm import appeals
from crm.language import _, n_
from ui.kit import Legend, Meter, Part, Words, column, dates, line, row, scaled

WIDE = 860  # pixels, before the figures and what is said of them stand on one line


class Figures(QWidget):
    """ "7 signatures of 36 asked · deadline 30 June", its pills and its meter."""

    def __init__(self) -> None:
        super().__init__()
        self.sum = line("", "lead")
        self.about, self._below = Words("", "soft"), Words("", "soft")
        self.meter, self.legend = Meter(), Legend(right=True)
        self._beside = QWidget()
        self._beside.setLayout(column(self.about))
        top = row(self.sum, self._beside, self.legend)
        top.setStretch(1, 1)
        self.setLayout(column(top, self.meter, self._below, gap=9))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """What is to be known of it stands on the first line, or below where that is narrow."""
        narrow = self.width() < scaled(WIDE)
        self.about.setVisible(not narrow)
        self._below.setVisible(narrow and bool(self._below.text()))

    def show_sheet(self, sheet: appeals.AppealSheet) -> None:
        """The figures of this appeal."""
        counts = sheet.counts
        self.sum.setText(n_("{n} signature", "{n} signatures", counts.signed))
        # Where a document alone brought the signatures, nobody was asked.
        asked = counts.total > counts.signed
        about = [n_("of {n} asked", "of {n} asked", counts.total)] if asked else []
        if sheet.addressee:
            about.append(_("addressee: {name}").format(name=sheet.addressee))
        if sheet.deadline:
            about.append(_("deadline {date}").format(date=dates.day(sheet.deadline)))
        for each in (self.about, self._below):
            each.setText(" · ".join(about))
        self._place()
        parts = shares(counts)
        self.meter.measure(parts)
        self.meter.setVisible(counts.total > 0)
        self.legend.tell(parts)


def shares(counts: appeals.Counts) -> list[Part]:
    """Each answer with its tone, its sign and its words."""
    signed, promised, asked = counts.signed, counts.promised, counts.asked
    declined, withdrawn = counts.declined, counts.withdrawn
    return [
        Part("good", signed, n_("{n} signed", "{n} signed", signed), "✓"),
        Part("info", promised, n_("{n} promised", "{n} promised", promised), "+"),
        Part("warn", asked, n_("{n} without answer", "{n} without answer", asked), "…"),
        Part("bad", declined, n_("{n} declined", "{n} declined", declined), "✕"),
        Part("quiet", withdrawn, n_("{n} withdrew", "{n} withdrew", withdrawn), "−"),
    ]
