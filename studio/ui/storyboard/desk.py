"""Connects the board with the film: which cards it shows, what stays selected, what runs on them."""

from __future__ import annotations

from PySide6.QtCore import QObject

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import FilmCard
from studio.project.changes import Changes
from studio.ui.drawing import Drawing
from studio.ui.film_watch import FilmWatch, shots_touched, touches_order
from studio.ui.parts.pictures import PreviewStore
from studio.ui.selection import Selection
from studio.ui.storyboard.board_view import BoardView
from studio.ui.storyboard.dock import BoardPanel
from studio.ui.storyboard.shot_list import ShotList
from studio.ui.wishes.shots import ShotWishes


class BoardDesk(QObject):
    def __init__(
        self, project: OpenProject, watch: FilmWatch, selection: Selection, drawing: Drawing, wishes: ShotWishes,
        panel: BoardPanel, board: BoardView, shots: ShotList, previews: PreviewStore,
    ) -> None:  # fmt: skip
        super().__init__()
        self._project, self._selection, self._drawing = project, selection, drawing
        self._panel, self._board, self._shots = panel, board, shots
        self._select_next: str | None = None
        self._showing = False
        """While the board's rows are replaced, what it says of its selection means nothing."""
        watch.film_changed.connect(self._film_changed)
        watch.changed.connect(self._changed)
        drawing.progressed.connect(lambda _job: self._show_live())
        drawing.queue_changed.connect(self._show_live)
        previews.arrived.connect(self._preview_arrived)
        board.selectionModel().currentChanged.connect(self._hands_moved)
        board.selectionModel().selectionChanged.connect(self._hands_moved)
        board.shot_moved_requested.connect(wishes.move_shot)
        panel.missing_requested.connect(drawing.generate_missing)
        wishes.made.connect(self.select_when_shown)

    def show_all(self) -> None:
        """At opening: the whole film, the first shot selected."""
        self._show_board()
        if self._shots.rowCount() and self._selection.shot is None:
            self._board.select_shot(self._shots.card(0).id)

    def select_when_shown(self, shot: str) -> None:
        """A shot that was just made: selected once its card is on the board."""
        self._select_next = shot

    def select_neighbour(self, step: int) -> None:
        row = self._shots.row_of(self._selection.shot or "")
        if row is not None and 0 <= row + step < self._shots.rowCount():
            self._board.select_shot(self._shots.card(row + step).id)

    def follow(self, shot: str) -> None:
        """The playhead reached a shot."""
        if shot != self._selection.shot:
            self._board.select_shot(shot)

    def _film_changed(self, film: FilmCard) -> None:
        self._shots.rate = film.rate

    def _changed(self, changes: Changes) -> None:
        touched = shots_touched(self._project, changes)
        if touches_order(changes) or touched - {card.id for card in self._shots.cards()}:
            self._show_board()
        elif touched:
            self._shots.refresh(self._project.ask(queries.shot_cards, touched))
        self._panel.show_counts(self._shots.cards())
        if self._select_next is not None:
            shot, self._select_next = self._select_next, None
            self._board.select_shot(shot)

    def _show_board(self) -> None:
        board = self._board
        scroll, kept, current = board.verticalOffset(), list(self._selection.shots), self._selection.shot
        row = None if current is None else self._shots.row_of(current)
        self._showing = True
        self._shots.show_all(self._project.ask(queries.scene_cards), self._project.ask(queries.shot_cards))
        board.lay_out()
        board.verticalScrollBar().setValue(scroll)
        if current is not None and self._shots.row_of(current) is None and self._shots.rowCount():
            current = self._shots.card(min(row or 0, self._shots.rowCount() - 1)).id
            kept = [current]
        board.select_shots(kept, current)
        self._showing = False
        self._selection.choose(board.current_shot(), board.selected_shots())
        self._panel.show_counts(self._shots.cards())

    def _hands_moved(self) -> None:
        if self._showing:
            return
        self._selection.choose(self._board.current_shot(), self._board.selected_shots())
        self._panel.show_selected(len(self._selection.shots))

    # --- what runs ---

    def _show_live(self) -> None:
        for card in self._shots.cards_with_job():
            self._shots.set_live(card.id, self._drawing.live.get(card.job or ""))

    def _preview_arrived(self, job: str) -> None:
        for card in self._shots.cards_with_job():
            if card.job == job:
                self._board.update_shot(card.id)
