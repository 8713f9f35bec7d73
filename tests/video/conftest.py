"""Tiny random networks, made once, and the shipped ones where they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.networks import Sketch
from model_runtime.video.presets import TINY
from model_runtime.video.text import MARKS, SketchTextEncoder
from model_runtime.video.transformer import SketchTransformer
from model_runtime.video.weights import WeightsMissing, find_weights, load_sketch

WORDS = (".", ",", "pier", "night", "rain", "woman", "red", "coat", "close-up", "with", "in", "a", "hair", *MARKS)
SHIPPED = Path(__file__).resolve().parents[2] / "assets" / "models" / "sketch"


def awake(network: torch.nn.Module, seed: int = 3) -> None:
    """Give every weight that starts as zero a small value, so that behaviour can be seen."""
    generator = torch.Generator().manual_seed(seed)
    for parameter in network.parameters():
        parameter.data.add_(0.05 * torch.randn(parameter.shape, generator=generator))


@pytest.fixture(scope="session")
def tiny() -> Sketch:
    torch.set_num_threads(1)
    torch.manual_seed(1)
    parts = (
        SketchAutoencoder(**vars(TINY.autoencoder)),
        SketchTextEncoder(WORDS, **vars(TINY.text)),
        SketchTransformer(**vars(TINY.transformer)),
    )
    for part in parts:
        awake(part.eval().requires_grad_(False))
    return Sketch(TINY, "random", *parts)


@pytest.fixture(scope="session")
def shipped() -> Sketch:
    torch.set_num_threads(1)
    try:
        find_weights(SHIPPED)
    except WeightsMissing:
        pytest.skip("the weights are not in this checkout")
    return load_sketch(SHIPPED)


@pytest.fixture
def picture() -> np.ndarray:
    return np.random.default_rng(4).integers(0, 256, (90, 200, 3), dtype=np.uint8)
