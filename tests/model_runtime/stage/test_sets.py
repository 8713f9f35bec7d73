"""Places, light and weather on their own, without people: drawn straight from the sets with a pen."""

from __future__ import annotations

from functools import cache
from itertools import pairwise, product

import cv2
import numpy as np
import pytest

from model_runtime.stage.layers import Grid
from model_runtime.stage.light import Light
from model_runtime.stage.pen import Pen
from model_runtime.stage.sets import SETS
from model_runtime.stage.sets.backdrops import BOTTOM, LEFT, RIGHT, TOP
from model_runtime.stage.sets.ink import add_light, draw_glows
from model_runtime.stage.sets.seats import SEATS, draw_seat
from model_runtime.stage.weather import CYCLE, KINDS, Falling
from model_runtime.stage.words import load_words

WORDS = load_words()
OUTDOORS = [name for name, plan in SETS.items() if not plan.indoors]
INDOORS = [name for name, plan in SETS.items() if plan.indoors]
GRID = Grid(144, 80, 2)
WIDE = (0.0, 0.0, 144.0, 80.0)
WINDOWS = {"kitchen": (52, 12, 68, 30), "office": (30, 15, 50, 22), "bedroom": (27, 12, 38, 38)}  # panes, in units


@cache
def planes(location: str, time: str, weather: str, window: tuple[float, float, float, float] = WIDE) -> tuple:
    """The far and the near plane of a part of a set, at one pixel a design unit."""
    left, top, right, low = window
    size = (round(low - top), round(right - left))
    light = Light(time, weather)
    far, near = np.zeros((*size, 4), np.uint8), np.zeros((*size, 4), np.uint8)
    SETS[location].far(Pen(far, 1, 1, -left, -top, light.ink, 1), light)
    SETS[location].near(Pen(near, 1, 1, -left, -top, light.ink, 1), light)
    glow = np.zeros((*size, 3), np.uint8)
    draw_glows(Pen(glow, 1, 1, -left, -top, light.ink, 1), SETS[location].glows(light))
    add_light(near, glow)
    return far, near


@cache
def picture(location: str, time: str = "day", weather: str = "clear") -> np.ndarray:
    far, near = planes(location, time, weather)
    kept = (255 - near[..., 3:].astype(int)) / 255
    return np.clip(far[..., :3] * kept + near[..., :3], 0, 255)


def thumbnail(location: str, time: str, weather: str) -> np.ndarray:
    return cv2.resize(picture(location, time, weather), (18, 10), interpolation=cv2.INTER_AREA)


def difference(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.abs(one.astype(float) - other.astype(float)).mean())


def test_every_place_of_the_captions_has_a_set() -> None:
    assert set(SETS) == set(WORDS.location)


@pytest.mark.parametrize("location", WORDS.location)
@pytest.mark.parametrize("weather", WORDS.weather)
def test_planes_are_drawn_to_the_edges_that_moves_and_tall_frames_reach(location: str, weather: str) -> None:
    far, near = planes(location, "night", weather, (LEFT + 1, TOP + 1, RIGHT - 1, BOTTOM - 1))
    ground = near[round(BOTTOM) - round(TOP) - 60 :, :, 3]
    assert (far[..., 3] == 255).all()
    if location != "pier":  # water on both sides
        assert (ground == 255).all()


@pytest.mark.parametrize("time", WORDS.time)
@pytest.mark.parametrize("weather", WORDS.weather)
def test_a_place_looks_more_like_itself_on_a_clear_day_of_its_kind_than_like_any_other(time: str, weather: str) -> None:
    for location in WORDS.location:
        seen = thumbnail(location, time, weather)
        apart = {other: difference(seen, thumbnail(other, time, "clear")) for other in WORDS.location}
        if weather == "clear":
            assert min(value for other, value in apart.items() if other != location) > 10, location
        else:
            # what weather does to all places alike, brightness and contrast, is taken out
            apart = {o: 1 - likeness(seen, thumbnail(o, time, "clear")) for o in WORDS.location}
            assert min(apart, key=lambda other: apart[other]) == location


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


@pytest.mark.parametrize("location", WORDS.location)
def test_times_and_weathers_differ(location: str) -> None:
    for time in WORDS.time:
        for one, other in product(WORDS.weather, repeat=2):
            if one < other:
                apart = difference(picture(location, time, one), picture(location, time, other))
                assert apart > (0.6 if SETS[location].indoors else 6), (time, one, other)
    for one, other in product(WORDS.time, repeat=2):
        if one < other:
            assert difference(picture(location, one), picture(location, other)) > 12, (one, other)


@pytest.mark.parametrize("location", INDOORS)
@pytest.mark.parametrize("time", WORDS.time)
def test_rooms_show_the_weather_in_their_windows(location: str, time: str) -> None:
    left, top, right, low = WINDOWS[location]
    panes = {weather: picture(location, time, weather)[top:low, left:right] for weather in WORDS.weather}
    for one, other in product(WORDS.weather, repeat=2):
        if one < other:
            assert difference(panes[one], panes[other]) > 5, (one, other)


@pytest.mark.parametrize("location", OUTDOORS)
@pytest.mark.parametrize("time", WORDS.time)
def test_snow_lies_on_the_ground(location: str, time: str) -> None:
    bare, white = (picture(location, time, weather)[64:78, 40:110] for weather in ("clear", "snow"))
    assert white.mean() > bare.mean() + 8


@pytest.mark.parametrize("location", OUTDOORS)
def test_fog_takes_more_contrast_from_what_is_far(location: str) -> None:
    left = {}
    for plane in (0, 1):
        clear, fog = (planes(location, "day", weather)[plane] for weather in ("clear", "fog"))
        opaque = clear[..., 3] == 255
        left[plane] = fog[opaque][:, :3].std(axis=0).mean() / clear[opaque][:, :3].std(axis=0).mean()
    assert left[0] < 0.5
    assert left[0] < left[1] < 0.9


@pytest.mark.parametrize("location", WORDS.location)
def test_lamps_shine_at_dusk_and_night_alone(location: str) -> None:
    plan = SETS[location]
    lit = {time: len(plan.glows(Light(time, "clear"))) for time in WORDS.time}
    assert lit["day"] == lit["dawn"] == 0
    assert lit["dusk"] == lit["night"]
    assert lit["night"] > 0 or location in ("forest", "desert", "beach")


def test_glow_brightens_where_the_near_plane_is_clear_too() -> None:
    near = np.zeros((40, 40, 4), np.uint8)
    added = np.zeros((40, 40, 3), np.uint8)
    draw_glows(Pen(added, 1, 1, 0, 0, (0, 0, 0), 1), SETS["bedroom"].glows(Light("night", "clear")))
    add_light(near, np.full_like(added, 20))
    assert (near[..., :3] == 20).all()
    assert (near[..., 3] == 0).all()


def seat(location: str, size: str, tall: float, facing: str = "us") -> np.ndarray:
    """Where a seat covers its sheet; the sitter's feet are at column 120, row 220."""
    sheet = np.zeros((260, 240, 4), np.uint8)
    draw_seat(Pen(sheet, 1, 1, 120, 220, (0, 0, 0), 1), location, Light("day", "clear"), size, tall, facing)
    return sheet[..., 3] > 0


@pytest.mark.parametrize("location", WORDS.location)
@pytest.mark.parametrize("size", WORDS.size)
@pytest.mark.parametrize("facing", WORDS.facing)
def test_seat_reaches_from_the_hips_to_the_ground(location: str, size: str, facing: str) -> None:
    assert SETS[location].seat in SEATS
    tall = {"extreme wide shot": 44.0, "wide shot": 104.0}.get(size, 200.0)
    rows = np.nonzero(seat(location, size, tall, facing).any(axis=1))[0]
    assert rows[0] < 220 - 0.2 * tall
    assert rows[-1] > 220 - 0.06 * tall


@pytest.mark.parametrize("size", ["wide shot", "medium shot"])
def test_back_of_a_chair_is_behind_who_sits_on_it(size: str) -> None:
    middle = {}
    for facing in ("left", "us", "right"):
        upper = seat("kitchen", size, 160.0, facing)[: 220 - 50]
        middle[facing] = np.nonzero(upper)[1].mean()
    assert middle["us"] == pytest.approx(120, abs=1)
    assert middle["right"] + 4 < middle["us"] < middle["left"] - 4


@pytest.mark.parametrize("weather", ["rain", "snow"])
@pytest.mark.parametrize("seed", range(KINDS))
def test_what_falls_comes_back_after_a_cycle_and_moves_within(weather: str, seed: int) -> None:
    falling = Falling(seed, GRID, Light("dusk", weather))
    assert falling.cycle == CYCLE
    frames = []
    for drawing in range(CYCLE + 1):
        frame = np.full((80, 144, 4), 100, np.uint8)
        falling.add(frame, drawing)
        assert (frame[..., :3] >= 100).all()
        assert (frame[..., 3] == 100).all()
        frames.append(frame)
    assert np.array_equal(frames[0], frames[CYCLE])
    assert all(not np.array_equal(one, after) for one, after in pairwise(frames))


def test_rain_and_snow_go_down() -> None:
    for weather in ("rain", "snow"):
        shifts = []
        for drawing in range(CYCLE):
            pair = []
            for at in (drawing, drawing + 1):
                frame = np.zeros((80, 144, 4), np.uint8)
                Falling(1, GRID, Light("night", weather)).add(frame, at)
                pair.append(frame[..., 0].astype(np.float32))
            (_, down), _ = cv2.phaseCorrelate(*pair)
            shifts.append(down)
        expected = 20.0 if weather == "rain" else 4.0
        assert np.median(shifts) == pytest.approx(expected, abs=0.6)


@pytest.mark.parametrize("weather", ["clear", "fog"])
def test_nothing_falls_on_clear_days_and_in_fog(weather: str) -> None:
    falling = Falling(3, GRID, Light("day", weather))
    frame = np.full((80, 144, 4), 100, np.uint8)
    falling.add(frame, 5)
    assert falling.cycle == 1
    assert (frame == 100).all()


def test_larger_frame_sees_the_same_rain_and_snow() -> None:
    for weather in ("rain", "snow"):
        small, large = np.zeros((80, 144, 4), np.uint8), np.zeros((160, 288, 4), np.uint8)
        Falling(2, GRID, Light("day", weather)).add(small, 3)
        Falling(2, Grid(288, 160, 1), Light("day", weather)).add(large, 3)
        assert difference(small, cv2.resize(large, (144, 80), interpolation=cv2.INTER_AREA)) < 0.5


def test_flakes_keep_their_size_in_a_tall_frame() -> None:
    shares = []
    for width, height in ((144, 80), (80, 144)):
        frame = np.zeros((height, width, 4), np.uint8)
        Falling(0, Grid(width, height, 2), Light("day", "snow")).add(frame, 0)
        shares.append(float((frame[..., 0] > 40).mean()))
    assert shares[1] == pytest.approx(shares[0], rel=0.5)
