"""From a request to frames: text, noise, what is given, the sampling loop, decoding; stoppable at every step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from model_runtime.video.flow import data_estimate, euler_step, mixed
from model_runtime.video.given import conditions, kept
from model_runtime.video.guidance import Guidance
from model_runtime.video.networks import Sketch
from model_runtime.video.pictures import fit, pictures_of
from model_runtime.video.request import Guide, Reference, SketchRequest, check_request
from model_runtime.video.shapes import ClipShape
from model_runtime.video.states import Latents, SamplingState, StepReport, Stopped
from model_runtime.video.write_back import put_back

__all__ = [
    "Guide",
    "Latents",
    "Reference",
    "SamplingState",
    "Sketch",
    "SketchRequest",
    "StepReport",
    "Stopped",
    "check_request",
    "decode",
    "fit",
    "preview",
    "sample",
]

MOST_CELLS = 6144  # latent cells decoded at once; more are decoded in tiles, to stay within 2 GB

OnStep = Callable[[StepReport], None]
ShouldStop = Callable[[], bool]


def starting_noise(sketch: Sketch, shape: ClipShape, seed: int) -> Tensor:
    """(1, c, t, h, w) from the CPU's generator, so that a seed means the same on every device."""
    generator = torch.Generator("cpu").manual_seed(seed & 0xFFFF_FFFF_FFFF_FFFF)
    noise = torch.randn(1, sketch.autoencoder.latent_channels, *shape.latents, generator=generator)
    return noise.to(sketch.device, sketch.dtype)


@torch.inference_mode()
def sample(
    sketch: Sketch,
    request: SketchRequest,
    *,
    on_step: OnStep,
    should_stop: ShouldStop,
    state: SamplingState | None = None,
) -> Latents | Stopped:
    """Draw the latents of a request; `should_stop` is asked before every step, `on_step` told after it."""
    check_request(request, sketch.preset)
    if state is not None and state.facts != request.facts():
        raise ValueError("the saved state belongs to another request and cannot be continued")
    if not request.loop:
        return _draw(sketch, request, on_step, should_stop, state)
    if 0 in request.given:
        result = _draw(sketch, meeting(request, request.given[0]), on_step, should_stop, state)
    else:
        result = _draw_from_a_still(sketch, request, on_step, should_stop, state)
    return result if isinstance(result, Latents) else Stopped(replace(result.state, facts=request.facts()))


def meeting(request: SketchRequest, first: np.ndarray) -> SketchRequest:
    """A loop's request: its first picture stands at its start and, one past its end, is met again."""
    return replace(request, given={request.frames: first, **request.given, 0: first})


def _draw_from_a_still(
    sketch: Sketch, request: SketchRequest, on_step: OnStep, should_stop: ShouldStop, state: SamplingState | None
) -> Latents | Stopped:
    """A loop without a first picture: a still of the same prompt and seed is drawn first. Steps count through."""
    guide = request.guide and replace(request.guide, frames=request.guide.frames[:1])
    still = replace(request, frames=1, loop=False, given={}, guide=guide)
    before, steps = request.steps, 2 * request.steps
    first = None if state is None else state.first
    if first is None:
        drawn = _draw(sketch, still, lambda report: on_step(replace(report, steps=steps)), should_stop, state)
        if isinstance(drawn, Stopped):
            return drawn
        first, state = decode(sketch, drawn)[0], None
    within = None if state is None else replace(state, step=state.step - before)
    result = _draw(
        sketch,
        meeting(request, first),
        lambda report: on_step(StepReport(report.step + before, steps, report.latents)),
        should_stop,
        within,
    )
    if isinstance(result, Latents):
        return result
    return Stopped(replace(result.state, step=result.state.step + before, first=first))


def _draw(
    sketch: Sketch, request: SketchRequest, on_step: OnStep, should_stop: ShouldStop, state: SamplingState | None
) -> Latents | Stopped:
    """One clip or still, from noise or from the latents of a saved state."""
    # 1. sizes, and noise
    shape = check_request(request, sketch.preset)
    latents = starting_noise(sketch, shape, request.seed)
    # 2. what is given, and where a restyled clip starts
    found = conditions(sketch, request, shape, latents)
    times = sketch.flow.times(request.steps, request.schedule)
    if found.clip is not None:
        times = [time for time in times if time <= request.strength]
        latents = mixed(found.clip, latents, latents.new_tensor(times[:1]))
    # 3. text and context, seen by every step
    guidance = Guidance.of(sketch, request, found)
    # 4. or the latents of the saved state
    step, steps = 0, len(times) - 1
    if state is not None:
        _check_fits(state, latents, steps)
        step, latents = state.step, state.latents.to(latents)
    # 5. the flow, from noise to data
    while step < steps:
        if should_stop():
            return Stopped(SamplingState(step, latents.clone(), request.facts()))
        velocity = guidance.velocity(found.model_input(latents), times[step])
        estimate = found.given.keep(data_estimate(latents, velocity, times[step]))
        latents = euler_step(latents, velocity, times[step], times[step + 1])
        step += 1
        on_step(StepReport(step, steps, estimate[0]))
    return Latents(found.given.keep(latents)[0], kept(sketch, request, shape))


def _check_fits(state: SamplingState, latents: Tensor, steps: int) -> None:
    if state.latents.shape != latents.shape:
        raise ValueError("the saved state belongs to another size and cannot be continued")
    if not 0 <= state.step <= steps:
        raise ValueError(f"the saved state is at step {state.step} of {steps} and cannot be continued")


@torch.inference_mode()
def decode(sketch: Sketch, latents: Latents, *, write_back: bool = True) -> np.ndarray:
    """uint8 (t, h, w, 3) at the decoder's size; given drawings, and pixels outside a mask, come back exactly."""
    values = latents.values[None].to(sketch.device, sketch.dtype)
    large = values[0, 0].numel() > MOST_CELLS
    drawn = sketch.autoencoder.decode_tiled(values) if large else sketch.autoencoder.decode(values)
    frames = pictures_of(drawn[0])
    if write_back and latents.kept is not None:
        put_back(frames, latents.kept)
    return frames


@torch.inference_mode()
def preview(sketch: Sketch, latents: Latents | Tensor) -> list[np.ndarray]:
    """One small uint8 picture for each latent frame, half as large as the engine's, in a few milliseconds."""
    values = latents.values if isinstance(latents, Latents) else latents
    pictures = sketch.autoencoder.preview(values[None].to(sketch.device, sketch.dtype))[0]
    shown = (pictures.float() * 255).round().to(torch.uint8).permute(1, 2, 3, 0).cpu().numpy()
    return [np.ascontiguousarray(each) for each in shown]
