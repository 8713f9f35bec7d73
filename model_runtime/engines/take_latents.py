"""The latents beside a take: what its drawings were decoded from, so that later work need not read compressed frames.

The file holds one tensor for each part that was drawn, with the given drawings whose detail is carried into it, and as
facts which drawings each part covers and which drawings are not what they decode to. Drawings are counted from the
first one the movie shows.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from model_runtime import frames
from model_runtime.engines.parts import Part

if TYPE_CHECKING:
    from model_runtime.video.networks import Sketch
    from model_runtime.video.states import Latents

SUFFIX = ".safetensors"
DAMAGED = "the latents beside the take are damaged"


@dataclass(frozen=True)
class DrawnPart:
    part: Part
    latents: Latents


def write(
    path: Path, drawn: Sequence[DrawnPart], given: Collection[int], skipped: int, engine: str, weights: str
) -> None:
    """`given`: drawings of the clip that hold pixels of a larger given one, in whole, outside a mask or as detail.

    `skipped`: drawings of the clip before the first one the movie shows.
    """
    tensors: dict[str, np.ndarray] = {}
    bordering: list[list[int]] = []
    for number, one in enumerate(drawn):
        tensors[_name(number)] = one.latents.values.float().cpu().numpy()
        kept = one.latents.kept
        beside = {} if kept is None or kept.redrawn is not None else kept.bordering(one.part.count)
        bordering.append(list(beside))
        if beside:
            tensors[_pictures_name(number)] = np.stack(list(beside.values()))
    facts = {
        "engine": engine,
        "weights": weights,
        "parts": [[one.part.first - skipped, one.part.count] for one in drawn],
        "bordering": bordering,
        "given": [number - skipped for number in sorted(given)],
    }
    frames.write_latents(path, tensors, facts)


def read(movie: Path, wanted: Collection[int], sketch: Sketch) -> dict[int, np.ndarray]:
    """Those `wanted` drawings, RGB uint8 at the decoder's size, of a take's movie that its latents hold.

    Empty where none lie beside the movie or other weights made them. ValueError where they are damaged.
    """
    path = movie.with_suffix(SUFFIX)
    if not path.is_file() or path.is_symlink():
        return {}
    data = path.read_bytes()
    facts = _facts(data)
    if facts.get("weights") != sketch.fingerprint:
        return {}
    found: dict[int, np.ndarray] = {}
    told = _numbers(facts, "given")
    for number, (part, bordering) in enumerate(_parts(facts)):
        numbers = [one for one in range(part.first, part.stop) if one not in told]
        told.update(numbers)
        if chosen := [one for one in numbers if one in wanted]:
            pictures = _decoded(data, number, bordering, part.count, sketch)
            found.update({one: pictures[one - part.first] for one in chosen})
    return found


def _facts(data: bytes) -> dict[str, Any]:
    """The file's facts; empty where an earlier version wrote it, ValueError where there are none."""
    size = int.from_bytes(data[:8], "little")
    try:
        facts = json.loads(json.loads(data[8 : 8 + size])["__metadata__"]["facts"])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(DAMAGED) from error
    # Earlier versions kept less, and their weights are of another kind than today's.
    return facts if isinstance(facts, dict) and "bordering" in facts else {}


def _numbers(facts: dict[str, Any], name: str) -> set[int]:
    try:
        return {int(one) for one in facts[name]}
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(DAMAGED) from error


def _parts(facts: dict[str, Any]) -> list[tuple[Part, list[int]]]:
    """The parts that were drawn, each with the numbers of the pictures that border on its drawings."""
    try:
        parts = [Part(int(first), int(count)) for first, count in facts["parts"]]
        bordering = [[int(one) for one in numbers] for numbers in facts["bordering"]]
        return list(zip(parts, bordering, strict=True))
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(DAMAGED) from error


def _decoded(data: bytes, number: int, bordering: Sequence[int], count: int, sketch: Sketch) -> np.ndarray:
    """The drawings (t, h, w, 3) of one part."""
    from safetensors import SafetensorError
    from safetensors.torch import load

    from model_runtime.video import pipeline
    from model_runtime.video.shapes import drawn_frames
    from model_runtime.video.states import Kept

    try:
        tensors = load(data)
        values = tensors[_name(number)].float()
        kept = Kept(tensors[_pictures_name(number)].numpy(), np.asarray(bordering)) if bordering else None
    except (SafetensorError, KeyError) as error:
        raise ValueError(DAMAGED) from error
    latents = pipeline.Latents(values, kept)
    if not latents.fits_together():
        raise ValueError(DAMAGED)
    if not latents.is_finite():
        raise ValueError("the latents beside the take hold numbers that are not finite")
    if len(values) != sketch.autoencoder.latent_channels or drawn_frames(values.shape[1]) != count:
        raise ValueError("the latents beside the take are not those of its drawings")
    return pipeline.decode(sketch, latents)


def _name(number: int) -> str:
    return f"latents.{number}" if number else "latents"


def _pictures_name(number: int) -> str:
    return f"{_name(number)}.bordering"
