"""The transformer that turns noise into latents: a DiT with text, flow time, given frames and context as conditions.

Letters: b clips, c channels, t, h, w latents; n tokens of 1 x 2 x 2 latents; m text tokens; d width; p pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

import torch
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models._modeling_parallel import ContextParallelInput, ContextParallelOutput
from diffusers.models.modeling_utils import ModelMixin
from einops import rearrange
from torch import Tensor, nn
from torch.nn import functional

from model_runtime.video.conditioning import References, Stills, clean_input, input_channels
from model_runtime.video.context import ContextKeys, gathered
from model_runtime.video.layers import (
    CrossAttention,
    FeedForward,
    KeysValues,
    PicturePositions,
    Positions,
    RmsNorm,
    SelfAttention,
    sinusoids,
)
from model_runtime.video.packing import Rows
from model_runtime.video.presets import LATENT_STRIDE, PATCH, REFERENCE_HEIGHT, REFERENCE_WIDTH

MODULATIONS = 6  # shift, scale, gate for attention and for the feed-forward
STILL_TIME_SCALE = 32.0  # drawings over which the time of a given still runs from 0 to 1
REFERENCE_GRID = (REFERENCE_HEIGHT // (LATENT_STRIDE * PATCH), REFERENCE_WIDTH // (LATENT_STRIDE * PATCH))


@dataclass(frozen=True)
class TextKeys:
    """What the transformer needs of a text, made once for a clip: keys and values per block, mask, summary."""

    layers: list[KeysValues]
    mask: Tensor  # (b, m), true where there is text
    summary: Tensor  # (b, d)

    def only(self, clips: Sequence[int]) -> TextKeys:
        """Those of some clips, in any order and number."""
        rows = torch.tensor(list(clips), device=self.mask.device)
        return TextKeys([(k[rows], v[rows]) for k, v in self.layers], self.mask[rows], self.summary[rows])


def patchify(latents: Tensor) -> Tensor:
    """(b, c, t, h, w) -> (b, n, c*4)"""
    return rearrange(latents, "b c t (h p) (w q) -> b (t h w) (c p q)", p=PATCH, q=PATCH)


def unpatchify(tokens: Tensor, grid: tuple[int, int, int]) -> Tensor:
    """(b, n, c*4) -> (b, c, t, h, w)"""
    time, height, width = grid
    return rearrange(tokens, "b (t h w) (c p q) -> b c t (h p) (w q)", t=time, h=height, w=width, p=PATCH, q=PATCH)


def token_grid(latents: Tensor) -> tuple[int, int, int]:
    """(time, height, width) in tokens of (b, c, t, h, w)"""
    return latents.shape[2], latents.shape[3] // PATCH, latents.shape[4] // PATCH


@dataclass(frozen=True)
class Seen:
    """What one block lets a clip's tokens see beside themselves; masks are bool and None where all is seen."""

    text: KeysValues
    context: KeysValues | None
    text_mask: Tensor | None  # (r, 1, n or 1, m)
    mask: Tensor | None  # (r, 1, n or 1, n + context)


class TransformerBlock(nn.Module):
    """Self-attention, cross-attention to text, feed-forward; positions come in again at every block."""

    def __init__(self, width: int, heads: int, hidden: int, text_width: int) -> None:
        super().__init__()
        self.norm_1 = RmsNorm(width, scaled=False)
        self.attention = SelfAttention(width, heads)
        self.norm_text = RmsNorm(width)
        self.text = CrossAttention(width, heads, text_width)
        self.norm_2 = RmsNorm(width, scaled=False)
        self.feed_forward = FeedForward(width, hidden)
        self.modulation_table = nn.Parameter(torch.zeros(MODULATIONS, width))

    def forward(self, x: Tensor, positions: Tensor, modulation: Tensor, seen: Seen) -> Tensor:
        """x (r, n, d), positions (r or 1, n, d), modulation (r, n or 1, 6, d); x stays float32 under autocast"""
        x = x + positions
        kind = modulation.dtype
        shift_1, scale_1, gate_1, shift_2, scale_2, gate_2 = self._modulations(modulation)
        inner = self.norm_1(x).to(kind) * (1 + scale_1) + shift_1
        x = x + gate_1 * self.attention(inner, seen.mask, context=seen.context)
        x = x + self.text(self.norm_text(x).to(kind), seen.text, seen.text_mask)
        return x + gate_2 * self.feed_forward(self.norm_2(x).to(kind) * (1 + scale_2) + shift_2)

    def context(self, x: Tensor, positions: Tensor, modulation: Tensor) -> tuple[Tensor, KeysValues]:
        """One picture a row, seeing itself alone, without text: (p, n, d) on its way, and what clips see of it."""
        x = x + positions
        kind = modulation.dtype
        shift_1, scale_1, gate_1, shift_2, scale_2, gate_2 = self._modulations(modulation)
        inner = self.norm_1(x).to(kind) * (1 + scale_1) + shift_1
        own = self.attention.keys_values(inner)
        x = x + gate_1 * self.attention.alone(inner, own)
        return x + gate_2 * self.feed_forward(self.norm_2(x).to(kind) * (1 + scale_2) + shift_2), own

    def _modulations(self, modulation: Tensor) -> tuple[Tensor, ...]:
        return (modulation + self.modulation_table.to(modulation.dtype)).unbind(-2)


class SketchTransformer(ModelMixin, ConfigMixin):
    """Velocity (noise minus data) of noisy latents, given flow time, text, and all of `conditioning.py`."""

    # How diffusers divides a clip among processes: tokens and their positions from the first block to the last layer.
    # Text and context are whole everywhere. `context` and `of_picture` are not hooked: only `forward` is.
    _cp_plan: ClassVar[dict[str, Any]] = {
        "blocks.0": {"x": ContextParallelInput(split_dim=1, expected_dims=3)},
        "positions": {0: ContextParallelInput(split_dim=0, expected_dims=2, split_output=True)},
        "patch_out": ContextParallelOutput(gather_dim=1, expected_dims=3),
    }

    @register_to_config
    def __init__(
        self,
        layers: int = 8,
        width: int = 256,
        heads: int = 4,
        hidden: int = 682,
        grid: tuple[int, int, int] = (4, 9, 9),
        latent_channels: int = 32,
        text_width: int = 128,
    ) -> None:
        super().__init__()
        self.grid = (grid[0], grid[1], grid[2])
        self.width = width
        self.patch_in = nn.Linear(input_channels(latent_channels) * PATCH**2, width)
        self.positions = Positions(self.grid, width)
        self.still_time = nn.Linear(width, width)
        self.reference_positions = PicturePositions(REFERENCE_GRID, width)
        self.mark_in = nn.Linear(text_width, width, bias=False)
        self.time_in = nn.Linear(width, width)
        self.time_out = nn.Linear(width, width)
        self.summary = nn.Linear(text_width, width)
        self.modulation = nn.Linear(width, MODULATIONS * width)  # one projection for all blocks
        self.blocks = nn.ModuleList(TransformerBlock(width, heads, hidden, text_width) for _ in range(layers))
        self.norm_out = RmsNorm(width, scaled=False)
        self.modulation_out = nn.Linear(width, 2 * width)
        self.patch_out = nn.Linear(width, latent_channels * PATCH**2)
        self.initialize_weights()

    def initialize_weights(self) -> None:
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
        for table in (*self.positions.parameters(), *self.reference_positions.parameters()):
            nn.init.normal_(table, std=0.02)  # small beside the tokens they are added to
        nn.init.normal_(self.still_time.weight, std=0.002)
        # zero gates, zero text and a zero last layer: every block starts as the identity, the output as nothing
        nn.init.zeros_(self.modulation.weight)
        nn.init.zeros_(self.modulation_out.weight)
        nn.init.zeros_(self.patch_out.weight)
        for block in self._blocks:
            nn.init.zeros_(block.text.out.weight)

    @property
    def _blocks(self) -> list[TransformerBlock]:
        return [cast(TransformerBlock, block) for block in self.blocks]

    # --- made once for a clip ----------------------------------------------------------------------------------

    def text_keys(self, text: Tensor, mask: Tensor) -> TextKeys:
        """Keys of a text (b, m, text d) with its mask (b, m); the same for every step of a clip."""
        weights = mask.to(text.dtype)[:, :, None]
        mean = (text * weights).sum(dim=1) / weights.sum(dim=1)
        return TextKeys([block.text.keys_values(text) for block in self._blocks], mask, self.summary(mean))

    def context_keys(
        self, clips: int, references: References | None = None, stills: Sequence[Stills] = ()
    ) -> ContextKeys | None:
        """What `clips` clips see of their references and given stills (one group for each size); None without any."""
        groups = [(self._still_keys(group), group.owner) for group in stills]
        if references is not None:
            groups.append((self._reference_keys(references), references.owner))
        if not groups:
            return None
        return gathered([layers for layers, _ in groups], [owner for _, owner in groups], clips)

    def _still_keys(self, stills: Stills) -> list[KeysValues]:
        grid = (1, stills.latents.shape[2] // PATCH, stills.latents.shape[3] // PATCH)
        self._check_fits(grid)
        kind = stills.latents.dtype
        when = self.still_time(sinusoids(stills.frames / STILL_TIME_SCALE, self.width).to(kind))
        return self._picture_keys(stills.latents, self.positions.of_picture(grid) + when[:, None])

    def _reference_keys(self, references: References) -> list[KeysValues]:
        grid = tuple(size // PATCH for size in references.latents.shape[2:])
        if grid != REFERENCE_GRID:
            raise ValueError(f"a reference picture has {REFERENCE_GRID} tokens, not {grid}")
        return self._picture_keys(
            references.latents, self.reference_positions() + self.mark_in(references.marks)[:, None]
        )

    def _picture_keys(self, latents: Tensor, positions: Tensor) -> list[KeysValues]:
        """Of pictures (p, c, h, w) with what tells place, time and kind (p, n, d)"""
        x = self.patch_in(patchify(clean_input(latents))).float()
        clean = self._condition(latents.new_zeros(1), None)
        modulation = self.modulation(clean).unflatten(-1, (MODULATIONS, -1))[:, None]  # (1, 1, 6, d)
        found = []
        for block in self._blocks:
            x, own = block.context(x, positions, modulation)
            found.append(own)
        return found

    # --- every step --------------------------------------------------------------------------------------------

    def forward(self, latents: Tensor, times: Tensor, text: TextKeys, context: ContextKeys | None = None) -> Tensor:
        """(b, 3c + 2, t, h, w) as `model_input` makes it, times (b,) from 1 (noise) to 0 -> (b, c, t, h, w)"""
        grid = token_grid(latents)
        self._check_fits(grid)
        x = self.patch_in(patchify(latents)).float()  # (b, n, d)
        condition = self._condition(times, text.summary)[:, None]  # (b, 1, d)
        text_mask = None if bool(text.mask.all()) else text.mask[:, None, None]
        mask = None
        if context is not None and not bool(context.mask.all()):
            there = context.mask.new_ones(x.shape[0], x.shape[1])
            mask = torch.cat([there, context.mask], dim=1)[:, None, None]
        layers = None if context is None else context.layers
        velocity = self._run(x, self.positions(grid)[None], condition, text.layers, layers, text_mask, mask)
        return unpatchify(velocity, grid)

    def forward_packed(
        self,
        clips: Sequence[Tensor],
        times: Tensor,
        text: TextKeys,
        rows: Rows,
        context: ContextKeys | None = None,
    ) -> list[Tensor]:
        """The same for clips of any lengths and aspects, each (3c + 2, t, h, w), in rows -> each (c, t, h, w)"""
        grids = [token_grid(clip[None]) for clip in clips]
        for grid in grids:
            self._check_fits(grid)
        x = self.patch_in(rows.lay([patchify(clip[None])[0] for clip in clips])).float()  # (r, n, d)
        positions = rows.lay([self.positions(grid) for grid in grids])
        condition = rows.spread(self._condition(times, text.summary))  # (r, n, d)
        mask = rows.attention()
        layers = None
        if context is not None:
            mask = torch.cat([mask, rows.keys_mask(context.mask)], dim=-1)
            layers = [rows.keys(layer) for layer in context.layers]
        text_layers = [rows.keys(layer) for layer in text.layers]
        velocity = self._run(x, positions, condition, text_layers, layers, rows.keys_mask(text.mask), mask)
        return [unpatchify(each[None], grid)[0] for each, grid in zip(rows.take(velocity), grids, strict=True)]

    def _run(
        self,
        x: Tensor,
        positions: Tensor,
        condition: Tensor,
        text: list[KeysValues],
        context: list[KeysValues] | None,
        text_mask: Tensor | None,
        mask: Tensor | None,
    ) -> Tensor:
        """Tokens (r, n, d) with condition (r, n or 1, d) -> velocity (r, n, c*4)"""
        modulation = self.modulation(condition).unflatten(-1, (MODULATIONS, -1))  # (r, n or 1, 6, d)
        for number, block in enumerate(self._blocks):
            seen = Seen(text[number], None if context is None else context[number], text_mask, mask)
            x = block(x, positions, modulation, seen)
        shift, scale = self.modulation_out(condition).chunk(2, dim=-1)
        return cast(Tensor, self.patch_out(self.norm_out(x).to(shift.dtype) * (1 + scale) + shift))

    def _condition(self, times: Tensor, summary: Tensor | None) -> Tensor:
        """(b, d) from times (b,) and a text's summary; without one for pictures that stand beside every text."""
        kind = self.time_in.weight.dtype
        condition = self.time_out(functional.silu(self.time_in(sinusoids(times, self.width).to(kind))))
        return functional.silu(condition if summary is None else condition + summary)

    def _check_fits(self, grid: tuple[int, int, int]) -> None:
        if any(mine > limit for mine, limit in zip(grid, self.grid, strict=True)):
            raise ValueError(f"these latents need {grid} tokens; the transformer reaches {self.grid}")
