"""The loaded networks of one sketch engine, as one value that the pipeline is handed."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch

from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.flow import SketchFlow
from model_runtime.video.presets import SketchPreset
from model_runtime.video.text import SketchTextEncoder
from model_runtime.video.transformer import SketchTransformer


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
        """(width, height) of the pictures the networks usually think in."""
        return self.preset.width, self.preset.height

    @property
    def output_size(self) -> tuple[int, int]:
        """(width, height) of the pictures the decoder usually draws."""
        return self.drawn_size(self.size)

    def drawn_size(self, size: tuple[int, int]) -> tuple[int, int]:
        """(width, height) the decoder draws for a native (width, height)."""
        return size[0] * self.autoencoder.draws, size[1] * self.autoencoder.draws

    @property
    def device(self) -> torch.device:
        return next(self.transformer.parameters()).device

    @property
    def dtype(self) -> torch.dtype:
        return next(self.transformer.parameters()).dtype
