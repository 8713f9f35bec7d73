"""What no program should be given, given to the window: it says so in words and goes on."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from studio.project import queries
from studio.ui.forms import FormSheet
from studio.ui.parts.painting import lines_of
from studio.ui.theme import Look
from tests.ui.conftest import Opened

CHARACTERS = 100_000
WORDS = ("She walks along the pier and looks at the water. " * (CHARACTERS // 49 + 1))[:CHARACTERS]
ONE_WORD = "x" * CHARACTERS
ANSWERED_S = 0.5
"""Of this thread's own time: five times what is asked, because a test may run on a slower machine."""


def paste(field: QLineEdit | QPlainTextEdit, text: str) -> float:
    """As by Ctrl+V over all that was there; seconds of this thread's time until the next key would be heard."""
    QGuiApplication.clipboard().setText(text)
    field.setFocus()
    field.selectAll()
    began = time.thread_time()
    field.paste()
    QGuiApplication.processEvents()
    return time.thread_time() - began


def sheet_of(opened: Opened) -> FormSheet:
    return next(one for one in opened.window.findChildren(FormSheet) if one.isVisible())


@pytest.mark.parametrize("text", [WORDS, ONE_WORD], ids=["words", "one word"])
@pytest.mark.parametrize("name", ["draft", "action", "dialogue"])
def test_a_book_pasted_into_a_shot_is_cut_in_words_and_the_window_answers(
    qtbot: QtBot, opened: Opened, name: str, text: str
) -> None:
    field = getattr(opened.window.prompt, name)
    took = paste(field, text)
    field.keep()
    began = time.thread_time()
    told = opened.window.foot.notice
    qtbot.waitUntil(lambda: "left out" in told.text())
    QGuiApplication.processEvents()
    assert took < ANSWERED_S and time.thread_time() - began < ANSWERED_S
    card = opened.card(opened.shots[0])
    kept = {"draft": card.prompt, "action": card.action, "dialogue": card.dialogue}[name]
    assert 0 < len(kept) <= 4_000 and text.startswith(kept)


def test_a_book_pasted_as_a_note_is_cut_in_words(qtbot: QtBot, opened: Opened) -> None:
    opened.window.docks["notes"].show()
    took = paste(opened.window.notes.field, WORDS)
    qtbot.waitUntil(lambda: "left out" in opened.window.foot.notice.text())
    assert took < ANSWERED_S and len(opened.window.notes.field.toPlainText()) <= 4_000


@pytest.mark.parametrize(("opens", "field"), [
    (lambda window: window.sheets.new_scene(), "heading"),
    (lambda window: window.sheets.film_settings(), "title"),
    (lambda window: window.cutting.sheets.save_cut(), "name"),
], ids=["scene heading", "film title", "name of a version"])  # fmt: skip
def test_a_book_pasted_into_a_sheet_is_refused_in_it_and_changes_nothing(
    qtbot: QtBot, opened: Opened, opens: object, field: str
) -> None:
    opens(opened.window)  # type: ignore[operator]
    sheet = sheet_of(opened)
    before = opened.project.undo_text()
    assert paste(getattr(sheet, field), WORDS) < ANSWERED_S
    sheet.keep()
    shown = opened.window.problems.shown
    told = sheet.refusal.text() or (shown.problem.sentence if shown else "")
    assert sheet.isVisible() and "at most" in told
    assert opened.project.undo_text() == before
    sheet.close()


def test_a_page_is_cut_to_two_lines_without_measuring_all_of_it(look: Look) -> None:
    began = time.thread_time()
    for text in (WORDS[:4_000], ONE_WORD[:4_000], WORDS[:4_000].replace(" ", "")):
        assert len(lines_of(text, look.font("body"), 300, 2)) == 2
    assert time.thread_time() - began < 0.1


def test_a_take_that_was_deleted_is_told_by_viewer_strip_and_export_and_the_window_goes_on(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    window, shot = opened.window, opened.shots[0]
    window.board.select_shot(shot)
    chosen, other = opened.project.ask(queries.take_cards, shot)
    for take in (chosen, other):
        take.media.unlink()
    window.selection.look_at(take=other.id)  # the chosen one may still be held open by whoever decodes it
    picture = window.viewer.picture
    qtbot.waitUntil(lambda: "not there any more" in str(picture.shown.picture))
    window.board_panel.show_view("timeline")
    window.takes.grab()
    window.timeline.grab()
    problems: list[str] = []
    window.exports.failed.connect(lambda error: problems.append(f"{error.sentence} {error.hint}"))
    window.exports.export("mp4", tmp_path / "film.mp4")
    qtbot.waitUntil(lambda: bool(problems), timeout=20_000)
    assert not (tmp_path / "film.mp4").exists() and chosen.media.name[:8] in problems[0]
    window.board.select_shot(opened.shots[1])
    qtbot.waitUntil(lambda: window.current.card is not None and window.current.card.id == opened.shots[1])
