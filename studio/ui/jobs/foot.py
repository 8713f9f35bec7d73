"""The queue at the foot of the window: what runs, what waits, what failed; opens into the whole list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.generation.estimate import in_words
from studio.project.cards import JobCard, JobState
from studio.project.words import engine_word
from studio.ui.jobs.queue_list import QueueList
from studio.ui.jobs.rows import BROKEN, WAITS, WISHES, QueueChip, QueueRow, Thumbnail, job_name
from studio.ui.jobs.work_box import WorkBox
from studio.ui.live import Live
from studio.ui.parts.controls import IconButton, KeyButton, ProgressBar, clear_layout, text_label
from studio.ui.parts.notices import Notices
from studio.ui.parts.pictures import PreviewStore
from studio.ui.theme import Look

MOST_CHIPS = 3


class QueueFoot(QWidget):
    pause_requested = Signal(bool)
    cancel_requested = Signal(str)
    stop_now_requested = Signal(str)
    retry_requested = Signal(str)
    dismiss_requested = Signal(str)
    shot_requested = Signal(str)
    place_requested = Signal(str, int)
    report_requested = Signal()

    def __init__(self, look: Look, previews: PreviewStore, over: QWidget) -> None:
        """`over`: the window, whose panels the open list covers without moving them."""
        super().__init__()
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Queue")
        self._look, self._previews = look, previews
        self._cards: tuple[JobCard, ...] = ()
        self._live: Mapping[str, Live] = {}
        self.list = QueueList(look, over)
        self.pause = IconButton(look, "pause", "Pause the queue")
        self.thumbnail = Thumbnail(look, 64, 36)
        self.name, self.engine = text_label("", "title"), text_label("", "second")
        self.step, self.left = text_label(), text_label("", "second")
        self.bar = ProgressBar(look)
        self.cancel = IconButton(look, "close", "Cancel the running job")
        self.nothing = text_label("", "second")
        self.more = text_label("", "second")
        self.all_done = text_label("", "second")
        self._expected: Mapping[str, float] = {}
        self._paused = False
        self.held = KeyButton(look, "", kind="quiet", icon="pause", ink="accent")
        self.failed = KeyButton(look, "", kind="quiet", icon="failed", ink="bad")
        self.export, self.bringing = WorkBox(look, "Stop the export"), WorkBox(look, "Stop bringing files in")
        self.notice = Notices(look)
        self.open = IconButton(look, "chevron-up", "Show the queue")
        self.open.setCheckable(True)
        self._build()
        self._connect()
        self.show_jobs((), paused=False)

    # --- what is shown ---

    def show_jobs(
        self, cards: Sequence[JobCard], *, paused: bool, expected: Mapping[str, float] | None = None
    ) -> None:
        """Running first, then waiting in their order, then what failed. `expected`: seconds, where they are known."""
        self._cards, self._expected = tuple(cards), dict(expected or {})
        waiting = [card for card in cards if card.state in WAITS or card.state is JobState.WAITING]
        broken = [card for card in cards if card.state in BROKEN]
        self._show_running(self.running())
        self._show_waiting(waiting)
        self.failed.setVisible(bool(broken))
        self.failed.say(f"{len(broken)} failed")
        self.held.setVisible(bool(self._held()))
        self.held.say(f"{len(self._held())} held")
        self.pause.show_icon("play" if paused else "pause")
        self.pause.name("Go on with the queue" if paused else "Pause the queue")
        self.pause.setChecked(paused)
        self._paused = paused
        self.nothing.setVisible(not self.running() and not waiting)
        self.nothing.setText("Nothing waits" if broken or self._held() else "The queue is empty")
        words = {job: in_words(seconds) for job, seconds in self._expected.items()}
        self.list.show_jobs(self._cards, self._live, self._words(waiting, broken), words)
        self._show_all_done()

    def running(self) -> JobCard | None:
        return next((card for card in self._cards if card.state is JobState.RUNNING), None)

    def show_live(self, live: Mapping[str, Live]) -> None:
        self._live = live
        self._show_all_done()
        card = self.running()
        if card is not None:
            self._show_progress(card)
        self.list.show_live(live)

    def show_preview(self, job: str) -> None:
        picture = self._previews.pixmap(job)
        card = self.running()
        if card is not None and card.id == job:
            self.thumbnail.show_picture(picture)
        self.list.show_preview(job, picture)

    def say(self, words: str) -> None:
        """A sentence in passing, such as what an undo left alone; told after what is being said."""
        self.notice.say(words)

    def show_export(self, done: int, of: int) -> None:
        """An export being written."""
        self.export.show_work(f"Movie, frame {done} of {of}", done, of)

    def export_ended(self, words: str) -> None:
        self.export.hide()
        self.say(words)

    def show_import(self, done: float, of: int, name: str) -> None:
        """Files being brought in; `done` with the part of the present one."""
        self.bringing.show_work(f"Bringing in {min(int(done) + 1, of):,} of {of:,}", done, of, name)

    def import_ended(self, words: str) -> None:
        self.bringing.hide()
        self.say(words)

    def row(self, job: str) -> QueueRow:
        return self.list.row(job)

    def show_open(self, is_open: bool) -> None:
        self.open.setChecked(is_open)

    def _show_running(self, card: JobCard | None) -> None:
        for widget in (self.thumbnail, self._progress_box, self.cancel):
            widget.setVisible(card is not None)
        if card is None:
            return
        self.name.setText(job_name(card))
        self.engine.setText(engine_word(card.engine))
        self.cancel.name(f"Cancel {job_name(card)}")
        self.thumbnail.show_picture(self._previews.pixmap(card.id))
        self._show_progress(card)

    def _show_progress(self, card: JobCard) -> None:
        live = self._live.get(card.id, Live("", card.step, card.steps))
        self.step.setText(live.words)
        self.left.setText(live.left)
        self.bar.show_step(*live.bar)

    def _show_all_done(self) -> None:
        """When everything in line will be done; nothing where the time of one of them is not known."""
        card = self.running()
        waiting = [one for one in self._cards if one.state in WAITS]
        now = self._live.get(card.id) if card else None
        known = all(one.id in self._expected for one in waiting) and (card is None or (now and now.seconds_left >= 0))
        if not waiting or not known or self._paused:
            self.all_done.setText("")
            return
        left = sum(self._expected[one.id] for one in waiting) + (now.seconds_left if now else 0)
        self.all_done.setText(f"All done in {in_words(left)}")

    def _show_waiting(self, waiting: Sequence[JobCard]) -> None:
        clear_layout(self._chips)
        for card in waiting[:MOST_CHIPS]:
            seconds = self._expected.get(card.id)
            chip = QueueChip(self._look, card, in_words(seconds))
            chip.cancel_requested.connect(self.cancel_requested)
            self._chips.addWidget(chip)
        rest = len(waiting) - MOST_CHIPS
        self.more.setText(f"and {rest} more" if rest > 0 else "")
        self._waiting_word.setVisible(bool(waiting))

    def _held(self) -> list[JobCard]:
        return [card for card in self._cards if card.state is JobState.HELD]

    def _words(self, waiting: Sequence[JobCard], broken: Sequence[JobCard]) -> str:
        running = [card for card in self._cards if card.state is JobState.RUNNING]
        counts = ((running, "running"), (waiting, "waiting"), (self._held(), "held"), (broken, "failed"))
        return ", ".join(f"{len(some)} {word}" for some, word in counts if some) or "empty"

    def _opened(self, is_open: bool) -> None:
        self.list.setVisible(is_open)
        self.list.raise_()
        self.open.show_icon("chevron-down" if is_open else "chevron-up")
        self.open.name("Fold the queue" if is_open else "Show the queue")

    # --- building ---

    def _connect(self) -> None:
        self.pause.clicked.connect(lambda: self.pause_requested.emit(not self._paused))
        self.cancel.clicked.connect(self._cancel_running)
        self.open.toggled.connect(self._opened)
        for broken_or_held in (self.failed, self.held):
            broken_or_held.clicked.connect(lambda: self.open.setChecked(True))
        self.list.place_requested.connect(self.place_requested)
        self.list.report_requested.connect(self.report_requested)
        self.list.fold_requested.connect(lambda: self.open.setChecked(False))
        for name in WISHES:
            getattr(self.list, name).connect(getattr(self, name))

    def _cancel_running(self) -> None:
        card = self.running()
        if card is not None:
            self.cancel_requested.emit(card.id)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._build_strip())

    def _build_strip(self) -> QWidget:
        strip = QWidget()
        strip.setFixedHeight(self._look.size("foot"))
        row = QHBoxLayout(strip)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(12)
        self._progress_box = self._build_progress()
        self._waiting_word = text_label("Waiting", "second")
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        for widget in (self.pause, self.thumbnail, self._progress_box, self.cancel, self.nothing, self._waiting_word):
            row.addWidget(widget)
        row.addLayout(self._chips)
        row.addWidget(self.more)
        row.addStretch(1)
        for work in (self.export, self.bringing):
            row.addWidget(work)
        row.addWidget(self.notice)
        row.addWidget(self.all_done)
        row.addWidget(self.held)
        row.addWidget(self.failed)
        row.addWidget(self.open)
        return strip

    def _build_progress(self) -> QWidget:
        box = QWidget()
        box.setFixedWidth(300)
        words, column = QHBoxLayout(), QVBoxLayout(box)
        words.setSpacing(8)
        words.addWidget(self.name)
        words.addWidget(self.engine)
        words.addStretch(1)
        words.addWidget(self.step)
        words.addWidget(self.left)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(4)
        column.addLayout(words)
        column.addWidget(self.bar)
        return box
