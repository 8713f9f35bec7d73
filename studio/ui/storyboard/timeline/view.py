"""The timeline: the current cut as strips as long as they last, with sound below; draws only what is seen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip

from studio.project.timing import FrameRate
from studio.ui.cut_selection import CutSelection
from studio.ui.parts.pictures import PictureStore, PreviewStore
from studio.ui.parts.times import shot_length
from studio.ui.parts.tips import plain_tip
from studio.ui.sound.waveforms import WaveformStore
from studio.ui.states import shot_badge
from studio.ui.storyboard.board.shot_list import ShotList
from studio.ui.storyboard.timeline.canvas import Canvas, Inks
from studio.ui.storyboard.timeline.cut import TimelineCut
from studio.ui.storyboard.timeline.events import EventList, EventListView
from studio.ui.storyboard.timeline.geometry import HEADS, Box, Hit, TimelineGeometry, TimeScale
from studio.ui.storyboard.timeline.ghosts import Ghost, decibels
from studio.ui.storyboard.timeline.hands import TimelineHands
from studio.ui.storyboard.timeline.heads import TimelineHeads
from studio.ui.storyboard.timeline.overlay import playhead_rect
from studio.ui.storyboard.timeline.painting import Over, TimelinePainter
from studio.ui.storyboard.timeline.strips import LiveOf
from studio.ui.theme import Look

Flag = QItemSelectionModel.SelectionFlag


class TimelineView(QAbstractScrollArea):
    """Shows a `TimelineCut`; every edit leaves as a wish. What is selected is kept in the `CutSelection`."""

    frame_requested = Signal(int)
    """The playhead's wish: film_frame, live while scrubbing."""
    event_opened = Signal(str)
    menu_requested = Signal(str, QPoint)
    """What lies under the pointer (event, sound, marker, lane, shots), and where on the screen."""
    trim_previewed = Signal(object)
    """TrimShown: both sides of the cut in the hand; None when it is let go."""
    trim_requested = Signal(str, str, int)
    """event, head or tail, film frames"""
    roll_requested = Signal(str, int)
    """The event before the cut, film frames."""
    slip_requested = Signal(str, int)
    move_requested = Signal(list, int, str)
    """events, the place counted without them, the scene they join or nothing"""
    split_requested = Signal(str, int)
    """event, frames from its start"""
    marker_move_requested = Signal(str, int)
    marker_opened = Signal(str)
    marker_add_requested = Signal(int)
    sound_move_requested = Signal(str, str, int)
    """clip, lane, film_frame"""
    sound_trim_requested = Signal(str, str, int)
    sound_split_requested = Signal(str, int)
    """clip, film_frame"""
    sound_gain_requested = Signal(str, float)
    remove_requested = Signal()
    """The selected clip or marker."""
    drop_requested = Signal(str, int, list)
    """Files on a lane: lane, film_frame, paths."""
    files_dropped = Signal(str, list)
    """Files on a shot."""
    let_go = Signal()
    """The hand holds nothing any more."""
    cancelled = Signal()
    """Esc, with nothing in the hand"""
    zoomed = Signal()
    fold_changed = Signal()

    def __init__(
        self, look: Look, shots: ShotList, pictures: PictureStore, films: PictureStore, previews: PreviewStore,
        waveforms: WaveformStore, selection: CutSelection, live: LiveOf, *, writable: bool = True,
    ) -> None:  # fmt: skip
        super().__init__()
        self._look, self._shots, self.selection = look, shots, selection
        self.writable, self.magnet, self.tool = writable, True, "select"
        self.cut = TimelineCut(FrameRate(24))
        self.geometry_now = TimelineGeometry(self.cut, TimeScale())
        self._inks = Inks(look)
        self._painting = TimelinePainter(shots, pictures, films, previews, waveforms, live)
        self._ghost: Ghost | None = None
        self._hand, self._band, self._playhead_x = QPoint(), QRect(), 0
        self._said: Ghost | None = None
        self.folded: frozenset[str] = frozenset()
        self.heads = TimelineHeads(look, self, writable=writable)
        self.events = EventList(self.cut, self._state_words, self)
        self.hands = TimelineHands(self)
        self.list = EventListView(self.events, self.hands.choosing.claims, self.viewport())
        self._build()
        self._connect(pictures, films, previews, waveforms)

    def _build(self) -> None:
        self.setViewportMargins(HEADS, 0, 0, 0)
        self.viewport().setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setAccessibleName("Timeline")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.horizontalScrollBar().setSingleStep(48)
        self.verticalScrollBar().setSingleStep(24)
        self.setFocusProxy(self.list)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _connect(
        self, pictures: PictureStore, films: PictureStore, previews: PreviewStore, waveforms: WaveformStore
    ) -> None:
        self.list.key_pressed.connect(self.hands.key)
        self.selection.changed.connect(self._show_selection)
        self.selection.playhead_moved.connect(self._show_playhead)
        repaint = self.viewport().update
        for arrived in (pictures.arrived, films.arrived, previews.arrived, waveforms.arrived):
            arrived.connect(lambda _what: repaint())
        self._shots.dataChanged.connect(lambda *_: repaint())
        self._shots.counted.connect(repaint)

    # --- test hooks, in pixels of the viewport ---

    def rect_for_event(self, event: str) -> QRect:
        card = self.cut.event(event)
        return QRect() if card is None else self._canvas_rect(self.geometry_now.event_box(card))

    def rect_for_sound(self, sound: str) -> QRect:
        card = self.cut.sound(sound)
        box = self.geometry_now.sound_box(card) if card is not None else None
        return QRect() if box is None else self._canvas_rect(box)

    def point_for_marker(self, marker: str) -> QPoint:
        card, row = self.cut.marker(marker), self.geometry_now.row("markers")
        assert card is not None and row is not None
        return QPoint(self.x_of(card.film_frame), row.top + row.height // 2 - self.verticalScrollBar().value())

    def event_at(self, point: QPoint) -> str | None:
        hit = self.hit_at(point)
        return hit.id if hit.kind == "event" else None

    def hit_at(self, point: QPoint) -> Hit:
        """The ruler stays at the top, whatever is scrolled."""
        inside_ruler = point.y() < self.geometry_now.rows[0].height
        y = point.y() if inside_ruler else point.y() + self.verticalScrollBar().value()
        return self.geometry_now.hit(point.x() + self.scrolled, y)

    def words_at(self, point: QPoint) -> str:
        """What lies there, in full; why a shot is out of date. Empty where there is nothing to say."""
        hit = self.hit_at(point)
        event, sound = self.cut.event(hit.id), self.cut.sound(hit.id)
        if event is not None:
            card = self._shots.known_card(event.shot)
            return "\n".join(filter(None, (self.events.words(event), card.cause if card is not None else "")))
        if sound is not None:
            return f"{sound.name}, {shot_length(sound.frames, self.cut.rate)}, {decibels(sound.gain)}"
        marker = self.cut.marker(hit.id)
        return marker.name if marker is not None else ""

    def x_of(self, film_frame: int) -> int:
        return self.geometry_now.scale.x_of(film_frame) - self.scrolled

    @property
    def scrolled(self) -> int:
        """Content pixels left of the viewport."""
        return self.horizontalScrollBar().value()

    # --- what is shown ---

    def show_cut(self, cut: TimelineCut) -> None:
        self.cut = TimelineCut(
            cut.rate, cut.events, cut.lanes, cut.sounds, cut.markers, timecode=cut.timecode, frozen=cut.frozen,
            folded=self.folded,
        )  # fmt: skip
        self.hands.cancel()
        self.events.show_cut(self.cut)
        self._lay_out(self.geometry_now.scale)
        self._show_selection()

    def fold(self, scene: str, folded: bool) -> None:
        self.folded = self.folded | {scene} if folded else self.folded - {scene}
        self.show_cut(self.cut)
        self.fold_changed.emit()

    def show_ghost(self, ghost: Ghost | None, hand: QPoint | None = None) -> None:
        before, self._ghost = self._ghost, ghost
        self._hand = hand if hand is not None else self._hand
        if (ghost.trim if ghost else None) != (before.trim if before else None):
            self.trim_previewed.emit(ghost.trim if ghost else None)
        self.viewport().update()

    def show_band(self, band: QRect) -> None:
        self._band = band
        self.viewport().update()

    def say(self, ghost: Ghost | None) -> None:
        """A ghost with its readout beside the playhead, while no hand is on the timeline."""
        self._said = ghost
        self.viewport().update()

    @property
    def ghost(self) -> Ghost | None:
        return self._ghost

    def can_edit(self) -> bool:
        return self.writable and not self.cut.frozen

    # --- zoom and scroll ---

    def zoom_to(self, scale: TimeScale, x: int | None = None) -> None:
        """The frame at `x` of the viewport (its middle by default) stays where it is."""
        x = self.viewport().width() // 2 if x is None else x
        before = self.geometry_now.scale
        if scale == before:
            return
        content = x + self.scrolled
        self._lay_out(scale)
        self.horizontalScrollBar().setValue(content * scale.zoom // before.zoom - x)
        self.zoomed.emit()

    def zoom_in(self) -> None:
        self.zoom_to(self.geometry_now.scale.times(5, 4), self._zoom_point())

    def zoom_out(self) -> None:
        self.zoom_to(self.geometry_now.scale.times(4, 5), self._zoom_point())

    def zoom_to_fit(self) -> None:
        """The whole cut on the width there is."""
        self.zoom_to(TimeScale.fitting(self.cut.frames, max(1, self.viewport().width() - 24)))
        self.horizontalScrollBar().setValue(0)

    def reveal(self, film_frame: int) -> None:
        """Scrolls by a page where the frame is not seen."""
        x = self.x_of(film_frame)
        if not 0 <= x < self.viewport().width() - 8:
            content = self.geometry_now.scale.x_of(film_frame)
            self.horizontalScrollBar().setValue(content - self.viewport().width() // 8)

    def _zoom_point(self) -> int | None:
        x = self.x_of(self.selection.film_frame)
        return x if 0 <= x < self.viewport().width() else None

    def _lay_out(self, scale: TimeScale) -> None:
        self.geometry_now = TimelineGeometry(self.cut, scale)
        across, down, port = self.horizontalScrollBar(), self.verticalScrollBar(), self.viewport()
        across.setPageStep(port.width())
        past_end = port.width() // 4 if self.geometry_now.width + 24 > port.width() else 0
        across.setRange(0, max(0, self.geometry_now.width + past_end - port.width()))
        down.setPageStep(port.height())
        down.setRange(0, max(0, self.geometry_now.height - port.height()))
        self.heads.show_rows(self.geometry_now, down.value())
        port.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.heads.setGeometry(0, 0, HEADS, self.height())
        self.list.setGeometry(self.viewport().rect())
        self._lay_out(self.geometry_now.scale)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        if dy:
            self.heads.show_rows(self.geometry_now, self.verticalScrollBar().value())
        self.viewport().update()

    # --- selection and playhead ---

    def _show_selection(self) -> None:
        model, chosen = self.list.selectionModel(), QItemSelection()
        for event in self.selection.events:
            place = self.cut.place_of(event)
            if place is not None:
                chosen.select(self.events.index(place), self.events.index(place))
        model.select(chosen, Flag.ClearAndSelect)
        current = self.cut.place_of(self.selection.current or "")
        if current is not None:
            model.setCurrentIndex(self.events.index(current), Flag.NoUpdate)
            self.setAccessibleDescription(self.events.words(self.cut.events[current]))
        self.viewport().update()

    def _show_playhead(self, film_frame: int) -> None:
        """Only where it stood and where it stands is drawn anew: it moves with every frame that is played."""
        if self.hands.idle:
            self.reveal(film_frame)
        for x in (self._playhead_x, self.x_of(film_frame)):
            self.viewport().update(playhead_rect(x, self.viewport().height()))
        if self._said is not None:
            self.viewport().update()

    def scene_numbers(self) -> dict[str, str]:
        """The number each scene of the cut is shown with, by id."""
        scenes = {run.scene: self._shots.scene(run.scene) for run in self.cut.runs}
        return {scene: card.number for scene, card in scenes.items() if card is not None}

    def _state_words(self, shot: str) -> str:
        card = self._shots.known_card(shot)
        return shot_badge(card).word if card is not None else ""

    def _canvas_rect(self, box: Box) -> QRect:
        top = box.top - self.verticalScrollBar().value()
        return QRect(box.left - self.scrolled, top, box.width, box.height)

    # --- hands ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.list.setFocus(Qt.FocusReason.MouseFocusReason)
        self.hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hands.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.hands.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.hands.double_click(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Pinching zooms; resting says what the strip, clip or marker under the pointer is."""
        if isinstance(event, QNativeGestureEvent):
            return self.hands.pinch(event)
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), plain_tip(self.words_at(event.pos())), self.viewport())
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.hands.open_menu(event.pos(), event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.hands.wheel(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # the list has the keyboard and has asked the hands already

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.hands.drag_over(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.hands.drag_over(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.show_ghost(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self.hands.drop(event)

    # --- drawing: only what is seen ---

    def _canvas(self, painter: QPainter, seen: QRect) -> Canvas:
        return Canvas(
            painter, self._inks, self.geometry_now, self.scrolled, self.verticalScrollBar().value(),
            self.viewport().width(), self.scrolled + seen.left() - 8, self.scrolled + seen.right() + 8,
        )  # fmt: skip

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._look.colour("grey-0"))
        canvas = self._canvas(painter, event.rect())
        self._playhead_x = canvas.x(self.selection.film_frame)
        over = Over(self._ghost, self._hand, self._said, self._band)
        self._painting.paint(canvas, self.selection, over, self.viewport().height())
