"""The temporal autoencoder: causal, still equals first frame, sizes agree."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from torch import Tensor

from model_runtime.video.autoencoder import SketchAutoencoder, TemporalConv
from model_runtime.video.networks import Sketch
from model_runtime.video.presets import SMALL, TINY
from tests.video.conftest import awake


@pytest.fixture(autouse=True)
def no_gradients() -> Iterator[None]:
    with torch.no_grad():
        yield


def clip(frames: int, seed: int = 0) -> Tensor:
    return torch.rand(1, 3, frames, 32, 48, generator=torch.Generator().manual_seed(seed)) * 2 - 1


def symmetric() -> SketchAutoencoder:
    network = SketchAutoencoder(**{**vars(TINY.autoencoder), "time_padding": "symmetric"})
    awake(network.eval())
    return network


@pytest.mark.parametrize("frames", [1, 9, 17, 25, 33])
def test_clip_comes_back_with_its_frames_at_the_size_that_is_drawn(tiny: Sketch, frames: int) -> None:
    latents = tiny.autoencoder.encode(clip(frames))
    assert latents.shape == (1, 32, 1 + (frames - 1) // 8, 4, 6)
    assert tiny.autoencoder.decode(latents).shape == (1, 3, frames, 64, 96)


@pytest.mark.parametrize("frames", [2, 8, 24])
def test_frames_off_the_lattice_are_not_encoded(tiny: Sketch, frames: int) -> None:
    with pytest.raises(ValueError, match=f"{frames} frames"):
        tiny.autoencoder.encode(clip(frames))


def test_first_frame_alone_is_its_own_latent_and_equals_a_still(tiny: Sketch) -> None:
    frames = clip(17)
    alone, within = tiny.autoencoder.encode(frames[:, :, :1]), tiny.autoencoder.encode(frames)
    assert torch.allclose(alone, within[:, :, :1], atol=1e-5)
    still, first = tiny.autoencoder.decode(alone), tiny.autoencoder.decode(within)[:, :, :1]
    assert torch.allclose(still, first, atol=1e-5)


def test_past_does_not_see_the_future(tiny: Sketch) -> None:
    frames, other = clip(17), clip(17)
    other[:, :, 9:] = clip(8, seed=5)
    mine, theirs = tiny.autoencoder.encode(frames), tiny.autoencoder.encode(other)
    assert torch.allclose(mine[:, :, :2], theirs[:, :, :2], atol=1e-5)
    assert not torch.allclose(mine[:, :, 2:], theirs[:, :, 2:], atol=1e-3)
    drawn, theirs_drawn = tiny.autoencoder.decode(mine), tiny.autoencoder.decode(theirs)
    assert torch.allclose(drawn[:, :, :9], theirs_drawn[:, :, :9], atol=1e-5)


@pytest.mark.parametrize("frames", [1, 7, 8, 9, 16, 33])
def test_symmetric_padding_gives_a_latent_for_every_eight_frames_begun(frames: int) -> None:
    network = symmetric()
    latents = network.encode(clip(frames))
    assert latents.shape[2] == -(-frames // 8)
    assert network.decode(latents, frames).shape[2] == frames


def test_symmetric_padding_sees_the_future() -> None:
    network = symmetric()
    other = clip(16)
    other[:, :, 8:] = clip(8, seed=5)
    assert not torch.allclose(network.encode(clip(16))[:, :, :1], network.encode(other)[:, :, :1], atol=1e-3)


@pytest.mark.parametrize("causal", [True, False])
def test_temporal_convolution_starts_as_identity(causal: bool) -> None:
    convolution = TemporalConv(5, 5, causal=causal)
    torch.nn.init.zeros_(convolution.mix.bias)
    convolution.start_as_identity()
    frames = torch.randn(6, 5, 2, 3)
    assert torch.equal(convolution(frames, 2), frames)


def test_normalising_has_its_own_row_for_the_first_latent() -> None:
    network = SketchAutoencoder(**vars(TINY.autoencoder))
    network.latent_mean[1] = 2.0
    network.latent_std[0] = 4.0
    raw = torch.randn(1, 32, 3, 4, 6)
    latents = network.normalise(raw)
    assert torch.allclose(latents[:, :, 0], raw[:, :, 0] / 4)
    assert torch.allclose(latents[:, :, 1:], raw[:, :, 1:] - 2)
    assert torch.allclose(network.denormalise(latents), raw, atol=1e-6)


def test_small_is_within_its_share_of_the_parameters() -> None:
    network = SketchAutoencoder(**vars(SMALL.autoencoder))
    assert sum(each.numel() for each in network.parameters()) < 4_000_000
