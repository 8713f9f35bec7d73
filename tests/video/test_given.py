"""Pictures become conditions by the rules training uses: whole latents, cells, stills, references."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from model_runtime.video.given import Conditions, conditions, given_cells, runs, still_numbers, whole_latents
from model_runtime.video.networks import Sketch
from model_runtime.video.pictures import blended, contain, fit, inner_share, redrawn, signal
from model_runtime.video.request import Guide, Reference, SketchRequest, check_request

RNG = np.random.default_rng(8)
CLIP = dict(enumerate(RNG.integers(0, 256, (25, 64, 96, 3), dtype=np.uint8)))


@pytest.fixture(autouse=True)
def no_gradients() -> Iterator[None]:
    with torch.inference_mode():
        yield


def found(sketch: Sketch, **fields: Any) -> Conditions:
    request = SketchRequest("pier.", seed=1, **fields)
    shape = check_request(request, sketch.preset)
    return conditions(sketch, request, shape, torch.zeros(1, 32, *shape.latents))


def encoded(sketch: Sketch, numbers: list[int]) -> Tensor:
    pictures = [fit(CLIP[number], sketch.size) for number in numbers]
    return sketch.autoencoder.encode(signal(pictures, sketch.device, sketch.dtype))


@pytest.mark.parametrize(
    ("numbers", "expected"), [([], []), ([3], [(3, 4)]), ([2, 0, 1], [(0, 3)]), ([8, 0, 7], [(0, 1), (7, 9)])]
)
def test_runs_are_unbroken_and_in_order(numbers: list[int], expected: list[tuple[int, int]]) -> None:
    assert [(run.start, run.stop) for run in runs(numbers)] == expected


@pytest.mark.parametrize(
    ("count", "latents"), [(0, 0), (1, 1), (2, 1), (8, 1), (9, 2), (16, 2), (17, 3), (24, 3), (25, 4)]
)
def test_a_run_from_the_start_fills_whole_latents(count: int, latents: int) -> None:
    assert whole_latents(range(count)) == latents
    assert whole_latents(range(1, 1 + count)) == 0


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([0], []),
        ([24], [24]),
        ([0, 24], [24]),
        (list(range(9)), []),
        (list(range(12)), [9, 10, 11]),
        (list(range(16, 25)), [16, 19, 21, 24]),
        ([*range(9), *range(16, 25)], [16, 19, 21, 24]),
        ([0, 5, 12, 25], [5, 12, 25]),
        (list(range(1, 9)), [1, 3, 6, 8]),
    ],
)
def test_other_given_drawings_are_stills_at_most_four_of_a_run(numbers: list[int], expected: list[int]) -> None:
    assert still_numbers(numbers) == expected


def test_head_of_a_clip_is_given_as_its_latents(tiny: Sketch) -> None:
    conditions = found(tiny, given={number: CLIP[number] for number in range(11)})
    mask = conditions.given.mask
    assert mask[0, 0, :, 0, 0].tolist() == [1, 1, 0, 0] and bool((mask == mask[..., :1, :1]).all())
    assert torch.allclose(conditions.given.latents[:, :, :2], encoded(tiny, list(range(9))), atol=1e-6)
    assert not bool(conditions.given.latents[:, :, 2:].any())
    assert conditions.stills is not None and conditions.stills.frames.tolist() == [9, 10]


def test_later_drawings_are_stills_with_their_own_latents(tiny: Sketch) -> None:
    conditions = found(tiny, given={0: CLIP[0], 24: CLIP[24], 25: CLIP[3]})
    assert conditions.stills is not None and conditions.stills.frames.tolist() == [24, 25]
    assert torch.allclose(conditions.stills.latents[:1], encoded(tiny, [24])[:, :, 0], atol=1e-6)
    assert torch.allclose(conditions.stills.latents[1:], encoded(tiny, [3])[:, :, 0], atol=1e-6)
    assert conditions.given.mask[0, 0, :, 0, 0].tolist() == [1, 0, 0, 0]


def test_cells_away_from_a_region_are_given(tiny: Sketch) -> None:
    mask = np.zeros((32, 48), np.uint8)
    mask[8:16, 24:32] = 255
    conditions = found(tiny, given=CLIP, mask=mask)
    cells = conditions.given.mask[0, 0]
    expected = torch.ones(4, 6)
    expected[0:3, 2:5] = 0  # the region's own cell and, by the margin, those around it
    assert all(torch.equal(each, expected) for each in cells)
    whole = encoded(tiny, list(range(25)))
    assert torch.allclose(conditions.given.latents, whole * expected, atol=1e-6)
    assert conditions.stills is None


@pytest.mark.parametrize("offset", [0, 1, 7])
def test_margin_around_a_region_is_eight_pixels(offset: int) -> None:
    region = np.zeros((16, 64), bool)
    region[:, 24 + offset] = True
    given = given_cells(region)[0].tolist()
    touched = {(24 + offset - 8) // 8, (24 + offset) // 8, (24 + offset + 8) // 8}
    assert given == [cell not in touched for cell in range(8)]


def test_restyled_clip_gives_nothing_but_its_start(tiny: Sketch) -> None:
    conditions = found(tiny, given=CLIP, strength=0.5)
    assert not bool(conditions.given.mask.any()) and conditions.stills is None
    assert conditions.clip is not None and torch.allclose(conditions.clip, encoded(tiny, list(range(25))), atol=1e-6)


def test_guide_is_encoded_with_its_strength(tiny: Sketch) -> None:
    conditions = found(tiny, guide=Guide(np.stack(list(CLIP.values())), 0.4))
    assert conditions.guide is not None and conditions.guide.strength.tolist() == pytest.approx([0.4])
    assert torch.allclose(conditions.guide.latents, encoded(tiny, list(range(25))), atol=1e-6)


def test_references_are_stills_marked_by_their_slots(tiny: Sketch) -> None:
    conditions = found(tiny, references=(Reference(CLIP[0], 5), Reference(CLIP[1], 2)))
    references = conditions.references
    assert references is not None and references.latents.shape == (2, 32, 12, 8)
    assert torch.equal(references.marks, tiny.text_encoder.marks([5, 2]))


# --- pictures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(200, 90), (48, 32), (10, 300), (1, 1), (3000, 2)])
def test_fitted_picture_has_its_size_and_is_a_copy(size: tuple[int, int]) -> None:
    picture = np.full((size[1], size[0], 3), 90, np.uint8)
    fitted = fit(picture, (48, 32))
    assert fitted.shape == (32, 48, 3) and not np.shares_memory(fitted, picture)
    assert bool((fitted == 90).all())


def test_fitting_crops_the_sides_and_never_stretches() -> None:
    picture = np.zeros((40, 120, 3), np.uint8)
    picture[:, :30], picture[:, 90:] = 255, 255
    assert not fit(picture, (60, 40)).any()


@pytest.mark.parametrize(("width", "height"), [(64, 96), (128, 96), (20, 200), (300, 10), (7, 7)])
def test_reference_is_contained_whole_on_the_colour_of_its_border(width: int, height: int) -> None:
    picture = np.full((height, width, 3), 40, np.uint8)
    picture[2:-2, 2:-2] = 200
    held = contain(picture, (64, 96))
    assert held.shape == (96, 64, 3) and held.dtype == np.uint8
    assert (held[0, 0] == 40).all() and (held[-1, -1] == 40).all()
    assert (held > 100).any()


def test_mask_redraws_every_pixel_it_touches() -> None:
    mask = np.zeros((160, 288), np.uint8)
    mask[79, 100] = 255
    region = redrawn(mask, (144, 80))
    assert region.shape == (80, 144) and region.sum() == 1 and region[39, 50]
    assert redrawn(mask, (288, 160)).sum() == 1


def test_blending_is_exact_outside_and_rises_inwards() -> None:
    given, drawn = np.full((40, 40, 3), 10, np.uint8), np.full((40, 40, 3), 210, np.uint8)
    region = np.zeros((40, 40), bool)
    region[:, 10:] = True
    mixed = blended(drawn, given, inner_share(region))
    assert (mixed[:, :10] == 10).all() and (mixed[:, 17:] == 210).all()
    row = mixed[20, 9:18, 0].astype(int)
    assert (np.diff(row) > 0).sum() == 7 and np.diff(row).max() < 40
