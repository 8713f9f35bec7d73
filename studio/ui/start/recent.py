"""Films opened last: what is known of each, read by a worker, and remembered for when its drive is not there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import platformdirs
from PySide6.QtCore import QObject, Signal

from model_runtime import safe_files
from studio.errors import StudioError
from studio.project.cards import ShotCard
from studio.project.timing import FrameRate
from studio.settings import Settings
from studio.ui.background import Background

DATABASE = "project.sqlite"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class RecentFilm:
    folder: Path
    title: str
    shots: int = 0
    frames: int = 0
    rate: FrameRate | None = None
    """None where nothing is known of the film but its folder."""
    poster: Path | None = None
    waiting: int = 0
    """Jobs that wait or were interrupted."""
    trouble: str = ""
    """Why it cannot be opened, in a few words; empty where it can."""


class RecentFilms(QObject):
    """The list, newest first, filled in film by film as the worker comes to them."""

    known = Signal(object)
    """RecentFilm: what was read of one"""

    def __init__(self, settings: Settings, background: Background) -> None:
        super().__init__()
        self._settings, self._background = settings, background

    def folders(self) -> list[Path]:
        return [Path(one) for one in self._settings["recent_films"]]

    def read(self) -> None:
        """Every film of the list again; each is announced when it is known."""
        for folder in self.folders():
            self._background.run(partial(read_film, folder), self.known.emit, partial(self._cannot, folder))

    def forget(self, folder: Path) -> None:
        self._settings.forget_film(folder)

    def move(self, folder: Path, now: Path) -> None:
        """The film was moved: what was remembered of it belongs to its new place."""
        opened = self._settings.opened_at(folder)
        self._settings["recent_films"] = [str(now) if one == str(folder) else one
                                          for one in self._settings["recent_films"]]  # fmt: skip
        if opened is not None:
            self._settings["opened_at"] = {**self._settings["opened_at"], str(now): opened.isoformat()}

    def opened_at(self, folder: Path) -> datetime | None:
        return self._settings.opened_at(folder)

    def _cannot(self, folder: Path, error: StudioError) -> None:
        self.known.emit(RecentFilm(folder, folder.name, trouble="cannot be read"))


def read_film(folder: Path) -> RecentFilm:
    """What a film says of itself, over a read-only connection; what was remembered where it is not there."""
    if not (folder / DATABASE).is_file():
        return _remembered(folder)
    # Late, and so on the worker: the start screen is painted without a database.
    from studio.open_project import OpenProject
    from studio.project import queries

    project = OpenProject.open(folder, writable=False)
    try:
        card, jobs = project.ask(queries.film_card), project.ask(queries.live_jobs)
        poster = _poster(project.ask(queries.shot_cards))
    finally:
        project.close()
    film = RecentFilm(folder, card.title, card.shots, card.frames, card.rate, poster,
                      len(jobs))  # fmt: skip
    _remember(film)
    return film


def missing_words(folder: Path) -> str:
    """Why a film that was opened before is not there: its drive, or only the film."""
    return "folder not found" if folder.parent.exists() else "drive not connected"


def opened_words(opened: datetime | None, today: date) -> str:
    """`today, 13:40`, `yesterday`, `12 Nov`, `12 Nov 2024`; empty where it is not known."""
    if opened is None:
        return ""
    local = opened.astimezone()
    days = (today - local.date()).days
    if days <= 0:
        return f"today, {local:%H:%M}"
    if days == 1:
        return "yesterday"
    words = f"{local.day} {MONTHS[local.month - 1]}"
    return words if local.year == today.year else f"{words} {local.year}"


def _poster(cards: Iterable[ShotCard]) -> Path | None:
    """The picture of the first shot that has one."""
    return next((Path(card.picture) for card in cards if card.picture and Path(card.picture).is_file()), None)


# --- remembered ---


def _memory(folder: Path) -> Path:
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(platformdirs.user_cache_path("shotwright", appauthor=False)) / "recent" / name


def _remember(film: RecentFilm) -> None:
    """A cache that cannot be written costs the picture of a drive that is gone, never the list."""
    place = _memory(film.folder)
    rate = film.rate or FrameRate(24)
    facts = {"title": film.title, "shots": film.shots, "frames": film.frames, "rate": str(rate)}
    try:
        safe_files.make_folder(place)
        safe_files.write_text(place / "film.json", json.dumps(facts))
        if film.poster is not None:
            shutil.copyfile(film.poster, place / "poster")
    except OSError:
        return


def _remembered(folder: Path) -> RecentFilm:
    trouble, place = missing_words(folder), _memory(folder)
    try:
        facts: dict[str, Any] = json.loads((place / "film.json").read_text(encoding="utf-8"))
        poster = place / "poster"
        return RecentFilm(folder, str(facts["title"]), int(facts["shots"]), int(facts["frames"]),
                          FrameRate.parse(facts["rate"]), poster if poster.is_file() else None,
                          trouble=trouble)  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, StudioError):
        return RecentFilm(folder, folder.name, trouble=trouble)


