"""Calling a command inside this process, and looking at what a film holds before and after."""

from __future__ import annotations

import contextlib
import io
import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.cli import run


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str

    def ok(self) -> Answer:
        assert self.status == 0, self.err
        return self

    def refused(self, *words: str, status: int = 1) -> Answer:
        """It failed with a sentence and a way out that hold these words, and without a traceback."""
        assert self.status == status, (self.status, self.out, self.err)
        lines = self.err.splitlines()
        assert "Traceback" not in self.err and "inside Shotwright" not in self.err, self.err
        assert len(lines) == 2 and lines[0].endswith((".", "?", ")")), self.err
        assert all(word.lower() in self.err.lower() for word in words), self.err
        return self

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def call(*words: object) -> Answer:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run([str(word) for word in words])
    return Answer(status, out.getvalue(), err.getvalue())


def everything(film: Path) -> list[str]:
    """All rows of the film's database, as SQL, and the names in media/."""
    with contextlib.closing(sqlite3.connect(f"file:{film / 'project.sqlite'}?mode=ro", uri=True)) as database:
        rows = list(database.iterdump())
    return rows + sorted(path.name for path in (film / "media").iterdir() if not path.name.startswith("film-"))
