"""The whole queue, unfolded over the lower part of the window; nothing under it moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from studio.project.cards import JobCard, JobState
from studio.ui.jobs.rows import WAITS, WISHES, QueueRow
from studio.ui.live import Live
from studio.ui.parts.controls import DockHeader, KeyButton, clear_layout, rule, scrolling, text_label
from studio.ui.parts.times import counted
from studio.ui.theme import Look

MOST_ROWS = 60
OPEN_HEIGHT = 320


class QueueList(QFrame):
    cancel_requested = Signal(str)
    stop_now_requested = Signal(str)
    retry_requested = Signal(str)
    dismiss_requested = Signal(str)
    shot_requested = Signal(str)
    place_requested = Signal(str, int)
    """job id, its new place in the line, 1 being the next to start"""
    report_requested = Signal()
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
        self._expected: Mapping[str, str] = {}
        self._build()
        over.installEventFilter(self)
        self.hide()

    def show_jobs(
        self, cards: Sequence[JobCard], live: Mapping[str, Live], words: str, expected: Mapping[str, str]
    ) -> None:
        """`expected`: how long each waiting job will take, in words, where that is known."""
        same = tuple(cards) == self._cards
        self._cards, self._live, self._expected = tuple(cards), live, expected
        self.header.second.setText(words)
        if self.isVisible() and not same:
            self._rebuild()
        for job, row in self._rows.items():
            row.expect(expected.get(job, ""))

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
        """Rows whose job is as it was stay: a queue of hundreds changes with every job that ends."""
        self._gap_line.hide()  # the row in the hand may be one of those that go: a job began, and nobody lets go of it
        shown = self._cards[:MOST_ROWS]
        before, self._rows = self._rows, {}
        for card in shown:
            row = before.pop(card.id, None)
            if row is not None and not row.stands_for(card):
                before[card.id], row = row, None
            self._rows[card.id] = row or self._row(card)
            self._rows[card.id].renumber(card)
        clear_layout(self._lines, keep=lambda widget: widget in self._rows.values())
        for place, row in enumerate(self._rows.values()):
            if self._lines.indexOf(row) != place:
                self._lines.insertWidget(place, row)
        self._add_words()
        self._lines.addStretch(1)
        self._fit()

    def _add_words(self) -> None:
        words = ""
        if len(self._cards) > MOST_ROWS:
            words = f"and {counted(len(self._cards) - MOST_ROWS, 'more job')}"
        elif not self._cards:
            words = "Nothing runs, waits or failed. Ctrl Enter draws a panel of the selected shot."
        if words:
            label = text_label(words, "second")
            label.setContentsMargins(32, 12, 0, 8)
            self._lines.addWidget(label)

    def _row(self, card: JobCard) -> QueueRow:
        row = QueueRow(self._look, card)
        row.show_live(self._live.get(card.id), self._pictures.get(card.id))
        row.expect(self._expected.get(card.id, ""))
        row.move_requested.connect(self._move_by)
        row.dragged.connect(self._show_gap)
        row.dropped.connect(self._drop)
        for name in WISHES:
            getattr(row, name).connect(getattr(self, name))
        return row

    # --- another place in the line ---

    def _waiting(self) -> list[QueueRow]:
        return [row for row in self._rows.values() if row.card.state in WAITS]

    def _move_by(self, job: str, steps: int) -> None:
        place = self._rows[job].card.place + steps
        if 1 <= place <= len(self._waiting()):
            self.place_requested.emit(job, place)

    def _gap(self, y: float) -> int:
        """Waiting rows above a height of the screen."""
        return sum(1 for row in self._waiting() if row.mapToGlobal(row.rect().center()).y() < y)

    def _show_gap(self, _job: str, y: float) -> None:
        rows, gap = self._waiting(), self._gap(y)
        beside = rows[gap].geometry().top() if gap < len(rows) else rows[-1].geometry().bottom()
        self._gap_line.setGeometry(24, beside - 1, self._body.width() - 36, 2)
        self._gap_line.raise_()
        self._gap_line.show()

    def _drop(self, job: str, y: float) -> None:
        self._gap_line.hide()
        rows = self._waiting()
        at = next(place for place, row in enumerate(rows) if row.card.id == job)
        gap = self._gap(y)
        place = gap if gap > at else gap + 1
        if place != at + 1:
            self.place_requested.emit(job, place)

    def _build(self) -> None:
        self.header = DockHeader(self._look, "Queue")
        self.header.row.addStretch(1)
        self.report = KeyButton(self._look, "What was done", kind="quiet", icon="check")
        self.report.clicked.connect(self.report_requested)
        self.header.row.addWidget(self.report)
        body = self._body = QWidget()
        body.setObjectName("panel")
        self._gap_line = QFrame(body)
        self._gap_line.setObjectName("gap_line")
        self._gap_line.setStyleSheet(f"background: {self._look.colour('accent').name()};")
        self._gap_line.hide()
        self._lines = QVBoxLayout(body)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        scroll = scrolling(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (rule(), self.header, rule(), scroll, rule()):
            column.addWidget(widget)
