"""The shot's fields, its draft and its keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.project import queries
from tests.builders import a_subject
from tests.ui.conftest import Opened

CONTROL = Qt.KeyboardModifier.ControlModifier


def choose(opened: Opened, place: int) -> str:
    opened.window.board.select_shot(opened.shots[place])
    return opened.shots[place]


def test_a_choice_is_kept_at_once(opened: Opened) -> None:
    shot = choose(opened, 1)
    field = opened.window.prompt.size_field
    field.setCurrentIndex(field.findData("close-up"))
    field.activated.emit(field.currentIndex())
    assert opened.card(shot).size == "close-up"


def test_what_the_list_does_not_know_is_kept_and_shown(opened: Opened) -> None:
    choose(opened, 1)
    assert opened.window.prompt.size_field.choice() == "wide"
    assert opened.window.prompt.size_field.currentText() == "Wide"


def test_a_line_is_kept_on_enter_and_put_back_on_escape(qtbot: QtBot, opened: Opened) -> None:
    shot = choose(opened, 1)
    field = opened.window.prompt.action
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "looks up")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert opened.card(shot).action == "looks up"
    qtbot.keyClicks(field, " and down")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "looks up"
    assert opened.card(shot).action == "looks up"


def test_the_draft_is_kept_when_another_shot_is_chosen(qtbot: QtBot, opened: Opened) -> None:
    shot = choose(opened, 1)
    opened.window.prompt.draft.setFocus()
    qtbot.keyClicks(opened.window.prompt.draft, "rain on the pier")
    choose(opened, 2)
    assert opened.card(shot).prompt == "rain on the pier"
    assert opened.window.prompt.draft.toPlainText() == opened.card(opened.shots[2]).prompt


def test_what_is_typed_is_never_overwritten_by_news_of_the_film(qtbot: QtBot, opened: Opened) -> None:
    from studio.project.commands import shot as shots

    shot = choose(opened, 1)
    draft = opened.window.prompt.draft
    draft.setFocus()
    qtbot.keyClicks(draft, "half a sent")
    opened.project.run(shots.edit_shot, shot, action="changed elsewhere")
    qtbot.waitUntil(lambda: opened.window.prompt.action.text() == "changed elsewhere")
    assert draft.toPlainText() == "half a sent"


def test_keys_do_not_fire_inside_text_fields(qtbot: QtBot, opened: Opened) -> None:
    shot = choose(opened, 1)
    before, loop = opened.project.ask(queries.shot_cards), opened.window.viewer.transport.loop
    for field, text in ((opened.window.prompt.draft, "toPlainText"), (opened.window.prompt.action, "text")):
        field.setFocus()
        for key in "nd jklaxsp":
            was = getattr(field, text)()
            QTest.keyClicks(field, key)
            assert len(getattr(field, text)()) == len(was) + 1, f"{key!r} did not become text"
    after = opened.project.ask(queries.shot_cards)
    assert [card.id for card in after] == [card.id for card in before]
    assert not any(card.omitted or card.approved for card in after)
    assert opened.window.selection.shot == shot
    assert opened.window.viewer.transport.speed == 0
    assert opened.window.viewer.transport.loop == loop


def test_delete_and_arrows_belong_to_the_text_while_one_types(qtbot: QtBot, opened: Opened) -> None:
    shot = choose(opened, 1)
    field = opened.window.prompt.action
    field.setFocus()
    field.setCursorPosition(0)
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClick(field, Qt.Key.Key_Right)
    assert field.text() == "aits"
    assert field.cursorPosition() == 1
    assert not opened.card(shot).omitted
    assert opened.window.selection.shot == shot


def test_undo_inside_a_field_undoes_the_typing_not_the_film(qtbot: QtBot, opened: Opened) -> None:
    choose(opened, 1)
    before = opened.project.undo_text(), len(opened.project.ask(queries.shot_cards))
    draft = opened.window.prompt.draft
    draft.setFocus()
    qtbot.keyClicks(draft, "abc")
    qtbot.keyClick(draft, Qt.Key.Key_Z, CONTROL)
    assert draft.toPlainText() == ""
    assert (opened.project.undo_text(), len(opened.project.ask(queries.shot_cards))) == before


def test_space_plays_on_the_board(qtbot: QtBot, opened: Opened) -> None:
    choose(opened, 0)
    opened.window.board.setFocus()
    qtbot.keyClick(opened.window.board, Qt.Key.Key_Space)
    assert opened.window.viewer.transport.speed == 1


def test_a_length_is_seconds_and_frames_or_frames(qtbot: QtBot, opened: Opened) -> None:
    shot = choose(opened, 1)
    field = opened.window.prompt.length
    for typed, frames in (("2:00", 48), ("30", 30)):
        field.setText(typed)
        field.keep()
        assert opened.card(shot).frames == frames


def test_a_length_that_cannot_be_is_told_and_put_back(qtbot: QtBot, opened: Opened) -> None:
    shot = choose(opened, 1)
    field = opened.window.prompt.length
    for typed in ("abc", "0", "99999999", "-3", ""):
        field.setText(typed)
        field.keep()
        assert opened.card(shot).frames == 24
        assert opened.window.problems.shown is not None, f"{typed!r} was not told"
        opened.window.problems.shown.close_sheet()
        assert field.text() == "1:00"


def test_a_prompt_of_20000_characters_is_refused_in_a_sentence(qtbot: QtBot, opened: Opened) -> None:
    shot = choose(opened, 1)
    opened.window.prompt.draft.setPlainText("x" * 20_000)
    opened.window.prompt.draft.keep()
    assert opened.card(shot).prompt == ""
    assert "20,000" in opened.window.problems.shown.problem.sentence
    assert len(opened.window.prompt.draft.toPlainText()) == 20_000, "what was typed is lost"


def test_emoji_and_chinese_are_text_like_any_other(opened: Opened) -> None:
    shot = choose(opened, 1)
    opened.window.prompt.draft.setPlainText("雨中的码头 🌧 @mara")
    opened.window.prompt.draft.keep()
    assert opened.card(shot).prompt == "雨中的码头 🌧 @mara"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_names_are_completed_while_typing(qtbot: QtBot, opened: Opened) -> None:
    a_subject(opened.project, "@marlow")
    qtbot.waitUntil(lambda: len(opened.window.gallery.subjects()) == 2)
    choose(opened, 1)
    draft = opened.window.prompt.draft
    draft.setFocus()
    qtbot.keyClicks(draft, "here comes @mar")
    assert draft._completer.completionCount() == 2
    qtbot.keyClick(draft, Qt.Key.Key_Return)
    assert draft.toPlainText() == "here comes @mara"
    qtbot.keyClicks(draft, " and @marl")
    qtbot.keyClick(draft, Qt.Key.Key_Tab)
    assert draft.toPlainText() == "here comes @mara and @marlow"


def test_who_stands_where_is_kept(qtbot: QtBot, opened: Opened) -> None:
    shot = choose(opened, 0)
    cast = opened.window.prompt.cast
    assert [row.name for row in cast.rows()] == ["@mara"]
    cast._change(0, side="left", facing="right", action="walking")
    brief = opened.project.ask(queries.shot_brief, shot)
    assert [(one.name, one.side, one.facing, one.action) for one in brief.subjects] == [
        ("@mara", "left", "right", "walking")]  # fmt: skip
    cast._put(())
    assert opened.project.ask(queries.shot_brief, shot).subjects == ()


def test_a_seed_that_is_no_number_is_told_and_queues_nothing(opened: Opened) -> None:
    choose(opened, 1)
    opened.window.prompt.seed.setText("lucky")
    opened.window.drawing.generate_motion()
    assert "lucky" in opened.window.problems.shown.problem.sentence
    assert opened.project.ask(queries.job_cards) == opened.project.ask(queries.job_cards)[:2]


def test_escape_leads_from_the_draft_of_a_new_shot_back_to_the_board(qtbot: QtBot, opened: Opened) -> None:
    window = opened.window
    window.actions_by_id["new_shot"].trigger()
    qtbot.waitUntil(window.prompt.draft.hasFocus)
    qtbot.keyClicks(window.prompt.draft, "rain")
    qtbot.keyClick(window.prompt.draft, Qt.Key.Key_Escape)
    assert window.board.hasFocus()
    made = window.selection.shot
    assert made is not None and opened.card(made).prompt == "rain"


@pytest.mark.parametrize("action", ["generate_panel", "generate_motion", "generate_scene_panels"])
def test_what_is_typed_this_moment_is_what_is_drawn(qtbot: QtBot, opened: Opened, action: str) -> None:
    shot = choose(opened, 1)
    opened.window.prompt.draft.setFocus()
    qtbot.keyClicks(opened.window.prompt.draft, "a lighthouse far away")
    with qtbot.waitSignal(opened.queue.submitted) as job:
        opened.window.actions_by_id[action].trigger()
    recipe, _request = opened.project.ask(queries.job_request, job.args[0])
    assert opened.card(shot).prompt == "a lighthouse far away"
    assert '"draft":"a lighthouse far away"' in recipe
