"""Weights on disk: found, verified, named, refused when damaged."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from model_runtime.training.export import write_weights
from model_runtime.video.networks import Sketch
from model_runtime.video.pipeline import Latents, SketchRequest, sample
from model_runtime.video.presets import TINY
from model_runtime.video.weights import (
    WeightsBroken,
    WeightsMissing,
    find_weights,
    fingerprint,
    load_sketch,
    manifest_facts,
)

TENSORS = "transformer/diffusion_pytorch_model.safetensors"


@pytest.fixture
def folder(tiny: Sketch, tmp_path: Path) -> Path:
    parts = {
        "autoencoder": tiny.autoencoder,
        "text_encoder": tiny.text_encoder,
        "transformer": tiny.transformer,
    }
    write_weights(tmp_path, TINY, parts)
    return tmp_path


def drawn(sketch: Sketch) -> torch.Tensor:
    request = SketchRequest("pier, night.", 1, 9, steps=2)
    latents = sample(sketch, request, on_step=lambda report: None, should_stop=lambda: False)
    assert isinstance(latents, Latents)
    return latents.values


def test_written_weights_draw_what_they_drew_before(tiny: Sketch, folder: Path) -> None:
    again = load_sketch(folder)
    assert again.preset == TINY and again.text_encoder.vocabulary.words == tiny.text_encoder.vocabulary.words
    assert torch.allclose(drawn(again), drawn(tiny), atol=0.2)  # stored in bf16
    assert torch.equal(drawn(again), drawn(load_sketch(folder)))


def test_fingerprint_is_the_same_wherever_it_is_asked_and_changes_with_the_files(folder: Path) -> None:
    name = fingerprint(folder)
    assert len(name) == 12 and name == find_weights(folder).fingerprint == load_sketch(folder).fingerprint
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][TENSORS]["sha256"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert fingerprint(folder) != name


def test_missing_weights_name_the_folder(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissing) as refusal:
        find_weights(tmp_path / "nowhere")
    assert "nowhere" in refusal.value.sentence and refusal.value.hint
    assert "nowhere" in manifest_facts(tmp_path / "nowhere").sentence


def test_missing_file_is_named(folder: Path) -> None:
    (folder / TENSORS).unlink()
    with pytest.raises(WeightsMissing, match="transformer"):
        load_sketch(folder)


def test_truncated_file_is_refused(folder: Path) -> None:
    data = (folder / TENSORS).read_bytes()
    (folder / TENSORS).write_bytes(data[: len(data) // 2])
    with pytest.raises(WeightsBroken, match="damaged"):
        load_sketch(folder)
    assert "damaged" in manifest_facts(folder).sentence


def test_file_with_one_changed_byte_is_refused(folder: Path) -> None:
    data = bytearray((folder / TENSORS).read_bytes())
    data[-1] ^= 1
    (folder / TENSORS).write_bytes(bytes(data))
    with pytest.raises(WeightsBroken, match="damaged"):
        load_sketch(folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": {}}', "\x00\x01"])
def test_manifest_that_is_none_is_refused(folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text)
    with pytest.raises(WeightsBroken):
        find_weights(folder)
    assert manifest_facts(folder).sentence


def test_manifest_of_an_unknown_preset_is_refused(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["preset"]["transformer"]["wings"] = 2
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(WeightsBroken, match="preset"):
        find_weights(folder)


def test_facts_and_fingerprint_are_told_without_torch(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from model_runtime.video.weights import fingerprint, manifest_facts;"
        "folder = Path(sys.argv[1]); facts = manifest_facts(folder);"
        "assert facts.fingerprint == fingerprint(folder) and facts.width == 48 and not facts.sentence;"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program, str(folder)], check=True, timeout=60)
