"""The list behind the board: every shot has its row at once, a card is read when it is needed, filters and counts."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from studio.project.cards import SceneCard, ShotCard, ShotState
from studio.project.shot_queries import ShotPlace
from studio.project.timing import FrameRate
from studio.ui.storyboard.board.filters import tags
from studio.ui.storyboard.board.shot_list import ShotList
from studio.ui.storyboard.board.typed_number import place_of_number

SCENES = [SceneCard(f"s{n}", str(n), f"SCENE {n}", "", "", "", 1, 0, 0) for n in range(1, 4)]


def card(shot: str, scene: str = "s1", **other: object) -> ShotCard:
    made = ShotCard(shot, shot.upper(), scene, "1", "", "", "", "", "", "", 24, ShotState.EMPTY, "", False, False, 0, 0,
                    None, None, None)  # fmt: skip
    return replace(made, **other)  # type: ignore[arg-type]


class Film:
    """Shots that can be read, and a note of which were."""

    def __init__(self, cards: list[ShotCard]) -> None:
        self.cards = {one.id: one for one in cards}
        self.read: list[str] = []

    def places(self) -> list[ShotPlace]:
        return [ShotPlace(one.id, one.scene, one.frames, one.omitted) for one in self.cards.values()]

    def ask(self, shots: list[str]) -> list[ShotCard]:
        self.read += shots
        return [self.cards[shot] for shot in shots if shot in self.cards]


def listed(film: Film) -> ShotList:
    shots = ShotList(FrameRate(24))
    shots.read_with(film.ask)
    shots.show_order(SCENES, film.places())
    return shots


def many(count: int) -> Film:
    return Film([card(f"a{n}", f"s{n // 100 + 1}") for n in range(count)])


def test_every_shot_has_its_row_before_any_card_is_read() -> None:
    film = many(250)
    shots = listed(film)
    assert shots.rowCount() == 250
    assert [group.count for group in shots.groups()] == [100, 100, 50]
    assert film.read == []


def test_only_what_is_seen_is_read_and_only_once() -> None:
    film = many(250)
    shots = listed(film)
    shots.read_rows(range(100, 120))
    shots.read_rows(range(100, 120))
    assert film.read == [f"a{n}" for n in range(100, 120)]


def test_the_rest_is_read_a_few_at_a_time_until_nothing_is_due() -> None:
    film = many(25)
    shots = listed(film)
    assert shots.read_some(10) and shots.read_some(10) and not shots.read_some(10)
    assert sorted(film.read) == sorted(film.cards)
    assert shots.all_known


def test_a_moved_shot_keeps_its_card_and_nothing_is_read_again() -> None:
    film = many(5)
    shots = listed(film)
    shots.cards()
    film.read.clear()
    order = film.places()
    shots.show_order(SCENES, [*order[1:], order[0]])
    assert [shots.card(row).id for row in range(5)] == ["a1", "a2", "a3", "a4", "a0"]
    assert film.read == []


def test_a_card_that_is_due_shows_the_old_one_until_it_is_read() -> None:
    film = many(3)
    shots = listed(film)
    shots.cards()
    film.cards["a1"] = replace(film.cards["a1"], action="turns")
    shots.ask_again(["a1"])
    assert shots.card(1).action == ""
    shots.read_rows(range(3))
    assert shots.card(1).action == "turns"


def test_a_filter_hides_what_it_does_not_name_and_follows_edits() -> None:
    film = Film([card("a"), card("b", takes=1), card("c", takes=1, approved=True, state=ShotState.APPROVED)])
    shots = listed(film)
    shots.show_only("to_do")
    assert [shots.shot(row) for row in range(shots.rowCount())] == ["a"]
    shots.refresh([replace(film.cards["b"], takes=0)])
    assert [shots.shot(row) for row in range(shots.rowCount())] == ["a", "b"]
    shots.show_only("all")
    assert shots.rowCount() == 3


EDITS = st.tuples(st.integers(0, 4), st.sampled_from(ShotState), st.booleans(), st.integers(0, 2))


@given(st.lists(EDITS, max_size=30))
def test_counts_are_those_of_the_cards_whatever_changed(edits: list[tuple[int, ShotState, bool, int]]) -> None:
    film = many(5)
    shots = listed(film)
    shots.cards()
    for row, state, approved, takes in edits:
        shots.refresh([replace(shots.card(row), state=state, approved=approved, takes=takes)])
    for name in ("all", "to_do", "out_of_date", "approved", "failed"):
        assert shots.tally[name] == sum(name in tags(one) for one in shots.cards())


def test_a_scene_counts_its_shots_length_and_what_is_missing() -> None:
    film = Film([card("a"), card("b", takes=2), card("c", omitted=True, frames=99)])
    shots = listed(film)
    group = shots.groups()[0]
    assert shots.facts(group).missing is None
    shots.cards()
    facts = shots.facts(group)
    assert (facts.shots, facts.omitted, facts.frames, facts.missing) == (3, 1, 48, 1)


def test_places_in_line_are_shown_without_reading_a_card() -> None:
    film = Film([card("a", job="j1", queue_place=1), card("b", job="j2", queue_place=2)])
    shots = listed(film)
    shots.cards()
    film.read.clear()
    shots.show_queue({"j2": 1})
    assert [one.queue_place for one in shots.cards()] == [0, 1]
    assert film.read == []


def test_a_typed_number_is_one_as_shown_else_one_of_the_scene_else_a_place() -> None:
    numbers, scenes = ["1_0010", "1_0020", "2_0010", "2_0020", "2_0030"], ["s1", "s1", "s2", "s2", "s2"]
    assert place_of_number("2_0020", numbers, scenes, 0) == 3
    assert place_of_number("20", numbers, scenes, 0) == 1
    assert place_of_number("20", numbers, scenes, 4) == 3
    assert place_of_number("5", numbers, scenes, 0) == 4
    assert place_of_number("2_", numbers, scenes, 0) == 2
    assert place_of_number("99", numbers, scenes, 0) is None
    assert place_of_number("12a", ["12", "12A"], ["s", "s"], 0) == 1
