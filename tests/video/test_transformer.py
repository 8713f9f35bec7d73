"""The transformer: what it starts as, what it listens to, what it costs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from torch import Tensor

from model_runtime.video.conditioning import Given
from model_runtime.video.pipeline import Sketch
from model_runtime.video.presets import BASE, SMALL, TINY, SketchPreset
from model_runtime.video.text import SketchTextEncoder
from model_runtime.video.transformer import SketchTransformer, patchify, unpatchify


@pytest.fixture(autouse=True)
def no_gradients() -> Iterator[None]:
    with torch.no_grad():
        yield


def latents(frames: int = 2) -> Tensor:
    return torch.randn(1, 16, frames, 4, 6, generator=torch.Generator().manual_seed(2))


def velocity(sketch: Sketch, given: Given | None = None, time: float = 0.5, text: str = "pier, night.") -> Tensor:
    noisy = latents()
    keys = sketch.transformer.text_keys(*sketch.text_encoder.encode([text]))
    inputs = (given or Given.nothing(noisy)).model_input(noisy)
    result: Tensor = sketch.transformer(inputs, torch.tensor([time]), keys)
    return result


def test_patches_come_back_where_they_were() -> None:
    x = latents(3)
    assert torch.equal(unpatchify(patchify(x), (3, 2, 3)), x)


def test_output_starts_as_nothing() -> None:
    transformer = SketchTransformer(**vars(TINY.transformer))
    keys = transformer.text_keys(torch.randn(1, 5, TINY.text.width), torch.ones(1, 5, dtype=torch.bool))
    out = transformer(Given.nothing(latents()).model_input(latents()), torch.tensor([0.3]), keys)
    assert torch.equal(out, torch.zeros_like(out))


def test_time_text_and_given_frames_change_the_velocity(tiny: Sketch) -> None:
    plain = velocity(tiny)
    given = Given.first(torch.ones(1, 16, 1, 4, 6), latents())
    for other in (velocity(tiny, time=0.9), velocity(tiny, text="red coat."), velocity(tiny, given)):
        assert not torch.allclose(plain, other, atol=1e-4)


def test_padding_of_a_shorter_text_changes_nothing(tiny: Sketch) -> None:
    texts = ["pier.", "woman with red hair in a coat, close-up, rain, night."]
    together = tiny.transformer.text_keys(*tiny.text_encoder.encode(texts))
    noisy = Given.nothing(latents()).model_input(latents()).expand(2, -1, -1, -1, -1)
    out = tiny.transformer(noisy, torch.tensor([0.5, 0.5]), together)
    assert torch.allclose(out[:1], velocity(tiny, text=texts[0]), atol=1e-5)


def test_latents_beyond_the_grid_are_refused_with_both_sizes(tiny: Sketch) -> None:
    keys = tiny.transformer.text_keys(*tiny.text_encoder.encode([""]))
    with pytest.raises(ValueError, match=r"\(5, 2, 3\).*\(4, 2, 3\)"):
        tiny.transformer(Given.nothing(latents(5)).model_input(latents(5)), torch.tensor([0.5]), keys)


def test_given_latents_stay_as_they_are() -> None:
    noisy = latents(3)
    first = torch.full((1, 16, 1, 4, 6), 7.0)
    kept = Given.first(first, noisy).keep(noisy)
    assert torch.equal(kept[:, :, :1], first) and torch.equal(kept[:, :, 1:], noisy[:, :, 1:])


def test_first_frame_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="first frame"):
        Given.first(torch.zeros(1, 16, 1, 5, 5), latents())


@pytest.mark.parametrize(("preset", "least", "most"), [(SMALL, 7.5e6, 9.5e6), (BASE, 9.5e6, 12e6)])
def test_presets_have_about_the_parameters_they_promise(preset: SketchPreset, least: float, most: float) -> None:
    with torch.device("meta"):
        transformer = SketchTransformer(**vars(preset.transformer))
        text = SketchTextEncoder(["word"] * 60, **vars(preset.text))
    count = sum(each.numel() for each in transformer.parameters())
    assert least < count < most
    assert count + sum(each.numel() for each in text.parameters()) < 14e6
