"""Points of round and wavy outlines."""

from __future__ import annotations

from math import cos, pi, sin

from model_runtime.stage.pen import Point


def arc(centre: Point, radius_x: float, radius_y: float, start: float, end: float, steps: int) -> list[Point]:
    """Points from angle `start` to `end` in half turns: 0 to the right, 0.5 up."""
    angles = [pi * (start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(centre[0] + radius_x * cos(a), centre[1] + radius_y * sin(a)) for a in angles]


def curls(centre: Point, radius_x: float, radius_y: float, start: float, end: float, number: int) -> list[Point]:
    """Like `arc`, bulging out in `number` curls a tenth of the radius high."""
    points: list[Point] = []
    for i in range(4 * number + 1):
        angle = pi * (start + (end - start) * i / (4 * number))
        out = 1.0 + 0.13 * abs(sin(pi * i / 4))
        points.append((centre[0] + radius_x * out * cos(angle), centre[1] + radius_y * out * sin(angle)))
    return points
