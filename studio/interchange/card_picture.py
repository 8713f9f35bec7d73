"""The missing-shot card: what an exported movie shows where a shot has no take yet."""

from __future__ import annotations

import functools
import textwrap

from PIL import Image, ImageDraw, ImageFont, ImageOps

from studio import assets
from studio.errors import ProjectError
from studio.interchange.shown_cut import Stretch
from studio.project.media_names import refuse_link

PAPER = (24, 26, 30)
INK = (232, 232, 228)
QUIET = (150, 154, 162)
LINE = (74, 79, 88)
BAND = (24, 26, 30, 214)

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def draw(stretch: Stretch, width: int, height: int) -> Image.Image:
    """One RGB picture of the output size: shot number, action, dialogue and length, over the shot's panel if any."""
    event, picture = stretch.event, _panel(stretch)
    margin, unit = width // 16, height / 720
    card = _ground(picture, width, height)
    pen = ImageDraw.Draw(card)
    top = round(height * (0.62 if picture else 0.30))
    length = f"{stretch.frames} frames"
    pen.text((margin, top), event.shot_number, INK, font(round(84 * unit), bold=True))
    pen.text((width - margin, top + round(44 * unit)), f"no take yet, {length}", QUIET, font(round(26 * unit)), "ra")
    y = top + round(112 * unit)
    for words, colour, size in ((event.action, INK, 34), (event.dialogue and f"“{event.dialogue}”", QUIET, 30)):
        face = font(round(size * unit))
        for line in _wrapped(words, face, width - 2 * margin)[:2]:
            pen.text((margin, y), line, colour, face)
            y += round(size * 1.35 * unit)
    return card


def _panel(stretch: Stretch) -> Image.Image | None:
    """What the shot shows so far. A poster that was thrown away with cache/ leaves the card without a picture."""
    event = stretch.event
    if event.picture is None or (event.take and not event.picture.is_file()):
        return None
    try:
        with Image.open(refuse_link(event.picture)) as panel:
            return panel.convert("RGB")
    except (OSError, ValueError, SyntaxError) as error:
        raise ProjectError(f"The panel {event.picture.name} of shot {event.shot_number} cannot be read.",
                           "Run shotwright check on the film; then choose or draw another panel.") from error


def _ground(picture: Image.Image | None, width: int, height: int) -> Image.Image:
    if picture is None:
        card = Image.new("RGB", (width, height), PAPER)
        inset = width // 40
        ImageDraw.Draw(card).rectangle((inset, inset, width - inset, height - inset), outline=LINE, width=2)
        return card
    card = ImageOps.fit(picture, (width, height), Image.Resampling.LANCZOS)
    band = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    ImageDraw.Draw(band).rectangle((0, round(height * 0.6), width, height), fill=BAND)
    return Image.alpha_composite(card.convert("RGBA"), band).convert("RGB")


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
