"""What a scene heading says."""

import pytest

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.commands import scene
from studio.project.headings import Heading, read


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("EXT. PIER - NIGHT, RAIN", Heading("pier", "night", "rain")),
        ("INT. KITCHEN – DAY", Heading("kitchen", "day")),
        ("INT./EXT. CAR - DUSK", Heading("car", "dusk")),
        ("ext ferry deck - dawn", Heading("ferry deck", "dawn")),
        ("INT. HOUSE - KITCHEN - LATER THAT NIGHT", Heading("house kitchen", "later that night")),
        ("INT. ROOM", Heading("room")),
        ("EXT. ROOFTOP - WATER TOWER", Heading("rooftop water tower")),
        ("BEACH - SUNSET", Heading("beach", "sunset")),
        ("Interior thoughts", Heading()),
        ("The long walk", Heading()),
        ("A dream - of water", Heading()),
        ("", Heading()),
        ("INT.", Heading()),
    ],
)
def test_where_when_and_in_what_weather(text: str, said: Heading) -> None:
    assert read(text) == said


def test_a_new_scene_takes_it_from_its_heading_only_where_nothing_else_is_given(project: OpenProject) -> None:
    project.run(scene.add_scene, "EXT. PIER - NIGHT, RAIN")
    project.run(scene.add_scene, "EXT. PIER - NIGHT", location="street")
    first, second = project.ask(queries.scene_cards)
    assert (first.location, first.time, first.weather) == ("pier", "night", "rain")
    assert (second.location, second.time, second.weather) == ("street", "", "")
