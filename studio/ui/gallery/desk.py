"""Connects the reference gallery with the film."""

from __future__ import annotations

from PySide6.QtCore import QObject

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.changes import Changes
from studio.ui.film_watch import FilmWatch
from studio.ui.gallery.dock import Gallery

SHOWS = ("subject", "subject_view", "reference", "shot")


class GalleryDesk(QObject):
    def __init__(self, project: OpenProject, watch: FilmWatch, gallery: Gallery) -> None:
        super().__init__()
        self._project, self._gallery = project, gallery
        watch.changed_last.connect(self._changed)

    def show_all(self) -> None:
        self._gallery.show_subjects(self._project.ask(queries.subject_cards))

    def _changed(self, changes: Changes) -> None:
        if any(changes[kind] for kind in SHOWS):
            self.show_all()
