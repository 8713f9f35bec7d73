"""What stands on the screen: the trade's words, and names for everything that can be reached."""

import re

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from studio.ui import actions
from studio.ui.live import STAGES, Live
from studio.ui.states import ENGINES, PLAIN
from tests.builders import a_picture
from tests.ui.conftest import Opened

NOT_ON_SCREEN = ("stale", "slate", "retake", "passport", "denoising", "latents", "weights", "none", "null", "id")
"""Words for which the trade, or the user, has better ones."""


def shown_texts(widget: QWidget) -> set[str]:
    texts = {one.text() for kind in (QLabel, QAbstractButton) for one in widget.findChildren(kind)}
    texts |= {one.toolTip() for one in widget.findChildren(QWidget)} | {
        one.accessibleName() for one in widget.findChildren(QWidget)
    }
    texts |= {one.placeholderText() for one in widget.findChildren(QLineEdit) if one.placeholderText() != "None"}
    return {text for text in texts if text}


def test_no_word_of_ours_is_on_the_screen(opened: Opened) -> None:
    texts = shown_texts(opened.window) | {one.text for one in actions.ACTIONS} | set(actions.NEEDS.values())
    texts |= set(STAGES.values()) | set(ENGINES.values()) | {badge.word for badge in PLAIN.values()}
    assert len(texts) > 100
    wrong = {text for text in texts for word in NOT_ON_SCREEN if re.search(rf"\b{word}\b", text.casefold())}
    assert wrong == set()
    assert not any("!" in text for text in texts)


def test_everything_that_can_be_reached_has_a_name(opened: Opened) -> None:
    opened.window.foot.show_open(True)
    nameless = [
        widget
        for kind in (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit)
        for widget in opened.window.findChildren(kind)
        if not widget.accessibleName() and not isinstance(widget.parent(), QComboBox)
    ]
    assert nameless == []


def test_a_stage_is_told_in_words_and_steps_only_while_drawing() -> None:
    assert Live("drawing", 12, 24, 9.2).words == "step 12 of 24"
    assert Live("drawing", 12, 24, 9.2).left == "0:09 left"
    assert Live("decoding", 1, 8).words == "developing the frames"
    assert Live("decoding", 1, 8).bar == (1, 1)
    assert Live("", 0, 0).words == "starting"
    assert Live("drawing", 3, 24, 5, stopping=2).words == "stopping"


@pytest.mark.process
def test_pictures_of_a_new_subject_arrive_when_they_are_imported(qtbot: QtBot, opened: Opened, tmp_path) -> None:
    picture = a_picture(tmp_path / "jon.png", (300, 200))
    assert opened.window.subject_wishes.add_subject("@jon", "character", "a man in a dark coat", [picture])
    qtbot.waitUntil(lambda: [len(one.pictures) for one in opened.window.gallery.subjects()] == [0, 1], timeout=30_000)


@pytest.mark.process
def test_a_picture_that_is_a_text_file_is_refused_by_name(qtbot: QtBot, opened: Opened, tmp_path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_text("no picture")
    opened.window.subject_wishes.add_subject("@jon", "character", "", [broken])
    qtbot.waitUntil(lambda: opened.window.problems.shown is not None, timeout=30_000)
    assert "broken.png" in opened.window.problems.shown.problem.sentence
    assert [one.name for one in opened.window.gallery.subjects()] == ["@mara", "@jon"]


def test_a_subject_is_renamed_in_its_sheet(qtbot: QtBot, opened: Opened) -> None:
    subject = opened.window.gallery.subjects()[0]
    assert opened.window.subject_wishes.edit_subject(subject.id, "@marlow", "character", "in a red coat", [])
    qtbot.waitUntil(lambda: [one.name for one in opened.window.gallery.subjects()] == ["@marlow"])
    assert opened.window.gallery.subjects()[0].description == "in a red coat"
    assert not opened.window.subject_wishes.edit_subject(subject.id, "no name at all", "character", "", [])
    assert opened.window.problems.shown is not None
