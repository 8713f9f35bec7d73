"""What commands print: lists in columns, reports as JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs to read.")


def say(text: str = "") -> None:
    click.echo(text)


def say_json(content: Any) -> None:
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))


def say_columns(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table as wide as its content: nothing is cut off, so that ids can be copied."""
    lines = [[str(cell).replace("\n", " ") for cell in row] for row in (head, *rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    for line in lines:
        say("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def inside(path: Path, film: Path) -> str:
    """`path` relative to the film, with forward slashes, as the JSON of every command names files."""
    return path.absolute().relative_to(os.path.abspath(film)).as_posix()  # noqa: PTH100  as the store names the folder


def counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
