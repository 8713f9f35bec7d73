"""Longer prompts in the panel and on their page: asked for, heard while written, decided, one step each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from model_runtime import protocol
from studio.open_project import OpenProject
from studio.project import expansion_queries, gallery_queries, queries
from studio.project.commands import arrivals, expansion
from studio.project.commands import shot as shots
from studio.project.prompt_cards import ACCEPTED, REFUSED, UNDECIDED, ExpansionCard, PromptPart
from studio.ui.parts.controls import KeyButton
from studio.ui.prompt_page.page import PromptPage
from tests.builders import a_picture, a_subject
from tests.ui.conftest import Opened

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
PARTS = (
    PromptPart("caption", "@mara waits in the rain."),
    PromptPart("shot", "Wide shot, eye level."),
    PromptPart("negative", "No other people."),
)


def propose(project: OpenProject, shot: str, parts: tuple[PromptPart, ...] = PARTS, **fields: object) -> str:
    given = {"draft": "@mara waits", "provider": "grammar", "style": "sketch"} | fields
    return project.run(expansion.propose_expansion, shot, parts=parts, **given).new("prompt_expansion")


def cards(opened: Opened, shot: str) -> tuple[ExpansionCard, ...]:
    return opened.project.ask(expansion_queries.expansion_cards, shot)


def choose(qtbot: QtBot, opened: Opened, place: int = 1) -> str:
    opened.window.board.select_shot(opened.shots[place])
    qtbot.waitUntil(lambda: opened.window.prompt.shot is not None
                    and opened.window.prompt.shot.id == opened.shots[place])  # fmt: skip
    return opened.shots[place]


def open_page(qtbot: QtBot, opened: Opened, place: int = 1) -> PromptPage:
    choose(qtbot, opened, place)
    opened.window.actions_by_id["prompt_page"].trigger()
    page = opened.window.prompt_page.page
    assert page is not None and page.isVisible()
    return page


def press(
    qtbot: QtBot, opened: Opened, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Where the keyboard is, as a hand does."""
    held = opened.window.focusWidget()
    assert held is not None
    qtbot.keyClick(held, key, modifiers)


def hold_words(qtbot: QtBot, opened: Opened) -> Callable[..., None]:
    """From now on the words runtime answers what a test says."""
    opened.words.automatic = False

    def asked() -> protocol.ExpandPrompt:
        if opened.words.ready is None:
            opened.words.greet()
        return opened.words.of(protocol.ExpandPrompt)[-1]

    def answer(text: str = "", *, streamed: str = "", parts: tuple[protocol.PromptPart, ...] = ()) -> None:
        def is_asked() -> bool:
            if opened.words.ready is None and opened.words.starts:
                opened.words.greet()
            return bool(opened.words.of(protocol.ExpandPrompt))

        qtbot.waitUntil(is_asked)
        wish = asked()
        if streamed:
            opened.words.say(protocol.Expanding(wish.job, wish.attempt, streamed))
        else:
            opened.words.say(protocol.Expanded(wish.job, wish.attempt, text, parts=parts))

    return answer


# --- the panel ------------------------------------------------------------------------------------------------------


def test_expand_proposes_a_text_that_is_used_once_it_is_accepted(qtbot: QtBot, opened: Opened) -> None:
    shot = choose(qtbot, opened)
    opened.window.prompt.draft.setFocus()
    qtbot.keyClicks(opened.window.prompt.draft, "rain on the pier")
    opened.window.actions_by_id["expand"].trigger()
    qtbot.waitUntil(lambda: len(cards(opened, shot)) == 1)
    assert opened.card(shot).prompt == "rain on the pier", "what was being typed is part of it"
    box = opened.window.prompt.box
    qtbot.waitUntil(lambda: box.expanded.card is not None)
    assert box.side() == "expanded" and "waits" in box.source.text()
    box.expanded.accept.click()
    qtbot.waitUntil(lambda: box.source.text().startswith("Next take: variant 1, accepted"))
    assert opened.project.ask(queries.shot_brief, shot).expansion == cards(opened, shot)[0].text


def test_the_words_of_the_text_that_is_looked_at_are_counted(qtbot: QtBot, opened: Opened) -> None:
    shot = choose(qtbot, opened)
    answer = hold_words(qtbot, opened)
    opened.window.prompt.draft.setFocus()
    qtbot.keyClicks(opened.window.prompt.draft, "rain")
    opened.window.actions_by_id["expand"].trigger()
    answer("A wide shot of the pier in the rain.")
    qtbot.waitUntil(lambda: len(cards(opened, shot)) == 1)
    box = opened.window.prompt.box
    qtbot.waitUntil(lambda: box.words.text().startswith("9 "))
    box.show_side("draft")
    assert box.words.text().startswith("1 ")


def test_the_keys_of_the_prompt_work_while_one_types(qtbot: QtBot, opened: Opened) -> None:
    shot = choose(qtbot, opened)
    opened.window.prompt.draft.setFocus()
    qtbot.keyClicks(opened.window.prompt.draft, "rain")
    press(qtbot, opened, Qt.Key.Key_E, CONTROL)
    qtbot.waitUntil(lambda: len(cards(opened, shot)) == 1)
    press(qtbot, opened, Qt.Key.Key_E, CONTROL | ALT)
    assert opened.window.prompt_page.is_open
    press(qtbot, opened, Qt.Key.Key_E, CONTROL | ALT)
    assert not opened.window.prompt_page.is_open


def test_what_is_written_is_seen_while_it_is_written(qtbot: QtBot, opened: Opened) -> None:
    shot = choose(qtbot, opened)
    answer = hold_words(qtbot, opened)
    opened.window.actions_by_id["expand"].trigger()
    answer(streamed="A wide")
    box = opened.window.prompt.box
    assert box.expanded.text.text() == "A wide" and box.expanded.cancel.isVisible()
    answer("A wide shot.")
    qtbot.waitUntil(lambda: len(cards(opened, shot)) == 1)
    assert not box.expanded.cancel.isVisible() and box.expanded.text.text() == "A wide shot."


def test_another_shot_may_be_looked_at_while_one_is_written(qtbot: QtBot, opened: Opened) -> None:
    shot = choose(qtbot, opened, 1)
    answer = hold_words(qtbot, opened)
    opened.window.actions_by_id["expand"].trigger()
    answer(streamed="A wide")
    choose(qtbot, opened, 2)
    box = opened.window.prompt.box
    assert not box.expanded.cancel.isVisible() and box.expanded.text.text() == ""
    answer("A wide shot.")
    qtbot.waitUntil(lambda: len(cards(opened, shot)) == 1)
    assert cards(opened, opened.shots[2]) == ()


def test_a_cancelled_text_leaves_nothing_behind(qtbot: QtBot, opened: Opened) -> None:
    shot = choose(qtbot, opened)
    answer = hold_words(qtbot, opened)
    opened.window.actions_by_id["expand"].trigger()
    answer(streamed="A wide")
    opened.window.prompt.box.expanded.cancel.click()
    assert not opened.window.expanding.busy(shot)
    assert cards(opened, shot) == () and not opened.window.prompt.box.expanded.cancel.isVisible()


def test_a_text_that_did_not_come_is_told(qtbot: QtBot, opened: Opened) -> None:
    choose(qtbot, opened)
    hold_words(qtbot, opened)
    opened.window.actions_by_id["expand"].trigger()
    qtbot.waitUntil(lambda: bool(opened.words.starts))
    opened.words.greet()
    wish = opened.words.of(protocol.ExpandPrompt)[-1]
    opened.words.say(protocol.Failed(wish.job, wish.attempt, "refused", "The service is asleep.", "Wake it."))
    qtbot.waitUntil(lambda: opened.window.problems.shown is not None)
    assert "asleep" in opened.window.problems.shown.problem.sentence


def test_words_the_engine_does_not_know_are_told_while_one_writes(qtbot: QtBot, opened: Opened) -> None:
    shot = choose(qtbot, opened)
    answer_later = opened.words
    answer_later.automatic = False
    opened.window.prompt.draft.setFocus()
    qtbot.keyClicks(opened.window.prompt.draft, "a zeppelin")
    opened.window.prompt.draft.keep()
    qtbot.waitUntil(lambda: bool(answer_later.starts))
    answer_later.greet()
    wish = answer_later.of(protocol.ExpandPrompt)[-1]
    answer_later.say(protocol.Expanded(wish.job, wish.attempt, "a thing", unknown=("zeppelin",)))
    assert [hint.sentence for hint in opened.window.prompt.box.hints()] == ["Sketch does not know: zeppelin."]
    assert cards(opened, shot) == (), "nothing was proposed"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_tab_leads_from_the_draft_to_what_is_pointed_out(qtbot: QtBot, opened: Opened) -> None:
    choose(qtbot, opened)
    draft, box = opened.window.prompt.draft, opened.window.prompt.box
    draft.setFocus()
    qtbot.keyClicks(draft, "@nobody waits")
    draft.keep()
    qtbot.waitUntil(lambda: any(one.isVisible() and one.text() == "Add @nobody" for one in box.findChildren(KeyButton)))
    qtbot.keyClick(draft, Qt.Key.Key_Tab)
    focused = opened.window.focusWidget()
    assert isinstance(focused, KeyButton) and focused.text() == "Add @nobody"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_tab_leads_from_the_proposed_text_to_accepting_it(qtbot: QtBot, opened: Opened) -> None:
    shot = choose(qtbot, opened)
    opened.window.prompt.draft.setFocus()
    qtbot.keyClicks(opened.window.prompt.draft, "@nobody waits")
    press(qtbot, opened, Qt.Key.Key_E, CONTROL)
    qtbot.waitUntil(lambda: len(cards(opened, shot)) == 1)
    accept = opened.window.prompt.box.expanded.accept
    qtbot.waitUntil(accept.isVisible)
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Tab)
    assert opened.window.focusWidget() is accept
    opened.window.places.to_board()
    opened.window.places.to_prompt()
    assert opened.window.focusWidget() is accept, "the draft is not on screen"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_somebody_named_in_the_draft_is_put_into_the_shot(qtbot: QtBot, opened: Opened) -> None:
    a_subject(opened.project, "@jon")
    shot = choose(qtbot, opened)
    box = opened.window.prompt.box
    opened.window.prompt.draft.setFocus()
    qtbot.keyClicks(opened.window.prompt.draft, "here is @jon ")
    qtbot.waitUntil(lambda: [hint.kind for hint in box.hints()] == ["uncast", "bare"])
    box.way_out_requested.emit(box.hints()[0])
    assert [one.name for one in opened.project.ask(queries.shot_brief, shot).subjects] == ["@jon"]
    qtbot.waitUntil(lambda: [hint.kind for hint in box.hints()] == ["bare"])
    assert opened.window.prompt.draft.toPlainText() == "here is @jon "


def test_a_slip_in_a_name_is_mended_as_if_typed(qtbot: QtBot, opened: Opened) -> None:
    shot = choose(qtbot, opened)
    opened.window.prompt.draft.setPlainText("@marra waits")
    box = opened.window.prompt.box
    hint = next(one for one in box.hints() if one.kind == "unknown")
    box.way_out_requested.emit(hint)
    assert opened.card(shot).prompt == "@mara waits"
    opened.window.prompt.draft.undo()
    assert opened.window.prompt.draft.toPlainText() == "@marra waits"


# --- references -----------------------------------------------------------------------------------------------------


@pytest.fixture
def pictured(qtbot: QtBot, opened: Opened, tmp_path: Path) -> Opened:
    """@mara has two pictures and is in the second shot, whose draft names her."""
    project = opened.project
    mara = project.ask(gallery_queries.subject_named, "@mara").id
    files = [project.media.stage_picture(a_picture(tmp_path / f"{one}.png", colour=one)) for one in ("front", "face")]
    with project.media.keeping(files):
        project.run(arrivals.add_views, mara, files)
    project.run(shots.set_shot_subjects, opened.shots[1], [("@mara", "", "", "")])
    project.run(shots.edit_shot, opened.shots[1], prompt="@mara waits")
    choose(qtbot, opened)
    strip = opened.window.prompt.references.strip
    qtbot.waitUntil(lambda: [tile.state for tile in strip.tiles()] == ["sent", "sent"])
    strip.setFocus()
    return opened


def test_references_are_reordered_left_out_and_put_back_as_usual(qtbot: QtBot, pictured: Opened) -> None:
    sent = pictured.window.prompt.references
    first, second = (tile.id for tile in sent.strip.tiles())
    sent.strip.choose(second)
    qtbot.keyClick(sent.strip, Qt.Key.Key_Left, ALT)
    qtbot.waitUntil(lambda: [tile.id for tile in sent.strip.tiles()] == [second, first])
    qtbot.keyClick(sent.strip, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: [tile.left_out for tile in sent.strip.tiles()] == [False, True])
    assert sent.usual.isVisible()
    sent.usual.click()
    qtbot.waitUntil(lambda: [tile.id for tile in sent.strip.tiles()] == [first, second])
    pictured.window.door.undo()
    qtbot.waitUntil(lambda: [tile.left_out for tile in sent.strip.tiles()] == [False, True])


def test_the_keys_of_the_strip_move_no_card_of_the_board(qtbot: QtBot, pictured: Opened) -> None:
    strip = pictured.window.prompt.references.strip
    before = [card.id for card in pictured.project.ask(queries.shot_cards)]
    strip.choose(strip.tiles()[1].id)
    qtbot.keyClick(strip, Qt.Key.Key_Left, ALT)
    qtbot.keyClick(strip, Qt.Key.Key_Delete)
    after = pictured.project.ask(queries.shot_cards)
    assert [card.id for card in after] == before and not any(card.omitted for card in after)


def test_a_picture_is_given_to_the_shot_for_a_purpose(qtbot: QtBot, pictured: Opened, tmp_path: Path) -> None:
    strip = pictured.window.prompt.references.strip
    file = a_picture(tmp_path / "layout.png", colour="layout")
    strip.files_given.emit((file,), "composition")
    shot = pictured.shots[1]
    qtbot.waitUntil(lambda: len(pictured.project.ask(gallery_queries.given_cards, shot)) == 1)
    (given,) = pictured.project.ask(gallery_queries.given_cards, shot)
    assert (given.purpose, given.strength) == ("composition", 100)
    strip.strength_chosen.emit(given.id, 50)
    assert pictured.project.ask(gallery_queries.given_cards, shot)[0].strength == 50
    qtbot.waitUntil(lambda: any(tile.id == given.id for tile in strip.tiles()))
    strip.choose(given.id)
    qtbot.keyClick(strip, Qt.Key.Key_Delete)
    assert pictured.project.ask(gallery_queries.given_cards, shot) == ()


# --- the page -------------------------------------------------------------------------------------------------------


def test_every_decision_on_the_page_is_one_step_that_can_be_undone(qtbot: QtBot, opened: Opened) -> None:
    propose(opened.project, opened.shots[1])
    page = open_page(qtbot, opened)

    def states() -> list[str]:
        return [part.state for part in cards(opened, opened.shots[1])[0].parts]

    page.parts.rows[0].accept.click()
    page.parts.rows[2].refuse.click()
    assert states() == [ACCEPTED, UNDECIDED, REFUSED]
    page.undo.click()
    assert states() == [ACCEPTED, UNDECIDED, UNDECIDED]
    qtbot.waitUntil(lambda: page.parts.rows[2].accept.isVisible())


def test_a_part_edited_in_place_is_what_the_next_take_is_drawn_from(qtbot: QtBot, opened: Opened) -> None:
    shot = opened.shots[1]
    propose(opened.project, shot)
    page = open_page(qtbot, opened)
    row = page.parts.rows[1]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Return)
    row.field.selectAll()
    qtbot.keyClicks(row.field, "Close-up.")
    qtbot.keyClick(row.field, Qt.Key.Key_Return)
    press(qtbot, opened, Qt.Key.Key_Return, CONTROL)
    brief = opened.project.ask(queries.shot_brief, shot)
    assert brief.expansion == "@mara waits in the rain. Close-up."
    assert brief.negative == "No other people."


def test_control_enter_keeps_what_is_being_edited_and_accepts_the_rest(qtbot: QtBot, opened: Opened) -> None:
    shot = opened.shots[1]
    propose(opened.project, shot)
    page = open_page(qtbot, opened)
    row = page.parts.rows[1]
    row.begin_editing()
    row.field.selectAll()
    qtbot.keyClicks(row.field, "Close-up.")
    qtbot.keyClick(row.field, Qt.Key.Key_Return, CONTROL)
    assert "Close-up." in (opened.project.ask(queries.shot_brief, shot).expansion or "")


def test_escape_leaves_the_edit_then_refuses_then_closes(qtbot: QtBot, opened: Opened) -> None:
    shot = opened.shots[1]
    propose(opened.project, shot)
    page = open_page(qtbot, opened)
    page.parts.rows[0].begin_editing()
    qtbot.keyClick(page.parts.rows[0].field, Qt.Key.Key_Escape)
    assert cards(opened, shot)[0].state == UNDECIDED
    press(qtbot, opened, Qt.Key.Key_Escape)
    assert cards(opened, shot)[0].state == REFUSED
    qtbot.waitUntil(lambda: not page.foot.refuse.isEnabled())
    press(qtbot, opened, Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert opened.window.board.hasFocus()


def test_the_next_variant_keeps_what_is_locked(qtbot: QtBot, opened: Opened) -> None:
    shot = opened.shots[1]
    propose(opened.project, shot)
    page = open_page(qtbot, opened)
    page.parts.rows[0].lock.click()
    answer = hold_words(qtbot, opened)
    press(qtbot, opened, Qt.Key.Key_E, CONTROL | SHIFT)
    answer(streamed="Something")
    assert page.parts.written.text() == "Something"
    wish = opened.words.of(protocol.ExpandPrompt)[-1]
    assert [part.text for part in wish.locked] == ["@mara waits in the rain."]
    answer("x", parts=(*wish.locked, protocol.PromptPart("shot", "Low angle.")))
    qtbot.waitUntil(lambda: len(cards(opened, shot)) == 2)
    qtbot.waitUntil(lambda: [row.part.text for row in page.parts.rows] == [wish.locked[0].text, "Low angle."])
    assert page.parts.rows[0].part.locked


def test_the_history_shows_an_earlier_variant(qtbot: QtBot, opened: Opened) -> None:
    shot = opened.shots[1]
    first = propose(opened.project, shot, (PromptPart("caption", "The first."),))
    propose(opened.project, shot, (PromptPart("caption", "The second."),), variant=2)
    page = open_page(qtbot, opened)
    assert [row.part.text for row in page.parts.rows] == ["The second."]
    page.draft.history.rows[first].click()
    assert [row.part.text for row in page.parts.rows] == ["The first."]
    assert page.parts.variants is not None and page.parts.variants.current() == first


def test_up_and_down_go_from_shot_to_shot(qtbot: QtBot, opened: Opened) -> None:
    page = open_page(qtbot, opened, 1)
    press(qtbot, opened, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: opened.window.selection.shot == opened.shots[2])
    qtbot.waitUntil(lambda: page.header.title.text() == f"Prompt of {opened.card(opened.shots[2]).number}")
    press(qtbot, opened, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: opened.window.selection.shot == opened.shots[1])


def test_no_key_of_the_window_works_under_the_page(qtbot: QtBot, opened: Opened) -> None:
    propose(opened.project, opened.shots[1])
    open_page(qtbot, opened)
    before = len(opened.project.ask(queries.shot_cards))
    for key in (Qt.Key.Key_N, Qt.Key.Key_D, Qt.Key.Key_A):
        press(qtbot, opened, key)
    after = opened.project.ask(queries.shot_cards)
    assert len(after) == before and not any(card.approved for card in after)


def test_tab_stays_on_the_page(qtbot: QtBot, opened: Opened) -> None:
    propose(opened.project, opened.shots[1])
    page = open_page(qtbot, opened)
    seen = set()
    for _ in range(60):
        press(qtbot, opened, Qt.Key.Key_Tab)
        held = opened.window.focusWidget()
        assert held is not None and page.isAncestorOf(held), held.accessibleName()
        seen.add(held)
    assert page.foot.accept in seen and page.draft.draft in seen and page.pictures.rows in seen


def test_the_film_notes_are_kept_in_one_step(qtbot: QtBot, opened: Opened) -> None:
    page = open_page(qtbot, opened)
    notes = page.draft.notes
    notes.pencil.click()
    qtbot.keyClicks(notes.field, "Night is blue.")
    qtbot.keyClick(notes.field, Qt.Key.Key_Return, CONTROL)
    assert opened.project.ask(queries.shot_brief, opened.shots[1]).style_notes == "Night is blue."
    opened.window.door.undo()
    assert opened.project.ask(queries.shot_brief, opened.shots[1]).style_notes == ""


def test_warnings_stand_over_the_parts(qtbot: QtBot, opened: Opened) -> None:
    propose(opened.project, opened.shots[1], warnings=("The name @jon was lost.",))
    page = open_page(qtbot, opened)
    assert page.parts.warnings.isVisible() and page.parts.warning.text() == "The name @jon was lost."


def test_the_way_to_prompt_writers_is_no_writer(qtbot: QtBot, opened: Opened) -> None:
    page = open_page(qtbot, opened)
    field = page.draft.provider
    with qtbot.waitSignal(opened.window.prompt_page.writers_requested):
        field.setCurrentIndex(field.count() - 1)
        field.activated.emit(field.currentIndex())
    assert field.choice() == "grammar"


def test_a_scene_is_accepted_but_for_texts_with_warnings(qtbot: QtBot, opened: Opened) -> None:
    sound, warned = opened.shots[1], opened.shots[2]
    propose(opened.project, sound)
    propose(opened.project, warned, warnings=("The name @jon was lost.",))
    choose(qtbot, opened)
    opened.window.actions_by_id["scene_prompts"].trigger()
    sheet = opened.window.scene_prompts.sheet
    assert sheet is not None and "1 of them with a warning" in sheet.summary.text()
    sheet.accept_sound.click()
    assert [cards(opened, shot)[0].state for shot in (sound, warned)] == [ACCEPTED, UNDECIDED]
    opened.window.door.undo()
    assert cards(opened, sound)[0].state == UNDECIDED


@pytest.mark.parametrize("by", ["menu Shot", "menu of the scene"])
def test_a_whole_scene_is_expanded_with_progress(qtbot: QtBot, opened: Opened, by: str) -> None:
    shot = choose(qtbot, opened)
    if by == "menu Shot":
        opened.window.actions_by_id["expand_scene"].trigger()
    else:
        opened.window.board.scene_expansion_requested.emit(opened.card(shot).scene)
    qtbot.waitUntil(lambda: all(cards(opened, shot) for shot in opened.shots))
    sheet = opened.window.scene_prompts.sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: not sheet._writing.isVisible() and sheet.summary.text() == "4 prompts to accept.")
    sheet.accept_all.click()
    assert {cards(opened, shot)[0].state for shot in opened.shots} == {ACCEPTED}


def test_a_text_that_comes_takes_no_keyboard_from_the_draft(qtbot: QtBot, opened: Opened) -> None:
    page = open_page(qtbot, opened)
    answer = hold_words(qtbot, opened)
    page.foot.variant.click()
    page.draft.draft.setFocus()
    answer("A wide shot.")
    qtbot.waitUntil(lambda: len(page.parts.rows) == 1)
    assert page.draft.draft.hasFocus()


def test_the_keyboard_stays_with_the_parts_from_shot_to_shot(qtbot: QtBot, opened: Opened) -> None:
    for shot in opened.shots[1:3]:
        propose(opened.project, shot)
    page = open_page(qtbot, opened, 1)
    assert page.parts.rows[0].hasFocus()
    press(qtbot, opened, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.parts.card is not None and page.parts.card.shot == opened.shots[2])
    assert page.parts.rows[0].hasFocus()


def test_a_new_text_is_told_of_pictures_whatever_the_accepted_one_names(qtbot: QtBot, pictured: Opened) -> None:
    shot = pictured.shots[1]
    nameless = propose(pictured.project, shot, (PromptPart("caption", "A woman waits."),))
    pictured.project.run(expansion.accept_expansion, nameless)
    strip = pictured.window.prompt.references.strip
    qtbot.waitUntil(lambda: [tile.reason for tile in strip.tiles()] == ["The prompt does not name @mara"] * 2)
    pictured.window.actions_by_id["expand"].trigger()
    qtbot.waitUntil(lambda: len(cards(pictured, shot)) == 2)
    assert pictured.words.of(protocol.ExpandPrompt)[-1].subjects[0]["pictures"] == "2"


def test_pictures_are_shown_before_it_is_known_what_the_engine_reads(
    qtbot: QtBot, open_window: Callable[..., Opened], project: OpenProject, tmp_path: Path
) -> None:
    mara = project.ask(gallery_queries.subject_named, "@mara").id
    files = [project.media.stage_picture(a_picture(tmp_path / "front.png"))]
    with project.media.keeping(files):
        project.run(arrivals.add_views, mara, files)
    opened = open_window(project, automatic=False)
    choose(qtbot, opened, 0)
    strip = opened.window.prompt.references.strip
    qtbot.waitUntil(lambda: [tile.state for tile in strip.tiles()] == ["waiting"])
    opened.frames.greet()
    qtbot.waitUntil(lambda: [tile.state for tile in strip.tiles()] in (["sent"], ["dropped"]))


def test_the_page_shows_the_pictures_that_go_with_the_text_it_shows(qtbot: QtBot, pictured: Opened) -> None:
    shot = pictured.shots[1]
    nameless = propose(pictured.project, shot, (PromptPart("caption", "A woman waits."),))
    propose(pictured.project, shot)
    page = open_page(qtbot, pictured)
    qtbot.waitUntil(lambda: [tile.state for tile in page.pictures.rows.tiles()] == ["sent", "sent"])
    page.draft.history.rows[nameless].click()
    qtbot.waitUntil(lambda: [tile.state for tile in page.pictures.rows.tiles()] == ["dropped", "dropped"])


def test_everything_on_the_page_that_takes_the_keyboard_has_a_name(qtbot: QtBot, opened: Opened) -> None:
    propose(opened.project, opened.shots[1])
    page = open_page(qtbot, opened)
    page.parts.rows[0].begin_editing()
    tabbed = Qt.FocusPolicy.TabFocus
    stops = [one for one in page.findChildren(QWidget) if one.focusPolicy() & tabbed and one.isVisible()]
    assert [type(one).__name__ for one in stops if not one.accessibleName() and one.focusProxy() is None] == []


def test_a_film_open_for_looking_shows_the_page_and_decides_nothing(
    qtbot: QtBot, open_window: Callable[..., Opened], project: OpenProject
) -> None:
    shot = [card.id for card in project.ask(queries.shot_cards)][1]
    propose(project, shot)
    project.close()
    looking = OpenProject.open(project.folder, writable=False)
    try:
        opened = open_window(looking)
        page = open_page(qtbot, opened)
        assert len(page.parts.rows) == 3
        buttons = (page.foot.accept, page.foot.refuse, page.foot.variant, page.parts.rows[0].accept, page.undo)
        assert not any(button.isEnabled() for button in buttons)
        opened.window.close()
    finally:
        looking.close()


def test_a_text_of_the_scene_leads_to_its_page_and_back_to_the_board(qtbot: QtBot, opened: Opened) -> None:
    for shot in opened.shots[1:3]:
        propose(opened.project, shot)
    page = open_page(qtbot, opened, 1)
    opened.window.scene_prompts.open_current()
    sheet = opened.window.scene_prompts.sheet
    assert sheet is not None
    sheet.shot_requested.emit(opened.shots[2])
    qtbot.waitUntil(lambda: page.parts.card is not None and page.parts.card.shot == opened.shots[2])
    opened.window.prompt_page.close_page()
    assert opened.window.board.hasFocus()
