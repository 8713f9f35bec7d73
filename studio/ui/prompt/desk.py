"""Connects the shot and prompt panel with the film: the shot's fields, who is in it, what generating would do."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import FilmCard
from studio.project.changes import Changes
from studio.ui.cast_row import CastRow
from studio.ui.current_shot import CurrentShot
from studio.ui.drawing import Drawing
from studio.ui.film_watch import FilmWatch
from studio.ui.prompt.dock import PromptPanel
from studio.ui.wishes.shots import ShotWishes

OUTLOOK_AFTER_MS = 60
"""The estimate and what stands in the way are asked for once the selection rests."""


class PromptDesk(QObject):
    def __init__(
        self, project: OpenProject, watch: FilmWatch, current: CurrentShot, drawing: Drawing, wishes: ShotWishes,
        panel: PromptPanel,
    ) -> None:  # fmt: skip
        super().__init__()
        self._project, self._current, self._drawing, self._panel = project, current, drawing, panel
        self._timer = QTimer(self, singleShot=True, interval=OUTLOOK_AFTER_MS)
        self._timer.timeout.connect(self._show_outlook)
        self._known = self._subjects()
        watch.film_changed.connect(self._film_changed)
        watch.changed_next.connect(self._changed)
        current.changed.connect(self._show)
        drawing.queue_changed.connect(self._queue_changed)
        drawing.seed, drawing.keep_typed = panel.chosen_seed, panel.keep
        panel.fields_edited.connect(wishes.edit_shot)
        panel.cast_edited.connect(wishes.edit_cast)
        panel.generate_requested.connect(drawing.generate)
        panel.cause.again_requested.connect(drawing.generate_motion)
        panel.cause.keep_requested.connect(wishes.keep_as_is)
        panel.takes_changed.connect(drawing.keep_takes)
        panel.engine_chosen.connect(drawing.choose_engine)

    def show_all(self) -> None:
        self._panel.show_engines(self._drawing.engines(), self._drawing.engine)

    def put_back(self) -> None:
        """An edit was refused: the fields show the film again; a draft stays, so that nothing typed is lost."""
        if self._current.card is not None:
            self._panel.put_back(self._current.card)

    def close(self) -> None:
        """Keeps what is still being typed."""
        self._timer.stop()
        self._panel.keep()

    def _film_changed(self, film: FilmCard) -> None:
        self._panel.show_film(film.rate)

    def _show(self) -> None:
        card = self._current.card
        heading, cast = "", list[CastRow]()
        if card is not None:
            heading, subjects = self._project.ask(queries.shot_cast, card.id)
            cast = [CastRow(one.name, one.kind, one.side, one.facing, one.action) for one in subjects]
        self._panel.show_shot(card, heading, cast, self._known, editable=self._project.writable)
        self._timer.start()

    def _changed(self, changes: Changes) -> None:
        """Names are asked for when they may differ and not with every shot that is looked at."""
        if changes["subject"]:
            self._known = self._subjects()
            self._show()

    def _subjects(self) -> list[tuple[str, str]]:
        return [(subject.name, subject.kind) for subject in self._project.ask(queries.subject_cards)]

    def _queue_changed(self) -> None:
        self.show_all()
        self._timer.start()

    def _show_outlook(self) -> None:
        card = self._current.card
        if card is not None:
            takes, panels = self._current.takes, self._current.panels
            chosen = next((one for one in takes if one.id == card.chosen_take), takes[-1] if takes else None)
            take = self._current.take or chosen
            self._panel.show_outlook(self._drawing.outlook(card, take, panels[-1] if panels else None))
