"""The continuity panel: lamps for what meets, a match that is one step, a subject in all its shots."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.continuity import seeing
from studio.open_project import OpenProject
from studio.project import cut_queries, queries
from studio.project.commands import event
from studio.project.grade import Grade
from studio.ui.continuity.rows import Role
from tests.builders import a_take
from tests.ui.conftest import Opened

COOLER = Grade(slope=(0.9, 1.0, 1.1))


@dataclass(frozen=True)
class Told:
    state: str
    value: float
    sentence: str


@dataclass(frozen=True)
class AllTold:
    likeness: Told = Told("unknown", 0.0, "Nobody is in both shots.")
    colour: Told = Told("no", 7.5, "7.5 apart in colour.")
    exposure: Told = Told("same", 0.1, "0.1 stops apart.")


@pytest.fixture
def desk(open_window: Callable[..., Opened], project: OpenProject, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    """The second shot has a take now, so that it meets the first; what is seen is told beforehand."""
    shots = [card.id for card in project.ask(queries.shot_cards)]
    a_take(project, shots[1], movie=True)
    monkeypatch.setattr(seeing, "compare", lambda join, aspect: seeing.Compared(
        seeing.picture(join.last, aspect), seeing.picture(join.first, aspect), AllTold()))
    monkeypatch.setattr(seeing, "match", lambda join, aspect: COOLER)
    opened = open_window(project)
    opened.window.places.to_continuity()
    panel = opened.window.continuity
    qtbot.waitUntil(lambda: panel.cuts.rows.rowCount() == 1)
    qtbot.waitUntil(lambda: bool(row(panel, 0).lamps))
    return opened


def row(panel, place: int):
    return panel.cuts.rows.index(place).data(Role.ROW)


def second_grade(opened: Opened) -> Grade | None:
    return opened.project.ask(cut_queries.event_cards)[1].grade


def test_a_cut_of_the_scene_shows_both_pictures_and_says_its_lamps_in_words(desk: Opened) -> None:
    shown = row(desk.window.continuity, 0)
    assert len(shown.pictures) == 2 and not any(picture.isNull() for picture in shown.pictures)
    assert shown.in_words.endswith("Likeness not known, Colour no, Exposure same")


def test_match_is_one_step_and_undo_takes_it_back(desk: Opened, qtbot: QtBot) -> None:
    panel = desk.window.continuity
    assert panel.match.isEnabled() and not panel.ungrade.isEnabled()
    qtbot.mouseClick(panel.match, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: second_grade(desk) == COOLER)
    qtbot.waitUntil(lambda: row(panel, 0).detail == "graded" and panel.ungrade.isEnabled())
    desk.project.undo()
    assert second_grade(desk) is None


def test_the_grade_is_taken_off_again(desk: Opened, qtbot: QtBot) -> None:
    panel, second = desk.window.continuity, desk.project.ask(cut_queries.event_cards)[1]
    desk.project.run(event.edit_event, second.id, grade=COOLER)
    qtbot.waitUntil(panel.ungrade.isEnabled)
    qtbot.mouseClick(panel.ungrade, Qt.MouseButton.LeftButton)
    assert second_grade(desk) is None


def test_generate_again_gives_the_last_frame_of_the_shot_before(desk: Opened, qtbot: QtBot) -> None:
    panel = desk.window.continuity
    with qtbot.waitSignal(desk.queue.finished, timeout=10_000):
        qtbot.mouseClick(panel.again, Qt.MouseButton.LeftButton)
    sent = desk.frames.wish
    (given,) = sent.given
    assert (given.first, given.file.purpose) == (0, "first frame")
    assert desk.project.media.holds(given.file.name)


def test_match_of_the_current_shot_without_one_before_it_is_refused_in_words(desk: Opened, qtbot: QtBot) -> None:
    desk.window.places.to_board()
    desk.window.board.select_shot(desk.shots[0])
    with qtbot.waitSignal(desk.window.door.refused) as refused:
        desk.window.continuity_desk.match_current()
    assert "before this one" in refused.args[0].sentence
    assert second_grade(desk) is None


def test_match_with_the_keyboard_on_the_cuts_is_of_the_chosen_one(desk: Opened, qtbot: QtBot) -> None:
    desk.window.board.select_shot(desk.shots[0])
    desk.window.continuity.cuts.setFocus()
    qtbot.waitUntil(desk.window.continuity.cuts.hasFocus)
    desk.window.continuity_desk.match_current()
    qtbot.waitUntil(lambda: second_grade(desk) == COOLER)


def test_lamps_are_seen_where_the_pictures_have_no_room(desk: Opened) -> None:
    cuts = desk.window.continuity.cuts
    rect = cuts.visualRect(cuts.rows.index(0))
    shown = row(desk.window.continuity, 0)
    lowest = max(where.bottom() for _lamp, where in cuts.delegate._lamps(rect, shown))
    assert lowest < cuts.delegate._picture_rect(rect, shown, 0).top()


def test_nothing_is_compared_while_the_panel_is_hidden(
    open_window: Callable[..., Opened], project: OpenProject, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = []
    monkeypatch.setattr(seeing, "compare", lambda join, aspect: looked.append(join))
    opened = open_window(project)
    a_take(project, opened.shots[1], movie=True)
    qtbot.wait(300)
    assert looked == []
