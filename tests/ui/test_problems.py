"""Problems: one at a time, with a way out; a crash is offered once, at the next start, and sent nowhere."""

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from studio import log
from studio.errors import Refused
from studio.settings import Settings
from studio.ui.parts.controls import KeyButton
from studio.ui.problems import Problem, Problems, WayOut
from studio.ui.theme import Look


@pytest.fixture
def window(qtbot: QtBot, look: Look) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.resize(900, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def buttons(problems: Problems) -> dict[str, KeyButton]:
    assert problems.shown is not None
    return {one.text(): one for one in problems.shown.findChildren(KeyButton)}


def test_problems_are_shown_one_after_the_other_and_the_same_one_once(look: Look, window: QMainWindow) -> None:
    problems = Problems(look, window)
    for sentence in ("The disk is full.", "The drive is gone.", "The disk is full."):
        problems.show_error(Refused(sentence, "Free some space."))
    assert problems.shown.problem.sentence == "The disk is full."
    problems.shown.close_sheet()
    assert problems.shown.problem.sentence == "The drive is gone."
    problems.shown.close_sheet()
    assert problems.shown is None


def test_the_way_out_is_a_button_that_does_it_and_closes_the_sheet(look: Look, window: QMainWindow) -> None:
    problems, done = Problems(look, window), []
    way_out = WayOut("Show disk use", lambda: done.append(True))
    problems.show_error(Refused("The disk is full.", "Free some space."), way_out)
    buttons(problems)["Show disk use"].click()
    assert done == [True] and problems.shown is None


def test_details_are_copied_as_they_stand(look: Look, window: QMainWindow) -> None:
    problems = Problems(look, window)
    problems.show_error(Refused("The disk is full.", "Free some space."))
    buttons(problems)["Copy details"].click()
    assert QGuiApplication.clipboard().text() == "The disk is full.\nFree some space."
    problems.show_problem(Problem("A fault.", "", copied="the whole story"))
    problems.shown.close_sheet()
    buttons(problems)["Copy details"].click()
    assert QGuiApplication.clipboard().text() == "the whole story"


def crash(text: str = "tide out") -> Path:
    try:
        raise ValueError(text)
    except ValueError as error:
        path = log.write_crash(error)
    assert path is not None
    return path


def test_a_crash_is_offered_at_the_next_start_and_only_once(look: Look, window: QMainWindow, tmp_path: Path) -> None:
    file, kept = crash(), Settings(tmp_path / "settings.json")
    problems = Problems(look, window)
    problems.offer_crash(kept)
    assert "tide out" in problems.shown.problem.hint and str(file) in problems.shown.problem.hint
    assert {"Show the file", "Copy details", "Dismiss"} <= set(buttons(problems))
    problems.shown.close_sheet()
    problems.offer_crash(kept)
    assert problems.shown is None
    crash("tide in")
    problems.offer_crash(kept)
    assert "tide in" in problems.shown.problem.hint


def test_without_a_crash_nothing_is_offered(look: Look, window: QMainWindow, tmp_path: Path) -> None:
    problems = Problems(look, window)
    problems.offer_crash(Settings(tmp_path / "settings.json"))
    assert problems.shown is None


def test_a_process_that_ended_hard_leaves_a_crash_file_and_one_that_ended_well_none() -> None:
    gone = 2**22 + 5  # larger than any process id of this system
    log.folder().mkdir(parents=True)
    (log.folder() / f"running-{gone}.txt").write_text("Fatal Python error: Segmentation fault")
    (log.folder() / f"running-{gone + 1}.txt").write_text("")
    with log.hard_faults():
        assert (log.folder() / f"running-{os.getpid()}.txt").exists()
    assert [path.read_text() for path in log.crashes()] == ["Fatal Python error: Segmentation fault"]
    assert not list(log.folder().glob("running-*"))
