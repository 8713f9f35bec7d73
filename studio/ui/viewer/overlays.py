"""What is laid over the picture to look at it by: mattes, safe areas, thirds, the centre, the shot before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from studio.ui.theme import Look

DELIVERY = "film"
"""The matte of the shape the film is delivered in."""
RATIOS = ("2.39", "2.35", "2.0", "1.85", "16:9", "4:3", "1:1", "4:5", "9:16")
SAFE_AREAS: Mapping[str, tuple[int, int]] = {"16:9": (93, 90), "legacy": (90, 80)}
"""Percent of the picture that action and titles keep inside: of widescreen, and of older sets."""
HALF = 0.62
"""How much a half matte hides."""


@dataclass(frozen=True)
class Overlays:
    matte: str = ""
    """a ratio, `film`, or none"""
    matte_kept: str = "2.39"
    """The matte that the key brings back."""
    solid: bool = False
    safe: str = ""
    """a set of safe areas, or none"""
    thirds: bool = False
    centre: bool = False
    onion: int = 0
    """Percent of the last picture of the shot before; 0: none"""

    def __post_init__(self) -> None:
        if self.matte not in ("", DELIVERY, *RATIOS) or self.matte_kept not in (DELIVERY, *RATIOS):
            raise ValueError(self.matte)
        if self.safe not in ("", *SAFE_AREAS) or not 0 <= self.onion <= 100:
            raise ValueError(self.safe)

    def as_dict(self) -> dict[str, Any]:
        """For the settings."""
        return asdict(self)


def read_overlays(kept: Mapping[str, Any]) -> Overlays:
    """From the settings; what cannot be used there counts as not set."""
    usable = {one.name: kept[one.name] for one in fields(Overlays) if _has_type(kept.get(one.name), one.type)}
    try:
        return Overlays(**usable)
    except ValueError:
        return Overlays()


def _has_type(value: Any, name: Any) -> bool:
    return type(value).__name__ == name


def ratio_of(aspect: str) -> Fraction:
    """Width to height of `16:9`, `2.39` or `2.39:1`."""
    width, _colon, height = aspect.partition(":")
    return Fraction(width) / Fraction(height or 1)


def matte_rect(box: QRectF, ratio: Fraction) -> QRectF:
    """The largest rectangle of that ratio in the middle of `box`."""
    width = min(box.width(), box.height() * float(ratio))
    height = width / float(ratio)
    return QRectF(box.center().x() - width / 2, box.center().y() - height / 2, width, height)


def paint_overlays(
    painter: QPainter, look: Look, box: QRectF, overlays: Overlays, delivery: Fraction, *, matte_only: bool = False
) -> None:
    """Over a picture that fills `box`; what is not matte stands inside the matte."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ratio = delivery if overlays.matte == DELIVERY else ratio_of(overlays.matte) if overlays.matte else None
    inner = matte_rect(box, ratio) if ratio else box
    if ratio:
        _paint_matte(painter, look, box, inner, 1.0 if overlays.solid else HALF)
    if not matte_only:
        _paint_guides(painter, look, inner, overlays)
    painter.restore()


def _paint_matte(painter: QPainter, look: Look, box: QRectF, inner: QRectF, opacity: float) -> None:
    outside = QPainterPath()
    outside.addRect(box)
    hole = QPainterPath()
    hole.addRect(inner)
    painter.fillPath(outside.subtracted(hole), look.colour("grey-0", opacity))
    if opacity < 1:
        painter.setPen(QPen(look.colour("grey-5", 0.5), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(inner.adjusted(0.5, 0.5, -0.5, -0.5))


def _paint_guides(painter: QPainter, look: Look, box: QRectF, overlays: Overlays) -> None:
    """Light lines with a dark edge, so that they are seen on any picture."""
    lines: list[QLineF] = []
    rects: list[QRectF] = []
    if overlays.thirds:
        lines += _thirds(box)
    if overlays.centre:
        lines += _cross(box)
    if overlays.safe:
        rects = [_part(box, percent) for percent in SAFE_AREAS[overlays.safe]]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((look.colour("grey-0", 0.35), 3.0), (look.colour("grey-5", 0.65), 1.0)):
        painter.setPen(QPen(colour, width))
        painter.drawLines(lines)
        painter.drawRects(rects)


def _thirds(box: QRectF) -> list[QLineF]:
    found = []
    for part in (1, 2):
        x, y = box.left() + box.width() * part / 3, box.top() + box.height() * part / 3
        found += [QLineF(x, box.top(), x, box.bottom()), QLineF(box.left(), y, box.right(), y)]
    return found


def _cross(box: QRectF) -> list[QLineF]:
    middle, arm = box.center(), min(box.width(), box.height()) * 0.04
    return [
        QLineF(middle - QPointF(arm, 0), middle + QPointF(arm, 0)),
        QLineF(middle - QPointF(0, arm), middle + QPointF(0, arm)),
    ]


def _part(box: QRectF, percent: int) -> QRectF:
    across, down = box.width() * (100 - percent) / 200, box.height() * (100 - percent) / 200
    return box.adjusted(across, down, -across, -down)
