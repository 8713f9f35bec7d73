"""Connects the queue at the foot with the jobs of the film."""

from __future__ import annotations

from PySide6.QtCore import QObject

from studio.project.changes import Changes
from studio.ui.drawing import Drawing
from studio.ui.exports import Exports
from studio.ui.film_watch import FilmWatch
from studio.ui.jobs.foot import QueueFoot
from studio.ui.parts.pictures import PreviewStore
from studio.ui.wishes.door import Door


class QueueDesk(QObject):
    def __init__(
        self, watch: FilmWatch, drawing: Drawing, exports: Exports, door: Door, foot: QueueFoot, previews: PreviewStore
    ) -> None:
        super().__init__()
        self._drawing, self._foot = drawing, foot
        watch.changed.connect(self._changed)
        drawing.queue_changed.connect(self.show_all)
        drawing.progressed.connect(lambda _job: foot.show_live(drawing.live))
        previews.arrived.connect(foot.show_preview)
        foot.pause_requested.connect(drawing.pause)
        foot.cancel_requested.connect(drawing.cancel)
        foot.stop_now_requested.connect(drawing.stop_now)
        foot.retry_requested.connect(drawing.retry)
        foot.dismiss_requested.connect(drawing.dismiss)
        foot.sooner_requested.connect(drawing.sooner)
        for told in (door.noted, drawing.noted):
            told.connect(foot.say)
        exports.progressed.connect(foot.show_export)
        exports.ended.connect(foot.export_ended)
        foot.export_stop_requested.connect(exports.stop)

    def show_all(self) -> None:
        self._foot.show_jobs(self._drawing.shown_jobs(), paused=self._drawing.paused)
        self._foot.show_live(self._drawing.live)

    def _changed(self, changes: Changes) -> None:
        if changes["job"]:
            self.show_all()
