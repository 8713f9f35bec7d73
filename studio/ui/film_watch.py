"""What changed in the film, gathered for one turn of the event loop, so that a bulk edit is shown once."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import FilmCard
from studio.project.changes import Changes

ORDERS = ("film", "scene", "event", "cut", "subject", "subject_view", "wardrobe", "reference")
"""Kinds of changes after which the whole board is asked for again; rows that did not change are not redrawn."""

COUNTED = ("film", "scene", "shot", "event", "cut")
"""Kinds of changes after which the film's own facts may differ."""


class FilmWatch(QObject):
    """Desks hear `changed` in the order they were built: the board first, because it decides what stays selected."""

    film_changed = Signal(object)
    """FilmCard: before `changed`, where the film's own facts differ"""
    changed = Signal(object)
    """Changes, joined"""

    def __init__(self, project: OpenProject) -> None:
        super().__init__()
        self._project = project
        self.film: FilmCard = project.ask(queries.film_card)
        self._due = Changes()
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self.flush)
        project.changed.connect(self._gather)

    def close(self) -> None:
        """The window goes: nothing is announced any more, whatever still changes."""
        self._project.changed.disconnect(self._gather)
        self._timer.stop()

    def flush(self) -> None:
        """Announce now what is due."""
        self._timer.stop()
        changes, self._due = self._due, Changes()
        film = self._project.ask(queries.film_card) if any(changes[kind] for kind in COUNTED) else self.film
        if film != self.film:
            self.film = film
            self.film_changed.emit(film)
        elif changes["film"]:
            # What jobs keep in the film for themselves, as the timecode given out so far, is shown nowhere.
            changes = changes.without("film")
        if changes:
            self.changed.emit(changes)

    def _gather(self, changes: Changes) -> None:
        self._due = self._due | changes
        if not self._timer.isActive():
            self._timer.start()


def touches_order(changes: Changes) -> bool:
    return any(changes[kind] for kind in ORDERS)


def shots_touched(project: OpenProject, changes: Changes) -> set[str]:
    """Shots whose card may differ: named ones, and those of the touched jobs and of all that wait."""
    shots = set(changes["shot"])
    if changes["job"]:
        jobs = (*project.ask(queries.job_cards, changes["job"]), *project.ask(queries.live_jobs))
        shots |= {card.shot for card in jobs}
    return shots
