from __future__ import annotations

import itertools
from dataclasses import replace

import cv2
import numpy as np
import pytest

from model_runtime.stage.backing import backing_of
from model_runtime.stage.camera import sight_of
from model_runtime.stage.draw import Drawn, render
from model_runtime.stage.figures.look import GARMENTS
from model_runtime.stage.light import Light
from model_runtime.stage.scene import Scene, random_scene
from model_runtime.stage.words import load_words
from tests.model_runtime.stage.scenes import JON, a_person, a_scene, a_thing

WORDS = load_words()
ANGLES = ("eye level", "high angle", "low angle")


def centre_of(mask: np.ndarray) -> float:
    """Where a mask's middle is across the frame, 0 to 1."""
    return float(np.nonzero(mask)[1].mean() / mask.shape[1])


def height_of(mask: np.ndarray) -> float:
    rows = np.nonzero(mask.any(axis=1))[0]
    return float((rows[-1] - rows[0] + 1) / mask.shape[0])


def share_near(pixels: np.ndarray, colour: tuple[int, int, int], distance: float = 40.0) -> float:
    return float(np.mean(np.linalg.norm(pixels.astype(float) - colour, axis=-1) < distance))


def difference(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.abs(one.astype(int) - other.astype(int)).mean())


def drawn_of(scene: Scene) -> Drawn:
    """The still of a scene."""
    return render(scene, frames=1)


def test_drawn_has_frames_and_the_subject_of_every_pixel() -> None:
    drawn = render(a_scene(people=(a_person(), JON), things=(a_thing(side="centre"),)), frames=9)
    assert drawn.frames.shape == (9, 80, 144, 3)
    assert drawn.frames.dtype == drawn.subjects.dtype == np.uint8
    assert drawn.subjects.shape == (9, 80, 144)
    assert set(np.unique(drawn.subjects)) == {0, 1, 2, 3}
    assert np.array_equal(drawn.figures, (drawn.subjects > 0).astype(np.uint8))


def test_same_scene_gives_the_same_bits() -> None:
    rng = np.random.default_rng(0)
    for scene in [random_scene(rng) for _ in range(6)]:
        one, other = render(scene, frames=5), render(scene, frames=5)
        assert np.array_equal(one.frames, other.frames)
        assert np.array_equal(one.figures, other.figures)


def test_another_seed_gives_another_drawing_of_the_same_scene() -> None:
    one, other = render(a_scene(seed=1), frames=1), render(a_scene(seed=2), frames=1)
    assert 0 < difference(one.frames, other.frames) < 25


@pytest.mark.parametrize("move", WORDS.move)
@pytest.mark.parametrize("weather", WORDS.weather)
def test_first_frame_of_a_clip_is_the_still(move: str, weather: str) -> None:
    scene = a_scene(move=move, weather=weather, people=(a_person(action="running"), JON))
    clip, still = render(scene), render(scene, frames=1)
    assert np.array_equal(clip.frames[0], still.frames[0])
    assert np.array_equal(clip.figures[0], still.figures[0])


def test_shorter_clip_is_the_beginning_of_the_whole() -> None:
    scene = a_scene(move="pan left", people=(a_person(action="walking"),))
    assert np.array_equal(render(scene, frames=9).frames, render(scene).frames[:9])


@pytest.mark.parametrize("location", WORDS.location)
def test_larger_frame_shows_the_same_picture(location: str) -> None:
    scene = a_scene(location=location, time="dusk", move="pan right", people=(a_person(), JON))
    small = render(scene, frames=2).frames[1]
    large = render(scene, frames=2, width=288, height=160).frames[1]
    brought_down = cv2.resize(large, (144, 80), interpolation=cv2.INTER_AREA)
    assert difference(small, brought_down) < 1.5


def test_frame_of_the_larger_preset_is_drawn() -> None:
    assert render(a_scene(), frames=1, width=256, height=144).frames.shape == (1, 144, 256, 3)


@pytest.mark.parametrize("action", [action for action in WORDS.action if action != "lying"])
@pytest.mark.parametrize("facing", WORDS.facing)
def test_wide_figure_fills_a_third_of_the_height(action: str, facing: str) -> None:
    drawn = render(a_scene(people=(a_person(action=action, facing=facing),)))
    assert all(height_of(mask) >= 1 / 3 for mask in drawn.figures)


def test_who_lies_is_longer_than_high() -> None:
    rows, columns = np.nonzero(drawn_of(a_scene(people=(a_person(side="centre", action="lying"),))).figures[0])
    assert np.ptp(columns) > 2 * np.ptp(rows)


def test_figures_grow_from_extreme_wide_to_close() -> None:
    areas = [drawn_of(a_scene(size=size)).figures.mean() for size in WORDS.size]
    assert all(small < 0.75 * large for small, large in itertools.pairwise(areas))


def test_extreme_wide_figure_is_a_quarter_of_the_frame_high() -> None:
    mask = drawn_of(a_scene(size="extreme wide shot", people=(a_person(hood=False),))).figures[0]
    assert 0.22 < height_of(mask) < 0.36


@pytest.mark.parametrize("size", ["wide shot", "medium shot", "close-up"])
def test_far_is_smaller_and_near_larger(size: str) -> None:
    areas = [
        drawn_of(a_scene(size=size, people=(a_person(depth=depth),))).figures.mean()
        for depth in ("far", "middle", "near")
    ]
    assert areas[0] < 0.75 * areas[1]
    assert areas[1] < 0.9 * areas[2]


def foot_of(mask: np.ndarray) -> int:
    return int(np.nonzero(mask.any(axis=1))[0][-1])


@pytest.mark.parametrize("angle", ["eye level", "high angle", "low angle"])
def test_who_is_far_stands_higher_up_the_ground(angle: str) -> None:
    far, middle = (
        foot_of(drawn_of(a_scene(angle=angle, people=(a_person(depth=depth),))).figures[0])
        for depth in ("far", "middle")
    )
    assert far < middle


def test_nearer_one_hides_the_other() -> None:
    people = (a_person(side="left", depth="far"), replace(JON, side="centre", depth="near"))
    hidden = drawn_of(a_scene(size="close-up", people=people)).subjects[0]
    alone = drawn_of(a_scene(size="close-up", people=people[:1])).subjects[0]
    assert (hidden == 2).sum() > (hidden == 1).sum()
    assert (hidden == 1).sum() < (alone == 1).sum()


def test_head_is_below_the_horizon_from_above_and_over_it_from_below() -> None:
    heads = {
        angle: np.nonzero(drawn_of(a_scene(angle=angle)).figures[0].any(axis=1))[0][0]
        for angle in ("high angle", "eye level", "low angle")
    }
    assert heads["low angle"] < heads["eye level"] < heads["high angle"]
    level, high, low = (sight_of("wide shot", angle, 144, 80).horizon for angle in ANGLES)
    assert high < level < low
    assert high < heads["high angle"]


@pytest.mark.parametrize("location", WORDS.location)
def test_angles_show_another_picture_of_the_set(location: str) -> None:
    looks = [drawn_of(a_scene(location=location, angle=angle, people=())).frames[0] for angle in ANGLES]
    assert all(difference(one, other) > 8 for one, other in itertools.combinations(looks, 2))


def test_shoulder_is_large_dark_and_at_its_side() -> None:
    other = replace(JON, side="left", facing="away", colour="white")
    first = a_person(side="right", facing="us")
    over = drawn_of(a_scene(size="medium shot", angle="over-the-shoulder", people=(first, other)))
    level = drawn_of(a_scene(size="medium shot", people=(first, other)))
    mask = over.subjects[0]
    assert (mask == 2).sum() > 1.5 * (level.subjects[0] == 2).sum()
    assert centre_of(mask == 2) < 0.4 < 0.5 < centre_of(mask == 1)
    brightness = [drawn.frames[0][drawn.subjects[0] == 2].max(axis=1) for drawn in (over, level)]
    assert np.percentile(brightness[0], 90) < np.percentile(brightness[1], 90) - 30


@pytest.mark.parametrize("size", WORDS.size)
@pytest.mark.parametrize("facing", WORDS.facing)
def test_figure_stands_on_the_side_of_its_caption(size: str, facing: str) -> None:
    at = {
        side: centre_of(render(a_scene(size=size, people=(a_person(side=side, facing=facing),)), frames=1).figures[0])
        for side in WORDS.side
    }
    assert at["left"] < 0.43 < at["centre"] < 0.57 < at["right"]


@pytest.mark.parametrize("size", WORDS.size)
def test_two_people_are_both_in_the_frame(size: str) -> None:
    mask = drawn_of(a_scene(size=size, people=(a_person(), JON))).subjects[0]
    least = 0.02 if size == "extreme wide shot" else 0.08
    assert (mask[:, :72] == 1).mean() > least
    assert (mask[:, 72:] == 2).mean() > least


def test_nobody_leaves_the_mask_empty() -> None:
    assert not render(a_scene(people=()), frames=3).figures.any()


@pytest.mark.parametrize("colour", WORDS.colour)
def test_raincoat_has_its_colour_by_day(colour: str) -> None:
    drawn = render(a_scene(size="medium shot", people=(a_person(colour=colour, facing="us"),)), frames=1)
    inside = drawn.frames[0][drawn.figures[0] == 1]
    shares = {other: share_near(inside, GARMENTS[other]) for other in WORDS.colour}
    assert shares[colour] > 0.25
    assert max(shares, key=lambda other: shares[other]) == colour


def test_scarf_shows_its_colour() -> None:
    without = render(a_scene(size="medium shot", people=(a_person(colour="dark", facing="us"),)), frames=1)
    with_scarf = render(
        a_scene(size="medium shot", people=(a_person(colour="dark", facing="us", scarf="red"),)), frames=1
    )
    red = GARMENTS["red"]
    assert share_near(without.frames[0][without.figures[0] == 1], red) < 0.005
    assert share_near(with_scarf.frames[0][with_scarf.figures[0] == 1], red) > 0.02


def test_pointing_arm_reaches_where_the_face_looks() -> None:
    at = {
        facing: centre_of(
            render(a_scene(people=(a_person(side="centre", facing=facing, action="pointing"),)), frames=1).figures[0]
        )
        for facing in ("left", "right")
    }
    assert at["right"] - at["left"] > 0.02


@pytest.mark.parametrize("location", WORDS.location)
def test_background_holds_still_when_static_and_clear(location: str) -> None:
    drawn = render(a_scene(location=location, people=(a_person(action="walking"),)))
    never_covered = cv2.dilate(drawn.figures.max(axis=0), np.ones((9, 9), np.uint8)) == 0
    never_covered[70:] = False  # the contact shadow walks along
    assert never_covered.mean() > 0.3
    assert np.ptp(drawn.frames[:, never_covered].astype(int), axis=0).max() == 0


STILL = ("standing", "sitting", "kneeling", "lying", "reading")


@pytest.mark.parametrize("action", [action for action in WORDS.action if action not in STILL])
@pytest.mark.parametrize("size", ["wide shot", "medium shot", "close-up"])
def test_action_moves_the_figure(action: str, size: str) -> None:
    drawn = render(a_scene(size=size, people=(a_person(action=action),)), frames=5)
    assert difference(drawn.frames[0], drawn.frames[4]) + difference(drawn.frames[0], drawn.frames[2]) > 0.1


def test_standing_moves_far_less_than_walking() -> None:
    moved = {
        action: difference(clip[:-1], clip[1:])
        for action in ("standing", "walking", "running")
        for clip in [render(a_scene(people=(a_person(action=action),))).frames]
    }
    assert 4 * moved["standing"] < moved["walking"] < moved["running"]


def test_walker_goes_where_the_face_looks() -> None:
    for facing, way in (("left", -1), ("right", 1)):
        masks = render(a_scene(people=(a_person(action="walking", facing=facing),))).figures
        assert way * (centre_of(masks[24]) - centre_of(masks[0])) > 0.08


def test_runner_who_faces_us_comes_nearer() -> None:
    masks = render(a_scene(people=(a_person(action="running", facing="us"),))).figures
    assert masks[24].sum() > 1.2 * masks[0].sum()


@pytest.mark.parametrize("location", WORDS.location)
@pytest.mark.parametrize("move", [move for move in WORDS.move if move != "static"])
def test_camera_move_moves_the_set(location: str, move: str) -> None:
    frames = render(a_scene(location=location, move=move, people=())).frames
    assert difference(frames[0], frames[24]) > 2


def moved_by(one: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    """How far a picture went to the right and down, in pixels."""
    greys = [cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY).astype(np.float32) for frame in (one, other)]
    window = cv2.createHanningWindow(greys[0].shape[::-1], cv2.CV_32F)
    (x, y), _ = cv2.phaseCorrelate(greys[0], greys[1], window)
    return x, y


@pytest.mark.parametrize("move", ["pan left", "pan right", "tilt up", "tilt down", "truck left", "truck right"])
def test_picture_moves_against_the_camera(move: str) -> None:
    frames = render(a_scene(location="street", move=move, people=())).frames
    x, y = moved_by(frames[8], frames[16])
    if move.startswith("tilt"):
        assert abs(x) < 0.5
        assert y == pytest.approx(4.0 if move == "tilt up" else -4.0, abs=1.0)
    else:
        assert abs(y) < 0.5
        assert x * (1 if move.endswith("left") else -1) > 3.0


def test_pan_takes_all_along_and_truck_leaves_the_far_behind() -> None:
    sky = slice(0, 34)
    gone = {}
    for move in ("pan left", "truck left"):
        drawn = render(a_scene(location="pier", move=move, people=(a_person(side="centre"),)))
        figure = (centre_of(drawn.figures[16]) - centre_of(drawn.figures[8])) * 144
        far = moved_by(drawn.frames[8, sky, 90:], drawn.frames[16, sky, 90:])[0]
        gone[move] = figure - far
    assert abs(gone["pan left"]) < 1.0
    assert gone["truck left"] > 3.0


def test_near_one_passes_faster_than_the_far_one_in_a_truck() -> None:
    people = (a_person(side="left", depth="far"), replace(JON, side="right", depth="near"))
    masks = render(a_scene(move="truck left", people=people)).subjects
    far, near = (np.nonzero(masks[12] == one)[1].mean() - np.nonzero(masks[6] == one)[1].mean() for one in (1, 2))
    assert near > far + 1.0 > 2.0


def test_push_in_enlarges_and_pull_out_shrinks() -> None:
    inward = render(a_scene(move="push in")).figures
    outward = render(a_scene(move="pull out")).figures
    assert inward[24].sum() > 1.2 * inward[0].sum()
    assert outward[0].sum() > 1.2 * outward[24].sum()


@pytest.mark.parametrize("weather", ["rain", "snow"])
def test_rain_and_snow_fall_outdoors(weather: str) -> None:
    frames = render(a_scene(weather=weather, people=())).frames
    assert difference(frames[0], frames[1]) > 0.5


def test_fog_and_clear_air_hold_still() -> None:
    for weather in ("clear", "fog"):
        frames = render(a_scene(weather=weather, people=()), frames=3).frames
        assert np.array_equal(frames[0], frames[2])


def shaded_ground(time: str, weather: str = "clear", location: str = "desert") -> np.ndarray:
    """Where the ground is darker because someone stands on it: (h, w)."""
    scenes = [a_scene(location=location, time=time, weather=weather, people=people) for people in ((MIDDLE,), ())]
    drawn, empty = (drawn_of(scene) for scene in scenes)
    darker = empty.frames[0].astype(int).sum(axis=2) - drawn.frames[0].astype(int).sum(axis=2) > 24
    return darker & (cv2.dilate(drawn.figures[0], np.ones((5, 5), np.uint8)) == 0)


MIDDLE = a_person(side="centre", facing="us")


def test_shadow_falls_away_from_the_sun() -> None:
    # the sun rises on the left and sets on the right
    assert centre_of(shaded_ground("dawn")) > 0.6
    assert centre_of(shaded_ground("dusk")) < 0.4


def test_low_sun_throws_the_longest_shadow() -> None:
    lengths = {time: np.ptp(np.nonzero(shaded_ground(time))[1]) for time in ("dawn", "day", "night")}
    assert lengths["dawn"] > 1.3 * lengths["day"] > 1.3 * lengths["night"]


@pytest.mark.parametrize("weather", ["rain", "snow", "fog"])
def test_clouds_leave_only_the_contact(weather: str) -> None:
    still = {"rain": "kitchen"}.get(weather, "desert")
    assert shaded_ground("dawn", weather, still)[:60].sum() < 20
    assert shaded_ground("dawn").sum() > 60


def test_rain_stays_behind_the_kitchen_window() -> None:
    frames = render(a_scene(location="kitchen", weather="rain", people=())).frames.astype(int)
    moved = np.ptp(frames, axis=0).max(axis=-1) > 0
    assert moved[12:32, 50:96].any()
    assert not moved[45:].any()


@pytest.mark.parametrize("location", WORDS.location)
def test_places_and_times_have_looks_of_their_own(location: str) -> None:
    looks = {time: render(a_scene(location=location, time=time, people=()), frames=1).frames[0] for time in WORDS.time}
    for time, look in looks.items():
        for other, another in looks.items():
            if other != time:
                assert difference(look, another) > 12
    darkest = min(WORDS.time, key=lambda time: looks[time].mean())
    assert darkest == "night"


def test_every_scene_by_lot_can_be_drawn() -> None:
    rng = np.random.default_rng(12)
    for _ in range(60):
        scene = random_scene(rng)
        drawn = render(scene, frames=2)
        assert set(np.unique(drawn.subjects)) == set(range(len(scene.subjects) + 1))
        assert drawn.frames.std() > 10


@pytest.mark.parametrize("thing", WORDS.thing)
@pytest.mark.parametrize("size", WORDS.size)
def test_animals_and_vehicles_are_seen_in_their_colour(thing: str, size: str) -> None:
    seen = a_thing(thing=thing, colour="red", side="right")
    drawn = drawn_of(a_scene(size=size, location="beach", people=(), things=(seen,)))
    inside = drawn.frames[0][drawn.subjects[0] == 1]
    assert len(inside) > 20
    assert share_near(inside, GARMENTS["red"], 70.0) > 0.12
    assert centre_of(drawn.subjects[0] == 1) > 0.5


def test_moving_thing_goes_where_it_faces() -> None:
    for facing, way in (("left", -1), ("right", 1)):
        thing = a_thing(side="centre", facing=facing, motion="moving")
        masks = render(a_scene(people=(), things=(thing,))).figures
        assert way * (centre_of(masks[24]) - centre_of(masks[0])) > 0.1


def test_boat_lies_on_the_water_behind_the_pier() -> None:
    boat = a_thing(thing="boat", side="centre", depth="far")
    before, behind = (
        drawn_of(a_scene(location=location, people=(), things=(boat,))).figures.sum() for location in ("beach", "pier")
    )
    assert 0 < behind < before


def test_who_hugs_stands_together() -> None:
    people = (
        a_person(side="left", facing="right", action="hugging"),
        replace(JON, side="right", facing="left", action="hugging"),
    )
    apart = tuple(replace(person, action="standing") for person in people)
    gaps = [
        centre_of(mask == 2) - centre_of(mask == 1)
        for mask in (drawn_of(a_scene(people=both)).subjects[0] for both in (people, apart))
    ]
    assert 0 < gaps[0] < 0.5 * gaps[1]


def test_most_subjects_by_lot_are_seen_on_their_side() -> None:
    rng = np.random.default_rng(8)
    right = []
    for scene in (random_scene(rng) for _ in range(60)):
        mask = render(scene, frames=13).subjects[12]
        for number, subject in enumerate(scene.subjects, start=1):
            assert (mask == number).sum() >= 12
            at = centre_of(mask == number)
            right.append(subject.side == ("left" if at < 0.43 else "right" if at > 0.57 else "centre"))
    assert np.mean(right) > 0.93


@pytest.mark.parametrize("location", WORDS.location)
@pytest.mark.parametrize(("width", "height"), [(80, 144), (160, 67)])
def test_sets_fill_every_frame_and_all_that_moves_show(location: str, width: int, height: int) -> None:
    for size, angle in itertools.product(WORDS.size, ANGLES):
        sight = sight_of(size, angle, width, height)
        backing = backing_of(location, Light("dusk", "clear"), sight, 1.0)
        assert np.maximum(backing.far[..., 3], backing.near[..., 3]).min() == 255


ASPECTS = [(144, 80), (80, 144), (112, 96), (160, 67)]


@pytest.mark.parametrize(("width", "height"), ASPECTS)
@pytest.mark.parametrize("size", WORDS.size)
def test_sides_are_kept_in_every_aspect(size: str, width: int, height: int) -> None:
    masks = {
        side: render(a_scene(size=size, people=(a_person(side=side),)), frames=1, width=width, height=height).subjects[
            0
        ]
        for side in WORDS.side
    }
    assert all(mask.shape == (height, width) and (mask == 1).mean() > 0.01 for mask in masks.values())
    assert centre_of(masks["left"]) < 0.45 < centre_of(masks["centre"]) < 0.55 < centre_of(masks["right"])


@pytest.mark.parametrize(("width", "height"), ASPECTS)
@pytest.mark.parametrize("angle", WORDS.angle)
def test_two_people_fit_into_every_aspect(angle: str, width: int, height: int) -> None:
    other = replace(JON, facing="away") if angle == "over-the-shoulder" else JON
    scene = a_scene(size="medium shot", angle=angle, people=(a_person(), other))
    mask = render(scene, frames=1, width=width, height=height).subjects[0]
    assert min((mask == one).mean() for one in (1, 2)) > 0.03


def test_senseless_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot draw 0 frames"):
        render(a_scene(), frames=0)
    with pytest.raises(ValueError, match="0 x 80"):
        render(a_scene(), width=0)
