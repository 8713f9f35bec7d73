"""The missing-shot card: what an exported movie shows where a shot has neither take nor panel."""

from __future__ import annotations

import functools
import textwrap

from PIL import Image, ImageDraw, ImageFont

from studio import assets
from studio.project.cut_cards import EventCard

PAPER = (24, 26, 30)
INK = (232, 232, 228)
QUIET = (150, 154, 162)
LINE = (74, 79, 88)

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def draw(event: EventCard, width: int, height: int) -> Image.Image:
    """One RGB picture of the output size: shot number, action, dialogue and length."""
    margin, unit = width // 16, height / 720
    card = _ground(width, height)
    pen = ImageDraw.Draw(card)
    top = round(height * 0.30)
    length = "1 frame" if event.frames == 1 else f"{event.frames} frames"
    pen.text((margin, top), event.shot_number, INK, font(round(84 * unit), bold=True))
    pen.text((width - margin, top + round(44 * unit)), f"no take yet, {length}", QUIET, font(round(26 * unit)), "ra")
    y = top + round(112 * unit)
    for words, colour, size in ((event.action, INK, 34), (event.dialogue and f"“{event.dialogue}”", QUIET, 30)):
        face = font(round(size * unit))
        for line in _wrapped(words, face, width - 2 * margin)[:2]:
            pen.text((margin, y), line, colour, face)
            y += round(size * 1.35 * unit)
    return card


def _ground(width: int, height: int) -> Image.Image:
    card = Image.new("RGB", (width, height), PAPER)
    inset = width // 40
    ImageDraw.Draw(card).rectangle((inset, inset, width - inset, height - inset), outline=LINE, width=2)
    return card


def _wrapped(words: str, face: Font, room: int) -> list[str]:
    """`words` in lines that fit `room` pixels; text without spaces is broken where it must be."""
    wide = max(1.0, face.getlength("n"))
    lines = textwrap.wrap(" ".join(words.split()), max(8, int(room / wide)))
    return [line if face.getlength(line) <= room else line[: max(4, int(len(line) * room / face.getlength(line)))]
            for line in lines]


@functools.lru_cache(maxsize=16)
def font(pixels: int, bold: bool = False) -> Font:
    """The program's own face where it is shipped, else the one that comes with Pillow."""
    weights = ("SemiBold", "Bold") if bold else ("Regular", "Medium")
    for weight in weights:
        for found in sorted((assets.folder() / "fonts").glob(f"**/*{weight}.[ot]tf")):
            return ImageFont.truetype(str(found), pixels)
    return ImageFont.load_default(pixels)
