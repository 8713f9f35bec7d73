"""A head: neck, face and its features, and what hair and hats lay around them."""

from __future__ import annotations

from model_runtime.stage.figures.hair import FACE_X, FACE_Y, draw_beard, draw_fringe_in_hood, draw_hair
from model_runtime.stage.figures.hats import draw_glasses, draw_hat, draw_hood
from model_runtime.stage.figures.look import Look
from model_runtime.stage.figures.poses import Pose
from model_runtime.stage.light import mixed, shaded
from model_runtime.stage.pen import Pen, Point

# Heads of fewer pixels of the drawing get two dots for a face; of fewer than LARGE_HEAD, no whites of the eyes.
SMALL_HEAD, LARGE_HEAD = 32.0, 58.0


def draw_head(pen: Pen, look: Look, head: Point, pose: Pose) -> None:
    """All but the hair that falls behind the neck; the pen is enlarged about the chin."""
    x, y = head
    high = pen.unit * 2 * FACE_Y
    if look.hood:
        draw_hood(pen, look, head)
    else:
        pen.box(x - 0.032, y - 0.07, x + 0.032, y - 0.125, shaded(look.skin), inked=look.scarf is None)
    if look.turn == "back":
        _back_of_head(pen, look, head, high)
    else:
        _face(pen, look, head, pose, high)


def _back_of_head(pen: Pen, look: Look, head: Point, high: float) -> None:
    if not look.hood:
        if look.style in ("short", "tied"):
            _ears(pen, look, head)
        draw_hair(pen, look, head)
    draw_hat(pen, look, head, high)


def _face(pen: Pen, look: Look, head: Point, pose: Pose, high: float) -> None:
    x, y = head
    turn = 0.0 if look.front else 0.030
    face = (x + turn * 0.4, y)
    eared = look.style in ("short", "tied") and not look.hood
    if eared and look.front:
        _ears(pen, look, face)
    if not look.front:
        pen.oval((face[0] + 0.068, y - 0.016 - 0.012 * pose.bow), 0.017, 0.013, look.skin)
    pen.oval(face, FACE_X, FACE_Y, look.skin)
    if look.bearded:
        draw_beard(pen, look, face)
    _features(pen, look, (face[0] + turn, y - 0.014 * pose.bow), pose, high)
    if look.hood:
        draw_fringe_in_hood(pen, look, face)
    else:
        draw_hair(pen, look, face)
    if eared and not look.front:
        _ears(pen, look, face)
    draw_hat(pen, look, face, high)


def _features(pen: Pen, look: Look, middle: Point, pose: Pose, high: float) -> None:
    gap = 0.029 if look.front else 0.025
    small = high < SMALL_HEAD
    draw_glasses(pen, look, middle, gap, small=small)
    if small:
        _small_face(pen, middle, gap, pose.mouth)
        return
    _eyes(pen, look, middle, gap, large=high >= LARGE_HEAD, down=pose.bow > 0.6)
    x, y = middle
    thin = max(1, pen.line_width - 1)
    if look.front:
        bridge = ((x + 0.002, y - 0.004), (x + 0.010, y - 0.022), (x, y - 0.025))
        pen.stroke(bridge, shaded(look.skin, 0.5), pixels=thin)
    _mouth(pen, look, middle, pose.mouth)


def _mouth(pen: Pen, look: Look, middle: Point, mouth: float) -> None:
    x, y = middle
    lips = (110, 50, 48) if look.kind in ("man", "boy") else (150, 58, 56)
    if mouth > 0.3:
        pen.oval((x, y - 0.047), 0.020, 0.006 + 0.014 * mouth, mixed(lips, pen.ink, 0.45), inked=False)
    else:
        line = ((x - 0.020, y - 0.043), (x, y - 0.046), (x + 0.020, y - 0.043))
        pen.stroke(line, mixed(lips, pen.ink, 0.3), pixels=max(1, pen.line_width - 1))


def _small_face(pen: Pen, middle: Point, gap: float, mouth: float) -> None:
    x, y = middle
    for side in (-1, 1):
        pen.disc((x + side * gap, y), 0.0115, pen.ink, inked=False)
    if mouth > 0.3:
        pen.disc((x, y - 0.045), 0.009 + 0.012 * mouth, (96, 36, 40), inked=False)


def _eyes(pen: Pen, look: Look, middle: Point, gap: float, *, large: bool, down: bool) -> None:
    x, y = middle
    thin = max(1, pen.line_width - 1)
    gaze = 0.0 if look.front else 0.004
    for side in (-1, 1):
        eye = x + side * gap
        if look.glasses and not down:
            # behind a lens only the pupil: a brow across the rim would frown
            pen.disc((eye + gaze, y + 0.002), 0.0105, pen.ink, inked=False)
            continue
        brow = ((eye - 0.014, y + 0.034), (eye + 0.016, y + 0.036))
        pen.stroke(brow, shaded(look.hair, 0.55), pixels=thin)
        if down:
            # lids over eyes that look at the hands
            pen.stroke(((eye - 0.015, y + 0.004), (eye, y - 0.003), (eye + 0.015, y + 0.004)), pixels=thin + 1)
            continue
        if large:
            pen.oval((eye, y + 0.003), 0.0165, 0.0115, look.white, inked=False)
            pen.stroke(((eye - 0.015, y + 0.011), (eye, y + 0.0155), (eye + 0.016, y + 0.010)), pixels=thin)
        pen.disc((eye + gaze, y + 0.003), 0.0090 if large else 0.0115, pen.ink, inked=False)


def _ears(pen: Pen, look: Look, face: Point) -> None:
    """Flat on both of them, from the side the near one, drawn over the hair."""
    x, y = face
    if look.front:
        for side in (-1, 1):
            pen.oval((x + side * 0.075, y - 0.004), 0.015, 0.022, look.skin)
    else:
        pen.oval((x - 0.036, y - 0.006), 0.014, 0.020, shaded(look.skin, 0.86), inked=False)
