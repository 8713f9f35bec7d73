"""The lists of the shot's panel offer every word the built-in engine draws."""

from __future__ import annotations

import tomllib

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio import assets
from studio.ui.cast_row import CastRow
from studio.ui.choices import Choices, read_choices
from studio.ui.forms import FormSheet
from studio.ui.parts.fields import ChoiceField, KeyGuard
from studio.ui.prompt.cast import Cast
from studio.ui.theme import Look
from tests.ui.conftest import Opened

FILE = assets.folder() / "prompts" / "sketch.toml"
WORDS = tomllib.loads(FILE.read_text(encoding="utf-8"))["words"]


@pytest.fixture
def choices() -> Choices:
    return read_choices(FILE)


def offered(field: ChoiceField) -> list[str]:
    return [field.itemData(place) for place in range(field.count())]


@pytest.mark.parametrize("word", ["size", "angle", "move"])
def test_a_shots_field_offers_nothing_and_every_word(opened: Opened, word: str) -> None:
    field = getattr(opened.window.prompt, f"{word}_field")
    field.show_choice("")
    assert offered(field) == ["", *WORDS[word]]


def test_the_cast_offers_what_people_and_what_things_do(qtbot: QtBot, look: Look, choices: Choices) -> None:
    cast = Cast(look, choices)
    qtbot.addWidget(cast)
    cast.show_cast((CastRow("@mara"), CastRow("@van", "prop")), ())
    lists = [offered(field) for field in cast.findChildren(ChoiceField)]
    assert [one[1:] for one in lists] == [
        WORDS["side"], WORDS["facing"], [*WORDS["action"], "moving"],
        WORDS["side"], WORDS["facing"], WORDS["motion"],
    ]  # fmt: skip


def test_the_open_list_of_a_choice_in_a_sheet_keeps_enter_for_itself(qtbot: QtBot, look: Look) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    field = ChoiceField(("one", "two"))
    FormSheet(look, over, "Sheet", "Keep").form.addWidget(field)
    pressed = [QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
               for _ in range(2)]  # fmt: skip
    guard = KeyGuard(over)
    assert guard.eventFilter(field, pressed[0]), "in the field itself Enter is no command of the window"
    assert not guard.eventFilter(field.view(), pressed[1]), "Qt takes the word the list stands on from this event"
