"""How everything looks: the colours of day and night, the letters, and who follows a change."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from string import Template
from weakref import WeakKeyDictionary

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from shiboken6 import isValid

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
THEMES = ("system", "light", "dark")
ZOOMS = (1.0, 1.15, 1.3, 1.5)


@dataclass(frozen=True)
class Tone:
    """One meaning in colour: its letters, the tint behind them, its solid form in a bar."""

    ink: str
    tint: str
    solid: str


@dataclass(frozen=True)
class Colours:
    """Every colour of one theme."""

    dark: bool
    paper: str
    rail: str
    card: str
    well: str
    line: str
    hair: str
    ink: str
    soft: str
    faint: str
    accent: str
    on_accent: str
    pressed: str
    link: str
    tint: str
    hover: str
    tones: dict[str, Tone] = field(default_factory=dict)


DAY = Colours(
    dark=False, paper="#f6f5f1", rail="#edece6", card="#ffffff", well="#fbfaf8", line="#dedcd4",
    hair="#ebe9e3", ink="#1d2129", soft="#5f646c", faint="#6f737a", accent="#2352a0",
    on_accent="#ffffff", pressed="#1b4184", link="#2352a0", tint="#e6edf8", hover="#f2f1ec",
    tones={
        "good": Tone("#14693f", "#dff2e7", "#1f8a5b"),
        "info": Tone("#2352a0", "#e3ebf8", "#3b6cbf"),
        "warn": Tone("#8a5200", "#fcefd6", "#e5bd70"),
        "bad": Tone("#b3261e", "#fbe3e0", "#c0443b"),
        "doubt": Tone("#75308f", "#f2e5f7", "#93489f"),
        "quiet": Tone("#5a5f67", "#ebecee", "#c9ccd1"),
    },
)  # fmt: skip
NIGHT = Colours(
    dark=True, paper="#17191e", rail="#121418", card="#1f2228", well="#23262d", line="#363b44",
    hair="#2b2f37", ink="#e9eaed", soft="#a9aeb7", faint="#8d939d", accent="#3767b8",
    on_accent="#ffffff", pressed="#2c5499", link="#93b6f5", tint="#25344f", hover="#282c34",
    tones={
        "good": Tone("#86d9ad", "#173527", "#2f9d6c"),
        "info": Tone("#9fbff8", "#1f2f4d", "#5484d4"),
        "warn": Tone("#f0c47a", "#3b2d13", "#c99a45"),
        "bad": Tone("#f5a29b", "#41211f", "#d0605a"),
        "doubt": Tone("#d9a9e8", "#372341", "#a866ba"),
        "quiet": Tone("#b3b8c0", "#2d3138", "#5a606a"),
    },
)  # fmt: skip


class Look(QObject):
    """What is worn now; `changed` is sent when the theme or the size of the letters changes."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.colours = DAY
        self.theme = "system"
        self.zoom = 1.0
        self.points = 10.0


_look: list[Look] = []
_pictures: dict[tuple[str, str, int, float], QPixmap] = {}
_drawings: dict[str, str] = {}
_wearers: WeakKeyDictionary[QObject, tuple[str, str, int]] = WeakKeyDictionary()


def look() -> Look:
    """The one look of this program."""
    if not _look:
        _look.append(Look())
    return _look[0]


def colours() -> Colours:
    """The colours worn now, for whoever paints by hand."""
    return look().colours


def tone(name: str) -> Tone:
    """A meaning in the colours worn now: good, info, warn, bad, doubt or quiet."""
    return look().colours.tones[name]


def scaled(pixels: float) -> int:
    """A length that grows with the letters."""
    return round(pixels * look().zoom)


def dress(app: QApplication, *, theme: str = "system", zoom: float = 1.0) -> None:
    """Put a theme and a size of letters on the whole program; may be called again."""
    now = look()
    first = app.property("dressed") is None
    if first:
        app.setProperty("dressed", True)
        app.setStyle("Fusion")
        _load_letters()
        now.points = max(9.5, min(app.font().pointSizeF(), 12.0))
        app.styleHints().colorSchemeChanged.connect(lambda: _follow_system(app))
    now.theme, now.zoom = theme, zoom
    now.colours = NIGHT if _is_dark(app, theme) else DAY
    app.setFont(_font(now.points * zoom))
    app.setPalette(_palette(now.colours))
    app.setStyleSheet(_sheet(now))
    _pictures.clear()
    for wearer, (name, ink, size) in list(_wearers.items()):
        if isValid(wearer):
            _put_on(wearer, name, ink, size)
    now.changed.emit()


def icon(name: str, ink: str = "soft", size: int = 18) -> QIcon:
    """A line drawing in a colour of the theme (`ink`: a colour's or a tone's name)."""
    made = QIcon()
    made.addPixmap(_picture(name, _resolve(ink), scaled(size)))
    made.addPixmap(_picture(name, colours().faint, scaled(size)), QIcon.Mode.Disabled)
    return made


def wear(widget: QAbstractButton | QLabel, name: str, ink: str = "soft", size: int = 18) -> None:
    """Give a button or a label an icon that follows the theme."""
    _wearers[widget] = (name, ink, size)
    _put_on(widget, name, ink, size)


def picture(name: str, ink: str = "soft", size: int = 18) -> QPixmap:
    """The drawing itself, for whoever paints by hand."""
    return _picture(name, _resolve(ink), scaled(size))


def _put_on(widget: QObject, name: str, ink: str, size: int) -> None:
    if isinstance(widget, QLabel):
        widget.setPixmap(_picture(name, _resolve(ink), scaled(size)))
    elif isinstance(widget, QAbstractButton):
        widget.setIcon(icon(name, ink, size))
        side = scaled(size)
        widget.setIconSize(QPixmap(side, side).size())


def _resolve(ink: str) -> str:
    now = colours()
    return now.tones[ink].ink if ink in now.tones else str(getattr(now, ink))


def _picture(name: str, colour: str, side: int) -> QPixmap:
    screen = QApplication.primaryScreen()
    ratio = screen.devicePixelRatio() if screen else 1.0
    known = _pictures.get((name, colour, side, ratio))
    if known is not None:
        return known
    from PySide6.QtSvg import QSvgRenderer

    if name not in _drawings:
        _drawings[name] = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    drawn = QSvgRenderer(QByteArray(_drawings[name].replace("currentColor", colour).encode()))
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    drawn.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return _pictures.setdefault((name, colour, side, ratio), made)


def _load_letters() -> None:
    for weight in ("Regular", "Medium", "SemiBold"):
        QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / f"Inter-{weight}.otf"))


def _font(points: float) -> QFont:
    font = QFont()
    font.setFamilies(["Inter", *QApplication.font().families(), "Noto Sans"])
    font.setPointSizeF(points)
    return font


def _is_dark(app: QApplication, theme: str) -> bool:
    if theme == "system":
        return app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return theme == "dark"


def _follow_system(app: QApplication) -> None:
    if look().theme == "system":
        dress(app, theme="system", zoom=look().zoom)


def _palette(c: Colours) -> QPalette:
    role = QPalette.ColorRole
    pairs = {
        role.Window: c.paper, role.WindowText: c.ink, role.Base: c.card, role.Text: c.ink,
        role.AlternateBase: c.well, role.Button: c.card, role.ButtonText: c.ink,
        role.ToolTipBase: c.card, role.ToolTipText: c.ink, role.PlaceholderText: c.faint,
        role.Highlight: c.accent, role.HighlightedText: c.on_accent, role.Link: c.link,
        role.LinkVisited: c.link, role.Accent: c.accent, role.BrightText: c.tones["bad"].ink,
        role.Light: c.card, role.Midlight: c.hair, role.Mid: c.line, role.Dark: c.faint,
    }  # fmt: skip
    made = QPalette()
    for each, colour in pairs.items():
        made.setColor(each, QColor(colour))
    for each in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(c.faint))
    return made


def _sheet(now: Look) -> str:
    c = now.colours
    words: dict[str, str] = {k: v for k, v in asdict(c).items() if isinstance(v, str)}
    for name, each in c.tones.items():
        words |= {f"{name}_ink": each.ink, f"{name}_tint": each.tint, f"{name}_solid": each.solid}
    for name, factor in _SIZES.items():
        words[name] = f"{now.points * now.zoom * factor:.2f}pt"
    for pixels in (4, 6, 8, 10, 13):
        words[f"px{pixels}"] = f"{round(pixels * now.zoom)}px"
    style = RESOURCES / "style"
    words["icon_tick"] = f'"{(style / "tick.svg").as_posix()}"'
    words["icon_down"] = f'"{(style / ("down-night" if c.dark else "down-day")).as_posix()}.svg"'
    template = (RESOURCES / "style" / "cosigne.qss").read_text(encoding="utf-8")
    return Template(template).substitute(words)


_SIZES = {"tiny": 0.83, "small": 0.9, "text": 1.0, "lead": 1.1, "title": 1.5, "figure": 1.95}
