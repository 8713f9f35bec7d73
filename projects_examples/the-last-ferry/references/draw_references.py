"""Draws the reference views of the two characters, flat colour under an ink line: front, side, back and face.

    python projects_examples/the-last-ferry/references/draw_references.py

One picture for each view, as tall as the figure: that is how an engine reads them. Mara is drawn with her hood up, and
for the morning after with her hood down.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from model_runtime import safe_files  # noqa: E402

WIDTH, HEIGHT = 768, 512
"""Of a sheet with three views side by side, as the other examples have them."""
VIEW = (320, 480)
"""Of a picture with one view."""
FINE = 4
"""Drawn this many times larger and reduced, so that lines are smooth."""

Point = tuple[float, float]

PAPER, INK, SHADE, FLOOR = "#f3efe6", "#1c1d22", "#d9d3c5", "#c4bdad"
SKIN, SKIN_DARK = "#e8b48f", "#cf9670"
YELLOW, YELLOW_DARK, BLACK_HAIR = "#f2c230", "#c9971a", "#23222a"
DARK, DARK_DEEP, RED, RED_DARK, BROWN_HAIR = "#3a3f4d", "#2a2e39", "#c8352f", "#962420", "#6b4428"
BOOT, TROUSERS, SKY = "#30343b", "#545a66", "#dfe5e8"
CLOSE_VIEW = (430, 50, 738, 480)


class Sheet:
    """A pen in a figure's own units: 0 at its middle and feet, y upwards, one figure 100 high."""

    def __init__(self, size: tuple[int, int] = (WIDTH, HEIGHT), paper: str = PAPER) -> None:
        self.size = size
        self.picture = Image.new("RGB", (size[0] * FINE, size[1] * FINE), paper)
        self.pen = ImageDraw.Draw(self.picture)
        self.at(0, 0, 1)

    def at(self, x: float, y: float, scale: float) -> None:
        """Stand the next figure at picture point (x, y), `scale` pixels to a unit."""
        self.x, self.y, self.scale = x, y, scale

    def place(self, point: Point) -> Point:
        return (self.x + point[0] * self.scale) * FINE, (self.y - point[1] * self.scale) * FINE

    @property
    def line(self) -> int:
        return round(min(max(2.2, 0.75 * self.scale), 5) * FINE)

    def shape(self, colour: str, *points: Point, ink: bool = True) -> None:
        placed = [self.place(point) for point in points]
        self.pen.polygon(placed, fill=colour)
        if ink:
            self.pen.line([*placed, placed[0], placed[1]], fill=INK, width=self.line, joint="curve")

    def oval(self, colour: str, centre: Point, wide: float, high: float, ink: bool = True) -> None:
        left, top = self.place((centre[0] - wide / 2, centre[1] + high / 2))
        right, foot = self.place((centre[0] + wide / 2, centre[1] - high / 2))
        self.pen.ellipse((left, top, right, foot), fill=colour, outline=INK if ink else None,
                         width=self.line if ink else 0)

    def stroke(self, *points: Point, colour: str = INK) -> None:
        self.pen.line([self.place(point) for point in points], fill=colour, width=self.line, joint="curve")

    def ground(self) -> None:
        self.oval(SHADE, (0, 0.5), 38, 5, ink=False)

    def save(self, path: Path) -> None:
        small = self.picture.resize(self.size, Image.Resampling.LANCZOS)
        with safe_files.open_new(path) as file:
            small.quantize(128, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)


Draw = Callable[[Sheet], None]


def legs(sheet: Sheet, colour: str, apart: float) -> None:
    for side in (-1, 1):
        middle = side * apart
        sheet.shape(colour, (middle - 3.2, 30), (middle + 3.2, 30), (middle + 2.6, 8), (middle - 2.6, 8))
        sheet.shape(BOOT, (middle - 3, 11), (middle + 3, 11), (middle + 3.4 + max(side, 0), 1),
                    (middle - 3.4 + min(side, 0), 1))


def eyes(sheet: Sheet, *places: Point) -> None:
    for x, y in places:
        sheet.oval(INK, (x, y), 1.5, 2.2, ink=False)


def mara_front(sheet: Sheet) -> None:
    legs(sheet, TROUSERS, 5)
    for side in (-1, 1):
        sheet.shape(YELLOW_DARK, (side * 11, 72), (side * 16.5, 62), (side * 18, 42), (side * 13, 41), (side * 9, 60))
        sheet.oval(SKIN, (side * 15.5, 39.5), 5, 5.5)
    sheet.shape(YELLOW, (-11.5, 74), (11.5, 74), (15, 24), (-15, 24))
    sheet.shape(YELLOW_DARK, (4, 74), (11.5, 74), (15, 24), (8, 24), ink=False)
    sheet.stroke((0, 70), (0, 24))
    for y in (60, 50, 40):
        sheet.oval(INK, (2.4, y), 1.8, 1.8, ink=False)
    for side in (-1, 1):
        sheet.stroke((side * 6, 38), (side * 12, 38))
    mara_head_front(sheet)


def mara_head_front(sheet: Sheet) -> None:
    sheet.shape(YELLOW, (-12, 74), (-13, 86), (-8.5, 96), (0, 100), (8.5, 96), (13, 86), (12, 74), (0, 70))
    sheet.oval(BLACK_HAIR, (0, 84), 18, 21)
    sheet.oval(SKIN, (0, 82.5), 14, 17, ink=False)
    sheet.shape(BLACK_HAIR, (-7.6, 85), (-6, 91.5), (0, 94), (6, 91.5), (7.6, 85), (2, 90), (-3, 88), ink=False)
    sheet.stroke((-12, 74), (0, 70), (12, 74))
    eyes(sheet, (-3, 83.5), (3, 83.5))
    sheet.stroke((-2, 77.6), (0, 77), (2, 77.6))
    sheet.stroke((0, 82), (0.8, 80.3))


def mara_side(sheet: Sheet) -> None:
    legs(sheet, TROUSERS, 2.5)
    sheet.shape(YELLOW, (-8, 74), (7, 74), (11, 24), (-12, 24))
    sheet.shape(YELLOW_DARK, (-8, 74), (-3, 74), (-6, 24), (-12, 24), ink=False)
    sheet.shape(YELLOW, (-4, 70), (3, 70), (5.5, 42), (-1.5, 42))
    sheet.oval(SKIN, (2.2, 40), 5, 5.5)
    sheet.shape(YELLOW, (-9, 73), (-12.5, 84), (-9, 95), (-1, 100), (6, 97), (7.5, 90), (6, 72), (0, 70))
    sheet.shape(BLACK_HAIR, (-1, 92), (5, 95), (7, 90), (6, 76), (0, 75), ink=False)
    sheet.shape(SKIN, (2, 91), (7.5, 90), (8.6, 84.5), (10, 81.8), (8.2, 80.8), (8, 76.5), (3, 74.5), (1, 80))
    sheet.shape(BLACK_HAIR, (0, 92), (6.5, 92.5), (7.4, 89), (4, 87), (2, 80), (0, 84), ink=False)
    eyes(sheet, (6.4, 84.6))
    sheet.stroke((8, 78.6), (6, 78.4))


def mara_back(sheet: Sheet) -> None:
    legs(sheet, TROUSERS, 5)
    mara_coat_behind(sheet)
    sheet.shape(YELLOW, (-12, 72), (-13, 86), (-8.5, 96), (0, 100), (8.5, 96), (13, 86), (12, 72), (0, 68))
    sheet.stroke((0, 100), (0, 69))
    sheet.stroke((-12, 72), (0, 68), (12, 72))


def mara_coat_behind(sheet: Sheet) -> None:
    for side in (-1, 1):
        sheet.shape(YELLOW_DARK, (side * 11, 72), (side * 16.5, 62), (side * 18, 42), (side * 13, 41), (side * 9, 60))
        sheet.oval(SKIN, (side * 15.5, 39.5), 5, 5.5)
    sheet.shape(YELLOW, (-11.5, 74), (11.5, 74), (15, 24), (-15, 24))
    sheet.shape(YELLOW_DARK, (-15, 24), (-8, 24), (-5, 74), (-11.5, 74), ink=False)
    sheet.stroke((0, 66), (0, 24))


def mara_bare_front(sheet: Sheet) -> None:
    """The morning after: her hood down, her hair out."""
    legs(sheet, TROUSERS, 5)
    for side in (-1, 1):
        sheet.shape(YELLOW_DARK, (side * 11, 72), (side * 16.5, 62), (side * 18, 42), (side * 13, 41), (side * 9, 60))
        sheet.oval(SKIN, (side * 15.5, 39.5), 5, 5.5)
    sheet.shape(YELLOW, (-11.5, 74), (11.5, 74), (15, 24), (-15, 24))
    sheet.shape(YELLOW_DARK, (4, 74), (11.5, 74), (15, 24), (8, 24), ink=False)
    sheet.stroke((0, 70), (0, 24))
    for y in (60, 50, 40):
        sheet.oval(INK, (2.4, y), 1.8, 1.8, ink=False)
    for side in (-1, 1):
        sheet.stroke((side * 6, 38), (side * 12, 38))
    mara_bare_head_front(sheet)


def mara_bare_head_front(sheet: Sheet) -> None:
    sheet.shape(BLACK_HAIR, (-9.5, 72), (-10.5, 86), (-8, 95), (0, 99), (8, 95), (10.5, 86), (9.5, 72))
    sheet.shape(SKIN_DARK, (-3.5, 80), (3.5, 80), (4, 71), (-4, 71), ink=False)
    sheet.oval(SKIN, (0, 83.5), 14.5, 18)
    sheet.shape(BLACK_HAIR, (-8, 82), (-8.6, 90), (-4, 96), (4, 96), (8.6, 90), (8, 82), (6.2, 89), (-1, 92),
                (-6.4, 88.5))
    sheet.shape(YELLOW_DARK, (-12, 74), (-7, 77), (0, 70.5), (7, 77), (12, 74), (8, 69), (0, 66.5), (-8, 69))
    eyes(sheet, (-3, 83.8), (3, 83.8))
    sheet.stroke((-2, 77.9), (0, 77.3), (2, 77.9))
    sheet.stroke((0, 82.3), (0.8, 80.6))


def jon_front(sheet: Sheet) -> None:
    legs(sheet, TROUSERS, 5.4)
    for side in (-1, 1):
        sleeve = ((12.5, 73), (17.5, 66), (18.5, 41), (13, 40), (10, 60))
        sheet.shape(DARK_DEEP, *((side * x, y) for x, y in sleeve))
        sheet.oval(SKIN, (side * 16, 38.5), 5.4, 6)
    sheet.shape(DARK, (-13.5, 75), (13.5, 75), (14, 22), (-14, 22))
    sheet.shape(DARK_DEEP, (5, 75), (13.5, 75), (14, 22), (8, 22), ink=False)
    sheet.shape(DARK_DEEP, (-8, 75), (0, 58), (8, 75))
    sheet.stroke((0, 58), (0, 22))
    for y in (52, 42):
        for side in (-1, 1):
            sheet.oval(INK, (side * 3.2, y), 1.9, 1.9, ink=False)
    jon_head_front(sheet)


def jon_head_front(sheet: Sheet) -> None:
    sheet.shape(RED_DARK, (2, 74), (8, 73), (9.5, 50), (3.5, 50))
    sheet.shape(SKIN_DARK, (-4, 82), (4, 82), (4.5, 72), (-4.5, 72), ink=False)
    sheet.oval(SKIN, (0, 86), 15.5, 19)
    sheet.shape(BROWN_HAIR, (-8.4, 86), (-9, 94), (-4, 100), (4, 100), (9, 94), (8.4, 86), (6.4, 91.5), (-2, 93),
                (-6.6, 90.5))
    sheet.shape(RED, (-9.5, 79), (-6, 76.5), (0, 75.5), (6, 76.5), (9.5, 79), (10, 73), (0, 69), (-10, 73))
    eyes(sheet, (-3.2, 86.6), (3.2, 86.6))
    sheet.stroke((-5, 89.8), (-1.6, 90.2))
    sheet.stroke((5, 89.8), (1.6, 90.2))
    sheet.stroke((0, 85.4), (0.9, 83))
    sheet.stroke((-2, 80.6), (2, 80.6))


def jon_side(sheet: Sheet) -> None:
    legs(sheet, TROUSERS, 2.6)
    sheet.shape(DARK, (-8.5, 75), (8, 75), (10, 22), (-11, 22))
    sheet.shape(DARK_DEEP, (-8.5, 75), (-3.5, 75), (-6, 22), (-11, 22), ink=False)
    sheet.shape(DARK, (-4.5, 71), (3, 71), (5, 41), (-2, 41))
    sheet.oval(SKIN, (1.8, 39), 5.4, 6)
    sheet.shape(SKIN, (-4, 96), (6.5, 95), (8, 89), (10, 85.6), (8, 84.4), (8, 79.5), (4, 74), (-4, 74))
    sheet.shape(BROWN_HAIR, (-8, 84), (-9, 93), (-4, 100), (4, 100.5), (8, 96), (7, 92.5), (1, 92), (-1, 84), (-4, 80))
    sheet.shape(RED, (-8, 80), (0, 76), (7.5, 78.5), (8.5, 73), (0, 69.5), (-9, 74))
    sheet.shape(RED_DARK, (-9, 75), (-4, 73), (-8, 56), (-13, 58))
    eyes(sheet, (5.8, 87.6))
    sheet.stroke((8, 82), (5.6, 82))


def jon_back(sheet: Sheet) -> None:
    legs(sheet, TROUSERS, 5.4)
    for side in (-1, 1):
        sleeve = ((12.5, 73), (17.5, 66), (18.5, 41), (13, 40), (10, 60))
        sheet.shape(DARK_DEEP, *((side * x, y) for x, y in sleeve))
        sheet.oval(SKIN, (side * 16, 38.5), 5.4, 6)
    sheet.shape(DARK, (-13.5, 75), (13.5, 75), (14, 22), (-14, 22))
    sheet.shape(DARK_DEEP, (-13.5, 75), (-5, 75), (-8, 22), (-14, 22), ink=False)
    sheet.stroke((0, 72), (0, 22))
    sheet.shape(SKIN_DARK, (-4, 82), (4, 82), (4.5, 72), (-4.5, 72), ink=False)
    sheet.oval(SKIN, (0, 86), 15.5, 19)
    sheet.shape(BROWN_HAIR, (-8.4, 80), (-9, 94), (-4, 100), (4, 100), (9, 94), (8.4, 80), (0, 78))
    sheet.shape(RED, (-9.5, 79), (0, 77.5), (9.5, 79), (10, 72.5), (0, 70), (-10, 72.5))
    sheet.shape(RED_DARK, (-8, 73), (-2.5, 72), (-4, 50), (-10, 51))


def view_of(draw: Draw, close: bool = False) -> Sheet:
    """One view alone: the whole figure on paper, or the face before the sky."""
    sheet = Sheet(VIEW, SKY if close else PAPER)
    width, height = VIEW
    if close:
        sheet.at(width / 2, 1110, 10.2)
    else:
        sheet.at(width / 2, height - 24, 4.3)
        sheet.pen.rectangle((0, (height - 48) * FINE, width * FINE, height * FINE), fill=FLOOR)
        sheet.ground()
    draw(sheet)
    return sheet


def sheet_of(front: Draw, side: Draw, head: Draw) -> Sheet:
    sheet = Sheet()
    left, top, right, foot = CLOSE_VIEW
    sheet.pen.rectangle([value * FINE for value in CLOSE_VIEW], fill=SKY)
    sheet.at((left + right) / 2, 1060, 9.4)
    head(sheet)
    for edge in ((0, 0, left, HEIGHT), (right, 0, WIDTH, HEIGHT), (0, 0, WIDTH, top), (0, foot, WIDTH, HEIGHT)):
        sheet.pen.rectangle([value * FINE for value in edge], fill=PAPER)
    sheet.pen.rectangle([value * FINE for value in CLOSE_VIEW], outline=INK, width=3 * FINE)
    for x, draw in ((125, front), (315, side)):
        sheet.at(x, 480, 4.3)
        sheet.ground()
        draw(sheet)
    return sheet


def mara_close(sheet: Sheet) -> None:
    sheet.shape(YELLOW, (-14, 74), (14, 74), (18, 60), (-18, 60))
    mara_head_front(sheet)


def jon_close(sheet: Sheet) -> None:
    sheet.shape(DARK, (-16, 75), (16, 75), (19, 60), (-19, 60))
    jon_head_front(sheet)


def mara_bare_close(sheet: Sheet) -> None:
    sheet.shape(YELLOW, (-14, 74), (14, 74), (18, 60), (-18, 60))
    mara_bare_head_front(sheet)


VIEWS: dict[str, tuple[Draw, bool]] = {
    "mara-front": (mara_front, False),
    "mara-side": (mara_side, False),
    "mara-back": (mara_back, False),
    "mara-face": (mara_close, True),
    "mara-bare-front": (mara_bare_front, False),
    "mara-bare-face": (mara_bare_close, True),
    "jon-front": (jon_front, False),
    "jon-side": (jon_side, False),
    "jon-back": (jon_back, False),
    "jon-face": (jon_close, True),
}


def main() -> None:
    here = Path(__file__).resolve().parent
    for name, (draw, close) in VIEWS.items():
        view_of(draw, close).save(here / f"{name}.png")


if __name__ == "__main__":
    main()
