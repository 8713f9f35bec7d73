"""How shots meet, told and mended from a script."""

from pathlib import Path

import pytest

from studio.open_project import OpenProject
from studio.project import queries
from tests.builders import a_take
from tests.calls import call
from tests.cli.test_events import event


@pytest.fixture
def met(taken: Path) -> Path:
    """The second shot of the first scene has a take too."""
    project = OpenProject.open(taken)
    a_take(project, project.ask(queries.find_shot, "2"), movie=True, width=192, height=108)
    project.close()
    return taken


def test_the_cuts_of_a_film_are_compared(met: Path) -> None:
    (join,) = call("continuity", met, "--json").ok().json
    assert (join["from"], join["to"]) == ("1_0010", "1_0020")
    assert join["likeness"]["state"] == "unknown" and join["exposure"]["state"] in ("same", "watch", "no", "unknown")
    assert "1_0010 to 1_0020" in call("continuity", met, "--scene", "1").ok().out
    assert call("continuity", met, "--scene", "2").ok().out == "No two shots with pictures meet yet.\n"


def test_an_event_is_matched_to_the_one_before_in_one_step(met: Path) -> None:
    assert call("match", met, "1_0020").ok().out == "1_0020 is matched to 1_0010.\n"
    call("grade", met, "1_0020", "--off").ok()
    assert event(met, 2)["grade"] is None


def test_a_grade_is_given_in_numbers_and_taken_off(met: Path) -> None:
    call("grade", met, 1, "--slope", "1.1,1,0.9", "--power", "1,1,1.05").ok()
    assert event(met)["grade"] == {"slope": [1.1, 1, 0.9], "offset": [0, 0, 0], "power": [1, 1, 1.05]}
    assert "Graded." in call("events", met).ok().out
    call("undo", met).ok()
    assert event(met)["grade"] is None


@pytest.mark.parametrize("wrong", [("--slope", "1.1"), ("--power", "0,1,1"), (), ("--off", "--slope", "1,1,1")])
def test_a_grade_that_cannot_be_is_refused_and_changes_nothing(met: Path, wrong: tuple[str, ...]) -> None:
    assert call("grade", met, 1, *wrong).status == 1
    assert event(met)["grade"] is None


def test_the_first_event_of_a_scene_has_nothing_to_match(met: Path) -> None:
    refused = call("match", met, "1_0010")
    assert refused.status == 1 and "before 1_0010" in refused.err


def test_a_subject_is_compared_in_all_its_shots(met: Path) -> None:
    (only,) = call("alike", met, "@mara", "--json").ok().json
    assert (only["number"], only["state"]) == ("1_0010", "unknown")


def test_a_second_match_says_that_nothing_is_changed_and_is_no_step(met: Path) -> None:
    call("match", met, "1_0020").ok()
    assert "stays as it is" in call("match", met, "1_0020").ok().out
    call("undo", met).ok()
    assert event(met, 2)["grade"] is None
