"""One row of the queue: picture, shot, state, how far it is or what went wrong, and the ways out."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.project.cards import JobCard, JobState
from studio.project.words import engine_word
from studio.ui.jobs.grip import Grip
from studio.ui.live import Live
from studio.ui.parts import painting
from studio.ui.parts.controls import BadgeLabel, IconButton, KeyButton, ProgressBar, text_label
from studio.ui.parts.painting import Badge
from studio.ui.parts.times import ordinal
from studio.ui.theme import Look

BROKEN = (JobState.FAILED, JobState.INTERRUPTED)
WAITS = (JobState.QUEUED, JobState.PAUSED)


def job_name(card: JobCard) -> str:
    """`1D motion`, `1D panel`."""
    return f"{card.shot_number} {'panel' if card.kind == 'still' else 'motion'}"


def job_badge(card: JobCard) -> Badge:
    match card.state:
        case JobState.RUNNING:
            return Badge("running", "Running", "accent", "accent-quiet")
        case JobState.FAILED:
            return Badge("failed", "Failed", "bad", "bad-quiet")
        case JobState.INTERRUPTED:
            return Badge("failed", "Interrupted", "bad", "bad-quiet")
        case JobState.PAUSED:
            return Badge("pause", "Paused", "grey-4")
        case JobState.WAITING:
            return Badge("warning", "Waiting", "warn", "warn-quiet")
        case JobState.HELD:
            return Badge("pause", "Held", "accent", "accent-quiet")
    return Badge("queued", f"Queued {ordinal(card.place)}" if card.place else "Queued", "grey-4")


class Thumbnail(QWidget):
    """The newest preview of a job, or the sign of its state in a dark well."""

    def __init__(self, look: Look, width: int, height: int) -> None:
        super().__init__()
        self._look = look
        self._pixmap: QPixmap | None = None
        self._icon = "queued"
        self.setFixedSize(width, height)

    def show_picture(self, pixmap: QPixmap | None, icon: str = "queued") -> None:
        self._pixmap, self._icon = pixmap, icon
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(painting.rounded(self.rect(), self._look.radius("badge")))
        painter.fillRect(self.rect(), self._look.colour("grey-0"))
        if self._pixmap is not None and not self._pixmap.isNull():
            painting.cover(painter, self.rect(), self._pixmap)
        else:
            token = "bad" if self._icon == "failed" else "grey-4"
            painting.draw_icon(painter, self._look, self._icon, token, QRect(self.rect()).center().toPointF())


WISHES = ("cancel_requested", "stop_now_requested", "retry_requested", "dismiss_requested", "shot_requested")
"""What a row, and the list of rows, may wish for a job."""


class QueueRow(QFrame):
    cancel_requested = Signal(str)
    stop_now_requested = Signal(str)
    retry_requested = Signal(str)
    dismiss_requested = Signal(str)
    shot_requested = Signal(str)
    """job id: go to its shot"""
    move_requested = Signal(str, int)
    """job id, places down the line (below 0: up)"""
    dragged = Signal(str, float)
    """job id, how far down the screen the pointer is"""
    dropped = Signal(str, float)

    def __init__(self, look: Look, card: JobCard) -> None:
        super().__init__()
        self.card = card
        broken = card.state in BROKEN
        self.setObjectName("failed_row" if broken else "queue_row")
        self.setFixedHeight(look.size("queue-row-failed" if broken else "queue-row"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.thumbnail = Thumbnail(look, 80, 45)
        self.thumbnail.show_picture(None, "failed" if broken else "queued")
        self.bar = ProgressBar(look)
        self.step, self.left = text_label(), text_label("", "second")
        self.expected = text_label("", "second")
        self._look = look
        self._badge = BadgeLabel(look, self)
        self._buttons = QHBoxLayout()
        self._build(look)
        self.renumber(card)

    def stands_for(self, card: JobCard) -> bool:
        """Whether nothing but its place in the line differs."""
        return replace(card, place=0) == replace(self.card, place=0) and bool(card.place) == bool(self.card.place)

    def renumber(self, card: JobCard) -> None:
        """The same job at another place in the line."""
        self.card = card
        self._badge.show_badge(job_badge(card))
        self.setAccessibleName(f"{job_name(card)}, {job_badge(card).word}")

    def expect(self, words: str) -> None:
        """How long it will take, where that is known."""
        self.expected.setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if steps and event.modifiers() & Qt.KeyboardModifier.AltModifier and self.card.state in WAITS:
            self.move_requested.emit(self.card.id, steps)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.shot_requested.emit(self.card.id)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._look.colour("grey-3"))
        if self.hasFocus():
            painting.outline(painter, self.rect().adjusted(2, 2, -2, -3), 4, self._look.colour("accent"), 2)

    def show_live(self, live: Live | None, picture: QPixmap | None) -> None:
        if picture is not None:
            self.thumbnail.show_picture(picture)
        if live is not None:
            self.bar.show_step(*live.bar)
            self.step.setText(live.words)
            self.left.setText(live.left)
            for button in self.findChildren(KeyButton, "stop_now"):
                button.setVisible(live.stopping >= 0)

    def _build(self, look: Look) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(text_label(job_name(self.card), "lead"))
        names.addWidget(text_label(engine_word(self.card.engine), "micro"))
        names.addStretch(1)
        holder = QWidget()
        holder.setFixedWidth(124)
        held = QHBoxLayout(holder)
        held.setContentsMargins(0, 0, 0, 0)
        held.addWidget(self._badge)
        held.addStretch(1)
        names_box = QWidget()
        names_box.setFixedWidth(140)
        names_box.setLayout(names)
        names.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 12, 4)
        row.setSpacing(12)
        row.addWidget(self._handle(look))
        for widget in (self.thumbnail, names_box, holder):
            row.addWidget(widget)
        row.addWidget(self._middle(look), 3)
        row.addStretch(1)
        self._add_ways_out(look)
        row.addLayout(self._buttons)

    def _handle(self, look: Look) -> QWidget:
        """Only what waits can be dragged; the empty place keeps every row in line."""
        if self.card.state not in WAITS:
            place = QWidget()
            place.setFixedWidth(16)
            return place
        grip = Grip(look, f"Move {job_name(self.card)} in the queue")
        grip.dragged.connect(lambda y: self.dragged.emit(self.card.id, y))
        grip.dropped.connect(lambda y: self.dropped.emit(self.card.id, y))
        return grip

    def _middle(self, look: Look) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addStretch(1)
        if self.card.state is JobState.RUNNING:
            words = QHBoxLayout()
            words.addWidget(self.step, 1)
            words.addWidget(self.left)
            column.addLayout(words)
            column.addWidget(self.bar)
            box.setMaximumWidth(480)
            self.show_live(Live("", self.card.step, self.card.steps), None)
        else:
            self._add_sentence(column)
        column.addStretch(1)
        return box

    def _add_sentence(self, column: QVBoxLayout) -> None:
        if self.card.state in WAITS and not self.card.sentence:
            column.addWidget(self.expected)
            return
        words = self.card.sentence
        if self.card.state is JobState.HELD:
            words = f"stopped after step {self.card.step} to be looked at"
        sentence = text_label(words, "title" if self.card.state in BROKEN else "second")
        hint = text_label(self.card.hint, "second")
        for label in (sentence, hint):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            if label.text():
                column.addWidget(label)

    def _add_ways_out(self, look: Look) -> None:
        card = self.card
        if card.state in BROKEN:
            self._add(KeyButton(look, "Try again", icon="retry"), self.retry_requested)
            self._add(KeyButton(look, "Dismiss", kind="outline"), self.dismiss_requested)
            return
        if card.state is JobState.RUNNING:
            stop = KeyButton(look, "Stop now", kind="quiet")
            stop.setObjectName("stop_now")
            stop.setToolTip("Ends the runtime at once; the engine must be loaded again after that.")
            stop.hide()
            self._add(stop, self.stop_now_requested)
        if card.state is JobState.HELD:
            self._add(KeyButton(look, "Continue", icon="play"), self.retry_requested)
        cancel = KeyButton(look, "Cancel", kind="outline")
        cancel.setAccessibleName(f"Cancel {job_name(card)}")
        self._add(cancel, self.cancel_requested)

    def _add(self, button: KeyButton | IconButton, signal: object) -> None:
        button.clicked.connect(lambda: signal.emit(self.card.id))  # type: ignore[attr-defined]
        self._buttons.addWidget(button)


class QueueChip(QFrame):
    """A waiting job in the foot: its name, and a cross that takes it out."""

    cancel_requested = Signal(str)

    def __init__(self, look: Look, card: JobCard, expected: str = "") -> None:
        super().__init__()
        self.setObjectName("chip")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 4, 0)
        row.setSpacing(6)
        icon = text_label()
        sign = "pause" if card.state is JobState.PAUSED else "queued"
        icon.setPixmap(look.pixmap(sign, "grey-4", 12, self.devicePixelRatioF()))
        row.addWidget(icon)
        row.addWidget(text_label(job_name(card)))
        if expected:
            row.addWidget(text_label(expected, "micro"))
        cross = IconButton(look, "close", f"Cancel {job_name(card)}", size=20)
        cross.clicked.connect(lambda: self.cancel_requested.emit(card.id))
        row.addWidget(cross)
        self.setFixedHeight(30)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
