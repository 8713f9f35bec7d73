"""What a figure holds in its hands: box, book, cup, phone; large and plain, so that a small frame shows them."""

from __future__ import annotations

from typing import TypeAlias

from model_runtime.stage.look import Look
from model_runtime.stage.pen import Colour, Pen, Point

Hand: TypeAlias = tuple[Point, Point]
"""The middle of a hand and the direction its forearm comes from, in figure heights."""

CARDBOARD: Colour = (198, 150, 96)
TAPE: Colour = (228, 200, 150)
COVER: Colour = (150, 40, 60)
PHONE: Colour = (34, 36, 44)


def draw_held(pen: Pen, look: Look, held: str, near: Hand, far: Hand) -> None:
    _HELD[held](pen, look, near, far)


def _box(pen: Pen, look: Look, near: Hand, far: Hand) -> None:
    y = near[0][1] + 0.055
    middle = 0.0 if look.front else near[0][0] + 0.085
    half = 0.185 if look.front else 0.125
    pen.box(middle - half, y + 0.115, middle + half, y - 0.115, CARDBOARD)
    pen.box(middle - 0.025, y + 0.10, middle + 0.025, y - 0.10, TAPE, inked=False)


def _book(pen: Pen, look: Look, near: Hand, far: Hand) -> None:
    y = near[0][1] + 0.035
    if look.front:
        for side in (-1, 1):
            leaf = ((0.0, y - 0.075), (side * 0.165, y - 0.045), (side * 0.165, y + 0.085), (0.0, y + 0.055))
            pen.shape(leaf, COVER)
        return
    x = near[0][0]
    pen.shape(((x - 0.005, y - 0.07), (x + 0.03, y - 0.085), (x + 0.125, y + 0.085), (x + 0.09, y + 0.10)), COVER)
    pages = ((x - 0.035, y - 0.055), (x, y - 0.072), (x + 0.085, y + 0.095), (x + 0.045, y + 0.105))
    pen.shape(pages, look.white)


def _cup(pen: Pen, look: Look, near: Hand, far: Hand) -> None:
    (x, y), (along_x, along_y) = near
    x, y = x + along_x * 0.03, y + along_y * 0.03
    pen.box(x - 0.042, y + 0.055, x + 0.042, y - 0.045, look.white)


def _phone(pen: Pen, look: Look, near: Hand, far: Hand) -> None:
    (x, y), (along_x, along_y) = near
    across = (along_y * 0.022, -along_x * 0.022)
    low, high = (x - along_x * 0.03, y - along_y * 0.03), (x + along_x * 0.105, y + along_y * 0.105)
    corners = (
        (low[0] - across[0], low[1] - across[1]),
        (low[0] + across[0], low[1] + across[1]),
        (high[0] + across[0], high[1] + across[1]),
        (high[0] - across[0], high[1] - across[1]),
    )
    pen.shape(corners, PHONE)


_HELD = {"box": _box, "book": _book, "cup": _cup, "phone": _phone}
