"""Connects the queue at the foot with the jobs of the film."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import JobCard
from studio.project.changes import Changes
from studio.ui.drawing import Drawing
from studio.ui.exports import Exports
from studio.ui.film_watch import FilmWatch
from studio.ui.imports import Imports
from studio.ui.jobs.foot import QueueFoot
from studio.ui.jobs.report_sheet import ReportSheet
from studio.ui.parts.pictures import PictureStore, PreviewStore
from studio.ui.theme import Look
from studio.ui.wishes.door import Door


class QueueDesk(QObject):
    shot_requested = Signal(str)
    """go to this shot"""

    def __init__(
        self, look: Look, over: QWidget, project: OpenProject, watch: FilmWatch, drawing: Drawing, exports: Exports,
        imports: Imports, door: Door, foot: QueueFoot, pictures: PictureStore, previews: PreviewStore,
    ) -> None:  # fmt: skip
        super().__init__()
        self._look, self._over, self._project = look, over, project
        self._drawing, self._foot, self._pictures = drawing, foot, pictures
        watch.changed_last.connect(self._changed)
        drawing.queue_changed.connect(self.show_all)
        drawing.progressed.connect(lambda _job: foot.show_live(drawing.live))
        previews.arrived.connect(foot.show_preview)
        foot.pause_requested.connect(drawing.pause)
        foot.cancel_requested.connect(drawing.cancel)
        foot.stop_now_requested.connect(drawing.stop_now)
        foot.retry_requested.connect(drawing.retry)
        foot.dismiss_requested.connect(drawing.dismiss)
        foot.place_requested.connect(drawing.move)
        foot.shot_requested.connect(self._go_to_shot_of)
        foot.report_requested.connect(self.show_report)
        for told in (door.noted, drawing.noted):
            told.connect(foot.say)
        exports.progressed.connect(foot.show_export)
        exports.ended.connect(foot.export_ended)
        foot.export.stop_requested.connect(exports.stop)
        imports.progressed.connect(foot.show_import)
        imports.ended.connect(foot.import_ended)
        imports.refused.connect(lambda _error: foot.bringing.hide())
        foot.bringing.stop_requested.connect(imports.cancel)

    def show_all(self) -> None:
        jobs = self._drawing.shown_jobs()
        self._foot.show_jobs(jobs, paused=self._drawing.paused, expected=self._drawing.expected(jobs))
        self._foot.show_live(self._drawing.live)

    def show_report(self) -> None:
        """One page: what was done, what failed and why. Called by the action, too."""
        cards = self._project.ask(queries.job_cards)
        takes = self._project.ask(queries.takes_by_id, [card.take for card in cards if card.take])
        panels = self._project.ask(queries.panels_by_id, [card.panel for card in cards if card.panel])

        def picture_of(card: JobCard) -> Path | None:
            if card.take in takes:
                return takes[card.take].poster
            return panels[card.panel].picture if card.panel in panels else None

        sheet = ReportSheet(self._look, self._over, cards, self._pictures, picture_of,
                            writable=self._project.writable)  # fmt: skip
        sheet.shot_requested.connect(self.shot_requested)
        sheet.retry_requested.connect(self._drawing.retry)
        sheet.open()

    def _go_to_shot_of(self, job: str) -> None:
        self.shot_requested.emit(self._project.ask(queries.job_card, job).shot)

    def _changed(self, changes: Changes) -> None:
        if changes["job"]:
            self.show_all()
