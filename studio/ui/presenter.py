"""From the film to the panels: hears what changed, asks for the touched cards, and shows them. Decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSize, QTimer, Signal

from studio.errors import NotFound
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import FilmCard, ShotCard, TakeCard
from studio.project.changes import Changes
from studio.ui.drawing import Drawing
from studio.ui.gallery.dock import Gallery
from studio.ui.jobs.foot import QueueFoot
from studio.ui.parts.pictures import PreviewStore
from studio.ui.prompt.cast import CastRow
from studio.ui.prompt.dock import PromptPanel
from studio.ui.selection import Selection
from studio.ui.storyboard.board_view import BoardView
from studio.ui.storyboard.shot_list import ShotList
from studio.ui.takes.dock import TakesPanel
from studio.ui.viewer.dock import Viewer
from studio.ui.viewer.sequence import PlayList, event_stretch, shot_stretch

ORDERS = ("film", "scene", "event", "cut", "subject", "subject_view", "wardrobe", "reference")
"""Kinds of changes after which the whole board is asked for again; rows that did not change are not redrawn."""


OUTLOOK_AFTER_MS = 60
"""The estimate and what stands in the way are asked for once the selection rests."""


def shots_touched(project: OpenProject, changes: Changes) -> set[str]:
    """Shots whose card may differ: named ones, and those of the touched jobs and of all that wait."""
    shots = set(changes["shot"])
    if changes["job"]:
        jobs = (*project.ask(queries.job_cards, changes["job"]), *project.ask(queries.live_jobs))
        shots |= {card.shot for card in jobs}
    return shots


class Panels:
    """The panels a presenter shows things in."""

    def __init__(
        self, board: BoardView, viewer: Viewer, prompt: PromptPanel, takes: TakesPanel, gallery: Gallery,
        foot: QueueFoot,
    ) -> None:  # fmt: skip
        self.board, self.viewer, self.prompt = board, viewer, prompt
        self.takes, self.gallery, self.foot = takes, gallery, foot


class Presenter(QObject):
    film_shown = Signal(object)
    """FilmCard"""
    state_changed = Signal()
    """what can be done now may differ"""

    def __init__(
        self, project: OpenProject, drawing: Drawing, selection: Selection, shots: ShotList, panels: Panels,
        previews: PreviewStore,
    ) -> None:  # fmt: skip
        super().__init__()
        self._project, self._drawing, self._selection = project, drawing, selection
        self._shots, self._panels, self._previews = shots, panels, previews
        self._mode = "shot"
        self._due = Changes()
        self._select_next: str | None = None
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._flush)
        self._outlook_timer = QTimer(self, singleShot=True, interval=OUTLOOK_AFTER_MS)
        self._outlook_timer.timeout.connect(self._show_outlook)
        self.showing_board = False
        """While the board's rows are replaced, what it says of its selection means nothing."""
        self.film: FilmCard = project.ask(queries.film_card)
        project.changed.connect(self._film_changed)
        selection.changed.connect(self._selection_changed)
        drawing.progressed.connect(self._progressed)
        drawing.queue_changed.connect(self._queue_changed)
        previews.arrived.connect(self._preview_arrived)

    # --- everything ---

    def show_all(self) -> None:
        """At opening: the whole film, the first shot selected."""
        self._show_film()
        self._show_board()
        self._show_subjects()
        self._show_queue()
        if self._shots.rowCount() and self._selection.shot is None:
            self._panels.board.select_shot(self._shots.card(0).id)
        else:
            self._show_shot()

    def close(self) -> None:
        """The window goes: nothing is shown any more, whatever still changes."""
        self._project.changed.disconnect(self._film_changed)
        self._timer.stop()
        self._outlook_timer.stop()

    def select_when_shown(self, shot: str) -> None:
        """A shot that was just made: selected once its card is on the board."""
        self._select_next = shot
        self._timer.start()

    def show_mode(self, mode: str) -> None:
        self._mode = mode
        self._show_sequence(keep_frame=False)

    def shot(self) -> ShotCard | None:
        """The current shot's card."""
        row = None if self._selection.shot is None else self._shots.row_of(self._selection.shot)
        return None if row is None else self._shots.card(row)

    def shown_take(self) -> TakeCard | None:
        """The take looked at, else the chosen one."""
        card = self.shot()
        take = self._selection.take or (card.chosen_take if card and not self._selection.panel else None)
        if take is None:
            return None
        try:
            return self._project.ask(queries.take_card, take)
        except NotFound:
            return None

    # --- what changed ---

    def _film_changed(self, changes: Changes) -> None:
        """Gathers what one turn of the event loop changed, so that a bulk edit is shown once."""
        self._due = self._due | changes
        if not self._timer.isActive():
            self._timer.start()

    def _flush(self) -> None:
        changes, self._due = self._due, Changes()
        touched = shots_touched(self._project, changes)
        self._show_film()
        if any(changes[kind] for kind in ORDERS) or touched - {card.id for card in self._shots.cards()}:
            self._show_board()
        elif touched:
            self._shots.refresh(self._project.ask(queries.shot_cards, touched))
        if any(changes[kind] for kind in ("subject", "subject_view", "reference", "shot")):
            self._show_subjects()
        if changes["job"]:
            self._show_queue()
        if self._select_next is not None:
            shot, self._select_next = self._select_next, None
            self._panels.board.select_shot(shot)
        self._show_shot()

    def _show_film(self) -> None:
        film = self._project.ask(queries.film_card)
        if film != self.film:
            aspect = QSize(film.width, film.height)
            self._shots.rate = film.rate
            self._panels.prompt.show_film(film.rate)
            self._panels.viewer.show_film(film.rate, aspect, film.start_timecode)
        self.film = film
        self.film_shown.emit(film)

    def _show_board(self) -> None:
        board = self._panels.board
        scroll, kept, current = board.verticalOffset(), list(self._selection.shots), self._selection.shot
        row = None if current is None else self._shots.row_of(current)
        self.showing_board = True
        self._shots.show_all(self._project.ask(queries.scene_cards), self._project.ask(queries.shot_cards))
        board.lay_out()
        board.verticalScrollBar().setValue(scroll)
        if current is not None and self._shots.row_of(current) is None and self._shots.rowCount():
            current = self._shots.card(min(row or 0, self._shots.rowCount() - 1)).id
            kept = [current]
        board.select_shots(kept, current)
        self.showing_board = False
        self._selection.choose(board.current_shot(), board.selected_shots())

    def _show_subjects(self) -> None:
        self._panels.gallery.show_subjects(self._project.ask(queries.subject_cards))

    def _show_queue(self) -> None:
        self._panels.foot.show_jobs(self._drawing.shown_jobs(), paused=self._drawing.paused)
        self._show_live()
        self.state_changed.emit()

    def _queue_changed(self) -> None:
        self._show_queue()
        self._panels.prompt.show_engines(self._drawing.engines(), self._drawing.engine)
        self._outlook_timer.start()

    # --- the current shot ---

    def _selection_changed(self) -> None:
        self._show_shot()

    def _show_shot(self) -> None:
        card = self.shot()
        known = [(subject.name, subject.kind) for subject in self._panels.gallery.subjects()]
        heading, cast = "", list[CastRow]()
        if card is not None:
            scene = self._shots.scene(card.scene)
            heading = scene.heading if scene else ""
            brief = self._project.ask(queries.shot_brief, card.id)
            cast = [CastRow(one.name, one.kind, one.side, one.facing, one.action) for one in brief.subjects]
        self._panels.prompt.show_shot(card, heading, cast, known, editable=self._project.writable)
        self._show_versions(card)
        self._show_sequence(keep_frame=True)
        self._outlook_timer.start()
        self.state_changed.emit()

    def _show_versions(self, card: ShotCard | None) -> None:
        takes = self._project.ask(queries.take_cards, card.id) if card else ()
        panels = self._project.ask(queries.panel_cards, card.id) if card else ()
        self._panels.takes.show_shot(card.number if card else "", takes, panels)
        take = self._selection.take or (card.chosen_take if card else None)
        panel = self._selection.panel or (card.chosen_panel if card else None)
        self._panels.takes.show_current(take, panel)

    def _show_outlook(self) -> None:
        card = self.shot()
        if card is not None:
            self._panels.prompt.show_outlook(self._drawing.outlook(card.id, self._selection.take or card.chosen_take))

    def put_back(self) -> None:
        """An edit was refused: the fields show the film again; a draft stays, so that nothing typed is lost."""
        card = self.shot()
        if card is not None:
            self._panels.prompt.put_back(card)

    # --- the viewer ---

    def _show_sequence(self, *, keep_frame: bool) -> None:
        card = self.shot()
        sequence, frame = self._sequence(card)
        viewer = self._panels.viewer
        if keep_frame and self._mode != "shot" and self._under_playhead() == (card.id if card else None):
            frame = viewer.transport.frame
        viewer.show_sequence(self._mode, sequence, frame, self._card_foot(card))
        self._show_live()

    def _under_playhead(self) -> str | None:
        viewer = self._panels.viewer
        stretch = viewer.sequence.at(viewer.transport.frame)
        return stretch.shot if stretch else None

    def _sequence(self, card: ShotCard | None) -> tuple[PlayList, int]:
        events = self._project.ask(queries.event_cards)
        if self._mode == "shot":
            if card is None:
                return PlayList(), 0
            film_frame = next((event.film_frame for event in events if event.shot == card.id), None)
            return PlayList([shot_stretch(card, self.shown_take(), self._shown_panel(card), film_frame)]), 0
        if self._mode == "scene":
            events = tuple(event for event in events if card is not None and event.scene == card.scene)
        cards = {one.id: one for one in self._shots.cards()}
        sequence = PlayList(stretch for event in events for stretch in event_stretch(event, cards.get(event.shot)))
        return sequence, (sequence.start_of(card.id) if card else None) or 0

    def _shown_panel(self, card: ShotCard) -> Path | None:
        wanted = self._selection.panel or card.chosen_panel
        panels = self._project.ask(queries.panel_cards, card.id) if wanted else ()
        return next((panel.picture for panel in panels if panel.id == wanted), None)

    def _card_foot(self, card: ShotCard | None) -> str:
        return "" if card is None or self._mode != "shot" or card.job else "Ctrl Enter draws a panel"

    # --- what runs ---

    def _progressed(self, _job: str) -> None:
        self._show_live()

    def _preview_arrived(self, job: str) -> None:
        self._panels.foot.show_preview(job)
        self._with_row_of(job, self._panels.board.update_shot)
        self._show_live()

    def _show_live(self) -> None:
        """Steps and previews: on the cards, in the foot, and in the viewer while the shot has nothing else to show."""
        live = self._drawing.live
        self._panels.foot.show_live(live)
        for card in self._shots.cards_with_job():
            self._shots.set_live(card.id, live.get(card.job or ""))
        current = self.shot()
        now = live.get(current.job or "") if current else None
        if current is None or now is None or self._mode != "shot":
            self._panels.viewer.show_live(None, None)
            return
        self._panels.viewer.show_live(self._previews.pixmap(current.job), (*now.bar, now.words))

    def _with_row_of(self, job: str, call: Callable[[str], None]) -> None:
        for card in self._shots.cards_with_job():
            if card.job == job:
                call(card.id)
