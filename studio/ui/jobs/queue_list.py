"""The whole queue, unfolded over the lower part of the window; nothing under it moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from studio.project.cards import JobCard, JobState
from studio.ui.jobs.rows import WISHES, QueueRow
from studio.ui.live import Live
from studio.ui.parts.controls import DockHeader, clear_layout, rule, scrolling, text_label
from studio.ui.parts.times import counted
from studio.ui.theme import Look

MOST_ROWS = 60
OPEN_HEIGHT = 320


class QueueList(QFrame):
    cancel_requested = Signal(str)
    stop_now_requested = Signal(str)
    retry_requested = Signal(str)
    dismiss_requested = Signal(str)
    sooner_requested = Signal(str)
    fold_requested = Signal()

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("panel")
        self.setAccessibleName("Queue, all jobs")
        self._look, self._over = look, over
        self._cards: tuple[JobCard, ...] = ()
        self._live: Mapping[str, Live] = {}
        self._rows: dict[str, QueueRow] = {}
        self._pictures: dict[str, QPixmap] = {}
        self._build()
        over.installEventFilter(self)
        self.hide()

    def show_jobs(self, cards: Sequence[JobCard], live: Mapping[str, Live], words: str) -> None:
        same = tuple(cards) == self._cards
        self._cards, self._live = tuple(cards), live
        self.header.second.setText(words)
        if self.isVisible() and not same:
            self._rebuild()

    def show_live(self, live: Mapping[str, Live]) -> None:
        self._live = live
        for job, row in self._rows.items():
            row.show_live(live.get(job), None)

    def show_preview(self, job: str, picture: QPixmap | None) -> None:
        if picture is not None:
            held = {card.id for card in self._cards if card.state is JobState.HELD}
            kept = {one: picture for one, picture in self._pictures.items() if one in held}
            self._pictures = {**kept, job: picture}
        if job in self._rows:
            self._rows[job].show_live(None, picture)

    def row(self, job: str) -> QueueRow:
        return self._rows[job]

    def showEvent(self, event: QShowEvent) -> None:
        self._rebuild()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.fold_requested.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        over, foot = self._over, self._look.size("foot")
        rows = self._look.size("dock-header") + 4 + max(64, sum(row.height() + 1 for row in self._rows.values()))
        height = min(rows, OPEN_HEIGHT, over.height() - foot - self._look.size("top-bar"))
        self.setGeometry(0, over.height() - foot - height, over.width(), height)

    def _rebuild(self) -> None:
        clear_layout(self._lines)
        self._rows = {}
        for card in self._cards[:MOST_ROWS]:
            self._lines.addWidget(self._row(card))
            self._lines.addWidget(rule())
        if len(self._cards) > MOST_ROWS:
            more = text_label(f"and {counted(len(self._cards) - MOST_ROWS, 'more job')}", "second")
            more.setContentsMargins(24, 8, 0, 8)
            self._lines.addWidget(more)
        if not self._cards:
            words = "Nothing runs, waits or failed. Ctrl Enter draws a panel of the selected shot."
            nothing = text_label(words, "second")
            nothing.setContentsMargins(24, 16, 0, 8)
            self._lines.addWidget(nothing)
        self._lines.addStretch(1)
        self._fit()

    def _row(self, card: JobCard) -> QueueRow:
        row = QueueRow(self._look, card)
        row.show_live(self._live.get(card.id), self._pictures.get(card.id))
        for name in WISHES:
            getattr(row, name).connect(getattr(self, name))
        self._rows[card.id] = row
        return row

    def _build(self) -> None:
        self.header = DockHeader(self._look, "Queue")
        self.header.row.addStretch(1)
        body = QWidget()
        body.setObjectName("panel")
        self._lines = QVBoxLayout(body)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        scroll = scrolling(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (rule(), self.header, rule(), scroll, rule()):
            column.addWidget(widget)
