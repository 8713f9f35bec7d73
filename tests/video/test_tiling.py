"""Decoding in tiles: the same picture, no seams, refusals."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
import torch
from torch import Tensor

from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.networks import Sketch
from model_runtime.video.presets import LATENT_CHANNELS, TINY
from model_runtime.video.tiling import Axis, Tiling, spans
from tests.video.conftest import awake

REACH_IN_SPACE, REACH_IN_TIME = 14, 11  # latents a decoded pixel depends on, to each side and back


@pytest.fixture(autouse=True)
def no_gradients() -> Iterator[None]:
    with torch.no_grad():
        yield


def latents(time: int, height: int, width: int) -> Tensor:
    return torch.randn(1, LATENT_CHANNELS, time, height, width, generator=torch.Generator().manual_seed(7))


def smooth(time: int, height: int, width: int) -> Tensor:
    """Latents without edges of their own, so that any edge in the picture is a seam."""
    few = latents(2, 2, 2)
    return torch.nn.functional.interpolate(few, (time, height, width), mode="trilinear", align_corners=True)


def steps(frames: Tensor, axis: int) -> Tensor:
    """Mean change from each place to the next along an axis of (1, 3, t, h, w)."""
    return frames.diff(dim=axis).abs().transpose(0, axis).flatten(1).mean(dim=1)


@pytest.mark.parametrize(("length", "tile", "overlap"), [(5, 9, 3), (9, 9, 3), (10, 9, 3), (25, 9, 3), (100, 24, 6)])
def test_tiles_cover_everything_and_overlap_enough(length: int, tile: int, overlap: int) -> None:
    found = spans(length, tile, overlap)
    assert found[0].start == 0 and found[-1].stop == length
    assert all(before.stop - after.start >= overlap for before, after in pairwise(found))


@pytest.mark.parametrize("axis", [Axis(8, 1), Axis(8, 8), Axis(16, 16)])
def test_shares_sum_to_one_everywhere(axis: Axis) -> None:
    drawn = [axis.drawn(span) for span in spans(25, 9, 3)]
    total = torch.zeros(drawn[-1].stop)
    for span, share in zip(drawn, axis.shares(drawn, 3), strict=True):
        assert len(share) == len(span) and bool((share >= 0).all())
        total[span.start : span.stop] += share
    assert torch.allclose(total, torch.ones_like(total))


def test_one_tile_is_the_whole_bit_for_bit(tiny: Sketch) -> None:
    values = latents(3, 4, 6)
    assert torch.equal(tiny.autoencoder.decode_tiled(values), tiny.autoencoder.decode(values))


def test_tiles_agree_with_the_whole_where_one_stands_alone_and_sees_all_it_needs(tiny: Sketch) -> None:
    values = latents(1, 4, 46)
    whole, tiled = tiny.autoencoder.decode(values), tiny.autoencoder.decode_tiled(values, Tiling((2, 4, 26), (1, 2, 6)))
    alone = (26 - REACH_IN_SPACE) * 8 * tiny.autoencoder.draws  # from the outer edges of the two tiles, 0-26 and 20-46
    assert tiled.shape == whole.shape
    assert torch.allclose(tiled[..., :alone], whole[..., :alone], atol=1e-5)
    assert torch.allclose(tiled[..., -alone:], whole[..., -alone:], atol=1e-5)
    assert not torch.allclose(tiled, whole, atol=1e-5)


def test_tiles_in_time_agree_with_the_whole_before_the_overlap_and_beyond_the_reach(tiny: Sketch) -> None:
    values = latents(22, 2, 2)  # two tiles: latents 0 to 16 and 6 to 22
    whole, tiled = tiny.autoencoder.decode(values), tiny.autoencoder.decode_tiled(values, Tiling((16, 2, 2), (4, 1, 1)))
    before, beyond = 8 * 6, 8 * (6 + REACH_IN_TIME) + 1
    assert tiled.shape == whole.shape
    assert torch.allclose(tiled[:, :, :before], whole[:, :, :before], atol=1e-5)
    assert torch.allclose(tiled[:, :, beyond:], whole[:, :, beyond:], atol=1e-5)


def test_tiles_do_not_see_the_future(tiny: Sketch) -> None:
    values, other = latents(9, 4, 4), latents(9, 4, 4)
    other[:, :, 6:] += 1.0
    mine, theirs = (tiny.autoencoder.decode_tiled(each, Tiling((4, 4, 4), (2, 2, 2))) for each in (values, other))
    assert torch.equal(mine[:, :, :41], theirs[:, :, :41]) and not torch.equal(mine, theirs)


@pytest.mark.parametrize(("axis", "bound"), [(2, 1.0), (3, 0.5), (4, 0.5)])
def test_tiling_adds_no_step_that_the_clip_does_not_have_itself(tiny: Sketch, axis: int, bound: float) -> None:
    """Cut hard instead of blended, these tiles add 1.6, 1.2 and 0.7 times the clip's median step at their seams."""
    values = smooth(10, 10, 10)
    whole, tiled = tiny.autoencoder.decode(values), tiny.autoencoder.decode_tiled(values, Tiling((6, 6, 6), (3, 3, 3)))
    assert steps(tiled - whole, axis).max() < bound * steps(whole, axis).median()


def test_symmetric_clips_are_tiled_too() -> None:
    network = SketchAutoencoder(**{**vars(TINY.autoencoder), "time_padding": "symmetric"})
    awake(network.eval())
    values = latents(22, 2, 2)
    whole, tiled = network.decode(values), network.decode_tiled(values, Tiling((16, 2, 2), (4, 1, 1)))
    assert tiled.shape == whole.shape and torch.allclose(tiled[:, :, : 8 * 4], whole[:, :, : 8 * 4], atol=1e-5)


@pytest.mark.parametrize("overlap", [0, 5])
def test_tiles_that_cannot_be_blended_are_refused(overlap: int) -> None:
    with pytest.raises(ValueError, match="overlap"):
        Tiling((8, 8, 8), (2, 2, overlap))


def test_frames_without_a_past_of_their_own_are_not_shown() -> None:
    axis = Axis(8, 1)
    drawn = [axis.drawn(span) for span in (range(6), range(3, 9))]  # frames 0 to 40 and 24 to 64
    first, second = axis.shares(drawn, 3)
    assert bool((second[:8] == 0).all()) and bool((second[8:].diff() >= 0).all()) and bool((second[17:] == 1).all())
    assert torch.allclose(first[24:] + second[:17], torch.ones(17))
