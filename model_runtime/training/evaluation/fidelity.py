"""The networks by themselves: what the autoencoder keeps, how far the velocity is off, whether guides are followed."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import torch
from torch import Tensor

from model_runtime.stage.caption import caption
from model_runtime.stage.guide import line_drawing
from model_runtime.training.drawings import smaller, to_signal
from model_runtime.training.evaluation.bench import SHORT, Bench
from model_runtime.training.evaluation.lots import EVALUATE_SEED, any_scene, scenes_of, with_people
from model_runtime.training.evaluation.rows import Row
from model_runtime.training.evaluation.sampling import draw
from model_runtime.training.quality import psnr, ssim
from model_runtime.video.conditioning import model_input
from model_runtime.video.flow import mixed
from model_runtime.video.pictures import resized
from model_runtime.video.pipeline import Guide, Sketch

LOSS_TIMES = (0.1, 0.3, 0.5, 0.7, 0.9)
EDGE_BLUR = 1.5  # pixels at the engine's size; a line one pixel off still counts as nearly there


@torch.inference_mode()
def autoencoder(bench: Bench) -> list[Row]:
    """Round trips of whole clips; their first drawing is what a still is."""
    scenes = scenes_of("autoencoder", any_scene, bench.count)
    frames = bench.sketch.preset.max_frames
    return [
        Row(
            "autoencoder",
            clip,
            caption(scene),
            measured=round_trip(bench.sketch, bench.drawing(scene, frames, large=True)),
        )
        for clip, scene in enumerate(scenes)
    ]


def round_trip(sketch: Sketch, clip: np.ndarray) -> dict[str, float]:
    """PSNR in dB and SSIM of a clip uint8 (t, h, w, 3) at the decoder's size, measured at the engine's and there."""
    network = sketch.autoencoder
    large = to_signal(clip)[None].to(sketch.device)
    target = smaller(large, network.draws)
    drawn = network.decode(network.encode(target))
    back = smaller(drawn.clamp(-1, 1), network.draws)
    return {
        "clip PSNR": psnr(back, target),
        "clip SSIM": ssim(back, target),
        "still PSNR": psnr(back[:, :, :1], target[:, :, :1]),
        "still SSIM": ssim(back[:, :, :1], target[:, :, :1]),
        "drawn PSNR": psnr(drawn, large),
    }


@torch.inference_mode()
def losses(bench: Bench) -> list[Row]:
    """The flow-matching error of short clips at fixed times, each with noise of its own that is always the same."""
    scenes = scenes_of("losses", any_scene, bench.count)
    return [
        Row(
            "losses",
            clip,
            caption(scene),
            measured=velocity_errors(bench, caption(scene), bench.drawing(scene, SHORT), clip),
        )
        for clip, scene in enumerate(scenes)
    ]


def velocity_errors(bench: Bench, text: str, clip: np.ndarray, seed: int) -> dict[str, float]:
    """Mean squared error of the velocity at each of LOSS_TIMES, of a clip uint8 (t, h, w, 3) at the engine's size."""
    sketch = bench.sketch
    data = sketch.autoencoder.encode(to_signal(clip)[None].to(sketch.device, sketch.dtype))
    generator = torch.Generator("cpu").manual_seed(EVALUATE_SEED + seed)
    noise = torch.randn(data.shape, generator=generator).to(data)
    times = data.new_tensor(LOSS_TIMES)
    many = (len(times), -1, -1, -1, -1)
    noisy = mixed(data.expand(many), noise.expand(many), times)
    keys = sketch.transformer.text_keys(*sketch.text_encoder.encode([text] * len(times)))
    velocity: Tensor = sketch.transformer(model_input(noisy), times, keys)
    errors = (velocity - (noise - data)).square().mean(dim=(1, 2, 3, 4))
    return {f"{time:g}": float(error) for time, error in zip(LOSS_TIMES, errors, strict=True)}


def guides(bench: Bench) -> list[Row]:
    """How well the edges of a clip lie where its line drawing has them: guided, not guided, against another's lines."""
    scenes = scenes_of("guides", with_people, bench.count)
    plain = [bench.request(caption(scene), seed, SHORT) for seed, scene in enumerate(scenes)]
    width, height = bench.sketch.size
    led = [
        replace(request, guide=Guide(line_drawing(scene, frames=SHORT, width=width, height=height)))
        for request, scene in zip(plain, scenes, strict=True)
    ]
    wanted = [edges(bench.drawing(scene, SHORT)) for scene in scenes]
    guided = [edges(_small(bench.sketch, clip)) for clip in draw(bench.sketch, led)]
    unguided = [edges(_small(bench.sketch, clip)) for clip in draw(bench.sketch, plain)]
    return [
        Row(
            "guides",
            clip,
            plain[clip].prompt,
            "line drawing",
            measured={
                "guided": correlation(guided[clip], right),
                "not guided": correlation(unguided[clip], right),
                "another's guide": correlation(guided[clip], wanted[clip - 1]),
            },
        )
        for clip, right in enumerate(wanted)
    ]


def _small(sketch: Sketch, clip: np.ndarray) -> np.ndarray:
    return np.stack([resized(picture, sketch.size) for picture in clip])


def edges(clip: np.ndarray) -> np.ndarray:
    """float32 (3, h, w): how strong edges are in the first, middle and last picture of uint8 (t, h, w, 3)."""
    found = []
    for picture in clip[[0, len(clip) // 2, len(clip) - 1]]:
        grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
        strength = cv2.magnitude(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1))
        found.append(cv2.GaussianBlur(strength, (0, 0), EDGE_BLUR))
    return np.stack(found)


def correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Pearson's, over all values; 0 where there are no edges at all."""
    if not one.std() or not other.std():
        return 0.0
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])
