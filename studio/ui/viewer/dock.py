"""The viewer: picture, clocks, scrub bar and transport over what it is given to play."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.project.timing import FilmTimecode, FrameRate
from studio.ui.parts.controls import IconButton
from studio.ui.parts.pictures import PictureStore
from studio.ui.parts.times import film_length, shot_length
from studio.ui.theme import Look
from studio.ui.viewer.clocks import NO_TIME, Clock
from studio.ui.viewer.compare import WIPE, CompareState
from studio.ui.viewer.compare_row import Compared, CompareRow
from studio.ui.viewer.cut_sound import CutSound, Player
from studio.ui.viewer.drawing_row import DrawingRow
from studio.ui.viewer.header import ViewerHeader
from studio.ui.viewer.overlays import Overlays
from studio.ui.viewer.presenter import Presenter, Side
from studio.ui.viewer.screen import ZOOMS, Screen
from studio.ui.viewer.sequence import PlayList, Shown
from studio.ui.viewer.steps import ALONE, Steps
from studio.ui.viewer.transport import Transport
from studio.ui.viewer.transport_row import TransportPanel

NOTHING = {
    "take": "The shot has no take yet. Ctrl Shift Enter draws one.",
    "shot": "Nothing to play yet. On the board, N makes a shot.",
    "scene": "The scene has no shot in the cut.",
    "cut": "The cut has no shot yet. On the board, N makes one.",
}


class Viewer(QWidget):
    mode_requested = Signal(str)
    shot_reached = Signal(str)
    """While several shots are shown and time stands still: the shot under the playhead."""
    frame_moved = Signal(int)
    """The frame of the sequence under the playhead."""
    frame_shown = Signal(int)
    """The frame of the sequence whose picture is now really on screen."""
    loop_changed = Signal(bool)
    compare_ended = Signal()
    """Esc while two takes are compared"""

    def __init__(self, look: Look, pictures: PictureStore, rate: FrameRate, aspect: QSize, start_timecode: str) -> None:
        super().__init__()
        self.setObjectName("well")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._list, self._mode, self._subject = PlayList(), "shot", ""
        self._scenes: tuple[int, ...] = ()
        self._comparing = self._quiet = self._was_playing = False
        self._trimming = ""
        self._dropped = 0
        self._sound: CutSound | None = None
        self.header = ViewerHeader(look)
        self.modes = self.header.modes
        self.picture = Screen(look, aspect)
        self.compare_row = CompareRow(look, pictures)
        self.drawing_row = DrawingRow(look, self.picture.pen)
        self.panel = TransportPanel(look)
        self.scrub = self.panel.scrub
        self.transport = Transport(rate)
        self.steps = Steps(self.transport)
        self.presenter = Presenter(self.picture)
        self.show_film(rate, aspect, start_timecode)
        self._build()
        self._connect()

    # --- what is played ---

    @property
    def mode(self) -> str:
        return self._mode

    @property
    def subject(self) -> str:
        """What is played, as `show_sequence` was told."""
        return self._subject

    @property
    def sequence(self) -> PlayList:
        return self._list

    @property
    def time(self) -> Clock:
        return self.panel.clocks.cut

    @property
    def loop_button(self) -> IconButton:
        return self.panel.loop

    @property
    def settled(self) -> bool:
        """Whether the picture on screen is that of the playhead's frame."""
        return self.presenter.settled

    @property
    def film_frame(self) -> int | None:
        """The frame of the cut under the playhead; None where the cut does not show it."""
        return self._list.film_frame(self.transport.frame)

    def show_film(self, rate: FrameRate, aspect: QSize, start_timecode: str) -> None:
        self._rate, self._timecode = rate, FilmTimecode.of(start_timecode, rate)
        self.steps.show_film(self._timecode)
        self.transport.set_rate(rate)
        self.picture.set_aspect(aspect)
        self._show_time()

    def show_scenes(self, starts: Sequence[int]) -> None:
        """Film frames at which the cut goes to another scene, in order: what the scene's clock counts from."""
        self._scenes = tuple(starts)
        self._show_time()

    def show_markers(self, film_frames: Sequence[int]) -> None:
        """Markers of the cut."""
        self.steps.show_markers(film_frames)
        self.scrub.show_markers(self.steps.markers())

    def show_sequence(
        self, mode: str, sequence: PlayList, frame: int, card_foot: str = "", *, subject: str = "",
        before: Shown | None = None,
    ) -> None:  # fmt: skip
        """Plays something else from `frame` on.

        `subject` names what is played: while it and the pictures stay, playback goes on where it is; where only the
        pictures differ the marks of the loop are kept. `before` is the last picture of the shot before the first.
        """
        same_subject = (mode, subject) == (self._mode, self._subject)
        same = same_subject and (sequence is self._list or sequence.stretches == self._list.stretches)
        self._mode, self._subject, self._list = mode, subject, sequence
        self.modes.choose(mode)
        self.steps.show_sequence(mode, sequence)
        self.presenter.show_sequence(sequence, before, card_foot, NOTHING[mode], other=not same)
        if self._sound is not None:
            self._sound.show(sequence)
        if same:
            self.presenter.again()
            return
        self.scrub.show_sequence(sequence.frames, sequence.cuts())
        self.scrub.show_markers(self.steps.markers())
        self.transport.stop()
        if not same_subject:
            self.transport.clear_marks()
        self._quiet = True
        self.transport.set_length(sequence.frames, frame)
        self._quiet = False

    def show_live(self, picture: QPixmap | None, steps: tuple[int, int, str] | None) -> None:
        self.picture.show_live(picture, steps)

    def show_sides(self, sides: tuple[Side, Side] | None, words: str = "") -> None:
        """Two pictures beside each other while a cut is trimmed; None ends it. `words` say what is trimmed."""
        self._trimming = words if sides else ""
        self.presenter.show_sides(sides)
        self._show_name()

    def show_overlays(self, overlays: Overlays) -> None:
        self.header.show_overlays(overlays)
        self.picture.show_overlays(overlays)
        self.presenter.show_onion(overlays.onion > 0)

    def show_panel(self, *, can_draw: bool, can_add: bool) -> None:
        """Whether what is looked at can be drawn on, and whether the shot may have another panel."""
        self.drawing_row.setVisible((can_draw or can_add) and not self._comparing)
        self.drawing_row.show_panel(can_draw=can_draw, can_add=can_add)

    def show_compare(
        self, state: CompareState, takes: Mapping[str, Compared], lists: tuple[PlayList, PlayList] | None
    ) -> None:
        """Two takes of the shot, frame by frame; None ends it."""
        began, self._comparing = lists is not None and not self._comparing, lists is not None
        if began:
            self.setFocus()  # so that the number keys pick takes
        self.header.show_compare(state.mode if self._comparing else "")
        self.compare_row.setVisible(self._comparing)
        self.compare_row.show_compare(state, takes)
        first, second = (f"Take {takes[one].name}" if one and one in takes else "" for one in (state.a, state.b))
        self.presenter.show_compared(lists, (first, second), state)
        self.picture.show_wipe(state.wipe if self._comparing and state.mode == WIPE else None)
        self.presenter.again()
        self._show_name()

    def hear(self, player: Player) -> None:
        """What plays the sound of the cut is the clock from now on."""
        self._sound = CutSound(player)
        self._sound.show(self._list)
        self.transport.hear(self._sound)

    def choose_zoom(self, percent: int) -> None:
        self.picture.set_zoom(percent)
        self.header.show_zoom(percent)

    def close_viewer(self) -> None:
        """Stops the clock and joins the decoding thread."""
        self.steps.let_go()
        self.transport.stop()
        self.presenter.close()

    # --- called by actions ---

    def toggle_loop(self) -> None:
        self.loop_button.toggle()

    def type_timecode(self) -> None:
        self.panel.clocks.ask()

    def next_size(self) -> None:
        self.choose_zoom(ZOOMS[(ZOOMS.index(self.picture.zoom) + 1) % len(ZOOMS)])

    # --- showing ---

    def _frame_moved(self, frame: int) -> None:
        if self.transport.speed:
            self._count_dropped()
        self.scrub.show_frame(frame)
        self.presenter.show(frame, -1 if self.transport.speed < 0 else 1)
        self._show_name()
        self._show_time()
        self.frame_moved.emit(frame)
        if not self.transport.speed:
            self._tell_shot()

    def _sought(self, frame: int) -> None:
        if self._sound is not None and not self._quiet and not self.transport.speed:
            self._sound.scrub(frame)

    def _count_dropped(self) -> None:
        """At up to the film's own pace each frame ought to be seen; those that were not are told."""
        late = 0 if self.presenter.settled else 1
        if abs(self.transport.speed) <= 1 and (missed := self.transport.skipped + late):
            self._dropped += missed
            self.panel.show_dropped(self._dropped)

    def _tell_shot(self) -> None:
        stretch = self._list.at(self.transport.frame)
        if stretch is not None and self._mode not in ALONE:
            self.shot_reached.emit(stretch.shot)

    def _show_name(self) -> None:
        stretch = self._list.at(self.transport.frame)
        words = stretch.name if stretch else ""
        if self._comparing and stretch:
            words = f"{stretch.words.number}, frame-locked"
        self.header.show_name(self._trimming or words)

    def _show_time(self) -> None:
        frame, stretch, film_frame = self.transport.frame, self._list.at(self.transport.frame), self.film_frame
        if stretch is None:
            self.panel.clocks.show_times(self._timecode.at(0), "", "")
            return
        cut = NO_TIME if film_frame is None else self._timecode.at(film_frame)
        within, length = frame - stretch.start, shot_length(stretch.frames, self._rate)
        shot = f"{'take' if self._mode == 'take' else 'shot'} {shot_length(within, self._rate)} of {length}"
        self.panel.clocks.show_times(cut, self._scene_time(film_frame), shot)

    def _scene_time(self, film_frame: int | None) -> str:
        place = 0 if film_frame is None else bisect_right(self._scenes, film_frame)
        if film_frame is None or not place:
            return ""
        return f"scene {film_length(film_frame - self._scenes[place - 1], self._rate)}"

    def _show_state(self) -> None:
        transport, playing = self.transport, bool(self.transport.speed)
        if playing and not self._was_playing:
            self._dropped = 0
            self.panel.show_dropped(0)
        self._was_playing = playing
        self.panel.show_speed(transport.speed)
        self.panel.show_loop(transport.loop)
        self.scrub.show_marks(transport.mark_in, transport.mark_out)
        if not playing:
            self._tell_shot()

    # --- hands ---

    def event(self, event: QEvent) -> bool:
        """Tab swaps A and B while two takes are compared and the viewer itself, none of its buttons, has the keys."""
        if self._comparing and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if swaps := event.key() == Qt.Key.Key_Tab and not event.modifiers():
                self.compare_row.swap_requested.emit()
            return swaps or super().event(event)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Number keys pick a compared take; Esc lays down the pen, then ends comparing."""
        number, pen = event.key() - Qt.Key.Key_0, self.picture.pen
        if self._comparing and 1 <= number <= 9 and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.compare_row.picked.emit(number)
        elif event.key() == Qt.Key.Key_Escape and pen.tool:
            self.drawing_row.put_down()
        elif event.key() == Qt.Key.Key_Escape and self._comparing:
            self.compare_ended.emit()
        else:
            super().keyPressEvent(event)

    def _loop_toggled(self, loop: bool) -> None:
        self.transport.set_loop(loop)
        self.loop_changed.emit(loop)

    def _zoom_by(self, steps: int) -> None:
        place = ZOOMS.index(self.picture.zoom) + steps
        self.choose_zoom(ZOOMS[max(0, min(len(ZOOMS) - 1, place))])

    # --- building ---

    def _connect(self) -> None:
        self.modes.chosen.connect(self.mode_requested)
        self.header.zoom_chosen.connect(self.choose_zoom)
        self.header.overlays_chosen.connect(self.show_overlays)
        self.transport.moved.connect(self._frame_moved)
        self.transport.sought.connect(self._sought)
        self.transport.changed.connect(self._show_state)
        self.presenter.up.connect(self.frame_shown)
        self.scrub.scrubbed.connect(self.steps.go_to)
        self.picture.resized.connect(self.presenter.again)
        self.picture.clicked.connect(self.setFocus)
        self.picture.zoom_requested.connect(self._zoom_by)
        self._connect_panel()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Viewer")

    def _connect_panel(self) -> None:
        panel, steps = self.panel, self.steps
        for button, call in (
            (panel.cut_back, steps.previous_cut), (panel.frame_back, steps.frame_back),
            (panel.play, self.transport.toggle), (panel.frame_on, steps.frame_on), (panel.cut_on, steps.next_cut),
            (panel.mark_in, self.transport.set_in), (panel.mark_out, self.transport.set_out),
        ):  # fmt: skip
            button.clicked.connect(lambda _checked=False, call=call: call())
        panel.loop_toggled.connect(self._loop_toggled)
        panel.clocks.time_typed.connect(steps.type_time)
        panel.clocks.left.connect(self.setFocus)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.compare_row)
        column.addWidget(self.picture, 1)
        column.addWidget(self.drawing_row)
        column.addWidget(self.panel)
        self.compare_row.hide()
        self.drawing_row.hide()
