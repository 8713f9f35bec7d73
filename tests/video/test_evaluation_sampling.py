"""Clips drawn at once are the clips that the pipeline draws one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from model_runtime.training.evaluation.sampling import draw, sample_all
from model_runtime.video.pipeline import Guide, Latents, Reference, Sketch, SketchRequest, decode, sample

PLAIN = SketchRequest("pier, night.", 1, 9, steps=3)


def pictures(count: int, seed: int = 5) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (count, 32, 48, 3), dtype=np.uint8)


def alone(sketch: Sketch, request: SketchRequest) -> Latents:
    latents = sample(sketch, request, on_step=lambda report: None, should_stop=lambda: False)
    assert isinstance(latents, Latents)
    return latents


def mixed_requests() -> list[SketchRequest]:
    shown = pictures(9)
    return [
        PLAIN,
        replace(PLAIN, prompt="woman in a red coat, rain.", seed=2),
        replace(PLAIN, seed=3, given={0: shown[0], 8: shown[8]}),
        replace(PLAIN, seed=4, guide=Guide(shown, 0.7)),
        replace(PLAIN, prompt="<s3> in pier.", seed=5, references=(Reference(shown[1], 3), Reference(shown[2], 1))),
        replace(PLAIN, seed=6, loop=True, given={0: shown[3]}),
    ]


def test_clips_drawn_at_once_are_those_drawn_alone(tiny: Sketch) -> None:
    requests = mixed_requests()
    for together, request in zip(sample_all(tiny, requests, dtype=torch.float32), requests, strict=True):
        torch.testing.assert_close(together.values, alone(tiny, request).values, atol=1e-4, rtol=1e-4)


def test_in_bf16_nearly_the_same_is_drawn(tiny: Sketch) -> None:
    (exact,), (narrow,) = sample_all(tiny, [PLAIN], dtype=torch.float32), sample_all(tiny, [PLAIN])
    difference = (exact.values - narrow.values).abs().mean()
    assert 0 < difference < 0.02 * exact.values.abs().mean()


def test_a_bridge_in_a_batch_is_the_bridge_alone(tiny: Sketch) -> None:
    shown = pictures(18)
    given = {**{n: shown[n] for n in range(9)}, **{16 + n: shown[9 + n] for n in range(9)}}
    request = replace(PLAIN, frames=25, given=given)
    together = sample_all(tiny, [request, replace(request, given={0: shown[0]}, seed=9)], dtype=torch.float32)[0]
    torch.testing.assert_close(together.values, alone(tiny, request).values, atol=1e-4, rtol=1e-4)


def test_without_guidance_a_batch_agrees_too(tiny: Sketch) -> None:
    requests = [replace(each, guidance=1.0) for each in mixed_requests()[:2]]
    for together, request in zip(sample_all(tiny, requests, dtype=torch.float32), requests, strict=True):
        torch.testing.assert_close(together.values, alone(tiny, request).values, atol=1e-4, rtol=1e-4)


def test_guidance_on_references_apart_is_the_same_in_a_batch(tiny: Sketch) -> None:
    shown = pictures(2)
    led = [
        replace(PLAIN, prompt="<s2> in pier.", references=(Reference(shown[0], 2),), reference_guidance=4.0),
        replace(PLAIN, seed=2, references=(Reference(shown[0], 1), Reference(shown[1], 8)), reference_guidance=4.0),
        replace(PLAIN, seed=3, reference_guidance=4.0),
    ]
    for together, request in zip(sample_all(tiny, led, dtype=torch.float32), led, strict=True):
        torch.testing.assert_close(together.values, alone(tiny, request).values, atol=1e-4, rtol=1e-4)
    with pytest.raises(ValueError, match="one by one"):
        sample_all(tiny, [replace(led[0], given={0: shown[0]})])


def test_drawn_pictures_keep_their_order_over_several_batches(tiny: Sketch) -> None:
    requests = [replace(PLAIN, seed=seed) for seed in (1, 2, 3)]
    for drawn, request in zip(draw(tiny, requests, batch=2, dtype=torch.float32), requests, strict=True):
        assert np.abs(drawn.astype(int) - decode(tiny, alone(tiny, request))).max() <= 1


def test_given_drawings_are_written_back_unless_they_are_to_be_measured(tiny: Sketch) -> None:
    shown = pictures(1)[0].repeat(2, 0).repeat(2, 1)
    request = replace(PLAIN, given={0: shown})
    (exact,), (drawn,) = draw(tiny, [request]), draw(tiny, [request], write_back=False)
    assert np.array_equal(exact[0], shown)
    assert not np.array_equal(drawn[0], shown)


@pytest.mark.parametrize(
    "other",
    [replace(PLAIN, steps=4), replace(PLAIN, frames=1), replace(PLAIN, guidance=2.0)],
    ids=["steps", "frames", "guidance"],
)
def test_clips_that_differ_in_sampling_are_not_drawn_at_once(tiny: Sketch, other: SketchRequest) -> None:
    with pytest.raises(ValueError, match="agree"):
        sample_all(tiny, [PLAIN, other])


def test_a_loop_without_its_first_picture_is_refused(tiny: Sketch) -> None:
    with pytest.raises(ValueError, match="first picture"):
        sample_all(tiny, [replace(PLAIN, loop=True)])
