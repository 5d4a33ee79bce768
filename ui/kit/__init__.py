"""What every screen is built of; all of it follows the theme and the size of the letters."""

from ui.kit import dates
from ui.kit.boxes import Banner, Card, EmptyState, Split, Tabs, Well, scrolling
from ui.kit.buttons import (
    AnswerButton,
    Button,
    DangerButton,
    DotsButton,
    IconButton,
    LinkButton,
    MainButton,
    MenuButton,
    badge,
)
from ui.kit.flow import FlowLayout, Tiles, clear, column, row
from ui.kit.page import Dialog, Page
from ui.kit.states import Chip, Dot, Legend, Meter, Part, Pill, State, Tag, dotted, pill
from ui.kit.words import Rich, TwoLines, Words, hair, heading, lead, line, restyle, title
from ui.look import icon, scaled, wear

__all__ = [
    "AnswerButton", "Banner", "Button", "Card", "Chip", "DangerButton", "Dialog", "Dot",
    "DotsButton", "EmptyState", "FlowLayout", "IconButton", "Legend", "LinkButton",
    "MainButton", "MenuButton", "Meter", "Page", "Part", "Pill", "Rich", "Split", "State",
    "Tabs", "Tag", "Tiles", "TwoLines", "Well", "Words", "badge", "clear", "column", "dates",
    "dotted", "hair", "heading", "icon", "lead", "line", "pill", "restyle", "row", "scaled",
    "scrolling", "title", "wear",
]  # fmt: skip
