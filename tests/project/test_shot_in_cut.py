"""Where a cut shows one shot, said without reading the cut: the same as reading it says."""

from pathlib import Path

import pytest

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.commands import event as events
from studio.project.commands import shot as shots
from studio.project.cut_queries import shot_in_cut
from tests.builders import a_project, a_scene, a_shot


@pytest.fixture
def made(tmp_path: Path):
    project = a_project(tmp_path)
    for heading in ("EXT. PIER - NIGHT", "INT. CABIN - DAY"):
        a_scene(project, heading)
        for frames in (10, 20, 30):
            a_shot(project, frames=frames)
    yield project
    project.close()


def test_every_shot_stands_where_the_cut_shows_it(made: OpenProject) -> None:
    cards = made.ask(queries.event_cards)
    for place, card in enumerate(cards):
        there = made.ask(shot_in_cut, card.shot)
        assert there.events == (card,)
        assert there.before == (cards[place - 1] if place else None)
        assert there.scene_frame == (0 if place < 3 else 60)


def test_a_shot_with_two_events_stands_in_two_places(made: OpenProject) -> None:
    shot = made.ask(queries.event_cards)[1].shot
    made.run(events.split_event, made.ask(queries.event_cards)[1].id, 8)
    there = made.ask(shot_in_cut, shot)
    assert there.events == tuple(card for card in made.ask(queries.event_cards) if card.shot == shot)
    assert [card.film_frame for card in there.events] == [10, 18]


def test_an_omitted_shot_stands_nowhere_and_moves_those_after_it(made: OpenProject) -> None:
    cards = made.ask(queries.event_cards)
    made.run(shots.omit_shot, cards[0].shot)
    assert made.ask(shot_in_cut, cards[0].shot).events == ()
    after = made.ask(shot_in_cut, cards[1].shot)
    assert (after.events[0].film_frame, after.before) == (0, None)
