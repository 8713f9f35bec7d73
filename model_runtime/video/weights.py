"""Weights on disk: find them, verify them against their manifest, name them by fingerprint, load them.

A folder holds `manifest.json` (preset, sizes and SHA-256 of every file) and, for each of the three networks,
`<part>/config.json` and `<part>/diffusion_pytorch_model.safetensors`, as diffusers lays them out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from model_runtime.video.presets import SMALL, SketchPreset, preset_from_dict

if TYPE_CHECKING:
    import torch
    from torch import nn

    from model_runtime.video.networks import Sketch

PARTS = ("autoencoder", "text_encoder", "transformer")
CONFIG, TENSORS, MANIFEST = "config.json", "diffusion_pytorch_model.safetensors", "manifest.json"
FINGERPRINT_LETTERS = 12
REPAIR = "Put the folder back as it came with the program (assets/models/sketch)."


class WeightsMissing(RuntimeError):
    """There are no weights where they were looked for."""

    def __init__(self, sentence: str, hint: str = REPAIR) -> None:
        super().__init__(sentence)
        self.sentence, self.hint = sentence, hint


class WeightsBroken(RuntimeError):
    """There are weights, but not the ones their manifest describes."""

    def __init__(self, sentence: str, hint: str = REPAIR) -> None:
        super().__init__(sentence)
        self.sentence, self.hint = sentence, hint


@dataclass(frozen=True)
class WeightFiles:
    """A folder whose files are all there with the sizes and sums its manifest gives."""

    folder: Path
    preset: SketchPreset
    files: Mapping[str, str]  # path within the folder -> sha256

    @property
    def fingerprint(self) -> str:
        return _fingerprint(self.files)


def _fingerprint(files: Mapping[str, str]) -> str:
    lines = "".join(f"{name} {digest}\n" for name, digest in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()[:FINGERPRINT_LETTERS]


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        raise WeightsMissing(f"The sketch engine has no weights: there is no {MANIFEST} in {folder}.")
    try:
        manifest = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise WeightsBroken(f"The manifest of the sketch engine's weights, {path}, cannot be read.") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise WeightsBroken(f"The manifest of the sketch engine's weights, {path}, does not list any files.")
    return manifest


def fingerprint(folder: Path) -> str:
    """Short stable name of the weights in `folder`, read from the manifest alone."""
    files = _manifest(folder)["files"]
    return _fingerprint({name: str(facts.get("sha256")) for name, facts in files.items()})


@dataclass(frozen=True)
class ManifestFacts:
    """What can be told without torch and without reading the weights: sizes, and if unusable, why and what to do."""

    width: int
    height: int
    max_frames: int
    fingerprint: str = ""
    sentence: str = ""
    hint: str = ""


def manifest_facts(folder: Path) -> ManifestFacts:
    """Never raises for missing or broken weights; says so in `sentence` instead. Sums are checked at loading."""
    try:
        manifest = _manifest(folder)
        sizes = preset_from_dict(manifest["preset"])
        name = fingerprint(folder)
        for file, facts in manifest["files"].items():
            _sized(folder / file, facts)
    except (WeightsMissing, WeightsBroken) as error:
        return ManifestFacts(SMALL.width, SMALL.height, SMALL.max_frames, "", error.sentence, error.hint)
    except (KeyError, TypeError, ValueError, AttributeError):
        sentence = f"The manifest of the sketch engine's weights in {folder} is damaged."
        return ManifestFacts(SMALL.width, SMALL.height, SMALL.max_frames, "", sentence, REPAIR)
    return ManifestFacts(sizes.width, sizes.height, sizes.max_frames, name)


def find_weights(folder: Path) -> WeightFiles:
    """Verify every file; raises WeightsMissing or WeightsBroken, both with a sentence and a hint."""
    manifest = _manifest(folder)
    sums = {name: _verified(folder / name, facts) for name, facts in manifest["files"].items()}
    lacking = [f"{part}/{name}" for part in PARTS for name in (CONFIG, TENSORS) if f"{part}/{name}" not in sums]
    if lacking:
        raise WeightsBroken(f"The manifest in {folder} does not list {lacking[0]}.")
    try:
        sizes = preset_from_dict(manifest["preset"])
    except (KeyError, TypeError, ValueError) as error:
        raise WeightsBroken(f"The manifest in {folder} describes a preset this version does not know.") from error
    return WeightFiles(folder, sizes, sums)


def _sized(path: Path, facts: Mapping[str, Any]) -> None:
    if not path.is_file():
        raise WeightsMissing(f"A file of the sketch engine's weights is missing: {path}.")
    size = path.stat().st_size
    if size != facts.get("bytes"):
        raise WeightsBroken(
            f"A file of the sketch engine's weights is damaged: {path} has {size} bytes, not {facts.get('bytes')}."
        )


def _verified(path: Path, facts: Mapping[str, Any]) -> str:
    _sized(path, facts)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != facts.get("sha256"):
        raise WeightsBroken(f"A file of the sketch engine's weights is damaged: {path} is not the one that was made.")
    return digest


_Network = TypeVar("_Network", bound="nn.Module")


def _load_part(kind: type[_Network], folder: Path, dtype: torch.dtype) -> _Network:
    import torch
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        config = json.loads((folder / CONFIG).read_text("utf-8"))
        network = kind(**{name: value for name, value in config.items() if not name.startswith("_")})
        network.load_state_dict(load_file(folder / TENSORS))
    except (ValueError, TypeError, RuntimeError, SafetensorError) as error:
        raise WeightsBroken(f"The weights in {folder} do not fit this version of the program.") from error
    network = network.eval().requires_grad_(False)
    return network if dtype == torch.float32 else network.to(dtype)


def load_sketch(folder: Path, *, device: str = "cpu", dtype: torch.dtype | None = None) -> Sketch:
    """Verified and ready to draw. Stored in bf16; computed in float32 unless `dtype` says otherwise."""
    import torch

    from model_runtime.video.autoencoder import SketchAutoencoder
    from model_runtime.video.networks import Sketch
    from model_runtime.video.text import SketchTextEncoder
    from model_runtime.video.transformer import SketchTransformer

    found = find_weights(folder)
    kind = dtype or torch.float32
    return Sketch(
        preset=found.preset,
        fingerprint=found.fingerprint,
        autoencoder=_load_part(SketchAutoencoder, folder / "autoencoder", kind).to(device),
        text_encoder=_load_part(SketchTextEncoder, folder / "text_encoder", kind).to(device),
        transformer=_load_part(SketchTransformer, folder / "transformer", kind).to(device),
    )
