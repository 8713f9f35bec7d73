"""Earlier weights of another shape: what overlaps is taken over exactly, by what it means."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from model_runtime.training.networks import vocabulary_words
from model_runtime.training.warm_start import (
    by_channel,
    overlap,
    start_autoencoder,
    start_text_encoder,
    start_transformer,
)
from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.conditioning import Given, Guide, input_channels, model_input
from model_runtime.video.presets import PATCH, TINY, TransformerParams
from model_runtime.video.text import WORDS_FROM, SketchTextEncoder
from model_runtime.video.transformer import SketchTransformer
from model_runtime.video.weights import CONFIG, TENSORS
from tests.video.conftest import awake

FEW, MANY = 16, 32


def write(folder: Path, part: str, network: nn.Module, **config: object) -> None:
    (folder / part).mkdir(parents=True)
    save_file({name: value.contiguous() for name, value in network.state_dict().items()}, folder / part / TENSORS)
    (folder / part / CONFIG).write_text(json.dumps(config), "utf-8")


def transformer(channels: int, grid: tuple[int, int, int] = (4, 3, 3)) -> SketchTransformer:
    params: TransformerParams = replace(TINY.transformer, latent_channels=channels, grid=grid)
    return SketchTransformer(**vars(params)).eval().requires_grad_(False)


def test_the_overlap_is_exact_and_the_rest_is_small() -> None:
    fresh = {"a": torch.ones(3, 4), "new": torch.full((2,), 5.0), "same": torch.zeros(2)}
    state = overlap(fresh, {"a": torch.full((2, 6), 7.0), "same": torch.ones(2), "gone": torch.ones(1)}, new_scale=0.1)
    assert set(state) == set(fresh)
    assert torch.equal(state["a"][:2], torch.full((2, 4), 7.0))
    assert torch.allclose(state["a"][2], torch.full((4,), 0.1))
    assert torch.equal(state["new"], fresh["new"]) and torch.equal(state["same"], torch.ones(2))


def test_channels_keep_what_they_mean() -> None:
    earlier = torch.arange(input_channels(2) * PATCH**2, dtype=torch.float32)[None] + 1
    mine = by_channel(torch.zeros(1, input_channels(3) * PATCH**2), 3, earlier, 2, new_scale=0.0)
    cells = mine.view(input_channels(3), PATCH**2)[:, 0]
    #                              noisy         given          where  guide          strength
    assert cells.tolist() == [1, 5, 0.0, 9, 13, 0.0, 17, 21, 25, 0.0, 29]


@pytest.mark.parametrize("guided", [True, False])
def test_wider_networks_do_what_the_earlier_ones_did(tmp_path: Path, guided: bool) -> None:
    torch.manual_seed(0)
    earlier, later = transformer(FEW), transformer(MANY, (4, 5, 5))
    awake(earlier)
    if not guided:  # as before there were guides: the first layer ends with where latents are given
        cut = earlier.patch_in.weight[:, : (2 * FEW + 1) * PATCH**2].clone()
        earlier.patch_in.weight.data[:, cut.shape[1] :] = 0
        write(tmp_path, "transformer", earlier, latent_channels=FEW)
        tensors = {**earlier.state_dict(), "patch_in.weight": cut}
        save_file(tensors, tmp_path / "transformer" / TENSORS)
    else:
        write(tmp_path, "transformer", earlier, latent_channels=FEW)
    start_transformer(later, tmp_path, new_scale=0.0)
    text, mask = torch.randn(1, 3, 32), torch.ones(1, 3, dtype=torch.bool)
    x, times = torch.randn(1, FEW, 2, 4, 6), torch.tensor([0.4])
    given = Given.frames(torch.randn_like(x), torch.tensor([[True, False]]))
    guide = Guide(torch.randn_like(x), torch.tensor([0.7])) if guided else None
    before = earlier(model_input(x, given, guide), times, earlier.text_keys(text, mask))
    wide = None if guide is None else Guide(padded(guide.latents), guide.strength)
    inputs = model_input(padded(x), Given(padded(given.latents), given.mask), wide)
    after = later(inputs, times, later.text_keys(text, mask))
    assert torch.allclose(after[:, :FEW], before, atol=1e-5)
    assert float(before.abs().mean()) > 1e-3


def padded(latents: Tensor) -> Tensor:
    return torch.cat([latents, torch.zeros_like(latents)], dim=1)


def test_words_keep_their_vectors_wherever_they_stand(tmp_path: Path) -> None:
    torch.manual_seed(0)
    earlier = SketchTextEncoder(["walking", "pier", "forgotten"], **vars(TINY.text))
    write(tmp_path, "text_encoder", earlier, words=["walking", "pier", "forgotten"])
    later = SketchTextEncoder(vocabulary_words(), **vars(TINY.text))
    fresh = later.embed_token.weight.detach().clone()
    start_text_encoder(later, tmp_path)
    found, was = later.embed_token.weight.detach(), earlier.embed_token.weight.detach()
    assert torch.equal(found[:WORDS_FROM], was[:WORDS_FROM])
    rows = {word: WORDS_FROM + number for number, word in enumerate(later.vocabulary.words)}
    assert torch.equal(found[rows["pier"]], was[WORDS_FROM + 1])
    assert torch.equal(found[rows["<s1>"]], fresh[rows["<s1>"]])
    assert torch.equal(later.blocks[0].attention.query.weight, earlier.blocks[0].attention.query.weight)


def test_a_wider_autoencoder_draws_what_the_earlier_one_drew(tmp_path: Path) -> None:
    torch.manual_seed(0)
    earlier = SketchAutoencoder(**{**vars(TINY.autoencoder), "latent_channels": FEW})
    write(tmp_path, "autoencoder", earlier)
    later = SketchAutoencoder(**vars(TINY.autoencoder))
    start_autoencoder(later, tmp_path)
    frames = torch.rand(1, 3, 9, 16, 16) * 2 - 1
    with torch.no_grad():
        (mean, spread), (was, was_spread) = later.posterior(frames), earlier.posterior(frames)
        assert torch.allclose(mean[:, :FEW], was, atol=1e-5) and torch.allclose(spread[:, :FEW], was_spread, atol=1e-5)
        later.decoder.stem.weight[:, FEW:] = 0
        assert torch.allclose(later.decode_raw(mean), earlier.decode_raw(was), atol=1e-4)
