"""What is worn on the head: caps, hats and beanies, glasses, a raincoat's hood."""

from __future__ import annotations

from model_runtime.stage.figures.curves import arc
from model_runtime.stage.figures.look import Look
from model_runtime.stage.light import mixed, shaded
from model_runtime.stage.pen import Pen, Point

LENS = (214, 232, 240)
ABOVE_EYES = 0.018  # a hat sits so high that a small face keeps its eyes
TINY_HEAD = 14.0  # pixels of the drawing; a smaller head wears its hat larger


def draw_hat(pen: Pen, look: Look, head: Point, high: float) -> None:
    """On top of the hair; `high` is how many pixels of the drawing the face is high."""
    if not look.hat:
        return
    if high < TINY_HEAD:
        pen = pen.enlarged(1.22, (head[0], head[1] + 0.02))
    _HATS[look.hat](pen, look, (head[0], head[1] + ABOVE_EYES))


def _beanie(pen: Pen, look: Look, head: Point) -> None:
    x, y = head
    pen.disc((x, y + 0.142), 0.030, look.white)
    dome = arc((x, y + 0.026), 0.094, 0.104, 0.0, 1.0, 10)
    pen.shape(dome, look.hat_colour)
    pen.box(x - 0.098, y + 0.062, x + 0.098, y + 0.016, shaded(look.hat_colour, 0.92))


def _cap(pen: Pen, look: Look, head: Point) -> None:
    x, y = head
    dome = arc((x, y + 0.022), 0.094, 0.096, 0.0, 1.0, 10)
    if look.turn == "side":
        pen.shape(dome, look.hat_colour)
        visor = [(x + 0.02, y + 0.050), (x + 0.09, y + 0.052), (x + 0.180, y + 0.024), (x + 0.170, y + 0.012)]
        pen.shape([*visor, (x + 0.03, y + 0.020)], look.hat_colour)
        return
    pen.shape(dome, look.hat_colour)
    if look.turn == "back":
        pen.shape(arc((x, y + 0.022), 0.032, 0.026, 0.0, 1.0, 6), look.hair)
        return
    visor = [*arc((x, y + 0.034), 0.096, 0.020, 0.0, 1.0, 8), (x - 0.104, y + 0.010), (x + 0.104, y + 0.010)]
    pen.shape(visor, look.hat_colour)


def _hat(pen: Pen, look: Look, head: Point) -> None:
    x, y = head
    crown = [(x - 0.084, y + 0.045), (x - 0.070, y + 0.150), (x - 0.03, y + 0.166), (x, y + 0.152)]
    crown += [(x + 0.03, y + 0.166), (x + 0.070, y + 0.150), (x + 0.084, y + 0.045)]
    pen.shape(crown, look.hat_colour)
    pen.shape(
        ((x - 0.083, y + 0.048), (x + 0.083, y + 0.048), (x + 0.079, y + 0.080), (x - 0.079, y + 0.080)),
        shaded(look.hat_colour, 0.45),
        inked=False,
    )
    pen.oval((x + (0.012 if look.turn == "side" else 0.0), y + 0.046), 0.168, 0.022, look.hat_colour)


_HATS = {"beanie": _beanie, "cap": _cap, "hat": _hat}


def draw_glasses(pen: Pen, look: Look, middle: Point, gap: float, *, small: bool) -> None:
    """Round glasses around the eyes at `middle` -+ `gap`; a small face gets larger lenses."""
    if not look.glasses or look.turn == "back":
        return
    x, y = middle
    radius = 0.027 if small else 0.0245
    gap = max(gap, radius + 0.004)
    lens = mixed(LENS, look.skin, 0.15)
    for side in (-1, 1):
        pen.disc((x + side * gap, y + 0.003), radius, lens)
    pen.stroke(((x - gap + radius, y + 0.006), (x + gap - radius, y + 0.006)))
    if look.turn == "side":
        pen.stroke(((x - gap - radius, y + 0.006), (x - gap - radius - 0.034, y + 0.010)))


def draw_hood(pen: Pen, look: Look, head: Point) -> None:
    x, y = head
    back = 0.02 if look.turn == "side" else 0.0
    outer = arc((x - back, y + 0.008), 0.118, 0.122, -0.12, 1.12, 12)
    outer += [(x - 0.085, y - 0.118), (x + 0.085, y - 0.118)]
    pen.shape(outer, look.cloth)
    if look.turn == "back":
        pen.stroke(((x, y + 0.128), (x, y - 0.10)), shaded(look.cloth, 0.6), pixels=max(1, pen.line_width - 1))
        return
    inside_x = x + (0.018 if look.turn == "side" else 0.0)
    pen.oval((inside_x, y - 0.006), 0.079, 0.094, shaded(look.cloth, 0.6))
