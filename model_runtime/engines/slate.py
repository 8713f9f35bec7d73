"""The missing-shot card: number, action, dialogue and length on a quiet ground, at exactly the length asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from model_runtime import frames, protocol
from model_runtime.engines.base import JobFolder, LoadFacts, Made, Outcome, Reporter, Stopped, film_frames
from model_runtime.failures import BadInput

if TYPE_CHECKING:
    import numpy as np
    from PIL import ImageDraw, ImageFont

GROUND, INK, QUIET, TRACK, BAR = "#17191C", "#ECEEF1", "#A3AAB4", "#212429", "#4FB9E3"
LONGEST_S = 24 * 3600
ENGINE = "slate"
BYTES_PER_PIXEL = 12


class SlateEngine:
    def __init__(self, assets: Path) -> None:
        self.fonts = assets / "fonts"
        self.seconds_per_megapixel = -1.0

    def info(self) -> protocol.EngineInfo:
        return protocol.EngineInfo(
            id=ENGINE,
            title="Missing-shot card",
            tasks=("clip", "still"),
            frames=(),
            drawings_per_second=0,
            width=0,
            height=0,
            steps=0,
            guidance=0.0,
            prompt_style="",
            max_prompt=0,
        )

    def load(self) -> LoadFacts:
        return LoadFacts()

    def estimate(self, request: protocol.Estimate) -> tuple[float, int]:
        # One full-HD card at a time is all it holds.
        pixels = 1920 * 1080
        known = self.seconds_per_megapixel >= 0
        seconds = self.seconds_per_megapixel * request.engine_frames * pixels / 1e6 if known else -1.0
        return seconds, pixels * BYTES_PER_PIXEL

    def unload(self) -> None:
        """Nothing is held."""

    def generate(self, request: protocol.Generate, reporter: Reporter, folder: JobFolder) -> Outcome:
        count = _checked_frames(request)
        spec = frames.MovieSpec(
            request.width, request.height, request.rate, request.recipe, request.start_timecode, request.reel
        )
        spec.check()
        began = time.monotonic()
        card = draw_card(request.card or protocol.CardText(), request.width, request.height, self.fonts)
        reporter.progress("drawing", 1, 1)
        reporter.preview([card])
        if request.kind == "still":
            frames.write_still(folder.path / frames.STILL, card, request.recipe)
            outputs = [folder.output("still", frames.STILL)]
        else:
            done = frames.write_movie(
                folder.path / frames.MOVIE,
                _frames(card, count),
                spec,
                count=count,
                on_frame=lambda done: reporter.progress("writing", done, count),
                should_stop=reporter.should_stop,
            )
            if not done:
                return Stopped(0)
            frames.write_poster(folder.path / frames.POSTER, card)
            outputs = [folder.output("movie", frames.MOVIE), folder.output("poster", frames.POSTER)]
        seconds = time.monotonic() - began
        self.seconds_per_megapixel = seconds / (count * request.width * request.height / 1e6)
        return Made(tuple(outputs), _facts(request, count, seconds))


def _checked_frames(request: protocol.Generate) -> int:
    """Frames of the finished file; refused outside 1 frame to 24 hours."""
    count = film_frames(request)
    longest = LONGEST_S * request.rate[0] // max(request.rate[1], 1)
    if not 1 <= count <= longest:
        raise BadInput(f"A card of {count} frames cannot be made.", f"Ask for 1 to {longest} frames.")
    return count


def draw_card(card: protocol.CardText, width: int, height: int, fonts: Path) -> np.ndarray:
    """The card as RGB (h, w, 3) uint8. Long texts end in an ellipsis."""
    import numpy
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (width, height), GROUND)
    draw = ImageDraw.Draw(image)
    unit = min(width / 16, height / 9)
    left, room = round(1.5 * unit), max(1, round(width - 3 * unit))
    y = 1.4 * unit
    y = (
        _paragraph(draw, (left, y), card.number or "–", room, 1, _font(fonts, "SemiBold", 1.5 * unit), INK)
        + 0.35 * unit
    )
    y = _paragraph(draw, (left, y), card.action, room, 3, _font(fonts, "Regular", 0.52 * unit), INK) + 0.3 * unit
    spoken = f"“{card.dialogue.strip(chr(34) + '“” ')}”" if card.dialogue.strip() else ""
    _paragraph(draw, (left, y), spoken, room, 2, _font(fonts, "Regular", 0.44 * unit), QUIET)
    foot = _font(fonts, "Medium", 0.36 * unit)
    _paragraph(draw, (left, height - 1.15 * unit), card.length, room, 1, foot, QUIET)
    return numpy.asarray(image)


def _frames(card: np.ndarray, count: int) -> Iterator[np.ndarray]:
    """The card with a thin line at its foot that fills as the shot runs."""
    from PIL import ImageColor

    height, width, _ = card.shape
    thick = max(2, height // 180)
    picture = card.copy()
    picture[height - thick :] = ImageColor.getrgb(TRACK)
    for index in range(count):
        picture[height - thick :, : max(1, width * (index + 1) // count)] = ImageColor.getrgb(BAR)
        yield picture


def _font(folder: Path, weight: str, size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The shipped face, or the one inside Pillow where it is not there."""
    from PIL import ImageFont

    pixels = max(6.0, size)
    path = folder / f"Inter-{weight}.otf"
    if path.is_file():
        return ImageFont.truetype(str(path), pixels)
    return ImageFont.load_default(pixels)


def _paragraph(
    draw: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    room: int,
    lines: int,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    ink: str,
) -> float:
    """Draw at most so many lines; returns where the next thing may start."""
    x, y = at
    step = 1.28 * font.getbbox("Ag|")[3]
    for line in wrapped(text, lines, lambda part: draw.textlength(part, font=font) <= room):
        draw.text((x, y), line, font=font, fill=ink)
        y += step
    return y


def wrapped(text: str, lines: int, fits: Callable[[str], bool]) -> list[str]:
    """`text` in at most `lines` lines that fit; what is too long ends in an ellipsis."""
    rows: list[str] = []
    for word in text.split():
        if rows and fits(f"{rows[-1]} {word}"):
            rows[-1] = f"{rows[-1]} {word}"
        else:
            rows.append(word)
        if len(rows) > lines:
            rows = [*rows[: lines - 1], f"{rows[lines - 1]} …"]
            break
    return [_cut(row, fits) for row in rows]


def _cut(row: str, fits: Callable[[str], bool]) -> str:
    if fits(row):
        return row
    low, high = 0, len(row)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(row[:middle].rstrip(" …") + "…") else (low, middle - 1)
    return row[:low].rstrip(" …") + "…"


def _facts(request: protocol.Generate, count: int, seconds: float) -> dict[str, object]:
    return {
        "frames": count,
        "width": request.width,
        "height": request.height,
        "rate": list(request.rate),
        "native_width": request.width,
        "native_height": request.height,
        "weights": "",
        "device": "cpu",
        "seconds": frames.seconds_facts({"writing": seconds}),
    }
