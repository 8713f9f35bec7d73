"""`evaluation.csv`: one row for each measured clip, still or pair, from which every figure of the card follows."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROWS_FILE = "evaluation.csv"
COLUMNS = ("figure", "clip", "caption", "given", "told", "generated", "drawing", "measured")


@dataclass(frozen=True)
class Row:
    """One clip of one figure.

    `told` is what its caption (or reference) asks for by attribute, `generated` and `drawing` what the scorer reads
    off the generated clip and off the real drawing, `measured` are numbers by name. `given` says in a few words what
    was given beside the caption.
    """

    figure: str
    clip: int
    caption: str
    given: str = ""
    told: Mapping[str, str] = field(default_factory=dict)
    generated: Mapping[str, str] = field(default_factory=dict)
    drawing: Mapping[str, str] = field(default_factory=dict)
    measured: Mapping[str, float] = field(default_factory=dict)


def _joined(values: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in values.items())


def _parted(text: str) -> dict[str, str]:
    pairs = (each.partition("=") for each in text.split("; ") if each)
    return {name: value for name, _, value in pairs}


def _line(row: Row) -> tuple[str, ...]:
    measured = {name: f"{value:.5g}" for name, value in row.measured.items()}
    answers = (_joined(each) for each in (row.told, row.generated, row.drawing, measured))
    return (row.figure, str(row.clip), row.caption, row.given, *answers)


def read_rows(path: Path) -> list[Row]:
    """All rows, none where there is no file yet."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Row(
                line["figure"],
                int(line["clip"]),
                line["caption"],
                line["given"],
                told=_parted(line["told"]),
                generated=_parted(line["generated"]),
                drawing=_parted(line["drawing"]),
                measured={name: float(value) for name, value in _parted(line["measured"]).items()},
            )
            for line in csv.DictReader(file)
        ]


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """The whole file, or none of it."""
    unfinished = path.with_suffix(".tmp")
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_line(row) for row in rows)
    unfinished.replace(path)


def replace_figure(path: Path, figure: str, rows: Sequence[Row]) -> None:
    """The file with these rows in place of the figure's older ones."""
    wrong = {row.figure for row in rows} - {figure}
    if wrong:
        raise ValueError(f"rows of {sorted(wrong)} are no rows of {figure!r}")
    others = [row for row in read_rows(path) if row.figure != figure]
    write_rows(path, [*others, *rows])
