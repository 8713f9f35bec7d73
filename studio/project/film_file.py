"""`media/film-<n>.json`: what no take can carry, written whole beside the media, the last five kept.

Order, texts, choices, subjects, notes and shots without takes: with it and the takes' own recipes the film can be
brought back when its database is gone.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from model_runtime import safe_files
from studio.errors import ProjectError
from studio.project import migrations

VERSION = 1
KEPT = 5
DATABASE = "project.sqlite"
TABLES = (
    "film", "scene", "shot", "shot_subject", "shot_reference", "shot_view", "panel", "cut", "event", "lane",
    "sound_clip", "marker", "script_revision", "script_span", "subject", "subject_view", "wardrobe_change",
    "wardrobe_exception", "reference", "note", "prompt_expansion",
)
TAKE_COLUMNS = ("id", "shot_id", "number", "media", "original", "latents", "origin", "reel", "source_start", "starred",
                "rejected", "made_at")
"""Of a take only what its own file does not say."""

CARRIED = frozenset((*TABLES, "take"))
"""Tables whose changes make a new film file."""

_NAME = re.compile(r"film-(\d{1,9})\.json", re.ASCII)


def write(folder: Path) -> Path:
    """The next film file of the film in `folder`, read over a connection of its own that can only read.

    Nothing is written where the newest one says the same already. Raises OSError (NoSpace) or ProjectError.
    """
    media = safe_files.make_folder(folder / "media")
    text = _text(contents(folder))
    numbers = _numbers(media)
    if numbers and _says(media / _name(numbers[-1]), text):
        return media / _name(numbers[-1])
    path = media / _name(numbers[-1] + 1 if numbers else 1)
    safe_files.write_text(path, text)
    for old in numbers[: max(0, len(numbers) + 1 - KEPT)]:
        (media / _name(old)).unlink(missing_ok=True)
    return path


def newest(folder: Path) -> Path | None:
    """The newest whole film file; one that cannot be read is passed over."""
    media = folder / "media"
    for number in reversed(_numbers(media) if media.is_dir() else []):
        path = media / _name(number)
        try:
            content = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(content, dict) and content.get("version") == VERSION:
            return path
    return None


def contents(folder: Path) -> dict[str, Any]:
    """Every row no take carries, as one moment of the film shows it."""
    address = f"file:{quote(os.fsencode(folder / DATABASE))}?mode=ro"
    try:
        with contextlib.closing(sqlite3.connect(address, uri=True, isolation_level=None, timeout=10)) as connection:
            connection.execute("BEGIN")
            content: dict[str, Any] = {table: _rows(connection, f"SELECT * FROM {table} ORDER BY id")
                                       for table in TABLES}
            content["take"] = _rows(connection, f"SELECT {', '.join(TAKE_COLUMNS)} FROM take ORDER BY id")
    except sqlite3.Error as error:
        raise ProjectError(f"The film in {folder} could not be read: {error}.", "See: shotwright check") from error
    return {"version": VERSION, "schema": migrations.SCHEMA, **content}


def _text(content: dict[str, Any]) -> str:
    """JSON with one row a line, so that two film files can be compared by eye; json's own indenting is ten times
    slower."""
    lines = []
    for name, value in sorted(content.items()):
        if isinstance(value, list):
            rows = ",\n".join(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in value)
            lines.append(f'"{name}": [\n{rows}\n]' if rows else f'"{name}": []')
        else:
            lines.append(f'"{name}": {json.dumps(value)}')
    return "{" + ",\n".join(lines) + "}\n"


def _rows(connection: sqlite3.Connection, query: str) -> list[dict[str, Any]]:
    found = connection.execute(query)
    names = [one[0] for one in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def _numbers(media: Path) -> list[int]:
    return sorted(int(found[1]) for one in media.iterdir() if (found := _NAME.fullmatch(one.name)))


def _name(number: int) -> str:
    return f"film-{number}.json"


def _says(path: Path, text: str) -> bool:
    try:
        return path.read_text("utf-8") == text
    except (OSError, ValueError):
        return False
