"""Likeness: the same person elsewhere is told from somebody else, wherever they stand and however they are lit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from model_runtime.stage.scene import Person, Scene
from studio.errors import ProjectError
from studio.sight import recogniser
from studio.sight.lamps import compare
from studio.sight.likeness import SAME, WATCH, Place, likeness, look
from studio.sight.windows import HEIGHT, WIDTH, windows_of
from tests.continuity import lots, measure
from tests.sight.scenes import ANNA, BEN, CLOSE, ELSEWHERE, WIDE, drawn

LEFT, CENTRE, RIGHT = (Place(side, "wide shot") for side in ("left", "centre", "right"))


def of(scene: Scene) -> float:
    """How much the first person of a scene looks like Anna in the wide shot."""
    return likeness(look(drawn(WIDE), LEFT), look(drawn(scene), Place(scene.people[0].side, scene.size)))


def as_in(scene: Scene, person: Person) -> Scene:
    return lots.dressed_as(scene, (person,))


def test_the_same_person_in_another_place_pose_and_light_is_recognised() -> None:
    assert of(as_in(ELSEWHERE, ANNA)) >= SAME


def test_somebody_else_in_the_same_place_is_not_recognised() -> None:
    assert of(as_in(ELSEWHERE, BEN)) < WATCH


def test_likeness_is_the_same_both_ways() -> None:
    one, other = look(drawn(WIDE), LEFT), look(drawn(ELSEWHERE), CENTRE)
    assert likeness(one, other) == pytest.approx(likeness(other, one))


def test_a_flopped_picture_shows_the_same_person_on_the_other_side() -> None:
    picture = drawn(WIDE)
    assert likeness(look(picture, LEFT), look(picture[:, ::-1], RIGHT)) >= SAME


def test_half_a_stop_more_light_leaves_a_person_who_they_are() -> None:
    picture = drawn(WIDE)
    brighter = np.clip(picture.astype(float) * 1.17, 0, 255).astype(np.uint8)
    assert likeness(look(picture, LEFT), look(brighter, LEFT)) >= SAME


def test_who_stands_nobody_knows_where_is_looked_for_on_every_side() -> None:
    anywhere = look(drawn(WIDE))
    assert likeness(anywhere, look(drawn(WIDE), LEFT)) >= SAME
    assert len(anywhere.numbers) == 3


def test_two_people_are_each_compared_with_themselves() -> None:
    both = replace(WIDE, people=(ANNA, BEN))
    exchanged = replace(WIDE, people=(replace(ANNA, side="right"), replace(BEN, side="left")), seed=9)
    one, other = drawn(both), drawn(exchanged)
    assert compare(one, other, [(LEFT, RIGHT), (RIGHT, LEFT)]).likeness.state == "same"
    assert compare(one, other, [(LEFT, LEFT), (RIGHT, RIGHT)]).likeness.state == "no"


def test_one_wrong_face_is_a_wrong_cut() -> None:
    both = replace(WIDE, people=(ANNA, BEN))
    recast = replace(WIDE, people=(ANNA, lots.dressed_as(replace(WIDE, people=(BEN,)), (CARLA,)).people[0]), seed=9)
    lamp = compare(drawn(both), drawn(recast), [(LEFT, LEFT), (RIGHT, RIGHT)]).likeness
    assert lamp.state == "no"
    assert "somebody else" in lamp.sentence


CARLA = Person("girl", "blond", "green", "dress", False, "red", "right", "left", "standing")


def test_where_nobody_is_in_both_shots_the_lamp_is_unknown() -> None:
    lamp = compare(drawn(WIDE), drawn(CLOSE)).likeness
    assert (lamp.state, lamp.value) == ("unknown", 0.0)


def test_casts_are_told_apart_on_a_few_drawings() -> None:
    casts = lots.castings(24, lots.TUNING_CAST_SEED + 1, held_out=False)
    found = measure.likenesses(casts, [measure.last_and_first(each.one, each.other) for each in casts])
    assert found.auc > 0.8


@settings(max_examples=10, deadline=None)
@given(
    arrays(np.uint8, some.tuples(some.integers(1, 50), some.integers(1, 50), some.just(3))),
    some.sampled_from(["", "left", "centre", "right", "behind"]),
    some.sampled_from(["", "extreme wide shot", "close-up", "odd"]),
)
def test_any_picture_can_be_looked_at_and_is_like_itself(picture: np.ndarray, side: str, size: str) -> None:
    seen = look(picture, Place(side, size))
    assert np.isfinite(seen.numbers).all()
    assert likeness(seen, seen) >= SAME


@pytest.mark.parametrize("shape", [(1, 1), (1, 3000), (3000, 1), (1280, 720)])
def test_windows_of_any_shape_have_one_size(shape: tuple[int, int]) -> None:
    assert windows_of(np.zeros((*shape, 3), np.uint8)).shape == (3, HEIGHT, WIDTH, 3)


def test_weights_that_cannot_be_read_are_told_in_a_sentence(tmp_path: Path) -> None:
    broken = tmp_path / recogniser.WEIGHTS_FILE
    broken.write_bytes(b"nothing of the kind")
    with pytest.raises(ProjectError, match="cannot be read"):
        recogniser.read(broken)


def test_the_weights_are_small() -> None:
    path = Path(__file__).resolve().parents[2] / "assets" / "models" / "likeness" / recogniser.WEIGHTS_FILE
    assert path.stat().st_size < 1_000_000
