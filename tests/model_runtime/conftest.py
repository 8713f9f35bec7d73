"""Assets for tests: the shipped ones without weights, and the same with a tiny untrained sketch model."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import torch

STIR = 0.05
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def assets() -> Path:
    return ROOT / "assets"


@pytest.fixture(scope="session")
def tiny_assets(tmp_path_factory: pytest.TempPathFactory, assets: Path) -> Path:
    """An assets folder whose sketch weights are the preset `tiny` as it starts, but for random numbers on all of it.

    As they start, some layers are 0: the transformer would answer to nothing, and every drawing would be grey.
    """
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
    for part in parts.values():
        _wake(part)
    weights = folder / "models" / "sketch"
    for name, part in parts.items():
        part.save_pretrained(weights / name)
    _write_manifest(weights, TINY.as_dict())
    return folder


def _wake(part: torch.nn.Module) -> None:
    import torch

    generator = torch.Generator().manual_seed(3)
    for one in part.parameters():
        one.data.add_(STIR * torch.randn(one.shape, generator=generator))


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
