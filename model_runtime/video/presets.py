"""Named parameter sets of the sketch engine: one base, the rest by replacing fields. No torch here."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

TimePadding = Literal["causal", "symmetric"]

# Sizes the whole design rests on: the autoencoder makes one latent of 8x8 pixels and 8 frames.
LATENT_STRIDE = 8
LATENT_CHANNELS = 32
PATCH = 2

# A reference picture, in pixels, and how many of them a request holds.
REFERENCE_WIDTH, REFERENCE_HEIGHT = 64, 96
MOST_REFERENCES = 8

# What is used where nobody asks for another guidance, and what the card is measured with.
GUIDANCE = 2.5
# Led apart from the text, for a third more time: of 64 held-out shots 64 % showed the reference's colour, without (1.0)
# 28 %; 8 gained no more.
REFERENCE_GUIDANCE = 6.0


@dataclass(frozen=True)
class AutoencoderParams:
    """Widths of the autoencoder, from full size inwards; `draws` is how much larger the decoder's picture is."""

    encoder_widths: tuple[int, int, int] = (32, 64, 128)
    decoder_widths: tuple[int, int, int] = (40, 80, 128)
    latent_channels: int = LATENT_CHANNELS
    draws: int = 2
    time_padding: TimePadding = "causal"


@dataclass(frozen=True)
class TextParams:
    """The text encoder; its vocabulary is stored with its weights, not here."""

    width: int = 128
    layers: int = 2
    heads: int = 4
    max_tokens: int = 128


@dataclass(frozen=True)
class TransformerParams:
    """The transformer; `grid` is the largest (time, height, width) in tokens its positions reach."""

    layers: int = 8
    width: int = 256
    heads: int = 4
    hidden: int = 682
    grid: tuple[int, int, int] = (4, 9, 9)
    latent_channels: int = LATENT_CHANNELS
    text_width: int = 128


@dataclass(frozen=True)
class SketchPreset:
    """Everything that fixes the sizes of one sketch engine.

    `width` and `height` are pixels of a drawing of its usual aspect, `sizes` all it was made for, the usual first.
    """

    name: str
    width: int = 144
    height: int = 80
    sizes: tuple[tuple[int, int], ...] = ((144, 80), (112, 96), (80, 144))
    max_frames: int = 25
    autoencoder: AutoencoderParams = AutoencoderParams()
    text: TextParams = TextParams()
    transformer: TransformerParams = TransformerParams()

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


SMALL = SketchPreset(name="small")
BASE = replace(
    SMALL,
    name="base",
    width=256,
    height=144,
    sizes=((256, 144), (192, 192), (144, 256)),
    transformer=replace(SMALL.transformer, layers=9, grid=(4, 16, 16)),
)
TINY = SketchPreset(
    name="tiny",
    width=48,
    height=32,
    sizes=((48, 32), (32, 32), (32, 48)),
    autoencoder=AutoencoderParams(encoder_widths=(8, 8, 16), decoder_widths=(8, 8, 16)),
    text=TextParams(width=32, layers=1, heads=2),
    transformer=TransformerParams(layers=2, width=32, heads=2, hidden=64, grid=(4, 3, 3), text_width=32),
)

_BY_NAME = {each.name: each for each in (SMALL, BASE, TINY)}


def preset(name: str) -> SketchPreset:
    """The preset of that name; ValueError names the known ones."""
    if name not in _BY_NAME:
        raise ValueError(f"there is no preset {name!r}; the presets are {', '.join(_BY_NAME)}")
    return _BY_NAME[name]


def preset_from_dict(fields: dict[str, Any]) -> SketchPreset:
    """A preset as stored in a weights manifest (lists become tuples again)."""
    parts = dict(fields)
    encoder = dict(parts.pop("autoencoder"))
    for widths in ("encoder_widths", "decoder_widths"):
        encoder[widths] = tuple(encoder[widths])
    transformer = dict(parts.pop("transformer"))
    transformer["grid"] = tuple(transformer["grid"])
    parts["sizes"] = tuple((width, height) for width, height in parts["sizes"])
    return SketchPreset(
        autoencoder=AutoencoderParams(**encoder),
        text=TextParams(**parts.pop("text")),
        transformer=TransformerParams(**transformer),
        **parts,
    )
