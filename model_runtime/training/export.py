"""Writes trained networks as shipped weights: bf16 safetensors, configurations, and the manifest that names them."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import torch
from diffusers.configuration_utils import ConfigMixin
from safetensors.torch import save_file
from torch import nn

from model_runtime.training.autoencoder import build
from model_runtime.training.latents import fit_preview, freeze
from model_runtime.training.networks import Networks
from model_runtime.training.warm_start import with_earlier
from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.presets import SketchPreset
from model_runtime.video.weights import CONFIG, MANIFEST, PARTS, TENSORS, load_sketch

MOST_PARAMETERS, MOST_BYTES = 14_000_000, 30_000_000


def trained_autoencoder(preset: SketchPreset, run: Path) -> SketchAutoencoder:
    """The frozen encoder and its statistics, with the decoder as trained since."""
    network = freeze(preset, run)
    later = run / "decoder.pt"
    if later.exists():
        newer = build(preset)
        newer.load_state_dict(torch.load(later, map_location="cpu", weights_only=True)["ema"]["network"])
        network.decoder.load_state_dict(newer.decoder.state_dict())
    return network


def trained_networks(preset: SketchPreset, run: Path) -> Networks:
    networks = Networks(preset)
    state = torch.load(run / "transformer.pt", map_location="cpu", weights_only=True)
    networks.load_state_dict(state["ema"]["network"])
    return networks.eval()


def write_part(network: nn.Module, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    assert isinstance(network, ConfigMixin)
    tensors = {name: value.to(torch.bfloat16).contiguous() for name, value in network.state_dict().items()}
    save_file(tensors, folder / TENSORS)
    config = {name: value for name, value in network.config.items() if not name.startswith("_")}
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", "utf-8")


def write_weights(
    folder: Path, preset: SketchPreset, parts: dict[str, nn.Module], training: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Write every part and the manifest into `folder`; returns the manifest."""
    if set(parts) != set(PARTS):
        raise ValueError(f"weights have the parts {PARTS}, not {tuple(parts)}")
    staging = folder / "staging"
    files = {}
    for name, network in parts.items():
        write_part(network, staging / name)
        for file in (CONFIG, TENSORS):
            data = (staging / name / file).read_bytes()
            files[f"{name}/{file}"] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    counts = {name: sum(each.numel() for each in network.parameters()) for name, network in parts.items()}
    manifest = {
        "engine": "sketch",
        "preset": preset.as_dict(),
        "parameters": counts,
        "training": training or {},
        "files": files,
    }
    (staging / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    for name in (*files, MANIFEST):  # all at once, so that nobody reads half of the old and half of the new
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (staging / name).replace(folder / name)
        (folder / name).chmod(0o644)
    shutil.rmtree(staging)
    return manifest


def export(preset: SketchPreset, run: Path, folder: Path) -> None:
    """From the checkpoints of a run to `assets/models/sketch`; refuses what exceeds the limits."""
    autoencoder = trained_autoencoder(preset, run)
    fit_preview(autoencoder, preset)
    networks = trained_networks(preset, run)
    parts = {"autoencoder": autoencoder, "text_encoder": networks.text_encoder, "transformer": networks.transformer}
    manifest = write_weights(folder, preset, parts, with_earlier(training_facts(run), run))
    total = sum(manifest["parameters"].values())
    size = sum(facts["bytes"] for facts in manifest["files"].values())
    if total > MOST_PARAMETERS or size > MOST_BYTES:
        raise ValueError(f"{total} parameters in {size} bytes exceed {MOST_PARAMETERS} in {MOST_BYTES}")
    name = load_sketch(folder).fingerprint
    print(f"{folder}: {total / 1e6:.2f} M parameters, {size / 1e6:.1f} MB, fingerprint {name}")


def training_facts(run: Path) -> dict[str, Any]:
    """Steps, minutes and machine of each checkpoint."""
    facts = {}
    for name in ("autoencoder", "decoder", "transformer"):
        path = run / f"{name}.pt"
        if path.exists():
            state = torch.load(path, map_location="cpu", weights_only=True)
            facts[name] = {
                "steps": state["step"],
                "minutes": round(state["spent_s"] / 60, 1),
                "device": state.get("device", "CPU"),
            }
    return facts
