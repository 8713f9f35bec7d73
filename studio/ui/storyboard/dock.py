"""The storyboard panel: board and timeline of the current cut, one header for both."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from studio.ui.parts.controls import DockHeader, IconButton, KeyButton, Segments, text_label
from studio.ui.storyboard.board.empty_board import EmptyBoard
from studio.ui.storyboard.board.filters import Tally
from studio.ui.storyboard.board.tools import BoardFilter, BoardZoom
from studio.ui.storyboard.board.view import BoardView
from studio.ui.storyboard.timeline.tools import FactsLabel, TimelineTools, ZoomTools
from studio.ui.storyboard.timeline.view import TimelineView
from studio.ui.theme import Look

VIEWS = (("board", "Board"), ("timeline", "Timeline"))
NARROWEST = 420
"""Pixels the header asks for. What all of its tools need together would push the dock over its neighbours."""
ROOMY = 830
"""From this width on the header holds the name of the panel and the zoom, which has keys and the wheel besides."""


class BoardPanel(QWidget):
    new_scene_requested = Signal()
    missing_requested = Signal()
    current_cut_requested = Signal()
    """Back from an earlier cut that was looked at."""
    view_shown = Signal(str)
    """board or timeline"""

    def __init__(self, look: Look, board: BoardView, timeline: TimelineView, *, writable: bool) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.board, self.timeline, self._writable = board, timeline, writable
        self._cut_words, self._kept = "", False
        self.header = DockHeader(look, "Storyboard")
        self.views = Segments(VIEWS, "View of the storyboard")
        self.selected = text_label("", "second")
        self.filter = BoardFilter(look)
        self.card_zoom = BoardZoom(look, board)
        self.missing = IconButton(look, "motion", "Generate what is missing", "Ctrl G")
        self.new_scene = IconButton(look, "new-scene", "New scene", "Ctrl Shift N")
        page = _page(board)
        self.empty = EmptyBoard(look, page, board)
        self.tools = TimelineTools(look, timeline, writable=writable)
        self.zoom = ZoomTools(look, timeline)
        self.board_tools = _row(self.missing, self.new_scene, self.card_zoom)
        self.facts = FactsLabel()
        self.back = KeyButton(look, "Back to the current cut", kind="small", icon="undo")
        self.back.clicked.connect(self.current_cut_requested)
        self.back.hide()
        self.stack = QStackedWidget()
        self.stack.addWidget(page)
        self.stack.addWidget(timeline)
        self._build()
        self.missing.clicked.connect(self.missing_requested)
        self.new_scene.clicked.connect(self.new_scene_requested)
        self.empty.new_scene_requested.connect(self.new_scene_requested)
        self.empty.new_shot_requested.connect(board.new_shot_requested)
        self.views.chosen.connect(self.show_view)

    def _build(self) -> None:
        self.new_scene.setVisible(self._writable)
        self.missing.hide()
        self.empty.hide()
        row = self.header.row
        row.insertWidget(1, self.views)
        row.insertWidget(2, self.tools)
        row.insertWidget(3, self.filter)
        self.header.second.hide()
        self.header.setMinimumWidth(NARROWEST)
        row.addWidget(self.facts, 1)
        for widget in (self.back, self.selected, self.board_tools, self.zoom):
            row.addWidget(widget)
        self.tools.hide()
        self.zoom.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.stack, 1)

    @property
    def view(self) -> str:
        return self.views.current()

    def show_view(self, view: str) -> None:
        """Each view keeps its scroll and zoom while the other one is shown."""
        on_timeline = view == "timeline"
        had_keys = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self.views.choose(view)
        self.stack.setCurrentIndex(int(on_timeline))
        self.board_tools.setVisible(not on_timeline)
        self.filter.setVisible(not on_timeline)
        self.facts.show_words(self._cut_words if on_timeline else "")
        self._fit_header()
        if had_keys:
            self.focus_view()
        self.view_shown.emit(view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_header()

    def _fit_header(self) -> None:
        """Where there is little room the tools that change nothing in an earlier cut go, too."""
        on_timeline, roomy = self.view == "timeline", self.width() >= ROOMY
        self.header.title.setVisible(roomy)
        self.card_zoom.setVisible(roomy)
        self.zoom.setVisible(on_timeline and roomy)
        self.back.setVisible(on_timeline and self._kept)
        self.tools.setVisible(on_timeline and (roomy or not self._kept))

    def toggle_view(self) -> None:
        self.show_view("board" if self.view == "timeline" else "timeline")
        self.focus_view()

    def focus_view(self) -> None:
        (self.timeline if self.view == "timeline" else self.board).setFocus()

    def show_counts(self, tally: Tally) -> None:
        self.filter.show_counts(tally)
        self.missing.setVisible(self._writable and tally["missing"] > 0)

    def show_film(self, *, empty: bool) -> None:
        """In a film without scenes and shots the board says how to begin."""
        self.empty.setVisible(empty and self._writable)

    def show_cut(self, words: str, *, kept: bool) -> None:
        """The facts of the cut on the timeline; `kept`: an earlier one, that is only looked at."""
        self._cut_words = words
        self.facts.show_words(words if self.view == "timeline" else "")
        self._kept = kept
        self._fit_header()

    def show_selected(self, count: int) -> None:
        self.selected.setText(f"{count} selected" if count > 1 else "")


def _page(board: BoardView) -> QWidget:
    """The board with room for what lies over it: a list shows screen readers its rows and no other child."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(board)
    return page


def _row(*widgets: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    return box
