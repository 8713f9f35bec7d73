"""The missing-shot card: what an exported movie shows where a shot has neither take nor panel.

Laid out and coloured as the viewer's (`ui/viewer/missing_card.py`), at the film's own size.
"""

from __future__ import annotations

import functools
import tomllib
from bisect import bisect_right

from PIL import Image, ImageDraw, ImageFont

from studio import assets
from studio.project.cut_cards import EventCard

DESIGNED_FOR = (520, 292)
"""Width and height for which the sizes below, and those of the type, were chosen."""
MARGIN, FOOT, CORNER = 28, 24, 80
MOST_LINES, MOST_LETTERS = 6, 1_000
"""Of action and dialogue; what is longer is cut off."""

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Colour = tuple[int, int, int]


def draw(event: EventCard, width: int, height: int) -> Image.Image:
    """One RGB picture of the output size: shot number, action, dialogue and length."""
    colours, unit = _colours(), min(width / DESIGNED_FOR[0], height / DESIGNED_FOR[1])
    card = Image.new("RGB", (width, height), colours["grey-1"])
    pen = ImageDraw.Draw(card)
    corner = round(CORNER * unit)
    pen.polygon([(width - corner, 0), (width, 0), (width, corner)], colours["grey-2"])
    margin = round(MARGIN * unit)

    def write(top: float, words: str, size: int, colour: str, *, bold: bool = False) -> None:
        pen.text((margin, top), words, colours[colour], font(round(size * unit), bold), "lm")

    write((MARGIN + 8) * unit, "Missing shot", 12, "grey-4")
    write((MARGIN + 42) * unit, event.shot_number, 40, "grey-5", bold=True)
    spoken = " ".join(filter(None, (event.action, event.dialogue and f"“{event.dialogue}”")))
    for row, line in enumerate(_lines(spoken[:MOST_LETTERS], font(round(13 * unit)), width - 2 * margin)):
        write((MARGIN + 84 + 20 * row) * unit, line, 13, "grey-4")
    length = "1 frame" if event.frames == 1 else f"{event.frames} frames"
    write(height - (FOOT + 10) * unit, length, 12, "grey-4")
    return card


def _lines(words: str, face: Font, room: int) -> list[str]:
    """`words` in lines that fit `room` pixels; a word that is longer than a line is broken."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= room:
            lines[-1] = longer
            continue
        while face.getlength(word) > room and len(word) > 1:
            fits = _fitting(word, face, room)
            lines.append(word[:fits])
            word = word[fits:]
        lines.append(word)
        if len(lines) > MOST_LINES:
            return [*lines[:MOST_LINES - 1], lines[MOST_LINES - 1] + " …"]
    return lines


def _fitting(word: str, face: Font, room: int) -> int:
    """How many of its letters fit, one at least."""
    return max(1, bisect_right(range(len(word)), float(room), key=lambda n: float(face.getlength(word[:n]))) - 1)


@functools.lru_cache(maxsize=1)
def _colours() -> dict[str, Colour]:
    tokens = tomllib.loads((assets.folder() / "theme" / "tokens.toml").read_text(encoding="utf-8"))
    found = {name: tokens["colour"][name] for name in ("grey-1", "grey-2", "grey-4", "grey-5")}
    return {name: (int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)) for name, text in found.items()}


@functools.lru_cache(maxsize=16)
def font(pixels: int, bold: bool = False) -> Font:
    """The program's own face where it is shipped, else the one that comes with Pillow."""
    weights = ("SemiBold", "Bold") if bold else ("Regular", "Medium")
    for weight in weights:
        for found in sorted((assets.folder() / "fonts").glob(f"**/*{weight}.[ot]tf")):
            return ImageFont.truetype(str(found), max(1, pixels))
    return ImageFont.load_default(max(1, pixels))
