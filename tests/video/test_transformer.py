"""The transformer: what it starts as, what it listens to, what it costs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from torch import Tensor

from model_runtime.video.conditioning import Given, Guide, model_input
from model_runtime.video.networks import Sketch
from model_runtime.video.presets import BASE, SMALL, TINY, SketchPreset
from model_runtime.video.text import SketchTextEncoder
from model_runtime.video.transformer import SketchTransformer, patchify, unpatchify


@pytest.fixture(autouse=True)
def no_gradients() -> Iterator[None]:
    with torch.no_grad():
        yield


def latents(frames: int = 2, seed: int = 2) -> Tensor:
    return torch.randn(1, 32, frames, 4, 6, generator=torch.Generator().manual_seed(seed))


def velocity(
    sketch: Sketch,
    given: Given | None = None,
    guide: Guide | None = None,
    time: float = 0.5,
    text: str = "pier, night.",
) -> Tensor:
    keys = sketch.transformer.text_keys(*sketch.text_encoder.encode([text]))
    result: Tensor = sketch.transformer(model_input(latents(), given, guide), torch.tensor([time]), keys)
    return result


def first_given(value: float, like: Tensor) -> Given:
    return Given.frames(torch.full_like(like, value), torch.arange(like.shape[2])[None] < 1)


def test_patches_come_back_where_they_were() -> None:
    x = latents(3)
    assert torch.equal(unpatchify(patchify(x), (3, 2, 3)), x)


def test_output_starts_as_nothing() -> None:
    transformer = SketchTransformer(**vars(TINY.transformer))
    keys = transformer.text_keys(torch.randn(1, 5, TINY.text.width), torch.ones(1, 5, dtype=torch.bool))
    out = transformer(model_input(latents()), torch.tensor([0.3]), keys)
    assert torch.equal(out, torch.zeros_like(out))


def test_everything_it_is_given_changes_the_velocity(tiny: Sketch) -> None:
    strong, weak = (Guide(latents(seed=9), torch.tensor([strength])) for strength in (1.0, 0.3))
    drawn = [
        velocity(tiny),
        velocity(tiny, time=0.9),
        velocity(tiny, text="red coat."),
        velocity(tiny, first_given(1.0, latents())),
        velocity(tiny, guide=strong),
        velocity(tiny, guide=weak),
    ]
    for number, one in enumerate(drawn):
        assert not any(torch.allclose(one, other, atol=1e-4) for other in drawn[:number])


def test_guide_without_strength_is_no_guide(tiny: Sketch) -> None:
    assert torch.equal(velocity(tiny, guide=Guide(latents(seed=9), torch.zeros(1))), velocity(tiny))


def test_noise_under_a_given_frame_does_not_matter(tiny: Sketch) -> None:
    keys = tiny.transformer.text_keys(*tiny.text_encoder.encode(["pier."]))
    one, other = latents(), latents()
    other[:, :, 0] = 5.0
    given = first_given(1.0, one)
    mine, theirs = (tiny.transformer(model_input(each, given), torch.tensor([0.5]), keys) for each in (one, other))
    assert torch.equal(mine, theirs)


def test_padding_of_a_shorter_text_changes_nothing(tiny: Sketch) -> None:
    texts = ["pier.", "woman with red hair in a coat, close-up, rain, night."]
    together = tiny.transformer.text_keys(*tiny.text_encoder.encode(texts))
    noisy = model_input(latents()).expand(2, -1, -1, -1, -1)
    out = tiny.transformer(noisy, torch.tensor([0.5, 0.5]), together)
    assert torch.allclose(out[:1], velocity(tiny, text=texts[0]), atol=1e-5)


def test_keys_of_some_texts_are_those_made_alone(tiny: Sketch) -> None:
    keys = tiny.transformer.text_keys(*tiny.text_encoder.encode(["pier.", "night."])).only([1, 1])
    alone = tiny.transformer.text_keys(*tiny.text_encoder.encode(["night."]))
    assert keys.mask.shape[0] == 2 and torch.allclose(keys.summary[1:], alone.summary, atol=1e-6)
    assert torch.allclose(keys.layers[0][0][:1], alone.layers[0][0], atol=1e-6)


def test_latents_beyond_the_grid_are_refused_with_both_sizes(tiny: Sketch) -> None:
    keys = tiny.transformer.text_keys(*tiny.text_encoder.encode([""]))
    with pytest.raises(ValueError, match=r"\(5, 2, 3\).*\(4, 3, 3\)"):
        tiny.transformer(model_input(latents(5)), torch.tensor([0.5]), keys)


def test_given_latents_stay_as_they_are() -> None:
    noisy = latents(3)
    kept = first_given(7.0, noisy).keep(noisy)
    assert bool((kept[:, :, :1] == 7.0).all()) and torch.equal(kept[:, :, 1:], noisy[:, :, 1:])


@pytest.mark.parametrize(("preset", "least", "most"), [(SMALL, 7.5e6, 9.5e6), (BASE, 8.5e6, 12e6)])
def test_presets_have_about_the_parameters_they_promise(preset: SketchPreset, least: float, most: float) -> None:
    with torch.device("meta"):
        transformer = SketchTransformer(**vars(preset.transformer))
        text = SketchTextEncoder(["word"] * 60, **vars(preset.text))
    count = sum(each.numel() for each in transformer.parameters())
    assert least < count < most
    assert count + sum(each.numel() for each in text.parameters()) < 14e6
