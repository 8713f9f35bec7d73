"""Gives the player of sound what the cut has to hear, and takes its clock for the pictures."""

from __future__ import annotations

from PySide6.QtCore import QObject

from studio.open_project import OpenProject
from studio.project.changes import Changes
from studio.project.sound_queries import lane_cards, sound_cards
from studio.ui.film_watch import FilmWatch
from studio.ui.sound.player import SoundPlayer
from studio.ui.viewer.dock import Viewer

HEARD = ("sound", "lane", "event", "cut", "shot", "film")
"""Kinds of changes after which the sound of the cut is read again."""


class Listening(QObject):
    def __init__(self, project: OpenProject, watch: FilmWatch, viewer: Viewer, player: SoundPlayer) -> None:
        super().__init__()
        self._project, self._watch, self._player = project, watch, player
        viewer.hear(player)
        watch.changed.connect(self._changed)
        self._give()

    def _changed(self, changes: Changes) -> None:
        if any(changes[kind] for kind in HEARD):
            self._give()

    def _give(self) -> None:
        lanes, sounds = self._project.ask(lane_cards), self._project.ask(sound_cards)
        self._player.set_cut(lanes, sounds, self._watch.film.rate)
