"""One page in the morning: what was done, what failed and why, with a way to each shot and to try again."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.generation.report import Report, clock, report
from studio.project.cards import JobCard
from studio.project.words import engine_word
from studio.ui.jobs.rows import Thumbnail, job_name
from studio.ui.parts.controls import KeyButton, Segments, clear_layout, rule, scrolling, text_label
from studio.ui.parts.pictures import PictureStore
from studio.ui.parts.sheet import Sheet, paragraph
from studio.ui.theme import Look

WIDTH = 720
MOST = 200
"""Rows shown of one kind; the rest is counted."""

SPANS = (("night", "Last 12 hours"), ("day", "Last 24 hours"), ("all", "All"))
HOURS = {"night": 12, "day": 24}

PictureOf = Callable[[JobCard], Path | None]


class ReportSheet(Sheet):
    shot_requested = Signal(str)
    """shot id"""
    retry_requested = Signal(str)
    """job id"""

    def __init__(
        self, look: Look, over: QWidget, cards: Sequence[JobCard], pictures: PictureStore, picture_of: PictureOf, *,
        writable: bool,
    ) -> None:  # fmt: skip
        super().__init__(look, over, "What was done", WIDTH)
        self._cards, self._pictures, self._picture_of = cards, pictures, picture_of
        self._writable = writable
        self._thumbnails: dict[Path, Thumbnail] = {}
        head = QHBoxLayout()
        head.addWidget(text_label("What was done", "sheet"))
        head.addStretch(1)
        self.spans = Segments(SPANS, "How far back")
        self.spans.chosen.connect(self.show_span)
        head.addWidget(self.spans)
        self.column.addLayout(head)
        self.words = paragraph("", "second")
        self.column.addWidget(self.words)
        self.column.addWidget(rule())
        self._body = QWidget()
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(4)
        area = scrolling(self._body)
        area.setFixedHeight(max(160, min(440, over.height() - 320)))
        self.column.addWidget(area)
        self._add_buttons(look)
        pictures.arrived.connect(self._arrived)
        self.show_span("night")

    @property
    def shown(self) -> Report:
        return self._report

    def show_span(self, span: str) -> None:
        self.spans.choose(span)
        now = datetime.datetime.now().astimezone()
        self._report = report(self._cards, HOURS.get(span), now)
        self.words.setText(self._report.words)
        clear_layout(self._rows)
        self._thumbnails.clear()
        for title, cards in (("Failed", self._report.failed), ("Done", self._report.done),
                             ("Cancelled", self._report.cancelled)):  # fmt: skip
            self._add_part(title, cards, now)
        if not any((self._report.failed, self._report.done, self._report.cancelled)):
            self._rows.addWidget(text_label("Nothing ended in this time.", "second"))
        self._rows.addStretch(1)
        self.retry_all.setVisible(self._writable and bool(self._report.failed))

    def _add_part(self, title: str, cards: Sequence[JobCard], now: datetime.datetime) -> None:
        if not cards:
            return
        self._rows.addWidget(text_label(f"{title}  {len(cards)}", "title"))
        for card in cards[:MOST]:
            self._rows.addWidget(self._row(card, now))
        if len(cards) > MOST:
            self._rows.addWidget(text_label(f"and {len(cards) - MOST} more", "second"))

    def _row(self, card: JobCard, now: datetime.datetime) -> QWidget:
        box = QWidget()
        row, words = QHBoxLayout(box), QVBoxLayout()
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(12)
        row.addWidget(self._thumbnail(card))
        words.setSpacing(0)
        words.addWidget(text_label(f"{job_name(card)}, {engine_word(card.engine)}"))
        if card.sentence:
            words.addWidget(paragraph(f"{card.sentence} {card.hint}".strip(), "micro"))
        row.addLayout(words, 1)
        row.addWidget(text_label(clock(card, now), "second"))
        if self._writable and card in self._report.failed:
            again = KeyButton(self._look, "Try again", kind="small")
            again.setAccessibleName(f"Try {job_name(card)} again")
            again.clicked.connect(partial(self._retry, [card]))
            row.addWidget(again)
        go = KeyButton(self._look, "Show", kind="quiet")
        go.setAccessibleName(f"Show shot {card.shot_number}")
        go.clicked.connect(partial(self._go, card.shot))
        row.addWidget(go)
        return box

    def _thumbnail(self, card: JobCard) -> Thumbnail:
        made = Thumbnail(self._look, 64, 36)
        path = self._picture_of(card)
        made.show_picture(self._pictures.pixmap(path) if path else None, "failed" if card.sentence else "queued")
        if path is not None:
            self._thumbnails[path] = made
        return made

    def _arrived(self, path: Path) -> None:
        if path in self._thumbnails:
            self._thumbnails[path].show_picture(self._pictures.pixmap(path))

    def _retry(self, cards: Sequence[JobCard]) -> None:
        self.close_sheet()
        for card in cards:
            self.retry_requested.emit(card.id)

    def _go(self, shot: str) -> None:
        self.close_sheet()
        self.shot_requested.emit(shot)

    def _add_buttons(self, look: Look) -> None:
        row = self.foot_row()
        row.addStretch(1)
        close = KeyButton(look, "Close", "Esc", kind="outline")
        close.clicked.connect(self.close_sheet)
        row.addWidget(close)
        self.retry_all = KeyButton(look, "Try all failed again", icon="retry")
        self.retry_all.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.retry_all.clicked.connect(lambda: self._retry(self._report.failed))
        row.addWidget(self.retry_all)
