"""From a request to frames: text, noise, given frames, the sampling loop, decoding; stoppable at every step."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.conditioning import Given
from model_runtime.video.flow import SketchFlow, data_estimate, euler_step
from model_runtime.video.presets import SketchPreset
from model_runtime.video.shapes import ClipShape, cover_box
from model_runtime.video.text import SketchTextEncoder
from model_runtime.video.transformer import SketchTransformer, TextKeys

STATE_VERSION = 1


@dataclass
class Sketch:
    """The three networks of the sketch engine, loaded."""

    preset: SketchPreset
    fingerprint: str
    autoencoder: SketchAutoencoder
    text_encoder: SketchTextEncoder
    transformer: SketchTransformer
    flow: SketchFlow = field(default_factory=SketchFlow)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the pictures the networks think in."""
        return self.preset.width, self.preset.height

    @property
    def output_size(self) -> tuple[int, int]:
        """(width, height) of the pictures the decoder draws."""
        return self.preset.width * self.autoencoder.draws, self.preset.height * self.autoencoder.draws

    @property
    def device(self) -> torch.device:
        return next(self.transformer.parameters()).device

    @property
    def dtype(self) -> torch.dtype:
        return next(self.transformer.parameters()).dtype


@dataclass(frozen=True)
class SketchRequest:
    """One clip or still to draw. `first_frame` is uint8 (h, w, 3) of any size; its middle is used."""

    prompt: str
    seed: int
    frames: int = 25
    negative: str = ""
    steps: int = 30
    guidance: float = 2.5
    first_frame: np.ndarray | None = None

    def facts(self) -> dict[str, Any]:
        """What a saved state must agree with before it is continued."""
        given = (
            None
            if self.first_frame is None
            else [int(n) for n in self.first_frame.shape] + [int(self.first_frame.sum(dtype=np.int64))]
        )
        return {
            "prompt": self.prompt,
            "negative": self.negative,
            "seed": self.seed,
            "frames": self.frames,
            "steps": self.steps,
            "guidance": self.guidance,
            "first_frame": given,
        }


@dataclass(frozen=True)
class StepReport:
    """After step `step` of `steps`: where the latents would end if the flow went straight on, for previews."""

    step: int
    steps: int
    latents: Tensor  # (c, t, h, w)


@dataclass
class SamplingState:
    """Everything needed to go on bit-equal: latents after `step` steps, and the request they belong to."""

    step: int
    latents: Tensor  # (1, c, t, h, w)
    facts: dict[str, Any]

    def to_bytes(self) -> bytes:
        """A safetensors file."""
        facts = json.dumps({"version": STATE_VERSION, "step": self.step, "facts": self.facts})
        return bytes(save({"latents": self.latents.contiguous()}, metadata={"sampling": facts}))

    @staticmethod
    def from_bytes(data: bytes) -> SamplingState:
        """ValueError if the bytes are no whole, finite state."""
        try:
            latents = load(data)["latents"]
            size = int.from_bytes(data[:8], "little")
            stored = json.loads(json.loads(data[8 : 8 + size])["__metadata__"]["sampling"])
            state = SamplingState(int(stored["step"]), latents, dict(stored["facts"]))
        except (SafetensorError, KeyError, TypeError, ValueError) as error:
            raise ValueError("the saved state is damaged and cannot be continued") from error
        if not bool(torch.isfinite(latents).all()):
            raise ValueError("the saved state holds numbers that are not finite and cannot be continued")
        return state


@dataclass(frozen=True)
class Latents:
    """A finished drawing before decoding: normalised latents and the first frame it was given, at output size."""

    values: Tensor  # (c, t, h, w)
    first_frame: np.ndarray | None = None

    def to_bytes(self) -> bytes:
        """A safetensors file."""
        tensors = {"latents": self.values.contiguous()}
        if self.first_frame is not None:
            tensors["first_frame"] = torch.from_numpy(self.first_frame)
        return bytes(save(tensors))

    @staticmethod
    def from_bytes(data: bytes) -> Latents:
        """ValueError if the bytes are no latents."""
        try:
            tensors = load(data)
            first = tensors.get("first_frame")
            return Latents(tensors["latents"], None if first is None else first.numpy())
        except (SafetensorError, KeyError) as error:
            raise ValueError("the saved latents are damaged") from error


@dataclass(frozen=True)
class Stopped:
    """Sampling ended before its last step because it was asked to."""

    state: SamplingState


def check_request(sketch: Sketch, request: SketchRequest) -> ClipShape:
    """The clip's shape; ValueError names what cannot be drawn."""
    shape = ClipShape(request.frames, sketch.preset.height, sketch.preset.width)
    shape.check_fits(sketch.transformer.grid)
    if request.steps < 1:
        raise ValueError(f"{request.steps} steps draw nothing: at least 1 is needed")
    first = request.first_frame
    if first is not None and (first.dtype != np.uint8 or first.ndim != 3 or first.shape[2] != 3):
        raise ValueError(f"a first frame must be 8-bit RGB, not {first.dtype} of shape {first.shape}")
    return shape


def fit(picture: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The middle of a picture, cropped to the aspect of (width, height) and resized; never stretched."""
    left, top, right, bottom = cover_box(picture.shape[1], picture.shape[0], *size)
    cropped = picture[top:bottom, left:right]
    if cropped.shape[1::-1] == size:
        return cropped.copy()
    shrinks = cropped.shape[1] >= size[0]
    return np.asarray(cv2.resize(cropped, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC))


def encode_picture(sketch: Sketch, picture: np.ndarray) -> Tensor:
    """uint8 (h, w, 3) of the engine's aspect -> its one latent (1, c, 1, h/8, w/8)"""
    small = fit(picture, sketch.size)
    signal = torch.from_numpy(small).permute(2, 0, 1)[None, :, None].to(sketch.device, sketch.dtype) / 127.5 - 1
    return sketch.autoencoder.encode(signal)


def starting_noise(sketch: Sketch, shape: ClipShape, seed: int) -> Tensor:
    """(1, c, t, h, w) from the CPU's generator, so that a seed means the same on every device."""
    generator = torch.Generator("cpu").manual_seed(seed & 0xFFFF_FFFF_FFFF_FFFF)
    noise = torch.randn(1, sketch.autoencoder.latent_channels, *shape.latents, generator=generator)
    return noise.to(sketch.device, sketch.dtype)


def text_keys(sketch: Sketch, request: SketchRequest) -> TextKeys:
    """Keys of the prompt and of what guidance leads away from, made once for the clip."""
    texts = [request.prompt] if request.guidance == 1.0 else [request.prompt, request.negative]
    return sketch.transformer.text_keys(*sketch.text_encoder.encode(texts))


def guided_velocity(sketch: Sketch, inputs: Tensor, time: float, keys: TextKeys, guidance: float) -> Tensor:
    """Velocity at `time` of (b, ...) inputs; with 2b texts, led from the second half of them toward the first."""
    clips, count = inputs.shape[0], keys.summary.shape[0]
    times = torch.full((count,), time, device=inputs.device, dtype=inputs.dtype)
    velocity = sketch.transformer(inputs.repeat(count // clips, 1, 1, 1, 1), times, keys)
    if count == clips:
        return velocity
    wanted, unwanted = velocity.chunk(2)
    return unwanted + guidance * (wanted - unwanted)


@torch.inference_mode()
def sample(
    sketch: Sketch,
    request: SketchRequest,
    *,
    on_step: Callable[[StepReport], None],
    should_stop: Callable[[], bool],
    state: SamplingState | None = None,
) -> Latents | Stopped:
    """Draw the latents of a request; `should_stop` is asked before every step, `on_step` told after it."""
    # 1. what is asked
    shape = check_request(sketch, request)
    if state is not None and state.facts != request.facts():
        raise ValueError("the saved state belongs to another request and cannot be continued")
    # 2. text
    keys = text_keys(sketch, request)
    # 3. noise, or the latents of the saved state
    latents = starting_noise(sketch, shape, request.seed)
    if state is not None and state.latents.shape != latents.shape:
        raise ValueError("the saved state belongs to another size and cannot be continued")
    step = 0 if state is None else state.step
    latents = latents if state is None else state.latents.to(latents)
    # 4. given frames
    given, first = Given.nothing(latents), None
    if request.first_frame is not None:
        first = fit(request.first_frame, sketch.output_size)
        given = Given.first(encode_picture(sketch, request.first_frame), latents)
    # 5. the flow, from noise to data
    times = sketch.flow.times(request.steps)
    while step < request.steps:
        if should_stop():
            return Stopped(SamplingState(step, latents.clone(), request.facts()))
        velocity = guided_velocity(sketch, given.model_input(latents), times[step], keys, request.guidance)
        estimate = given.keep(data_estimate(latents, velocity, times[step]))
        latents = euler_step(latents, velocity, times[step], times[step + 1])
        step += 1
        on_step(StepReport(step, request.steps, estimate[0]))
    return Latents(given.keep(latents)[0], first)


@torch.inference_mode()
def decode(sketch: Sketch, latents: Latents) -> np.ndarray:
    """uint8 (t, h, w, 3) at `sketch.output_size`; a given first frame stands exactly at frame 0."""
    signal = sketch.autoencoder.decode(latents.values[None].to(sketch.device, sketch.dtype))[0]
    pictures = ((signal.float().clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
    frames = pictures.permute(1, 2, 3, 0).cpu().numpy().copy()
    if latents.first_frame is not None:
        frames[0] = latents.first_frame
    return np.ascontiguousarray(frames)


@torch.inference_mode()
def preview(sketch: Sketch, latents: Latents | Tensor) -> list[np.ndarray]:
    """One small uint8 picture for each latent frame, half as large as the engine's, in a few milliseconds."""
    values = latents.values if isinstance(latents, Latents) else latents
    pictures = sketch.autoencoder.preview(values[None].to(sketch.device, sketch.dtype))[0]
    shown = (pictures.float() * 255).round().to(torch.uint8).permute(1, 2, 3, 0).cpu().numpy()
    return [np.ascontiguousarray(each) for each in shown]
