"""What stands around a figure because of what it does: the car it drives, the door it opens.

All in figure heights: the origin is the ground between the feet, y grows upwards, x the way the figure faces.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from model_runtime.stage.light import Light, shaded
from model_runtime.stage.look import Look
from model_runtime.stage.pen import Pen

Stroke: TypeAlias = Callable[[Pen, Look, Light, int], None]
"""Draws with the figure's pen; the number is the step of the action's cycle."""


@dataclass(frozen=True)
class SetPiece:
    draw_behind: Stroke
    draw_before: Stroke
    aside: float  # how far it reaches from the figure to either side, in figure heights
    above: float  # and above the ground


def setpiece(action: str) -> SetPiece | None:
    """Of an action that needs one. What people sit on belongs to the set, not here."""
    return _PIECES.get(action)


def _nothing(pen: Pen, look: Look, light: Light, step: int) -> None:
    return


def _door(pen: Pen, look: Look, light: Light, step: int) -> None:
    frame = light.on_surface((150, 116, 84))
    pen.box(0.22, 1.25, 0.72, 0.0, frame)
    pen.box(0.26, 1.21, 0.68, 0.0, shaded(frame, 0.3))


_PIECES = {"opening a door": SetPiece(_door, _nothing, 0.9, 1.3)}
