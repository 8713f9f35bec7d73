"""What a training run measured, as rows of a CSV file, and the curves of its columns as a picture."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

WIDTH, HEIGHT, MARGIN = 720, 260, 44
INK, PAPER, GRID = (40, 40, 44), (255, 255, 255), (225, 225, 228)
COLOURS = ((31, 98, 178), (206, 84, 32), (44, 140, 84), (140, 70, 160), (120, 120, 40))

Curve = list[tuple[float, float]]


class Record:
    """A CSV file with one row for each measurement; a resumed run adds to it. Columns may come later."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows: list[dict[str, str]] = []
        if path.exists():
            with path.open(newline="", encoding="utf-8") as file:
                self.rows = list(csv.DictReader(file))

    def go_on_from(self, step: int) -> None:
        """Forget what came after a checkpoint, because it is done again."""
        self.rows = [row for row in self.rows if int(row["step"]) <= step]

    def add(self, **values: float) -> None:
        self.rows.append({name: f"{value:.6g}" for name, value in values.items()})
        columns = list(dict.fromkeys(name for row in self.rows for name in row))
        with self.path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(self.rows)

    def curve(self, name: str, *, over: str = "minutes") -> Curve:
        return [(float(row[over]), float(row[name])) for row in self.rows if row.get(name) and row.get(over)]


def write_plot(record: Record, path: Path, *charts: Sequence[str]) -> None:
    """One chart above the other, each with the curves of the columns it names, over minutes."""
    drawn = [_chart({name: record.curve(name) for name in names}) for names in charts]
    Image.fromarray(np.concatenate([np.asarray(each) for each in drawn])).save(path)


def _chart(curves: Mapping[str, Curve]) -> Image.Image:
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    points = [point for curve in curves.values() for point in curve]
    if not points:
        pen.text((MARGIN, MARGIN), "nothing measured yet", fill=INK)
        return picture
    xs, ys = ([point[axis] for point in points] for axis in (0, 1))
    left, right, low, high = 0.0, max(xs) or 1.0, min(ys), float(np.quantile(ys, 0.98))
    high = high if high > low else low + 1.0

    def place(x: float, y: float) -> tuple[float, float]:
        across = MARGIN + (x - left) / (right - left) * (WIDTH - 1.5 * MARGIN)
        return across, HEIGHT - MARGIN - (min(y, high) - low) / (high - low) * (HEIGHT - 1.5 * MARGIN)

    for share in np.linspace(0.0, 1.0, 5):
        level, moment = low + share * (high - low), left + share * (right - left)
        pen.line([place(left, level), place(right, level)], fill=GRID)
        pen.text((4, place(left, level)[1] - 6), f"{level:.4g}", fill=INK)
        pen.text((place(moment, low)[0] - 8, HEIGHT - MARGIN + 6), f"{moment:.3g}", fill=INK)
    for number, (name, curve) in enumerate(curves.items()):
        colour = COLOURS[number % len(COLOURS)]
        pen.line([place(x, y) for x, y in curve], fill=colour, width=2)
        pen.text((MARGIN + 8 + 150 * number, 6), name, fill=colour)
    pen.text((WIDTH - MARGIN, HEIGHT - 16), "min", fill=INK)
    return picture
