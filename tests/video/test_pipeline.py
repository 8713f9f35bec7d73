"""From request to frames: same seed same bits, stop and resume, given first frames, bad input."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch

from model_runtime.video.flow import SketchFlow, data_estimate, euler_step, mixed
from model_runtime.video.pipeline import (
    Latents,
    SamplingState,
    Sketch,
    SketchRequest,
    StepReport,
    Stopped,
    decode,
    fit,
    preview,
    sample,
)

REQUEST = SketchRequest("pier, night, rain. woman in a red coat.", seed=5, frames=9, steps=4)


def draw(
    sketch: Sketch, request: SketchRequest, on_step: Callable[[StepReport], None] = lambda report: None
) -> Latents:
    latents = sample(sketch, request, on_step=on_step, should_stop=lambda: False)
    assert isinstance(latents, Latents)
    return latents


def stopped_after(sketch: Sketch, request: SketchRequest, steps: int) -> SamplingState:
    seen: list[int] = []
    result = sample(
        sketch,
        request,
        on_step=lambda report: seen.append(report.step),
        should_stop=lambda: len(seen) == steps,
    )
    assert isinstance(result, Stopped)
    return result.state


@pytest.mark.parametrize("frames", [1, 9, 25])
def test_frames_come_out_at_the_output_size(tiny: Sketch, frames: int) -> None:
    drawn = decode(tiny, draw(tiny, replace(REQUEST, frames=frames, steps=1)))
    width, height = tiny.output_size
    assert drawn.shape == (frames, height, width, 3) and drawn.dtype == np.uint8


def test_same_request_gives_the_same_bits(tiny: Sketch) -> None:
    assert torch.equal(draw(tiny, REQUEST).values, draw(tiny, REQUEST).values)


@pytest.mark.parametrize(
    "other", [{"seed": 6}, {"prompt": "night."}, {"negative": "rain."}, {"guidance": 4.0}, {"steps": 5}]
)
def test_every_part_of_a_request_changes_the_latents(tiny: Sketch, other: dict[str, object]) -> None:
    changed = replace(REQUEST, **other)  # type: ignore[arg-type]
    assert not torch.equal(draw(tiny, REQUEST).values, draw(tiny, changed).values)


def test_each_step_is_reported_once_with_latents_to_preview(tiny: Sketch) -> None:
    reports: list[StepReport] = []
    draw(tiny, REQUEST, reports.append)
    assert [report.step for report in reports] == [1, 2, 3, 4]
    pictures = preview(tiny, reports[1].latents)
    assert len(pictures) == 2 and pictures[0].shape == (16, 24, 3) and pictures[0].dtype == np.uint8


@pytest.mark.parametrize("steps", [0, 1, 3])
def test_stopped_and_resumed_equals_drawn_at_once(tiny: Sketch, steps: int) -> None:
    state = SamplingState.from_bytes(stopped_after(tiny, REQUEST, steps).to_bytes())
    assert state.step == steps
    resumed = sample(tiny, REQUEST, on_step=lambda report: None, should_stop=lambda: False, state=state)
    assert isinstance(resumed, Latents)
    assert torch.equal(resumed.values, draw(tiny, REQUEST).values)


def test_state_of_another_request_is_not_continued(tiny: Sketch) -> None:
    state = stopped_after(tiny, REQUEST, 1)
    with pytest.raises(ValueError, match="another request"):
        sample(tiny, replace(REQUEST, seed=9), on_step=lambda r: None, should_stop=lambda: False, state=state)


@pytest.mark.parametrize("damage", [lambda data: data[:40], lambda data: b"", lambda data: b"\x00" * len(data)])
def test_damaged_state_is_refused(tiny: Sketch, damage: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ValueError, match="damaged"):
        SamplingState.from_bytes(damage(stopped_after(tiny, REQUEST, 1).to_bytes()))


def test_state_with_numbers_that_are_not_finite_is_refused(tiny: Sketch) -> None:
    state = stopped_after(tiny, REQUEST, 1)
    state.latents = torch.full_like(state.latents, float("nan"))
    with pytest.raises(ValueError, match="not finite"):
        SamplingState.from_bytes(state.to_bytes())


@pytest.mark.parametrize("frames", [0, -3, 2, 33, 10_000_000])
def test_frames_that_cannot_be_drawn_are_refused_with_the_number(tiny: Sketch, frames: int) -> None:
    with pytest.raises(ValueError, match=str(frames)):
        draw(tiny, replace(REQUEST, frames=frames))


def test_first_frame_changes_the_clip_and_stands_exactly_at_its_start(tiny: Sketch, picture: np.ndarray) -> None:
    request = replace(REQUEST, first_frame=picture)
    drawn, plain = decode(tiny, draw(tiny, request)), decode(tiny, draw(tiny, REQUEST))
    assert np.array_equal(drawn[0], fit(picture, tiny.output_size))
    assert not np.array_equal(drawn[1:], plain[1:])


def test_latents_survive_being_stored(tiny: Sketch, picture: np.ndarray) -> None:
    latents = draw(tiny, replace(REQUEST, first_frame=picture))
    again = Latents.from_bytes(latents.to_bytes())
    assert np.array_equal(decode(tiny, again), decode(tiny, latents))


@pytest.mark.parametrize("wrong", [np.zeros((8, 8), np.uint8), np.zeros((8, 8, 4), np.uint8), np.zeros((8, 8, 3))])
def test_first_frame_that_is_no_rgb_picture_is_refused(tiny: Sketch, wrong: np.ndarray) -> None:
    with pytest.raises(ValueError, match="8-bit RGB"):
        draw(tiny, replace(REQUEST, first_frame=wrong))


@pytest.mark.parametrize("prompt", ["", "x" * 20_000, "\N{ROCKET} 雨", "pier, night. " * 500])
def test_any_prompt_is_drawn(tiny: Sketch, prompt: str) -> None:
    drawn = decode(tiny, draw(tiny, replace(REQUEST, prompt=prompt, frames=1, steps=1)))
    assert drawn.shape[0] == 1


def test_guidance_of_one_is_the_prompt_alone(tiny: Sketch) -> None:
    mine = draw(tiny, replace(REQUEST, guidance=1.0, negative="rain."))
    theirs = draw(tiny, replace(REQUEST, guidance=1.0))
    assert torch.equal(mine.values, theirs.values)


def test_flow_goes_straight_from_noise_to_data() -> None:
    data, noise = torch.randn(2, 3, 1, 2, 2), torch.randn(2, 3, 1, 2, 2)
    x = mixed(data, noise, torch.tensor([0.6, 0.6]))
    velocity = noise - data
    assert torch.allclose(data_estimate(x, velocity, 0.6), data, atol=1e-6)
    assert torch.allclose(euler_step(x, velocity, 0.6, 0.0), data, atol=1e-6)


@pytest.mark.parametrize("shift", [1.0, 3.0])
def test_times_fall_from_noise_to_data(shift: float) -> None:
    times = SketchFlow(shift).times(10)
    assert times[0] == 1.0 and times[-1] == 0.0 and len(times) == 11
    assert all(a > b for a, b in pairwise(times))
