"""Decoding in overlapping tiles that are blended by linear ramps, for clips of any length and size.

Time stays causal: a tile that begins at latent s draws frames from 8s on, and nothing before them. Its first frames
lack the past that the whole clip would give them, so half of the overlap with the tile before is drawn only to become
that past, and over the other half the tile fades in.

Letters: t, h, w of latents along an axis; a span is a range of latents, or of the frames or pixels they draw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import torch
from torch import Tensor

from model_runtime.video.presets import LATENT_STRIDE


@dataclass(frozen=True)
class Tiling:
    """Sizes of tiles and how far neighbours overlap at least, (time, height, width) in latents."""

    tile: tuple[int, int, int] = (9, 24, 24)
    overlap: tuple[int, int, int] = (3, 6, 6)

    def __post_init__(self) -> None:
        for tile, overlap in zip(self.tile, self.overlap, strict=True):
            if not 1 <= overlap <= tile // 2:
                raise ValueError(
                    f"tiles of {self.tile} latents cannot overlap by {self.overlap}: 1 to half is possible"
                )


@dataclass(frozen=True)
class Axis:
    """How latents along one axis become frames or pixels: `scale` each, the first `first` (1 where time is causal)."""

    scale: int
    first: int

    def drawn(self, latents: range) -> range:
        """What a tile of these latents draws, in the whole's numbers."""
        start = latents.start * self.scale
        return range(start, start + self.first + (len(latents) - 1) * self.scale)

    def shares(self, drawn: list[range], overlap: int) -> list[Tensor]:
        """Of tiles that overlap by so many latents at least."""
        places = len(self.drawn(range(overlap)))
        return ramps(drawn, places, places // 2 if self.first < self.scale else 0)


def spans(length: int, tile: int, overlap: int) -> list[range]:
    """Evenly spread tiles over `length` latents, neighbours overlapping by at least `overlap`."""
    if length <= tile:
        return [range(length)]
    count = -(-(length - overlap) // (tile - overlap))
    starts = [round(place * (length - tile) / (count - 1)) for place in range(count)]
    return [range(start, start + tile) for start in starts]


def ramps(drawn: list[range], overlap: int, unused: int = 0) -> list[Tensor]:
    """For each span along one axis its share at each place; the shares at a place sum to 1.

    Of the `overlap` places that a span shares with the one before, the first `unused` are not shown at all.
    """
    length, fade = drawn[-1].stop, overlap - unused
    shares = []
    for number, span in enumerate(drawn):
        share = torch.zeros(length)
        places = torch.arange(len(span), dtype=torch.float32)
        rising = (places + 1 - unused) / (fade + 1) if number else torch.ones(len(span))
        falling = (len(span) - places) / (fade + 1) if number < len(drawn) - 1 else torch.ones(len(span))
        share[span.start : span.stop] = torch.minimum(rising, falling).clamp(0.0, 1.0)
        shares.append(share)
    whole = torch.stack(shares).sum(dim=0)
    return [(share / whole)[span.start : span.stop] for share, span in zip(shares, drawn, strict=True)]


def decode_tiled(
    decode_raw: Callable[[Tensor], Tensor], raw: Tensor, draws: int, tiling: Tiling, *, causal: bool
) -> Tensor:
    """(b, c, n, h, w) -> (b, 3, t, 8h*draws, 8w*draws) by `decode_raw`, which decodes one tile of raw latents."""
    pixels = Axis(LATENT_STRIDE * draws, LATENT_STRIDE * draws)
    axes = (Axis(LATENT_STRIDE, 1 if causal else LATENT_STRIDE), pixels, pixels)
    sizes = raw.shape[2:]
    out = raw.new_zeros(raw.shape[0], 3, *(len(axis.drawn(range(n))) for axis, n in zip(axes, sizes, strict=True)))
    for latents, drawn, shares in _tiles(sizes, axes, tiling):
        t, h, w = (slice(each.start, each.stop) for each in latents)
        tile = decode_raw(raw[:, :, t, h, w])
        time, height, width = (share.to(tile) for share in shares)
        ft, fh, fw = (slice(each.start, each.stop) for each in drawn)
        out[:, :, ft, fh, fw] += tile * time[:, None, None] * height[:, None] * width
    return out


_Three = tuple[range, range, range]


def _tiles(
    sizes: tuple[int, ...], axes: tuple[Axis, Axis, Axis], tiling: Tiling
) -> Iterator[tuple[_Three, _Three, tuple[Tensor, Tensor, Tensor]]]:
    """Of each tile its latents, what it draws, and its shares, along time, height and width."""
    along = []
    for size, axis, tile, overlap in zip(sizes, axes, tiling.tile, tiling.overlap, strict=True):
        latents = spans(size, tile, overlap)
        drawn = [axis.drawn(span) for span in latents]
        along.append(list(zip(latents, drawn, axis.shares(drawn, overlap), strict=True)))
    for three in product(*along):
        latents_of, drawn_of, shares_of = zip(*three, strict=True)
        yield latents_of, drawn_of, shares_of
