"""The cut the timeline shows, with its sound and markers: asked for again after something it is made of changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from studio.open_project import OpenProject
from studio.project import queries, sound_queries
from studio.project.cards import FilmCard
from studio.project.changes import Changes
from studio.project.cut_cards import EventCard
from studio.project.timing import FilmTimecode
from studio.ui.film_watch import FilmWatch
from studio.ui.storyboard.timeline.cut import TimelineCut

EVENTS = ("film", "scene", "shot", "panel", "take", "cut", "event")
"""Kinds of changes after which the events are asked for again."""
SOUND = (*EVENTS, "lane", "sound_clip", "marker")
"""... after which lanes, clips and markers are: they stand where the events leave them."""


class CutWatch(QObject):
    changed = Signal()
    """Another cut is looked at, or the one looked at differs: `cut` says how it is now."""

    def __init__(self, project: OpenProject, watch: FilmWatch) -> None:
        super().__init__()
        self._project, self._watch = project, watch
        self._looked_at: str | None = None
        self._events: tuple[EventCard, ...] | None = None
        self._behind = Changes()
        """What changed since the events were read."""
        self._read_as = watch.film
        """The film when they were read."""
        self._cut: TimelineCut | None = None
        watch.changed_cut.connect(self._film_changed)

    @property
    def cut(self) -> TimelineCut:
        """Asked for when it is needed: while nobody looks at the timeline an edit costs nothing here."""
        if self._cut is None:
            self._cut = self._read()
        return self._cut

    @property
    def looked_at(self) -> str | None:
        """The earlier cut that is looked at; None: the current one."""
        return self._looked_at

    def look_at(self, cut: str | None) -> None:
        """Show another cut; the current one goes on being edited only once it is shown again."""
        wanted = None if cut == self._watch.film.current_cut else cut
        if wanted != self._looked_at:
            self._looked_at = wanted
            self._forget()
            self.changed.emit()

    def _film_changed(self, changes: Changes) -> None:
        if not any(changes[kind] for kind in SOUND):
            return
        if any(changes[kind] for kind in EVENTS):
            self._behind |= changes
        if self._looked_at is not None and changes["cut"]:
            known = {card.id for card in self._project.ask(queries.cut_cards)}
            if self._looked_at not in known or self._looked_at == self._watch.film.current_cut:
                self._looked_at = None
                self._forget()
        self._cut = None
        self.changed.emit()

    def _since(self) -> Changes:
        """What changed, without what a job keeps in the film for itself: for that every event would be read anew."""
        if _facts(self._read_as) != _facts(self._watch.film):
            return self._behind
        return Changes({kind: ids for kind, ids in self._behind.touched.items() if kind != "film"})

    def _forget(self) -> None:
        self._events, self._cut, self._behind = None, None, Changes()

    def _read(self) -> TimelineCut:
        film, ask, cut = self._watch.film, self._project.ask, self._looked_at
        if self._events is None:
            self._events = ask(queries.event_cards, cut)
        elif self._behind:
            self._events = ask(queries.event_cards_again, self._events, self._since(), cut)
        self._behind, self._read_as = Changes(), film
        return TimelineCut(
            film.rate, self._events, ask(sound_queries.lane_cards, cut), ask(sound_queries.sound_cards, cut),
            ask(sound_queries.marker_cards, cut), timecode=FilmTimecode.of(film.start_timecode, film.rate),
            frozen=cut is not None,
        )  # fmt: skip


def _facts(film: FilmCard) -> tuple[object, ...]:
    """What of a film its events show."""
    return film.rate, film.start_timecode, film.numbering, film.numbers_locked, film.current_cut
