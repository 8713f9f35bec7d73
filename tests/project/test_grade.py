"""A grade as the film keeps it, and an event's."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import BadValue
from studio.open_project import OpenProject
from studio.project import cut_queries, grade
from studio.project.commands import event
from studio.project.grade import Grade
from tests.builders import a_shot

WARMER = Grade((1.1, 1.0, 0.9), (0.02, 0.0, -0.02), (0.95, 1.0, 1.05))


def triples(low: float, high: float) -> st.SearchStrategy[tuple[float, float, float]]:
    one = st.floats(low, high).map(lambda number: round(number, grade.DECIMALS))
    return st.tuples(one, one, one)


@given(triples(0, 8), triples(-1, 1), triples(0.1, 8))
@settings(max_examples=50, deadline=None)
def test_what_is_kept_is_read_again(slope: grade.Triple, offset: grade.Triple, power: grade.Triple) -> None:
    made = Grade(slope, offset, power)
    assert (grade.read(made.text) or Grade()) == made


def test_no_grade_is_kept_as_nothing() -> None:
    assert (Grade().text, grade.read("")) == ("", None)
    assert Grade().curves()[0] == bytes(range(256))


@pytest.mark.parametrize("text", ["1 1 1", "warm", "1 1 1 0 0 0 1 1 nan", "99 1 1 0 0 0 1 1 1"])
def test_what_cannot_be_read_is_no_grade(text: str) -> None:
    assert grade.read(text) is None


def test_a_grade_nobody_could_see_through_is_refused() -> None:
    with pytest.raises(BadValue, match="power of 0"):
        Grade(power=(1.0, 0.0, 1.0))


def test_half_the_slope_is_half_the_value() -> None:
    red, _, blue = Grade(slope=(0.5, 1.0, 2.0)).curves()
    assert (red[200], blue[100], blue[200]) == (100, 200, 255)


def test_an_event_is_graded_and_undo_takes_it_back(project: OpenProject) -> None:
    a_shot(project)
    (card,) = project.ask(cut_queries.event_cards)
    project.run(event.edit_event, card.id, grade=WARMER)
    assert project.ask(cut_queries.event_cards)[0].grade == WARMER
    project.undo()
    assert project.ask(cut_queries.event_cards)[0].grade is None


def test_what_is_no_grade_changes_nothing(project: OpenProject) -> None:
    a_shot(project)
    (card,) = project.ask(cut_queries.event_cards)
    with pytest.raises(BadValue):
        project.run(event.edit_event, card.id, grade="warmer")
    assert project.ask(cut_queries.event_cards)[0].grade is None


def test_a_split_event_keeps_its_grade(project: OpenProject) -> None:
    a_shot(project)
    (card,) = project.ask(cut_queries.event_cards)
    project.run(event.edit_event, card.id, grade=WARMER)
    project.run(event.split_event, card.id, 5)
    assert [one.grade for one in project.ask(cut_queries.event_cards)] == [WARMER, WARMER]
