"""The storyboard panel: its header with counts and the two buttons every board needs, over the board."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.project.cards import ShotCard, ShotState
from studio.ui.parts.controls import DockHeader, KeyButton, text_label
from studio.ui.parts.times import counted
from studio.ui.storyboard.board_view import BoardView
from studio.ui.theme import Look


class BoardPanel(QWidget):
    new_scene_requested = Signal()
    missing_requested = Signal()

    def __init__(self, look: Look, board: BoardView, *, writable: bool) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header = DockHeader(look, "Storyboard")
        self.selected = text_label("", "second")
        self.missing = KeyButton(look, "Generate what is missing", "Ctrl G", kind="quiet", icon="arrow-right")
        self.new_scene = KeyButton(look, "New scene", kind="quiet", icon="plus")
        self.missing.clicked.connect(self.missing_requested)
        self.new_scene.clicked.connect(self.new_scene_requested)
        self._writable = writable
        self.header.row.addStretch(1)
        for widget in (self.selected, self.missing, self.new_scene):
            self.header.row.addWidget(widget)
        self.new_scene.setVisible(writable)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(board, 1)

    def show_counts(self, cards: Sequence[ShotCard]) -> None:
        done = sum(1 for card in cards if card.takes)
        out_of_date = sum(1 for card in cards if card.state is ShotState.OUT_OF_DATE)
        words = [counted(len(cards), "shot"), f"{done} drawn"] if cards else []
        words += [f"{out_of_date} out of date"] if out_of_date else []
        self.header.second.setText(" · ".join(words))
        self.missing.setVisible(self._writable and any(self._is_missing(card) for card in cards))

    def show_selected(self, count: int) -> None:
        self.selected.setText(f"{count} selected" if count > 1 else "")

    @staticmethod
    def _is_missing(card: ShotCard) -> bool:
        return not (card.takes or card.approved or card.omitted or card.job)
