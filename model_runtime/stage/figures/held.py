"""What a figure holds in its hands: box, book, cup, phone; large and plain, so that a small frame shows them."""

from __future__ import annotations

from typing import TypeAlias

from model_runtime.stage.figures.look import Look
from model_runtime.stage.pen import Colour, Pen, Point

Hand: TypeAlias = tuple[Point, Point]
"""The middle of a hand and the direction its forearm comes from, in figure heights."""

CARDBOARD: Colour = (198, 150, 96)
TAPE: Colour = (228, 200, 150)
COVER: Colour = (150, 40, 60)
PHONE: Colour = (126, 214, 226)  # light, since hair seldom is


def draw_held(pen: Pen, look: Look, held: str, near: Hand, far: Hand) -> None:
    _HELD[held](pen, look, near, far)


def _box(pen: Pen, look: Look, near: Hand, far: Hand) -> None:
    if not look.front:
        x, y = near[0][0] + 0.095, near[0][1] + 0.075
        pen.box(x - 0.135, y + 0.125, x + 0.135, y - 0.125, CARDBOARD)
        pen.box(x - 0.025, y + 0.11, x + 0.025, y - 0.11, TAPE, inked=False)
        return
    y, half = near[0][1] + 0.045, 0.205 * max(1.0, look.breadth)
    pen.box(-half, y + 0.125, half, y - 0.125, CARDBOARD)
    pen.box(-0.028, y + 0.11, 0.028, y - 0.11, TAPE, inked=False)
    _fingers(pen, look, half * 0.92, y - 0.06)


def _fingers(pen: Pen, look: Look, aside: float, y: float) -> None:
    """Of both hands, around what is held before the chest."""
    if look.turn == "front":
        for side in (-1, 1):
            pen.disc((side * aside, y), 0.036, look.skin)


def _book(pen: Pen, look: Look, near: Hand, far: Hand) -> None:
    if not look.front:
        _book_aside(pen, look, near[0])
        return
    y = near[0][1] + 0.025
    for side in (-1, 1):
        leaf = ((0.0, y - 0.085), (side * 0.185, y - 0.055), (side * 0.185, y + 0.095), (0.0, y + 0.065))
        pen.shape(leaf, COVER)
    _fingers(pen, look, 0.155, y - 0.055)


def _book_aside(pen: Pen, look: Look, hand: Point) -> None:
    """An open book in profile: the pages toward the reader, the cover away."""
    x, y = hand[0] + 0.02, hand[1]
    pages = ((x - 0.04, y - 0.03), (x + 0.06, y - 0.06), (x + 0.135, y + 0.120), (x + 0.03, y + 0.145))
    pen.shape(pages, look.white)
    cover = ((x + 0.045, y - 0.062), (x + 0.075, y - 0.072), (x + 0.155, y + 0.115), (x + 0.120, y + 0.130))
    pen.shape(cover, COVER)


def _cup(pen: Pen, look: Look, near: Hand, far: Hand) -> None:
    (x, y), (along_x, along_y) = near
    x, y = x + along_x * 0.02, y + along_y * 0.02
    pen.box(x - 0.046, y + 0.060, x + 0.046, y - 0.050, look.white)
    pen.box(x - 0.046, y + 0.018, x + 0.046, y - 0.010, COVER, inked=False)


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
