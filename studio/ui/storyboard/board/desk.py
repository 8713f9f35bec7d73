"""Connects the board with the film: which cards it shows, what stays selected, what runs on them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import FilmCard
from studio.project.changes import Changes
from studio.project.job_queries import queue_places, shots_of_jobs
from studio.project.shot_queries import board_order, shots_with
from studio.ui.drawing import Drawing
from studio.ui.film_watch import FilmWatch
from studio.ui.import_targets import ToBoard, ToShot
from studio.ui.imports import Imports
from studio.ui.parts.held_files import dropped_paths
from studio.ui.parts.pictures import PreviewStore
from studio.ui.selection import Selection
from studio.ui.storyboard.board.filters import ALL
from studio.ui.storyboard.board.shot_list import ShotList, same_scene
from studio.ui.storyboard.board.view import BoardView
from studio.ui.storyboard.dock import BoardPanel
from studio.ui.wishes.shots import ShotWishes

FIRST = 120
"""Shots shown at opening before anything is asked of the others."""
AT_ONCE = 100
"""Cards read between two turns of the event loop, until all are read: some 8 ms."""


class BoardDesk(QObject):
    def __init__(
        self, project: OpenProject, watch: FilmWatch, selection: Selection, drawing: Drawing, wishes: ShotWishes,
        imports: Imports, panel: BoardPanel, board: BoardView, shots: ShotList, previews: PreviewStore,
    ) -> None:  # fmt: skip
        super().__init__()
        self._project, self._selection, self._drawing, self._imports = project, selection, drawing, imports
        self._panel, self._board, self._shots = panel, board, shots
        self._facts = (watch.film.rate, watch.film.numbering, watch.film.title)
        self._select_next: list[str] = []
        self._showing = False
        """While the board's rows are replaced, what it says of its selection means nothing."""
        self._reading = QTimer(self, singleShot=True, interval=0)
        self._reading.timeout.connect(self._read_on)
        shots.read_with(lambda ids: project.ask(queries.shot_cards, ids))
        shots.counted.connect(self._show_counts)
        watch.film_changed.connect(self._film_changed)
        watch.changed.connect(self._changed)
        drawing.progressed.connect(lambda _job: self._show_live())
        drawing.queue_changed.connect(self._show_live)
        previews.arrived.connect(self._preview_arrived)
        board.selectionModel().currentChanged.connect(self._hands_moved)
        board.selectionModel().selectionChanged.connect(self._hands_moved)
        self._connect_wishes(wishes)

    def _connect_wishes(self, wishes: ShotWishes) -> None:
        board, panel, drawing = self._board, self._panel, self._drawing
        board.cards_moved_requested.connect(
            lambda shots, to: wishes.move_shots(shots, to.scene, to.before, to.after))
        board.cards_copied_requested.connect(
            lambda shots, to: wishes.copy_shots(shots, to.scene, to.before, to.after))
        board.shot_in_scene_requested.connect(wishes.new_shot_in)
        board.action_edited.connect(lambda shot, action: wishes.edit_shot(shot, {"action": action}))
        board.scene_missing_requested.connect(drawing.generate_missing_in)
        board.scene_menu_requested.connect(self._open_scene_menu)
        board.files_dropped.connect(self._imports.to_shot)
        board.files_dropped_on_board.connect(lambda scene, paths: self._imports.to_board(scene or None, paths))
        panel.missing_requested.connect(drawing.generate_missing)
        panel.filter.chosen.connect(self._show_only)
        panel.view_shown.connect(self._view_shown)
        wishes.made.connect(self.select_when_shown)
        wishes.copied.connect(self._select_copies)

    def show_all(self) -> None:
        """At opening: as many shots as one screen may have at once, the first selected; then where all the others are.

        The cards of the others are read between two turns of the event loop.
        """
        first = self._project.ask(board_order, FIRST)
        scenes = self._project.ask(queries.scene_cards, {place.scene for place in first})
        if len(first) < FIRST:
            self._show_board()
        else:
            self._shots.show_order(scenes, first)
            QTimer.singleShot(0, self, self._show_board)
        if self._shots.rowCount() and self._selection.shot is None:
            self._board.select_shot(self._shots.shot(0))

    def close(self) -> None:
        """The window goes: no card is read any more."""
        self._reading.stop()

    def paste(self) -> None:
        """Pictures and files on the clipboard: panels and takes of the current shot, new shots where there is none."""
        data, shot = QGuiApplication.clipboard().mimeData(), self._selection.shot
        paths = dropped_paths(data)
        if paths and shot is not None:
            self._imports.to_shot(shot, paths)
        elif paths:
            self._imports.to_board(None, paths)
        else:
            image = QGuiApplication.clipboard().image()
            self._imports.paste(image, ToBoard(None) if shot is None else ToShot(shot))

    def select_when_shown(self, shot: str) -> None:
        """A shot that was just made: selected once its card is on the board."""
        self._select_next = [shot]

    def select_neighbour(self, step: int) -> None:
        row = self._shots.row_of(self._selection.shot or "")
        if row is not None and 0 <= row + step < self._shots.rowCount():
            self._board.select_shot(self._shots.shot(row + step))

    def follow(self, shot: str) -> None:
        """The playhead reached a shot."""
        if shot != self._selection.shot:
            self._board.select_shot(shot)

    def _open_scene_menu(self, scene: str, point: QPoint) -> None:
        """What can be done with a scene, from its header."""
        board, shots, drawing = self._board, self._shots, self._drawing
        folded, every = shots.is_folded(scene), [card.id for card in shots.scenes()]
        menu = QMenu(board)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Edit scene…", lambda: board.scene_opened.emit(scene))
        menu.addAction("Generate what is missing", lambda: drawing.generate_missing_in(scene))
        menu.addAction("Draw the scene in panels", lambda: drawing.generate_panels_in(scene))
        menu.addAction("Expand every prompt", lambda: board.scene_expansion_requested.emit(scene))
        menu.addAction("Proposed prompts…", lambda: board.scene_prompts_requested.emit(scene))
        menu.addSeparator()
        menu.addAction("Select its shots", lambda: board.select_scene(scene))
        menu.addAction("Unfold" if folded else "Fold", lambda: shots.fold([scene], not folded))
        menu.addAction("Fold all scenes", lambda: shots.fold(every, True))
        menu.addAction("Unfold all scenes", lambda: shots.fold(every, False))
        menu.popup(point)

    def _select_copies(self, shots: list[str]) -> None:
        self._select_next = list(shots)

    def _show_only(self, name: str) -> None:
        kept, current = list(self._selection.shots), self._selection.shot
        self._showing = True
        self._shots.show_only(name)
        self._restore(kept, current, 0)

    def _view_shown(self, view: str) -> None:
        """The timeline knows no filter: whatever is chosen there has its row on the board."""
        if view == "timeline" and self._shots.filter != ALL:
            self._panel.filter.choose(ALL)
            self._show_only(ALL)

    # --- the film changed ---

    def _film_changed(self, film: FilmCard) -> None:
        """Numbers as they show, and what is out of date, hang on the film's own facts."""
        facts = (film.rate, film.numbering, film.title)
        if facts != self._facts:
            self._facts, self._shots.rate = facts, film.rate
            self._shots.ask_again()

    def _changed(self, changes: Changes) -> None:
        touched = set(changes["shot"])
        if changes["job"]:
            touched |= self._project.ask(shots_of_jobs, changes["job"])
            self._shots.show_queue(self._project.ask(queue_places))
        self._shots.ask_again(touched)
        if changes["subject"]:
            self._shots.ask_again(self._project.ask(shots_with, changes["subject"]))
        if self._scenes_differ(changes) or self._order_differs(changes, touched):
            self._show_board()
        self._shots.refresh_seen(self._board.rows_seen(), touched)
        self._reading.start()
        self._select_made()

    def _scenes_differ(self, changes: Changes) -> bool:
        """Whether a scene is another one than is shown; then all of its cards may differ.

        A take that comes in names its scene as well, of which nothing changes but the shot.
        """
        if not changes["scene"]:
            return False
        now = {card.id: card for card in self._project.ask(queries.scene_cards, changes["scene"])}
        other = [scene for scene in changes["scene"] if not same_scene(self._shots.scene(scene), now.get(scene))]
        for scene in other:
            self._shots.ask_again(self._shots.shots_of(scene))
        return bool(other)

    def _order_differs(self, changes: Changes, touched: set[str]) -> bool:
        """Whether shots may stand elsewhere. What a job does never moves one, unless it names an event."""
        moved = changes["event"] or changes["cut"] or (changes["scene"] and not changes["job"])
        return bool(moved) or not all(self._shots.has(shot) for shot in touched)

    def _select_made(self) -> None:
        """What a wish made is selected; a filter that would hide it is taken away."""
        shots, self._select_next = self._select_next, []
        if not shots:
            return
        if any(self._shots.row_of(shot) is None for shot in shots):
            self._panel.filter.choose(ALL)
            self._show_only(ALL)
        self._board.select_shot(shots[0])
        if len(shots) > 1:
            self._board.select_shots(shots, shots[0])

    def _show_board(self) -> None:
        board = self._board
        scroll, kept, current = board.verticalOffset(), list(self._selection.shots), self._selection.shot
        row = None if current is None else self._shots.row_of(current)
        self._showing = True
        self._shots.show_order(self._project.ask(queries.scene_cards), self._project.ask(board_order))
        board.verticalScrollBar().setValue(scroll)
        self._restore(kept, current, row or 0)
        self._panel.show_film(empty=not self._shots.everything and not self._shots.scenes())
        self._reading.start()

    def _restore(self, kept: list[str], current: str | None, row: int) -> None:
        """What was selected is selected again, or whoever stands in its place now."""
        if current is not None and self._shots.row_of(current) is None:
            count = self._shots.rowCount()
            current = self._shots.shot(min(row, count - 1)) if count else None
            kept = [current] if current else []
        self._board.select_shots(kept, current)
        self._showing = False
        self._hands_moved()

    def _show_counts(self) -> None:
        """Not while the film is read for the first time: numbers that run are read by nobody."""
        if self._shots.all_known:
            self._panel.show_counts(self._shots.tally)

    def _read_on(self) -> None:
        if self._shots.read_some(AT_ONCE):
            self._reading.start()

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
