"""What stands on the screen: the trade's words, and names for everything that can be reached."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from studio.project.commands import sound as sounds
from studio.project.commands.values import LONG
from studio.project.words import ENGINES
from studio.settings import DECLARED, Settings
from studio.ui import actions
from studio.ui.live import STAGES, Live
from studio.ui.parts.fields import LineField, TextField
from studio.ui.parts.notices import Notices
from studio.ui.parts.sheet import Sheet
from studio.ui.shortcuts import PLACES
from studio.ui.start.window import StartWindow
from studio.ui.states import PLAIN
from studio.ui.storyboard.timeline.heads import LaneHead
from studio.ui.theme import Look
from tests.ui.conftest import Opened

NOT_ON_SCREEN = (
    "stale", "slate", "retake", "passport", "denoise", "denoising", "latent", "latents", "weights", "checkpoint",
    "inference", "embedding", "token", "tokens", "tensor", "transformer", "autoencoder", "cfg", "sampler", "diffusion",
    "none", "null", "nan", "id", "ids", "uuid", "json", "sqlite", "exception", "traceback", "boolean", "enum",
    "manager", "session", "model",
)  # fmt: skip
"""Words for which the trade, or the user, has better ones (design.md, section 7)."""
MAY_BE = ("model file", "project.sqlite")
"""What the list above would forbid, and the design names or the user has on the disk."""
REACHED = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QAbstractSpinBox, QAbstractItemView)
SHEETS = {
    "preferences": "shell.preferences", "shortcuts": "shell.shortcuts", "about": "shell.about",
    "new film": "shell.new_film", "film settings": "sheets.film_settings", "new scene": "sheets.new_scene",
    "new subject": "subject_pages.new_subject", "find or run": "finder.open", "save layout": "places.save_layout",
}  # fmt: skip


def shown_texts(widget: QWidget) -> set[str]:
    texts = {one.text() for kind in (QLabel, QAbstractButton) for one in widget.findChildren(kind)}
    texts |= {one.toolTip() for one in widget.findChildren(QWidget)} | {
        one.accessibleName() for one in widget.findChildren(QWidget)
    }
    texts |= {one.placeholderText() for one in widget.findChildren(QLineEdit) if one.placeholderText() != "None"}
    texts |= {one.itemText(place) for one in widget.findChildren(QComboBox) for place in range(one.count())}
    return {text for text in texts if text}


def wrong_words(texts: set[str]) -> set[str]:
    plain = {text: text.casefold() for text in texts}
    for allowed in MAY_BE:
        plain = {text: words.replace(allowed, "") for text, words in plain.items()}
    return {text for text, words in plain.items() for word in NOT_ON_SCREEN if re.search(rf"\b{word}\b", words)}


def nameless(widget: QWidget) -> list[QWidget]:
    """What can be reached and has no name; parts Qt made inside a field or a view speak for those."""
    inner = (QComboBox, QAbstractSpinBox, QAbstractItemView)
    return [one for kind in REACHED for one in widget.findChildren(kind)
            if not one.accessibleName() and not isinstance(one.parent(), inner)
            and not one.parent().inherits("QComboBoxPrivateContainer")
            and not one.objectName().startswith("qt_")]  # fmt: skip


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[StartWindow]:
    kept = Settings(tmp_path / "start.json")
    kept.remember_film(tmp_path / "gone" / "salt")
    window = StartWindow(kept, lambda name, folder: None)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.close()
    window.deleteLater()


def open_sheet(window: QWidget, calls: str) -> Sheet:
    target, method = calls.split(".")
    getattr(getattr(window, target), method)()
    return next(one for one in window.findChildren(Sheet) if one.isVisible())


def test_no_word_of_ours_is_on_the_screen(opened: Opened) -> None:
    texts = shown_texts(opened.window) | {one.text for one in actions.ACTIONS} | set(actions.NEEDS.values())
    texts |= set(STAGES.values()) | set(ENGINES.values()) | {badge.word for badge in PLAIN.values()}
    texts |= set(PLACES.values())
    assert len(texts) > 100
    assert wrong_words(texts) == set()
    assert not any("!" in text for text in texts)


def test_no_word_of_ours_is_in_a_setting() -> None:
    titled = [one for one in DECLARED.values() if one.title]
    texts = {text for one in titled for text in (one.title, one.help, one.unit, *one.words.values())} - {""}
    texts |= {choice for one in titled for choice in one.choices if choice not in one.words}
    assert wrong_words(texts) == set() and not any("!" in text for text in texts)


def test_the_start_screen_speaks_and_names_everything(start: StartWindow) -> None:
    texts = shown_texts(start)
    assert len(texts) > 30
    assert wrong_words(texts) == set() and not any("!" in text for text in texts)
    assert nameless(start) == []


@pytest.mark.parametrize("calls", SHEETS.values(), ids=SHEETS)
def test_every_sheet_speaks_and_names_everything_in_it(opened: Opened, calls: str) -> None:
    sheet = open_sheet(opened.window, calls)
    assert wrong_words(shown_texts(sheet)) == set()
    assert nameless(sheet) == [] and sheet.accessibleName()
    sheet.close_sheet()


def test_everything_that_can_be_reached_has_a_name(opened: Opened) -> None:
    opened.window.foot.show_open(True)
    assert nameless(opened.window) == []


def test_a_stage_is_told_in_words_and_steps_only_while_drawing() -> None:
    assert Live("drawing", 12, 24, 9.2).words == "step 12 of 24"
    assert Live("drawing", 12, 24, 9.2).left == "0:09 left"
    assert Live("decoding", 1, 8).words == "developing the frames"
    assert Live("decoding", 1, 8).bar == (1, 1)
    assert Live("", 0, 0).words == "starting"
    assert Live("drawing", 3, 24, 5, stopping=2).words == "stopping"


# --- text that is too long ---


def paste(text: str) -> None:
    data = QMimeData()
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


@pytest.mark.parametrize("make", [LineField, TextField])
def test_a_hundred_thousand_characters_are_cut_with_a_word_and_without_a_freeze(
    qtbot: QtBot, make: Callable[[], LineField | TextField]
) -> None:
    field, said = make(), []
    qtbot.addWidget(field)
    field.cut_short.connect(said.append)
    paste("word " * 20_000)
    began = time.monotonic()
    field.paste()
    assert time.monotonic() - began < 0.5
    assert len(field.text() if isinstance(field, LineField) else field.toPlainText()) == LONG
    assert len(said) == 1 and "4,000" in said[0]


def test_what_fits_is_pasted_whole_and_nothing_is_said(qtbot: QtBot) -> None:
    field, said = TextField(), []
    qtbot.addWidget(field)
    field.cut_short.connect(said.append)
    paste("rain\n" * 20)
    field.paste()
    assert field.toPlainText() == "rain\n" * 20 and said == []


def test_a_cut_text_is_told_in_the_foot(qtbot: QtBot, opened: Opened) -> None:
    draft = opened.window.prompt.draft
    draft.setFocus()
    qtbot.waitUntil(draft.hasFocus)
    paste("word " * 20_000)
    draft.paste()
    assert "4,000 characters" in opened.window.foot.notice.text()


def test_notices_wait_for_each_other_and_the_same_one_is_said_once(qtbot: QtBot, look: Look) -> None:
    label = Notices(look)
    qtbot.addWidget(label)
    for words in ("first", "second", "first", "second", "third"):
        label.say(words)
    assert label.text() == "first" and list(label._waiting) == ["second", "third"]
    label._next()
    label._next()
    assert label.text() == "third" and label.toolTip() == "third"
    label._next()
    assert label.text() == ""


def test_keys_belong_to_the_text_while_one_is_typed(qtbot: QtBot, opened: Opened) -> None:
    draft = opened.window.prompt.draft
    draft.setFocus()
    qtbot.waitUntil(draft.hasFocus)
    before = opened.window.shots.rowCount()
    qtbot.keyClicks(draft, "ndsx")
    qtbot.keyClick(draft, Qt.Key.Key_Space)
    assert opened.window.shots.rowCount() == before
    assert "ndsx" in draft.toPlainText()


def test_what_looks_like_html_in_a_film_is_shown_as_it_was_written(opened: Opened) -> None:
    written = "<img src=/etc/passwd> & <b>rain</b>"
    opened.project.run(sounds.add_lane, written)
    opened.window.board_panel.show_view("timeline")
    opened.window.watch.flush()
    names = [head.name.toolTip() for head in opened.window.timeline.heads.findChildren(LaneHead)]
    assert written in {read_by_qt(one) for one in names}


def read_by_qt(tip: str) -> str:
    if not QtGui.Qt.mightBeRichText(tip):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()
