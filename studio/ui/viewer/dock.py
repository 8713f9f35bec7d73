"""The viewer: picture, scrub bar and transport over what it is given to play."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studio.project.timing import FrameRate, parse_timecode, timecode
from studio.ui.parts.controls import DockHeader, IconButton, Segments, text_label
from studio.ui.parts.times import shot_length
from studio.ui.theme import Look
from studio.ui.viewer.frame_store import FrameStore
from studio.ui.viewer.screen import Screen
from studio.ui.viewer.scrub_bar import ScrubBar
from studio.ui.viewer.sequence import PlayList, Wanted
from studio.ui.viewer.transport import Transport

AHEAD = 24
"""Frames decoded ahead of the one on screen."""
CLEAR_AFTER_MS = 150
"""The picture before stays this long while the first of another sequence is decoded: less and it would flicker."""
MODES = (("shot", "Shot"), ("scene", "Scene"), ("cut", "Cut"))


NOTHING = {
    "shot": "Nothing to play yet. On the board, N makes a shot.",
    "scene": "The scene has no shot in the cut.",
    "cut": "The cut has no shot yet. On the board, N makes one.",
}


class Viewer(QWidget):
    mode_requested = Signal(str)
    neighbour_requested = Signal(int)
    """In shot mode, Up and Down wish for the shot before (-1) or after (1)."""
    shot_reached = Signal(str)
    """While several shots are shown and time stands still: the shot under the playhead."""
    frame_shown = Signal(int)
    """The frame of the sequence whose picture is now really on screen."""
    loop_changed = Signal(bool)

    def __init__(self, look: Look, rate: FrameRate, aspect: QSize, start_timecode: str) -> None:
        super().__init__()
        self.setObjectName("well")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look, self._rate = look, rate
        self._first_label = parse_timecode(start_timecode, rate)
        self._list = PlayList()
        self._waiting_for: Wanted | None = None
        self._clear_late = QTimer(self, singleShot=True, interval=CLEAR_AFTER_MS)
        self._clear_late.timeout.connect(self._clear_if_waiting)
        self._card_foot = ""
        self.header = DockHeader(look, "Viewer")
        self.modes = Segments(MODES, "What the viewer plays")
        self.picture = Screen(look, aspect)
        self.scrub = ScrubBar(look)
        self.transport = Transport(rate)
        self.store = FrameStore(self)
        self.time = text_label("", "lead")
        self.place = text_label("", "second")
        self.speed = text_label("", "second")
        self._build()
        self._connect()

    # --- what is played ---

    @property
    def mode(self) -> str:
        return self.modes.current()

    @property
    def sequence(self) -> PlayList:
        return self._list

    @property
    def settled(self) -> bool:
        """Whether the picture on screen is that of the playhead's frame."""
        return self._waiting_for is None

    def show_film(self, rate: FrameRate, aspect: QSize, start_timecode: str) -> None:
        self._rate, self._first_label = rate, parse_timecode(start_timecode, rate)
        self.transport.set_rate(rate)
        self.picture.set_aspect(aspect)
        self._show_time()

    def show_sequence(self, mode: str, sequence: PlayList, frame: int, card_foot: str = "") -> None:
        """Plays something else from `frame` on; playback goes on while the mode stays and time was running."""
        same = mode == self.modes.current() and self._same_pictures(sequence)
        self.modes.choose(mode)
        self._list, self._card_foot = sequence, card_foot
        self.store.forget()
        self.scrub.show_sequence(sequence.frames, sequence.cuts())
        if not same:
            self.transport.stop()
            self._clear_late.start()
        self.transport.set_length(sequence.frames, self.transport.frame if same else frame)

    def show_live(self, picture: QPixmap | None, steps: tuple[int, int, str] | None) -> None:
        self.picture.show_live(picture, steps)

    def close_viewer(self) -> None:
        """Stops the clock and joins the decoding thread."""
        self.transport.stop()
        self.store.close()

    # --- wishes of keys and buttons ---

    def next_cut(self) -> None:
        if self.mode == "shot":
            self.neighbour_requested.emit(1)
        else:
            self._jump(self._list.cut_after(self.transport.frame))

    def previous_cut(self) -> None:
        if self.mode == "shot":
            self.neighbour_requested.emit(-1)
        else:
            self._jump(self._list.cut_before(self.transport.frame))

    def step_seconds(self, seconds: int) -> None:
        self.transport.step(seconds * self._rate.nominal)

    def go_to_start(self) -> None:
        self._jump(0)

    def go_to_end(self) -> None:
        self._jump(self._list.frames - 1)

    def _jump(self, frame: int) -> None:
        self.transport.stop()
        self.transport.seek(frame)

    # --- showing ---

    def _frame_moved(self, frame: int) -> None:
        self.scrub.show_frame(frame)
        self._show_picture(frame)
        self._show_time()
        if not self.transport.speed:
            self._tell_shot()

    def _tell_shot(self) -> None:
        stretch = self._list.at(self.transport.frame)
        if stretch is not None and self.mode != "shot":
            self.shot_reached.emit(stretch.shot)

    def _show_picture(self, frame: int) -> None:
        stretch, wanted, size = self._list.at(frame), self._list.wanted(frame), self.picture.decode_size()
        self.header.second.setText(stretch.name if stretch else "")
        self._waiting_for = None
        if stretch is None:
            self.picture.show_nothing(NOTHING[self.mode])
            return
        step = -1 if self.transport.speed < 0 else 1
        self.store.want(self._list.ahead(frame, step, AHEAD), size)
        if wanted is None:
            self.picture.show_card(stretch.words, self._card_foot)
            self.frame_shown.emit(frame)
            return
        image = self.store.image(wanted, size)
        if image is None:
            self._waiting_for = wanted
        elif image.isNull():
            self._cannot_show(frame)
        else:
            self.picture.show_frame(image, stretch.flop)
            self.frame_shown.emit(frame)

    def _clear_if_waiting(self) -> None:
        """A picture of the shot shown before must not stand under the name of another."""
        if self._waiting_for is not None:
            self.picture.show_nothing()

    def _cannot_show(self, frame: int) -> None:
        stretch = self._list.at(frame)
        if stretch is not None:
            self.picture.show_card(stretch.words, "The file of this picture is missing or cannot be read.")

    def _picture_ready(self, wanted: Wanted) -> None:
        if wanted == self._waiting_for:
            self._show_picture(self.transport.frame)

    def _picture_unreadable(self, wanted: Wanted, _sentence: str) -> None:
        if wanted == self._waiting_for:
            self._cannot_show(self.transport.frame)

    def _show_time(self) -> None:
        frame, stretch = self.transport.frame, self._list.at(self.transport.frame)
        if stretch is None:
            self.time.setText(timecode(self._first_label, self._rate))
            self.place.setText("")
            return
        film_frame = self._list.film_frame(frame)
        self.time.setText("–:–:–:–" if film_frame is None else timecode(self._first_label + film_frame, self._rate))
        within, length = frame - stretch.start, shot_length(stretch.frames, self._rate)
        words = f"shot {shot_length(within, self._rate)} of {length}"
        if self.mode != "shot":
            whole = shot_length(self._list.frames, self._rate)
            words = f"{self.mode} {shot_length(frame, self._rate)} of {whole}   {words}"
        self.place.setText(words)

    def _show_state(self) -> None:
        playing = bool(self.transport.speed)
        self.play_button.show_icon("pause" if playing else "play")
        self.play_button.name("Pause" if playing else "Play", "Space")
        speed = f"{self.transport.speed}×".replace("-", "−")
        self.speed.setText(speed if playing and self.transport.speed != 1 else "")
        self.loop_button.setChecked(self.transport.loop)
        if not playing:
            self._tell_shot()

    def _same_pictures(self, sequence: PlayList) -> bool:
        return sequence.stretches == self._list.stretches

    def _loop_toggled(self, loop: bool) -> None:
        self.transport.set_loop(loop)
        self.loop_changed.emit(loop)

    # --- building ---

    def _connect(self) -> None:
        self.modes.chosen.connect(self.mode_requested)
        self.transport.moved.connect(self._frame_moved)
        self.transport.changed.connect(self._show_state)
        self.scrub.scrubbed.connect(self._jump)
        self.picture.resized.connect(lambda: self._show_picture(self.transport.frame))
        self.picture.clicked.connect(self.setFocus)
        self.store.ready.connect(self._picture_ready)
        self.store.unreadable.connect(self._picture_unreadable)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName("Viewer")

    def _build(self) -> None:
        self.header.row.insertWidget(1, self.modes)
        self.header.row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.picture, 1)
        column.addWidget(self._transport_panel())

    def _transport_panel(self) -> QWidget:
        panel = QWidget()
        panel.setObjectName("panel")
        panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.scrub)
        column.addWidget(self._transport_row())
        return panel

    def _transport_row(self) -> QWidget:
        row, left, right = QWidget(), QHBoxLayout(), QHBoxLayout()
        row.setFixedHeight(self._look.size("transport"))
        self.time.setMinimumWidth(self._widest_time())
        for label in (self.time, self.place):
            left.addWidget(label)
        left.setSpacing(12)
        left.addStretch(1)
        self.loop_button = IconButton(self._look, "loop", "Loop playback", "Ctrl L")
        self.loop_button.setCheckable(True)
        self.loop_button.toggled.connect(self._loop_toggled)
        right.addStretch(1)
        right.addWidget(self.speed)
        right.addWidget(self.loop_button)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.addLayout(left, 1)
        layout.addLayout(self._buttons())
        layout.addLayout(right, 1)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.play_button = IconButton(self._look, "play", "Play", "Space", size=32)
        self.play_button.setProperty("kind", "plate")
        for icon, name, keys, call in (
            ("cut-back", "To the cut before", "Up", self.previous_cut),
            ("step-back", "One frame back", "Left", lambda: self.transport.step(-1)),
            ("", "", "", self.transport.toggle),
            ("step-forward", "One frame on", "Right", lambda: self.transport.step(1)),
            ("cut-forward", "To the next cut", "Down", self.next_cut),
        ):
            button = IconButton(self._look, icon, name, keys) if icon else self.play_button
            button.clicked.connect(lambda _checked=False, call=call: call())
            row.addWidget(button)
        return row

    def _widest_time(self) -> int:
        label: QLabel = self.time
        label.ensurePolished()
        return label.fontMetrics().horizontalAdvance("00:00:00:00") + 4
