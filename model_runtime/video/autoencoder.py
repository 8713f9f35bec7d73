"""The temporal autoencoder: frames to latents and back, 8 x 8 x 8, 2.5D, causal in time.

Letters: b clips, t frames, c channels, h, w size. Inside, frames are folded into the batch, (b*t, c, h, w), for
spatial convolutions; a temporal convolution mixes each frame with its past by a 1 x 1 convolution over
neighbouring frames laid side by side.
"""

from __future__ import annotations

from typing import cast

import torch
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.modeling_utils import ModelMixin
from torch import Tensor, nn
from torch.nn import functional

from model_runtime.video.presets import LATENT_CHANNELS
from model_runtime.video.shapes import drawn_frames, latent_frames
from model_runtime.video.tiling import Tiling, decode_tiled

TAPS = 3  # frames a temporal convolution sees
PREVIEW_SCALE = 4  # a preview is this many times larger than its latents


def active(x: Tensor) -> Tensor:
    """A leaky rectifier: on a CPU its backward pass costs a fifth of SiLU's, and quality was the same."""
    return functional.leaky_relu(x, 0.1)


def unfold_time(x: Tensor, clips: int) -> Tensor:
    """(b*t, c, h, w) -> (b, t, c, h, w)"""
    return x.unflatten(0, (clips, -1))


def channels_last(x: Tensor, clips: int) -> Tensor:
    """(b*t, c, h, w) -> (b, t, h, w, c): the order the memory is kept in, so nothing is copied."""
    return x.permute(0, 2, 3, 1).unflatten(0, (clips, -1))


def channels_first(x: Tensor) -> Tensor:
    """(b, t, h, w, c) -> (b*t, c, h, w)"""
    return x.flatten(0, 1).permute(0, 3, 1, 2)


class TemporalConv(nn.Module):
    """Each frame from itself and its two past frames (causal) or both neighbours (symmetric).

    With `stride` 2 it keeps every other frame: 1 + 2n frames become 1 + n (causal), n become ceil(n / 2)
    (symmetric). Edges repeat the edge frame, so that one frame alone gives what it gives at a clip's start.
    """

    def __init__(self, inputs: int, outputs: int, *, causal: bool, stride: int = 1) -> None:
        super().__init__()
        self.causal, self.stride = causal, stride
        self.mix = nn.Linear(TAPS * inputs, outputs)

    def forward(self, x: Tensor, clips: int) -> Tensor:
        return channels_first(self.mix_frames(channels_last(x, clips)))

    def mix_frames(self, frames: Tensor) -> Tensor:
        """(b, t, h, w, c) -> (b, t/stride, h, w, outputs)"""
        past = TAPS - 1 if self.causal else TAPS // 2
        future = TAPS - 1 - past
        padded = torch.cat([frames[:, :1]] * past + [frames] + [frames[:, -1:]] * future, dim=1)
        count = (frames.shape[1] - 1) // self.stride + 1
        taps = [padded[:, tap : tap + (count - 1) * self.stride + 1 : self.stride] for tap in range(TAPS)]
        return cast(Tensor, self.mix(torch.cat(taps, dim=-1)))

    def start_as_identity(self) -> None:
        """Pass each frame through unchanged: the clip starts as separate stills (Movie Gen's inflation)."""
        outputs, inputs = self.mix.out_features, self.mix.in_features // TAPS
        now = TAPS - 1 if self.causal else TAPS // 2
        nn.init.zeros_(self.mix.weight)
        for channel in range(min(outputs, inputs)):
            self.mix.weight.data[channel, now * inputs + channel] = 1.0


class TemporalUp(nn.Module):
    """Twice the frames; causal: each frame but the first becomes two, 1 + n -> 1 + 2n."""

    def __init__(self, inputs: int, outputs: int, *, causal: bool) -> None:
        super().__init__()
        self.causal = causal
        self.conv = TemporalConv(inputs, 2 * outputs, causal=causal)

    def forward(self, x: Tensor, clips: int) -> Tensor:
        pairs = self.conv.mix_frames(channels_last(x, clips))  # (b, t, h, w, 2c)
        doubled = torch.stack(pairs.chunk(2, dim=-1), dim=2).flatten(1, 2)  # (b, 2t, h, w, c)
        return channels_first(doubled[:, 1:] if self.causal else doubled)

    def start_as_identity(self) -> None:
        """Both frames of a pair start as the frame they come from."""
        self.conv.start_as_identity()
        half = self.conv.mix.out_features // 2
        self.conv.mix.weight.data[half:] = self.conv.mix.weight.data[:half]


class Block(nn.Module):
    """Residual: spatial, temporal (left out at full size, where it costs most and adds least), spatial."""

    def __init__(self, width: int, *, causal: bool, temporal: bool = True) -> None:
        super().__init__()
        self.inner = nn.Conv2d(width, width, 3, padding=1)
        self.time = TemporalConv(width, width, causal=causal) if temporal else None
        self.outer = nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x: Tensor, clips: int) -> Tensor:
        hidden = self.inner(active(x))
        if self.time is not None:
            hidden = self.time(hidden, clips)
        return x + cast(Tensor, self.outer(active(hidden)))


class Encoder(nn.Module):
    """(b*t, 3, h, w) in -1..1 -> (b*n, 2c, h/8, w/8): means and log variances of the latents."""

    def __init__(self, widths: tuple[int, int, int], latent_channels: int, *, causal: bool) -> None:
        super().__init__()
        full, half, deep = widths
        self.stem = nn.Conv2d(12, full, 3, padding=1)
        self.time_1 = TemporalConv(full, full, causal=causal, stride=2)
        self.down_1 = nn.Conv2d(full, half, 3, stride=2, padding=1)
        self.block_1 = Block(half, causal=causal)
        self.time_2 = TemporalConv(half, half, causal=causal, stride=2)
        self.down_2 = nn.Conv2d(half, deep, 3, stride=2, padding=1)
        self.block_2 = Block(deep, causal=causal)
        self.time_3 = TemporalConv(deep, deep, causal=causal, stride=2)
        self.block_3 = Block(deep, causal=causal)
        self.block_4 = Block(deep, causal=causal)
        self.head = nn.Conv2d(deep, 2 * latent_channels, 1)

    def forward(self, x: Tensor, clips: int) -> Tensor:
        x = active(self.stem(functional.pixel_unshuffle(x, 2)))  # (b*t, full, h/2, w/2)
        x = active(self.time_1(x, clips))
        x = self.block_1(self.down_1(x), clips)  # (b*t/2, half, h/4, w/4)
        x = self.time_2(x, clips)
        x = self.block_2(self.down_2(active(x)), clips)  # (b*t/4, deep, h/8, w/8)
        x = self.time_3(x, clips)
        x = self.block_4(self.block_3(x, clips), clips)
        return cast(Tensor, self.head(active(x)))


class Decoder(nn.Module):
    """(b*n, c, h/8, w/8) -> (b*t, 3, h*draws, w*draws): the last step is one pixel shuffle."""

    def __init__(self, widths: tuple[int, int, int], latent_channels: int, draws: int, *, causal: bool) -> None:
        super().__init__()
        full, half, deep = widths
        self.draws = draws
        self.stem = nn.Conv2d(latent_channels, deep, 3, padding=1)
        self.block_1 = Block(deep, causal=causal)
        self.block_2 = Block(deep, causal=causal)
        self.time_1 = TemporalUp(deep, deep, causal=causal)
        self.block_3 = Block(deep, causal=causal)
        self.block_4 = Block(deep, causal=causal)
        self.up_1 = nn.Conv2d(deep, 4 * half, 3, padding=1)
        self.time_2 = TemporalUp(half, half, causal=causal)
        self.block_5 = Block(half, causal=causal)
        self.block_6 = Block(half, causal=causal)
        self.up_2 = nn.Conv2d(half, 4 * full, 3, padding=1)
        self.time_3 = TemporalUp(full, full, causal=causal)
        self.block_7 = Block(full, causal=causal, temporal=False)
        self.head = nn.Conv2d(full, 3 * (2 * draws) ** 2, 3, padding=1)

    def forward(self, x: Tensor, clips: int) -> Tensor:
        x = self.block_2(self.block_1(self.stem(x), clips), clips)
        x = self.block_4(self.block_3(self.time_1(active(x), clips), clips), clips)
        x = functional.pixel_shuffle(self.up_1(active(x)), 2)  # (b*t/4, half, h/4, w/4)
        x = self.block_6(self.block_5(self.time_2(x, clips), clips), clips)
        x = functional.pixel_shuffle(self.up_2(active(x)), 2)  # (b*t/2, full, h/2, w/2)
        x = self.block_7(self.time_3(active(x), clips), clips)
        return functional.pixel_shuffle(self.head(active(x)), 2 * self.draws)


class SketchAutoencoder(ModelMixin, ConfigMixin):
    """Frames (b, 3, t, h, w) in -1..1 <-> latents (b, c, n, h/8, w/8), normalised per channel.

    Causal: 1 + 8n frames are 1 + n latents, and the first frame alone is its own latent, equal to a still's.
    Symmetric: t frames are ceil(t / 8) latents. First and later latents have their own mean and spread,
    because the first holds one frame and the others eight.
    """

    @register_to_config
    def __init__(
        self,
        encoder_widths: tuple[int, int, int] = (32, 64, 128),
        decoder_widths: tuple[int, int, int] = (40, 80, 128),
        latent_channels: int = LATENT_CHANNELS,
        draws: int = 2,
        time_padding: str = "causal",
    ) -> None:
        super().__init__()
        self.causal = time_padding == "causal"
        self.draws = draws
        self.latent_channels = latent_channels
        # a configuration read from a file has lists
        inner, outer = (cast(tuple[int, int, int], tuple(each)) for each in (encoder_widths, decoder_widths))
        self.encoder = Encoder(inner, latent_channels, causal=self.causal)
        self.decoder = Decoder(outer, latent_channels, draws, causal=self.causal)
        self.register_buffer("latent_mean", torch.zeros(2, latent_channels))
        self.register_buffer("latent_std", torch.ones(2, latent_channels))
        # colours of a preview's 4 x 4 pixels from one latent, fitted by least squares when weights are shipped
        self.register_buffer("preview_map", torch.zeros(3 * PREVIEW_SCALE**2, latent_channels + 1))
        self.initialize_weights()

    def initialize_weights(self) -> None:
        for module in self.modules():
            if isinstance(module, nn.Conv2d | nn.Linear):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
                nn.init.zeros_(cast(Tensor, module.bias))
        for module in self.modules():
            if isinstance(module, Block):
                # a block starts as nearly nothing: no norm layers are needed for the depth
                module.outer.weight.data.mul_(0.1)
            if isinstance(module, TemporalConv | TemporalUp):
                module.start_as_identity()
        self.decoder.head.weight.data.mul_(0.1)  # the first pictures are grey, not noise
        self.encoder.head.weight.data[self.latent_channels :].mul_(0.01)
        cast(Tensor, self.encoder.head.bias).data[
            self.latent_channels :
        ] = -4.0  # nearly certain latents from the start

    def posterior(self, frames: Tensor) -> tuple[Tensor, Tensor]:
        """Means and log variances of the raw latents, (b, c, n, h/8, w/8) each."""
        clips, _, count, height, width = frames.shape
        if self.causal:
            latent_frames(count)
        if height % 8 or width % 8:
            raise ValueError(f"frames of {width}x{height} cannot be encoded: sizes must be multiples of 8")
        folded = frames.transpose(1, 2).flatten(0, 1).contiguous(memory_format=torch.channels_last)
        both = unfold_time(self.encoder(folded, clips), clips).transpose(1, 2)
        mean, log_variance = both.chunk(2, dim=1)
        return mean, log_variance.clamp(-12.0, 4.0)

    def _stats(self, values: Tensor, count: int) -> Tensor:
        """(2, c) -> (1, c, count, 1, 1): the first latent's row, then the later ones'."""
        rows = values[torch.arange(count).clamp(max=1)]
        return rows.t()[None, :, :, None, None]

    def normalise(self, raw: Tensor) -> Tensor:
        count = raw.shape[2]
        return (raw - self._stats(self.latent_mean, count)) / self._stats(self.latent_std, count)

    def denormalise(self, latents: Tensor) -> Tensor:
        count = latents.shape[2]
        return latents * self._stats(self.latent_std, count) + self._stats(self.latent_mean, count)

    def encode(self, frames: Tensor) -> Tensor:
        """Normalised latents of frames (b, 3, t, h, w) in -1..1, no sampling."""
        return self.normalise(self.posterior(frames)[0])

    def decode_raw(self, raw: Tensor, frames: int | None = None) -> Tensor:
        """(b, c, n, h, w) -> (b, 3, t, 8h*draws, 8w*draws); symmetric drops what exceeds `frames`."""
        clips, _, count = raw.shape[:3]
        folded = raw.transpose(1, 2).flatten(0, 1).contiguous(memory_format=torch.channels_last)
        drawn = unfold_time(self.decoder(folded, clips), clips).transpose(1, 2)
        if frames is None:
            return drawn
        if frames > drawn.shape[2] or (self.causal and frames != drawn_frames(count)):
            raise ValueError(f"{count} latents decode to {drawn.shape[2]} frames, not {frames}")
        return drawn[:, :, :frames]

    def decode(self, latents: Tensor, frames: int | None = None) -> Tensor:
        """Frames (b, 3, t, h, w) in about -1..1 at the decoder's size, from normalised latents."""
        return self.decode_raw(self.denormalise(latents), frames)

    def decode_tiled(self, latents: Tensor, tiling: Tiling | None = None) -> Tensor:
        """The same in overlapping tiles: memory of one tile however long and large the clip is."""
        raw = self.denormalise(latents)
        return decode_tiled(self.decode_raw, raw, self.draws, tiling or Tiling(), causal=self.causal)

    def preview(self, latents: Tensor) -> Tensor:
        """(b, c, n, h, w) -> (b, 3, n, 4h, 4w) in 0..1: rough colours by a linear map, a few milliseconds."""
        ones = torch.ones_like(latents[:, :1])
        colours = torch.einsum("oc,bcnhw->bnohw", self.preview_map.to(latents.dtype), torch.cat([latents, ones], 1))
        return functional.pixel_shuffle(colours, PREVIEW_SCALE).transpose(1, 2).clamp(0.0, 1.0)
