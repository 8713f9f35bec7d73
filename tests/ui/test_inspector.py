"""The inspector: facts of an event and its small notes."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.commands import shot as shots
from studio.project.cut_cards import EventCard, PanelShown
from studio.project.timing import FrameRate
from studio.ui.inspector.facts import facts, handles, shows
from tests.ui.conftest import Opened

RATE = FrameRate(24)
EVENT = EventCard(
    "event_1", "shot_1", "1E", "scene_1", 48, 24, "take_1", "2", Path("take.mp4"), 6, 40, take_rate=RATE
)  # fmt: skip


def test_where_it_stands_and_what_it_shows() -> None:
    told = dict(facts(EVENT, RATE, 86400, takes=4, drop=False))
    assert told["Shows"] == "take 2 of 4"
    assert (told["In"], told["Out"]) == ("01:00:02:00", "01:00:03:00")
    assert told["Length"] == "1:00  24 frames" and told["Handles"] == "0:06 before, 0:10 after"
    assert "Held" not in told


def test_what_is_held_past_the_takes_end_is_told() -> None:
    told = dict(facts(replace(EVENT, frames=40), RATE, 0, takes=1, drop=False))
    assert told["Held"] == "Holds its last frame for 6 frames." and told["Handles"].endswith("0:00 after")


@pytest.mark.parametrize(
    ("speed", "rate", "left"),
    [
        ((1, 1), RATE, (6, 10)),
        ((2, 1), RATE, (3, 0)),
        ((1, 2), RATE, (12, 44)),
        ((-1, 1), RATE, (33, 0)),
        ((1, 1), FrameRate(48), (3, 0)),
    ],
)
def test_handles_are_counted_in_film_frames(speed: tuple[int, int], rate: FrameRate, left: tuple[int, int]) -> None:
    event = replace(EVENT, speed_num=speed[0], speed_den=speed[1], take_rate=rate)
    assert handles(event, RATE) == left


def test_panels_and_cards_have_words_of_their_own() -> None:
    bare = replace(EVENT, media=None, take=None)
    panel = PanelShown("panel_1", Path("a.png"), 24)
    assert shows(bare, 0) == "a missing-shot card"
    assert shows(replace(bare, panels=(panel,)), 0) == "a panel"
    assert shows(replace(bare, panels=(panel, panel)), 0) == "2 panels in turn"
    assert "Handles" not in dict(facts(bare, RATE, 0, takes=0, drop=False))


@pytest.fixture
def edited(opened: Opened, qtbot: QtBot) -> Callable[[], EventCard]:
    """The layout Edit with the first shot chosen; what its event is now."""
    opened.window.layouts.choose("edit")
    qtbot.waitUntil(opened.window.inspector.isVisible)
    events = opened.project.ask(queries.event_cards)
    opened.window.chosen.choose([events[0].id])
    return lambda: opened.project.ask(queries.event_cards)[0]


def type_in(field: object, text: str) -> None:
    field.setText(text)  # type: ignore[attr-defined]
    field.keep()  # type: ignore[attr-defined]


def test_a_length_typed_is_the_events_length(opened: Opened, edited: Callable[[], EventCard]) -> None:
    inspector = opened.window.inspector
    assert inspector.header.title.text() == "Shot 1_0010"
    type_in(inspector.length, "0:20")
    assert edited().frames == 20
    opened.project.undo()
    assert edited().frames == 24


def test_speed_and_direction_are_one_number(opened: Opened, edited: Callable[[], EventCard]) -> None:
    inspector = opened.window.inspector
    type_in(inspector.speed, "50 %")
    assert Fraction(edited().speed_num, edited().speed_den) == Fraction(1, 2) and edited().frames == 48
    inspector.way.button("back").click()
    assert Fraction(edited().speed_num, edited().speed_den) == Fraction(-1, 2)


def test_hold_and_flop_are_switched_and_shown(opened: Opened, edited: Callable[[], EventCard], qtbot: QtBot) -> None:
    inspector = opened.window.inspector
    inspector.hold.button("last").click()
    inspector.flop.click()
    assert (edited().hold, edited().flop) == ("last", True)
    opened.project.undo()
    qtbot.waitUntil(lambda: (inspector.hold.current(), inspector.flop.isChecked()) == ("last", False))


def test_what_is_no_speed_is_refused_and_put_back(
    opened: Opened, edited: Callable[[], EventCard], qtbot: QtBot
) -> None:
    inspector = opened.window.inspector
    with qtbot.waitSignal(inspector.refused):
        type_in(inspector.speed, "fast")
    assert inspector.speed.text() == "100 %" and edited().speed_num == 1


def test_hidden_it_asks_for_nothing(opened: Opened, project: OpenProject) -> None:
    opened.window.layouts.choose("board")
    opened.window.chosen.choose([project.ask(queries.event_cards)[1].id])
    assert opened.window.inspector.header.title.text() == "Inspector"


def test_shots_chosen_on_the_board_are_what_is_meant_on_the_timeline(
    opened: Opened, edited: Callable[[], EventCard]
) -> None:
    window = opened.window
    window.board.select_shot(opened.shots[2])
    meant = window.cutting.events.current()
    assert meant is not None and meant.shot == opened.shots[2]
    assert window.chosen.current in window.chosen.events


def test_an_out_of_date_take_is_kept_as_it_is_from_here(
    opened: Opened, edited: Callable[[], EventCard], qtbot: QtBot
) -> None:
    inspector = opened.window.inspector
    opened.project.run(shots.edit_shot, opened.shots[0], move="push in")
    qtbot.waitUntil(inspector.cause.isVisible)
    assert inspector.cause.words.text().startswith("Move")
    inspector.cause.keep.click()
    qtbot.waitUntil(inspector.cause.isHidden)
    assert not opened.card(opened.shots[0]).cause
