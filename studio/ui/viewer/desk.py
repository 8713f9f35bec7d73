"""Connects the viewer with the film: what it plays in each mode, and what runs while the shot has nothing else."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import FilmCard, ShotCard
from studio.ui.current_shot import CurrentShot
from studio.ui.drawing import Drawing
from studio.ui.film_watch import FilmWatch
from studio.ui.parts.pictures import PreviewStore
from studio.ui.viewer.dock import Viewer
from studio.ui.viewer.sequence import PlayList, event_stretch, panel_shown, shot_stretch


class ViewerDesk(QObject):
    def __init__(
        self, project: OpenProject, watch: FilmWatch, current: CurrentShot, drawing: Drawing, viewer: Viewer,
        previews: PreviewStore,
    ) -> None:  # fmt: skip
        super().__init__()
        self._project, self._current, self._drawing = project, current, drawing
        self._viewer, self._previews = viewer, previews
        self._mode = "shot"
        watch.film_changed.connect(self._film_changed)
        current.changed.connect(self._show_kept)
        drawing.progressed.connect(lambda _job: self._show_live())
        drawing.queue_changed.connect(self._show_live)
        previews.arrived.connect(lambda _job: self._show_live())
        viewer.mode_requested.connect(self.show_mode)

    def show_mode(self, mode: str) -> None:
        self._mode = mode
        self._show(keep_frame=False)

    def _film_changed(self, film: FilmCard) -> None:
        self._viewer.show_film(film.rate, QSize(film.width, film.height), film.start_timecode)

    def _show_kept(self) -> None:
        self._show(keep_frame=True)

    def _show(self, *, keep_frame: bool) -> None:
        card = self._current.card
        sequence, frame = self._sequence(card)
        if keep_frame and self._mode != "shot" and self._under_playhead() == (card.id if card else None):
            frame = self._viewer.transport.frame
        self._viewer.show_sequence(self._mode, sequence, frame, self._card_foot(card))
        self._show_live()

    def _under_playhead(self) -> str | None:
        stretch = self._viewer.sequence.at(self._viewer.transport.frame)
        return stretch.shot if stretch else None

    def _sequence(self, card: ShotCard | None) -> tuple[PlayList, int]:
        events, rate = self._project.ask(queries.event_cards), self._project.ask(queries.film_card).rate
        if self._mode == "shot":
            if card is None:
                return PlayList(), 0
            film_frame = next((event.film_frame for event in events if event.shot == card.id), None)
            panel = panel_shown(self._current.panel, card.frames) if self._current.panel else None
            return PlayList([shot_stretch(card, self._current.take, panel, film_frame, rate)]), 0
        if self._mode == "scene":
            events = tuple(event for event in events if card is not None and event.scene == card.scene)
        cards = {one.id: one for one in self._project.ask(queries.shot_cards)}
        sequence = PlayList(event_stretch(event, cards.get(event.shot), rate) for event in events)
        return sequence, (sequence.start_of(card.id) if card else None) or 0

    def _card_foot(self, card: ShotCard | None) -> str:
        return "" if card is None or self._mode != "shot" or card.job else "Ctrl Enter draws a panel"

    def _show_live(self) -> None:
        card = self._current.card
        now = self._drawing.live.get(card.job or "") if card else None
        if card is None or now is None or self._mode != "shot":
            self._viewer.show_live(None, None)
            return
        self._viewer.show_live(self._previews.pixmap(card.job), (*now.bar, now.words))
