"""The shot the hands are on, with its takes and panels: asked for once, shown by several panels."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from studio.errors import NotFound
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import PanelCard, ShotCard, TakeCard
from studio.project.changes import Changes
from studio.ui.film_watch import FilmWatch
from studio.ui.selection import Selection

NAMED_BY_JOBS = frozenset({"film", "scene"})
"""What a job that is queued or done touches beside: the film counts its timecode, a scene is named with its shot."""
QUEUE_MOVES_MS = 1_000
"""While jobs of other shots end, the place in line of this one's is shown anew this often."""
OF_OTHERS = frozenset({"job", "shot", "take", "panel"})
"""Kinds of things of which a change shows only in the shot it names."""


class CurrentShot(QObject):
    changed = Signal()
    """another shot, another take or panel looked at, or the film changed"""

    def __init__(self, project: OpenProject, watch: FilmWatch, selection: Selection) -> None:
        super().__init__()
        self._project, self._selection = project, selection
        self.card: ShotCard | None = None
        self.takes: tuple[TakeCard, ...] = ()
        self.panels: tuple[PanelCard, ...] = ()
        self._queue_moved = QTimer(self, singleShot=True, interval=QUEUE_MOVES_MS)
        self._queue_moved.timeout.connect(self.refresh)
        self._looked_at: tuple[str | None, ...] = ()
        """Shot, take and panel when `changed` was told last."""
        selection.changed.connect(self._hands_moved)
        watch.changed_next.connect(self._film_changed)

    @property
    def take(self) -> TakeCard | None:
        """The take looked at, else the chosen one; none while a panel is looked at."""
        chosen = self.card.chosen_take if self.card and not self._selection.panel else None
        wanted = self._selection.take or chosen
        return next((take for take in self.takes if take.id == wanted), None)

    @property
    def panel(self) -> PanelCard | None:
        """The panel looked at, else the chosen one."""
        wanted = self._selection.panel or (self.card.chosen_panel if self.card else None)
        return next((panel for panel in self.panels if panel.id == wanted), None)

    def close(self) -> None:
        """The window goes."""
        self._queue_moved.stop()

    def refresh(self) -> None:
        self.card, self.takes, self.panels = None, (), ()
        if self._selection.shot is not None:
            try:
                self.card = self._project.ask(queries.shot_card, self._selection.shot)
                self.takes = self._project.ask(queries.take_cards, self._selection.shot)
                self.panels = self._project.ask(queries.panel_cards, self._selection.shot)
            except NotFound:
                self.card = None
        self._tell()

    def _hands_moved(self) -> None:
        """Nothing where only the shots selected beside this one are others; a take of the same shot is known by now."""
        there = (self._selection.shot, self._selection.take, self._selection.panel)
        if there[:1] != self._looked_at[:1]:
            self.refresh()
        elif there != self._looked_at:
            self._tell()

    def _tell(self) -> None:
        self._looked_at = (self._selection.shot, self._selection.take, self._selection.panel)
        self.changed.emit()

    def _film_changed(self, changes: Changes) -> None:
        if self._may_differ(changes):
            self.refresh()
        elif self.card is not None and self.card.queue_place and not self._queue_moved.isActive():
            self._queue_moved.start()

    def _may_differ(self, changes: Changes) -> bool:
        """Whether an edit may show here: while hundreds of jobs finish, nearly all are of other shots."""
        others = OF_OTHERS | NAMED_BY_JOBS if changes["job"] else OF_OTHERS
        if self.card is None or any(kind not in others for kind in changes.touched):
            return True
        shown = {take.id for take in self.takes} | {panel.id for panel in self.panels}
        return self.card.id in changes["shot"] or not shown.isdisjoint(changes["take"] | changes["panel"])
