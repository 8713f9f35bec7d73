"""Lines drawn by hand, on a panel or on a note: checked, and written as plain lists for the film."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from studio.errors import BadValue
from studio.project.cut_cards import Point, Stroke

KINDS = ("pencil", "arrow")
MOST_STROKES = 1_000
MOST_POINTS = 20_000
"""On one picture, all lines together: the undo journal keeps a picture's lines before and after every line drawn."""
THINNEST, THICKEST = 0.0005, 0.25
REACH = 1.0
"""How far outside the picture a line may lead, as a part of the picture."""
DIGITS = 5
"""Decimals kept of a point: a twentieth of a pixel on a picture 4,096 pixels wide."""

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}", re.ASCII)


def written(strokes: Iterable[Stroke]) -> list[dict[str, Any]] | None:
    """Lines as the film keeps them; None for none. Raises BadValue for what cannot be drawn."""
    lines = [_line(one) for one in strokes]
    if len(lines) > MOST_STROKES:
        raise BadValue(f"A picture takes {MOST_STROKES:,} drawn lines, not {len(lines):,}.", "Rub some out first.")
    points = sum(len(one["points"]) for one in lines)
    if points > MOST_POINTS:
        raise BadValue(f"The drawn lines have {points:,} points; at most {MOST_POINTS:,} fit on a picture.",
                       "Draw fewer or shorter lines, or edit the picture in a drawing program.")
    return lines or None


def read(content: object) -> tuple[Stroke, ...]:
    """Lines as the film keeps them, for the screen; what was altered so that it is no line is left out."""
    lines = content if isinstance(content, list) else []
    found = []
    for one in lines:
        if isinstance(one, Mapping):
            try:
                line = _line(_as_stroke(one))
            except (BadValue, KeyError, TypeError, ValueError):
                continue
            found.append(_as_stroke(line))
    return tuple(found)


def _line(stroke: Stroke) -> dict[str, Any]:
    if stroke.kind not in KINDS:
        raise BadValue(f"{str(stroke.kind)[:40]!r} is no drawn line.", f"Use {' or '.join(KINDS)}.")
    if not isinstance(stroke.colour, str) or not _COLOUR.fullmatch(stroke.colour):
        raise BadValue(f"{str(stroke.colour)[:40]!r} is no colour.", "Write it as in #E8A33D.")
    if not _is_number(stroke.width) or not THINNEST <= stroke.width <= THICKEST:
        raise BadValue(f"A line cannot be {str(stroke.width)[:20]} of the picture's height wide.",
                       f"Give {THINNEST} to {THICKEST}.")
    points = [_point(one) for one in stroke.points]
    if len(points) < (2 if stroke.kind == "arrow" else 1):
        raise BadValue("A drawn line has too few points.", "Draw it again.")
    return {"kind": stroke.kind, "points": points, "width": round(float(stroke.width), DIGITS),
            "colour": stroke.colour.upper()}


def _point(point: Point) -> list[float]:
    numbers = list(point)
    if len(numbers) != 2 or not all(_is_number(one) and -REACH <= one <= 1 + REACH for one in numbers):
        raise BadValue("A drawn line leads far out of the picture.", "Draw it again.")
    return [round(float(one), DIGITS) for one in numbers]


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _as_stroke(line: Mapping[str, Any]) -> Stroke:
    return Stroke(line["kind"], tuple((x, y) for x, y in line["points"]), line["width"], line["colour"])
