"""Assets for tests: the shipped ones without weights, and the same with a tiny untrained sketch model."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def assets() -> Path:
    return ROOT / "assets"


@pytest.fixture(scope="session")
def tiny_assets(tmp_path_factory: pytest.TempPathFactory, assets: Path) -> Path:
    """An assets folder whose sketch weights are the preset `tiny` as it starts, but for a last layer that is not 0."""
    import torch

    from model_runtime.video.autoencoder import SketchAutoencoder
    from model_runtime.video.presets import TINY
    from model_runtime.video.text import MARKS, SketchTextEncoder
    from model_runtime.video.transformer import SketchTransformer

    torch.set_num_threads(1)
    torch.manual_seed(1)
    folder = tmp_path_factory.mktemp("assets")
    shutil.copytree(assets / "prompts", folder / "prompts")
    parts = {
        "autoencoder": SketchAutoencoder(**vars(TINY.autoencoder)),
        "text_encoder": SketchTextEncoder(words=["pier", "night", "woman", *MARKS], **vars(TINY.text)),
        "transformer": SketchTransformer(**vars(TINY.transformer)),
    }
    for table in (parts["transformer"].patch_out.weight, parts["transformer"].blocks[0].text.out.weight):
        torch.nn.init.normal_(table, std=0.2)
    torch.nn.init.normal_(parts["autoencoder"].preview_map, std=0.3)
    weights = folder / "models" / "sketch"
    for name, part in parts.items():
        part.save_pretrained(weights / name)
    _write_manifest(weights, TINY.as_dict())
    return folder


def _write_manifest(folder: Path, preset: dict[str, object]) -> None:
    files = {
        str(path.relative_to(folder)): {
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    (folder / "manifest.json").write_text(json.dumps({"preset": preset, "files": files}))
