"""Any record's editor: a label beside each field; it gives back only what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from crm.language import _
from ui.kit import IconButton, Words, line, restyle, scaled
from ui.kit.dates import day, understood


@dataclass(frozen=True)
class Line:
    """One line of a form.  `kind`: text, long, choice, tick, date, number, password.

    `choices` are pairs of value and words; `free` lets her type another one.
    """

    name: str
    label: str
    kind: str = "text"
    choices: Sequence[tuple[Any, str]] = ()
    needed: bool = False
    free: bool = False
    hint: str = ""
    example: str = ""


class Form(QWidget):
    """Fields below one another, labels at their left."""

    edited = Signal()

    def __init__(self, *lines: Line) -> None:
        super().__init__()
        self._lines = {each.name: each for each in lines}
        self._fields: dict[str, QWidget] = {}
        self._faults: dict[str, Words] = {}
        self._before: dict[str, Any] = {}
        self._shown: dict[str, Any] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(scaled(12))
        self._grid.setVerticalSpacing(scaled(9))
        self._grid.setColumnStretch(1, 1)
        for each in lines:
            self._add(each)
        self._before = self.values()

    def field(self, name: str) -> QWidget:
        """One field itself.  No `form[name]`: Qt for Python would take a form for a list."""
        return self._fields[name]

    def fill(self, record: Any) -> None:
        """Show a record: a mapping, or an object with these names."""
        for name, field in self._fields.items():
            value = record.get(name) if isinstance(record, Mapping) else getattr(record, name, None)
            _put(field, value)
            self._shown[name] = value
        self._before = self.values()

    def put(self, **values: Any) -> None:
        """Write into some fields, as if she had typed it."""
        for name, value in values.items():
            _put(self._fields[name], value)

    def values(self) -> dict[str, Any]:
        """What stands in every field; None where nothing does."""
        return {name: _taken(field) for name, field in self._fields.items()}

    def changed(self) -> dict[str, Any]:
        """Only what differs from what was shown."""
        now = self.values()
        return {name: value for name, value in now.items() if value != self._before.get(name)}

    def shown(self) -> dict[str, Any]:
        """The record as it was given, untouched."""
        return dict(self._shown)

    def labels(self) -> dict[str, str]:
        """What each field is called."""
        return {name: each.label for name, each in self._lines.items()}

    def words(self, name: str, value: Any) -> str:
        """A value of a field as she would read it."""
        each = self._lines[name]
        if each.kind == "tick":
            return _("yes") if value else _("no")
        if each.kind == "date":
            return day(value)
        known = dict(each.choices)
        return str(known.get(value, "" if value is None else value))

    def settle(self, kept: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
        """Take what was chosen between two people: `theirs` is what stands there now."""
        for name, value in kept.items():
            field = self._fields[name]
            _put(field, theirs[name])
            self._shown[name] = theirs[name]
            self._before[name] = _taken(field)
            _put(field, value)

    def complete(self) -> bool:
        """Whether nothing needed is missing and every date is one; says so beside the field."""
        good = True
        for name, each in self._lines.items():
            field = self._fields[name]
            wrong = ""
            if each.needed and _taken(field) in (None, ""):
                wrong = _("This is needed.")
            elif isinstance(field, DateField) and not field.is_understood():
                wrong = _("This is not a date.")
            self.fault(name, wrong)
            if wrong and good:
                field.setFocus()
                good = False
        return good

    def fault(self, name: str, sentence: str) -> None:
        """Say under a field what is wrong with it; an empty sentence takes it away."""
        self._faults[name].setText(sentence)
        self._faults[name].setVisible(bool(sentence))
        restyle(self._fields[name], "fault", "true" if sentence else "")

    def _add(self, each: Line) -> None:
        at = self._grid.rowCount()
        field = _MAKERS[each.kind](each)
        field.setAccessibleName(each.label)
        field.setAccessibleDescription(each.hint)
        self._fields[each.name] = field
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        if each.kind == "tick":
            self._grid.addWidget(field, at, 1)
        else:
            label = QLabel(each.label + (" *" if each.needed else ""))
            label.setProperty("look", "soft")
            label.setBuddy(field)
            label.setContentsMargins(0, scaled(6), 0, 0)
            self._grid.addWidget(label, at, 0, top)
            self._grid.addWidget(field, at, 1)
        if each.hint:
            self._grid.addWidget(Words(each.hint, "small"), at + 1, 1)
        fault = Words("", "small")
        fault.setProperty("tone", "bad")
        fault.hide()
        self._faults[each.name] = fault
        self._grid.addWidget(fault, at + 2, 1)
        _hear(field, lambda *_value: self.edited.emit())


class DateField(QWidget):
    """A date to type as it is written here, or to choose in a calendar; may be empty."""

    textChanged = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.words = QLineEdit(placeholderText=_("day/month/year"))
        self.words.textChanged.connect(self.textChanged)
        self.setFocusProxy(self.words)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(4))
        layout.addWidget(self.words, 1)
        layout.addWidget(IconButton("calendar", _("Calendar"), self._open))

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.words.setAccessibleName(name)

    def value(self) -> date | None:
        """The date typed."""
        return understood(self.words.text())

    def set_value(self, when: date | None) -> None:
        """Show a date."""
        self.words.setText("" if when is None else f"{when:%d/%m/%Y}")
        self.words.setToolTip(day(when))

    def is_understood(self) -> bool:
        """Whether what is typed is a date, or nothing."""
        return not self.words.text().strip() or self.value() is not None

    def _open(self) -> None:
        calendar = QCalendarWidget(self)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        if (now := self.value()) is not None:
            calendar.setSelectedDate(QDate(now.year, now.month, now.day))

        def take(when: QDate) -> None:
            self.set_value(date(when.year(), when.month(), when.day()))
            calendar.close()

        calendar.activated.connect(take)
        calendar.clicked.connect(take)
        calendar.move(self.mapToGlobal(QPoint(0, self.height())))
        calendar.show()


def field_row(label: str, field: QWidget, hint: str = "") -> QWidget:
    """One labelled field outside a form: the label above it."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(scaled(4))
    words = line(label, "soft")
    words.setBuddy(field)
    field.setAccessibleName(label)
    grid.addWidget(words, 0, 0)
    grid.addWidget(field, 1, 0)
    if hint:
        grid.addWidget(Words(hint, "small"), 2, 0)
    return made


def choose(choices: Sequence[tuple[Any, str]], *, free: bool = False) -> QComboBox:
    """A list of pairs (value, words) to choose one from."""
    box = QComboBox()
    box.setEditable(free)
    box.setMinimumContentsLength(12)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for value, words in choices:
        box.addItem(words, value)
    return box


def _text(each: Line) -> QLineEdit:
    return QLineEdit(placeholderText=each.example)


def _password(each: Line) -> QLineEdit:
    field = _text(each)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def _long(each: Line) -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setPlaceholderText(each.example)
    field.setFixedHeight(scaled(92))
    return field


def _number(each: Line) -> QSpinBox:
    field = QSpinBox()
    field.setRange(0, 1_000_000)
    field.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    return field


_MAKERS = {
    "text": _text,
    "password": _password,
    "long": _long,
    "choice": lambda each: choose(each.choices, free=each.free),
    "tick": lambda each: QCheckBox(each.label),
    "date": lambda _each: DateField(),
    "number": _number,
}


def _put(field: QWidget, value: Any) -> None:
    if isinstance(field, QLineEdit):
        field.setText("" if value is None else str(value))
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText("" if value is None else str(value))
    elif isinstance(field, QCheckBox):
        field.setChecked(bool(value))
    elif isinstance(field, QSpinBox):
        field.setValue(int(value or 0))
    elif isinstance(field, DateField):
        field.set_value(value)
    elif isinstance(field, QComboBox):
        at = field.findData(value)
        field.setCurrentIndex(max(at, 0) if not field.isEditable() else at)
        if at < 0 and field.isEditable():
            field.setEditText("" if value is None else str(value))


def _taken(field: QWidget) -> Any:
    if isinstance(field, QLineEdit):
        return field.text().strip() or None
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText().strip() or None
    if isinstance(field, QCheckBox):
        return field.isChecked()
    if isinstance(field, QComboBox):
        words = field.currentText().strip()
        at = field.findText(words)
        return field.itemData(at) if at >= 0 else words or None
    return field.value() if isinstance(field, (QSpinBox, DateField)) else None


def _hear(field: QWidget, heard: Any) -> None:
    if isinstance(field, QCheckBox):
        field.toggled.connect(heard)
    elif isinstance(field, QSpinBox):
        field.valueChanged.connect(heard)
    elif isinstance(field, QComboBox):
        field.currentTextChanged.connect(heard)
    elif isinstance(field, (QLineEdit, QPlainTextEdit, DateField)):
        field.textChanged.connect(heard)
