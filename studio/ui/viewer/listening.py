"""Gives the player of sound what the cut has to hear, and takes its clock for the pictures."""

from __future__ import annotations

from PySide6.QtCore import QObject

from studio.errors import NotFound
from studio.open_project import OpenProject
from studio.project.changes import Changes
from studio.project.sound_queries import lane_cards, sound_cards
from studio.ui.film_watch import FilmWatch
from studio.ui.sound.player import SoundPlayer
from studio.ui.viewer.dock import Viewer

HEARD = ("sound_clip", "lane", "event", "cut", "shot", "scene", "film")
"""Kinds of changes after which the sound of the cut is read again."""


class Listening(QObject):
    def __init__(self, project: OpenProject, watch: FilmWatch, viewer: Viewer, player: SoundPlayer) -> None:
        super().__init__()
        self._project, self._watch, self._player = project, watch, player
        self._looked_at: str | None = None
        viewer.hear(player)
        watch.changed_cut.connect(self._changed)
        self._give()

    def look_at(self, cut: str | None) -> None:
        """The sound of an earlier cut, or of the current one again (None)."""
        self._looked_at = cut
        self._give()

    def _changed(self, changes: Changes) -> None:
        if any(changes[kind] for kind in HEARD):
            self._give()

    def _give(self) -> None:
        try:
            lanes = self._project.ask(lane_cards, self._looked_at)
        except NotFound:  # the earlier cut was removed
            self._looked_at = None
            lanes = self._project.ask(lane_cards)
        self._player.set_cut(lanes, self._project.ask(sound_cards, self._looked_at), self._watch.film.rate)
