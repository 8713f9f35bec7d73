"""Draws the reference sheets of the examples' characters, as the Ferry's are drawn: front, side and a close view.

    python projects_examples/draw_references.py

The Ferry's own two have a script beside them; its pen and its sheet are used here.
"""

from __future__ import annotations

import runpy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FERRY: Mapping[str, Any] = runpy.run_path(str(HERE / "the-last-ferry" / "references" / "draw_references.py"))
INK, BOOT, TROUSERS = FERRY["INK"], FERRY["BOOT"], FERRY["TROUSERS"]

COLOURS = {
    "green": ("#4f9a63", "#3a774b"), "brown": ("#8a5a36", "#6b4428"), "blue": ("#3f78b8", "#2f5c90"),
    "red": ("#c8352f", "#962420"), "white": ("#eeeae0", "#cfc9ba"), "dark": ("#3a3f4d", "#2a2e39"),
}  # fmt: skip
HAIR = {"red": "#b5502c", "grey": "#9a9a9e", "black": "#23222a", "brown": "#6b4428", "blond": "#d9b45a"}
LONG_GARMENTS = ("coat", "raincoat")


@dataclass(frozen=True)
class Person:
    skin: str
    hair: str
    style: str
    """usual, long, curly or tied"""
    colour: str
    garment: str
    scarf: str = ""
    cap: str = ""
    wide: float = 1.0
    """How broad the body is drawn."""

    @property
    def cloth(self) -> tuple[str, str]:
        return COLOURS[self.colour]

    @property
    def hem(self) -> int:
        return 24 if self.garment in LONG_GARMENTS else 40


PEOPLE = {
    "sugar/nora": Person("#e8b48f", "red", "tied", "green", "sweater"),
    "sugar/emil": Person("#e0aa84", "grey", "usual", "brown", "suit", wide=1.1),
    "washing-line/ayo": Person("#8a5a3c", "black", "curly", "blue", "jacket", wide=0.86),
    "platform-4/ines": Person("#d9a47e", "brown", "long", "red", "coat", scarf="white"),
    "platform-4/tomas": Person("#efc3a0", "blond", "usual", "blue", "jacket", cap="dark", wide=1.06),
    "low-tide/lin": Person("#e6b98e", "black", "usual", "white", "raincoat", wide=0.84),
    "low-tide/oda": Person("#d8a27a", "grey", "tied", "blue", "coat", wide=1.02),
}


def main() -> None:
    for place, person in PEOPLE.items():
        film, name = place.split("/")
        FERRY["sheet_of"](front(person), side(person), close(person)).save(HERE / film / "references" / f"{name}.png")


def front(person: Person) -> Any:
    def draw(sheet: Any) -> None:
        colour, dark = person.cloth
        half, hem = 12.5 * person.wide, person.hem
        FERRY["legs"](sheet, TROUSERS, 5)
        hips(sheet, person, 8.3)
        for side_ in (-1, 1):
            sheet.shape(dark, (side_ * (half - 1), 73), (side_ * (half + 4), 63), (side_ * (half + 5), 42),
                        (side_ * (half + 0.5), 41), (side_ * (half - 3), 60))
            sheet.oval(person.skin, (side_ * (half + 2.8), 39.5), 5, 5.5)
        sheet.shape(colour, (-half, 75), (half, 75), (half + 1.5, hem), (-half - 1.5, hem))
        sheet.shape(dark, (half - 8, 75), (half, 75), (half + 1.5, hem), (half - 6, hem), ink=False)
        garment_front(sheet, person, half)
        head_front(sheet, person)

    return draw


def hips(sheet: Any, person: Person, half: float) -> None:
    """What a short garment leaves open above the legs."""
    if person.garment not in LONG_GARMENTS:
        sheet.shape(TROUSERS, (-half, 44), (half, 44), (half, 27), (1, 27), (0, 31), (-1, 27), (-half, 27))


def garment_front(sheet: Any, person: Person, half: float) -> None:
    """What tells a suit from a sweater, a jacket and a coat."""
    _, dark = person.cloth
    if person.garment == "suit":
        sheet.shape(COLOURS["white"][0], (-4.5, 75), (4.5, 75), (0, 58), ink=False)
        sheet.shape(dark, (-8, 75), (0, 55), (-4, 75), ink=False)
        sheet.shape(dark, (8, 75), (0, 55), (4, 75), ink=False)
    if person.garment == "sweater":
        sheet.stroke((-half, 44), (half, 44), colour=dark)
        return
    sheet.stroke((0, 58 if person.garment == "suit" else 72), (0, person.hem))
    for y in range(person.hem + 8, 64, 12):
        sheet.oval(INK, (2.6, y), 1.7, 1.7, ink=False)


def head_front(sheet: Any, person: Person) -> None:
    hair = HAIR[person.hair]
    if person.style == "long":
        sheet.shape(hair, (-9.5, 93), (-11, 66), (-5, 63), (5, 63), (11, 66), (9.5, 93))
    if person.style == "curly":
        for x, y in ((-8, 82), (8, 82), (-9, 90), (9, 90), (-5, 97), (5, 97), (0, 99)):
            sheet.oval(hair, (x, y), 11, 11)
    if person.style == "tied":
        sheet.oval(hair, (0, 102), 9, 8)
    sheet.shape(person.skin, (-4, 82), (4, 82), (4.5, 72), (-4.5, 72), ink=False)
    sheet.oval(person.skin, (0, 86), 15.5, 19)
    sheet.shape(hair, (-8.2, 86), (-8.8, 94), (-4, 99.6), (4, 99.6), (8.8, 94), (8.2, 86), (6.2, 91.4), (-2, 93),
                (-6.4, 90.4))
    if person.cap:
        sheet.shape(COLOURS[person.cap][0], (-9, 93), (-8, 100), (-3, 103), (3, 103), (8, 100), (9, 93))
        sheet.shape(COLOURS[person.cap][1], (-10, 93.5), (10, 93.5), (9, 91), (-9, 91))
    if person.scarf:
        colour, dark = COLOURS[person.scarf]
        sheet.shape(dark, (2, 74), (8, 73), (9, 52), (3.5, 52))
        sheet.shape(colour, (-9.5, 79), (0, 75.5), (9.5, 79), (10, 73), (0, 69), (-10, 73))
    FERRY["eyes"](sheet, (-3.2, 86.4), (3.2, 86.4))
    sheet.stroke((0, 85), (0.9, 82.8))
    sheet.stroke((-2.2, 80.4), (0, 79.9), (2.2, 80.4))


def side(person: Person) -> Any:
    def draw(sheet: Any) -> None:
        colour, dark = person.cloth
        half, hem = 8.5 * person.wide, person.hem
        FERRY["legs"](sheet, TROUSERS, 2.6)
        hips(sheet, person, 6)
        sheet.shape(colour, (-half, 75), (half - 0.5, 75), (half + 2, hem), (-half - 2, hem))
        sheet.shape(dark, (-half, 75), (-half + 5, 75), (-half + 2.5, hem), (-half - 2, hem), ink=False)
        sheet.shape(colour, (-4.5, 71), (3, 71), (5, 42), (-2, 42))
        sheet.oval(person.skin, (1.8, 40), 5.2, 5.8)
        head_side(sheet, person)

    return draw


def head_side(sheet: Any, person: Person) -> None:
    hair = HAIR[person.hair]
    if person.style == "long":
        sheet.shape(hair, (-9, 93), (-12, 66), (-6, 63), (-1, 66), (0, 90))
    if person.style == "tied":
        sheet.oval(hair, (-10, 97), 8.5, 8)
    sheet.shape(person.skin, (-4, 96), (6.5, 95), (8, 89), (10, 85.6), (8, 84.4), (8, 79.5), (4, 74), (-4, 74))
    sheet.shape(hair, (-8, 84), (-9, 93), (-4, 100), (4, 100.5), (8, 96), (7, 92.5), (1, 92), (-1, 84), (-4, 80))
    if person.style == "curly":
        for x, y in ((-8, 82), (-9, 90), (-6, 97), (0, 100), (5, 98)):
            sheet.oval(hair, (x, y), 10, 10)
    if person.cap:
        sheet.shape(COLOURS[person.cap][0], (-9, 92), (-7, 100), (0, 103.5), (7, 100), (8, 93))
        sheet.shape(COLOURS[person.cap][1], (4, 93.5), (14, 92.5), (14, 91), (4, 91))
    if person.scarf:
        sheet.shape(COLOURS[person.scarf][0], (-8, 80), (0, 76), (7.5, 78.5), (8.5, 73), (0, 69.5), (-9, 74))
    FERRY["eyes"](sheet, (5.8, 87.4))
    sheet.stroke((8, 81.8), (5.6, 81.8))


def close(person: Person) -> Any:
    def draw(sheet: Any) -> None:
        sheet.shape(person.cloth[0], (-15, 75), (15, 75), (19, 60), (-19, 60))
        head_front(sheet, person)

    return draw


if __name__ == "__main__":
    main()
