"""People, animals and vehicles by themselves: what each word changes, without a set or a camera."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pytest

from model_runtime.stage import reference
from model_runtime.stage.figures.figure import Body, head_place, room
from model_runtime.stage.figures.look import CUTS, GARMENTS, look_of
from model_runtime.stage.figures.poses import CYCLES, PHASES, STRIDES, Pose, pose
from model_runtime.stage.figures.props import setpiece
from model_runtime.stage.figures.things import THING_CYCLES, draw_thing, reach
from model_runtime.stage.layers import Stamp, clear_of, press
from model_runtime.stage.light import Light
from model_runtime.stage.pen import Pen
from model_runtime.stage.reference import reference_sheet
from model_runtime.stage.scene import Person, Thing
from model_runtime.stage.words import load_words
from tests.model_runtime.stage.scenes import a_person

WORDS = load_words()
DAY = Light("day", "clear")
TALL = 104.0  # pixels of an adult: a wide shot's figure in its drawing twice as fine as a frame of 144
WIDTH, HEIGHT, GROUND = 400, 200, 180


def a_pen(picture: np.ndarray, person_or_thing: Person | Thing, height: float = 1.0) -> Pen:
    way = -1 if person_or_thing.facing == "left" else 1
    return Pen(picture, way * TALL * height, -TALL * height, WIDTH / 2, GROUND, DAY.ink, 2.0)


@cache
def drawn(person: Person, step: int = 0) -> np.ndarray:
    """(h, w, 4) premultiplied, not to be written on: one figure with what its action puts around it."""
    look, posed = look_of(person, DAY), pose(person.action, step)
    picture, upper = np.zeros((HEIGHT, WIDTH, 4), np.uint8), np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    pen = a_pen(picture, person, look.height)
    piece = setpiece(person.action)
    if piece:
        piece.draw_behind(pen, look, DAY, step)
    body = Body(pen, look, posed, 1.34)
    if posed.lying:
        body.draw_lying()
    else:
        body.draw_behind(legs=True)
        Body(a_pen(upper, person, look.height), look, posed, 1.34).draw_upper()
        rise = round((posed.rise + posed.breath) * look.height * TALL)
        press(picture, Stamp(upper, clear_of(upper), 0, -rise))
        body.draw_before()
    if piece:
        piece.draw_before(pen, look, DAY, step)
    return picture


def drawn_thing(thing: Thing, step: int = 0) -> np.ndarray:
    picture = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    draw_thing(a_pen(picture, thing), thing, DAY, step)
    return picture


def cover(picture: np.ndarray) -> np.ndarray:
    return picture[..., 3] > 127


def extent(picture: np.ndarray) -> tuple[float, float]:
    """Width and height of what is covered, in heights of an adult."""
    rows, columns = np.nonzero(cover(picture))
    return float(np.ptp(columns) + 1) / TALL, float(np.ptp(rows) + 1) / TALL


def share_of(picture: np.ndarray, colour: tuple[int, int, int], distance: float = 36.0) -> float:
    inside = picture[cover(picture)][:, :3].astype(float)
    return float(np.mean(np.linalg.norm(inside - colour, axis=-1) < distance))


def unlike(one: np.ndarray, other: np.ndarray) -> float:
    """Share of the pixels covered by either that look different."""
    either = cover(one) | cover(other)
    return float(np.mean(np.abs(one.astype(int) - other.astype(int)).max(axis=-1)[either] > 48))


def shape_unlike(one: np.ndarray, other: np.ndarray) -> float:
    return float((cover(one) ^ cover(other)).sum() / (cover(one) | cover(other)).sum())


# people


def test_every_word_has_a_drawing() -> None:
    assert set(CYCLES) == set(WORDS.action)
    assert set(CUTS) == set(WORDS.garment)
    assert set(THING_CYCLES) == set(WORDS.thing)
    assert set(STRIDES) <= set(WORDS.action)


def test_cycles_line_up_with_latents() -> None:
    for cycle in (*CYCLES.values(), *THING_CYCLES.values()):
        assert 16 % cycle == 0
        assert cycle % PHASES == 0


@pytest.mark.parametrize("action", WORDS.action)
def test_pose_comes_back_after_its_cycle(action: str) -> None:
    assert pose(action, CYCLES[action] + 3) == pose(action, 3)


@pytest.mark.parametrize("facing", WORDS.facing)
@pytest.mark.parametrize("action", WORDS.action)
def test_figures_stay_within_the_room_they_ask_for(action: str, facing: str) -> None:
    piece = setpiece(action)
    for step in (0, 4, 5, 10):
        aside, above, below = room(pose(action, step))
        if piece:
            aside, above = max(aside, piece.aside), max(above, piece.above)
        for kind in ("man", "girl"):
            person = a_person(action=action, facing=facing, kind=kind, hat="hat", hat_colour="red", hood=False)
            rows, columns = np.nonzero(cover(drawn(person, step)))
            tall = TALL * look_of(person, DAY).height
            assert np.abs(columns - WIDTH / 2).max() <= aside * tall
            assert GROUND - rows.min() <= above * tall
            assert rows.max() - GROUND <= below * tall + 1


def test_children_are_two_thirds_of_an_adult() -> None:
    adult = extent(drawn(a_person(kind="woman", facing="us", hood=False)))[1]
    for kind in ("girl", "boy"):
        child = extent(drawn(a_person(kind=kind, facing="us", hood=False)))[1]
        assert 0.6 < child / adult < 0.76


def test_builds_change_height_and_breadth() -> None:
    size = {
        build: extent(drawn(a_person(kind="man", build=build, facing="us", hood=False, garment="jacket")))
        for build in WORDS.build
    }
    assert size["short"][1] < 0.93 * size["average"][1] < 0.93 * 0.95 * size["tall"][1]
    assert size["slim"][0] < 0.88 * size["average"][0] < 0.88 * 0.85 * size["heavy"][0]


@pytest.mark.parametrize("facing", ["us", "right", "away"])
@pytest.mark.parametrize(("one", "other"), [*combinations(WORDS.garment, 2)])
def test_garments_are_told_apart(one: str, other: str, facing: str) -> None:
    pictures = [drawn(a_person(garment=garment, facing=facing, hood=False)) for garment in (one, other)]
    assert unlike(*pictures) > 0.04


@pytest.mark.parametrize("garment", WORDS.garment)
@pytest.mark.parametrize("facing", WORDS.facing)
def test_garment_colour_is_the_largest_of_all_colours(garment: str, facing: str) -> None:
    for colour in ("red", "green", "white"):
        picture = drawn(a_person(garment=garment, facing=facing, colour=colour, hood=False))
        shares = {other: share_of(picture, GARMENTS[other]) for other in ("red", "blue", "green", "white", "yellow")}
        assert max(shares, key=lambda other: shares[other]) == colour
        assert shares[colour] > 0.07


@pytest.mark.parametrize("facing", ["us", "right", "away"])
@pytest.mark.parametrize(("one", "other"), [*combinations(WORDS.style[1:], 2)])
def test_hair_styles_are_told_apart(one: str, other: str, facing: str) -> None:
    pictures = [drawn(a_person(style=style, facing=facing, hood=False)) for style in (one, other)]
    assert unlike(*pictures) > 0.03


@pytest.mark.parametrize("kind", WORDS.kind)
def test_usual_hair_is_long_for_women_and_girls(kind: str) -> None:
    style = "long" if kind in ("woman", "girl") else "short"
    usual, named = (drawn(a_person(kind=kind, style=word, hood=False)) for word in ("usual", style))
    assert np.array_equal(usual, named)


@pytest.mark.parametrize("facing", WORDS.facing)
@pytest.mark.parametrize("hat", WORDS.hat)
def test_hat_shows_its_colour(hat: str, facing: str) -> None:
    red = GARMENTS["red"]
    person = a_person(facing=facing, hood=False, colour="dark")
    assert share_of(drawn(person), red) < 0.002
    assert share_of(drawn(replace(person, hat=hat, hat_colour="red")), red) > 0.02


def test_glasses_change_the_face_and_nothing_else() -> None:
    for facing in ("us", "right"):
        person = a_person(facing=facing, hood=False)
        changed = np.abs(drawn(person).astype(int) - drawn(replace(person, glasses=True))).max(axis=-1) > 32
        assert changed.sum() > 30
        assert np.nonzero(changed)[0].max() < GROUND - 0.75 * TALL


def test_who_looks_away_shows_no_face() -> None:
    skin = look_of(a_person(facing="us"), DAY).skin
    shares = {
        facing: share_of(drawn(a_person(facing=facing, hood=False))[: GROUND - int(0.78 * TALL)], skin)
        for facing in ("us", "away")
    }
    assert shares["away"] < 0.15 * shares["us"]


def test_left_is_the_mirror_of_right() -> None:
    left, right = (drawn(a_person(facing=facing)) for facing in ("left", "right"))
    assert shape_unlike(left[:, ::-1], right) < 0.04


@pytest.mark.parametrize(("one", "other"), [*combinations(WORDS.action, 2)])
def test_actions_are_told_apart_from_the_side(one: str, other: str) -> None:
    """By their clips: the nearest pair of drawings still differs, or one moves where the other stands."""
    clips = {
        action: [
            drawn(a_person(action=action, facing="right", garment="jacket", hood=False), step) for step in (0, 4, 8)
        ]
        for action in (one, other)
    }
    nearest = [min(unlike(picture, another) for another in clips[other]) for picture in clips[one]]
    assert max(nearest) > 0.10


@pytest.mark.parametrize("action", [action for action in WORDS.action if action not in ("lying", "driving")])
def test_head_is_where_it_is_said_to_be(action: str) -> None:
    person = a_person(kind="man", action=action, facing="us", hood=False, style="short")
    look = look_of(person, DAY)
    for step in (0, 4):
        x, y = head_place(look, pose(action, step), 1.34)
        column, row = round(WIDTH / 2 + x * look.height * TALL), round(GROUND - y * look.height * TALL)
        around = drawn(person, step)[row - 6 : row + 7, column - 6 : column + 7, :3].astype(float)
        assert np.mean(np.linalg.norm(around - look.skin, axis=-1) < 30) > 0.3


def test_head_of_who_lies_is_near_the_ground_behind_the_middle() -> None:
    x, y = head_place(look_of(a_person(facing="right"), DAY), pose("lying", 0))
    assert -0.5 < x < -0.3
    assert 0.0 < y < 0.2


def test_who_lies_is_longer_than_high() -> None:
    for facing in WORDS.facing:
        wide, high = extent(drawn(a_person(action="lying", facing=facing)))
        assert wide > 1.8 * high


# animals and vehicles


@pytest.mark.parametrize("facing", WORDS.facing)
@pytest.mark.parametrize("name", WORDS.thing)
def test_things_stay_within_their_reach(name: str, facing: str) -> None:
    aside, above = reach(name)
    for motion in WORDS.motion:
        for step in range(0, 16, 3):
            rows, columns = np.nonzero(cover(drawn_thing(Thing(name, "red", "left", facing, motion), step)))
            assert np.abs(columns - WIDTH / 2).max() <= aside * TALL
            assert GROUND - rows.min() <= above * TALL
            assert rows.max() - GROUND <= 0.05 * TALL


@pytest.mark.parametrize("facing", WORDS.facing)
@pytest.mark.parametrize("name", WORDS.thing)
def test_thing_shows_its_colour(name: str, facing: str) -> None:
    for colour in WORDS.colour:
        assert share_of(drawn_thing(Thing(name, colour, "left", facing, "standing")), GARMENTS[colour]) > 0.08


@pytest.mark.parametrize("name", WORDS.thing)
def test_thing_moves_in_its_cycle(name: str) -> None:
    thing, cycle = Thing(name, "blue", "left", "right", "moving"), THING_CYCLES[name]
    assert np.array_equal(drawn_thing(thing, 1), drawn_thing(thing, 1 + cycle))
    assert not np.array_equal(drawn_thing(thing, 1), drawn_thing(thing, 1 + cycle // 2 - 1))


@pytest.mark.parametrize(("one", "other"), [*combinations(WORDS.thing, 2)])
def test_things_are_told_apart_by_their_shape(one: str, other: str) -> None:
    pictures = [drawn_thing(Thing(name, "blue", "left", "right", "standing")) for name in (one, other)]
    assert shape_unlike(*pictures) > 0.25


def test_sizes_are_those_beside_an_adult() -> None:
    size = {name: extent(drawn_thing(Thing(name, "red", "left", "right", "standing"))) for name in WORDS.thing}
    assert size["cat"][1] < size["dog"][1] < size["horse"][1]
    assert 2.2 < size["car"][0] < 2.6
    assert 3.5 < size["bus"][0] < 3.8


def test_flying_bird_is_above_the_ground() -> None:
    rows = np.nonzero(cover(drawn_thing(Thing("bird", "white", "left", "right", "moving"), 4)))[0]
    assert GROUND - rows.max() > 0.1 * TALL


# reference sheets


def sheets(subject: Person | Thing, number: int = 24) -> list[np.ndarray]:
    return [reference_sheet(subject, np.random.default_rng(seed)) for seed in range(number)]


def near(sheet: np.ndarray, colour: tuple[int, int, int], distance: float = 40.0) -> float:
    return float(np.mean(np.linalg.norm(sheet.astype(float) - colour, axis=-1) < distance))


def test_sheet_has_the_size_the_model_reads() -> None:
    sheet = reference_sheet(a_person(), np.random.default_rng(0))
    assert sheet.shape == (96, 64, 3)
    assert sheet.dtype == np.uint8
    assert reference_sheet(a_person(), np.random.default_rng(0), width=32, height=48).shape == (48, 32, 3)


def test_sheet_follows_from_the_lot_alone() -> None:
    one, other = (reference_sheet(a_person(), np.random.default_rng(5)) for _ in range(2))
    assert np.array_equal(one, other)


def test_sheets_of_a_subject_differ() -> None:
    for one, other in combinations(sheets(a_person(), 6), 2):
        assert np.abs(one.astype(int) - other).mean() > 3


@pytest.mark.parametrize("colour", WORDS.colour)
def test_sheets_tell_the_garment_colour(colour: str) -> None:
    person = a_person(colour=colour, hood=False, hair="grey", kind="man")
    other = "green" if colour != "green" else "yellow"
    shown = np.mean([near(sheet, GARMENTS[colour]) for sheet in sheets(person)])
    elsewhere = np.mean([near(sheet, GARMENTS[colour]) for sheet in sheets(replace(person, colour=other))])
    assert shown > 0.05 + elsewhere


def test_sheets_tell_hat_and_scarf() -> None:
    plain = a_person(colour="dark", hood=False)
    dressed = replace(plain, hat="beanie", hat_colour="yellow", scarf="orange")
    for colour in ("yellow", "orange"):
        bare = np.mean([near(sheet, GARMENTS[colour]) for sheet in sheets(plain)])
        assert np.mean([near(sheet, GARMENTS[colour]) for sheet in sheets(dressed)]) > bare + 0.008


@pytest.mark.parametrize("name", WORDS.thing)
@pytest.mark.parametrize("motion", WORDS.motion)
def test_sheets_show_the_whole_thing(name: str, motion: str) -> None:
    green = GARMENTS["green"]
    for sheet in sheets(Thing(name, "green", "left", "right", motion), 8):
        hit = np.linalg.norm(sheet.astype(float) - green, axis=-1) < 70
        assert hit.mean() > 0.008
        assert not hit[0].any()
        assert not hit[-1].any()


@pytest.mark.parametrize("action", ["standing", "walking", "sitting"])
def test_sheet_never_shows_the_action_of_the_clip(action: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []

    def noted(word: str, step: int) -> Pose:
        shown.append(word)
        return pose(word, step)

    monkeypatch.setattr(reference, "pose", noted)
    sheets(a_person(action=action), 40)
    assert len(set(shown)) > 2
    assert action not in shown
