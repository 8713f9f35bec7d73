"""Sizes of clips in pixels, latents and tokens."""

from __future__ import annotations

import pytest

from model_runtime.video.presets import BASE, SMALL, preset, preset_from_dict
from model_runtime.video.shapes import ClipShape, cover_box, drawn_frames, latent_frames, legal_frames


def test_legal_frames_are_one_and_one_more_than_eights() -> None:
    assert legal_frames(25) == (1, 9, 17, 25)


@pytest.mark.parametrize("frames", legal_frames(49))
def test_frames_and_latents_are_each_others_inverse(frames: int) -> None:
    assert drawn_frames(latent_frames(frames)) == frames


@pytest.mark.parametrize("frames", [0, -3, 2, 8, 24, 10_000_000])
def test_frames_off_the_lattice_are_refused_with_the_number(frames: int) -> None:
    with pytest.raises(ValueError, match=str(frames)):
        ClipShape(frames, 80, 144)


@pytest.mark.parametrize("size", [(81, 144), (80, 140), (0, 144)])
def test_sizes_that_do_not_fall_on_tokens_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="multiple of 16"):
        ClipShape(9, *size)


def test_presets_have_the_tokens_they_promise() -> None:
    assert ClipShape(25, SMALL.height, SMALL.width).tokens == 180
    assert ClipShape(25, BASE.height, BASE.width).tokens == 576


def test_clip_larger_than_the_weights_reach_is_refused() -> None:
    with pytest.raises(ValueError, match="33 frames"):
        ClipShape(33, 80, 144).check_fits(SMALL.transformer.grid)


def test_unknown_preset_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="small, base, tiny"):
        preset("huge")


@pytest.mark.parametrize("name", ["small", "base", "tiny"])
def test_preset_survives_being_stored(name: str) -> None:
    import json

    assert preset_from_dict(json.loads(json.dumps(preset(name).as_dict()))) == preset(name)


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (144, 80), (100, 1), (1, 100)])
def test_cover_box_has_the_targets_aspect_and_lies_inside(size: tuple[int, int]) -> None:
    left, top, right, bottom = cover_box(*size, 144, 80)
    assert 0 <= left < right <= size[0] and 0 <= top < bottom <= size[1]
    assert right - left == size[0] or bottom - top == size[1]
    assert abs((right - left) - (bottom - top) * 144 / 80) <= 1.8
