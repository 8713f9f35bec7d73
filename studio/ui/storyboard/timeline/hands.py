"""Mouse, wheel, keys and dropped files on the timeline: where a gesture begins, and what it wishes for at its end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from studio.ui.parts.times import film_length
from studio.ui.storyboard.timeline.choosing import TimelineChoosing
from studio.ui.storyboard.timeline.drags import (
    Drag,
    GainDrag,
    MarkerDrag,
    MoveDrag,
    Pull,
    RollDrag,
    SlipDrag,
    SoundMoveDrag,
    SoundTrimDrag,
    TrimDrag,
)
from studio.ui.storyboard.timeline.geometry import Hit
from studio.ui.storyboard.timeline.ghosts import Ghost, Readout
from studio.ui.storyboard.timeline.snapping import SnapPoints, snap_points

if TYPE_CHECKING:
    from studio.ui.storyboard.timeline.view import TimelineView

Modifier = Qt.KeyboardModifier
EDGE_ZONE, SCROLL_MS = 32, 16
"""A drag this near to an edge of the viewport scrolls, so often."""
EDGE_STEP = 3
"""Pixels an edge has to be dragged before it moves: a click on it stays a click."""


class TimelineHands(QObject):
    def __init__(self, view: TimelineView) -> None:
        super().__init__(view)
        self._view = view
        self.choosing = TimelineChoosing(view)
        self._pressed: QPoint | None = None
        self._pressed_content = 0
        self._hit = Hit("")
        self._make: Callable[[], Drag | None] | None = None
        self._drag: Drag | None = None
        self._points: SnapPoints | None = None
        self._doing = ""
        """scrub, pan or band, where the hand drags none of the film's own things"""
        self._last, self._held = QPoint(), Modifier.NoModifier
        self._scroller = QTimer(self, interval=SCROLL_MS)
        self._scroller.timeout.connect(self._scroll_on)

    @property
    def idle(self) -> bool:
        return self._pressed is None

    # --- mouse ---

    def press(self, event: QMouseEvent) -> None:
        point, view = event.position().toPoint(), self._view
        self.cancel()
        self._pressed = self._last = point
        self._pressed_content = point.x() + view.scrolled
        self._hit, self._held = view.hit_at(point), event.modifiers()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._doing = "pan"
        elif event.button() == Qt.MouseButton.LeftButton:
            self._begin(self._hit, event.modifiers())
        else:
            self._pressed = None

    def move(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._pressed is None:
            self._hover(point)
            return
        self._held = event.modifiers()
        if self._doing == "pan":
            across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
            across.setValue(across.value() - (point.x() - self._last.x()))
            down.setValue(down.value() - (point.y() - self._last.y()))
            self._last = point
            return
        self._last = point
        self._go_on()
        self._scroll_near_edge()

    def release(self, event: QMouseEvent) -> None:
        drag, hit, doing = self._drag, self._hit, self._doing
        was_click = drag is None and not doing
        edit = drag.edit() if drag is not None else None
        was_down = self._pressed is not None
        self._put_down()
        if edit is not None:
            getattr(self._view, edit.signal).emit(*edit.args)
        elif was_down and was_click and hit.kind == "event" and not event.modifiers():
            self.choosing.click_again(hit)
        self._view.let_go.emit()

    def double_click(self, event: QMouseEvent) -> None:
        hit, view = self._view.hit_at(event.position().toPoint()), self._view
        if hit.kind == "event":
            view.event_opened.emit(hit.id)
        elif hit.kind == "marker":
            view.marker_opened.emit(hit.id)
        elif hit.kind == "markers" and view.can_edit():
            view.marker_add_requested.emit(hit.frame)
        elif hit.kind == "scene":
            view.fold(hit.id, hit.id not in view.folded)

    def cancel(self) -> bool:
        """Whatever is in the hand goes back; True where there was something."""
        busy = self._put_down()
        if busy:
            self._view.let_go.emit()
        return busy

    def _put_down(self) -> bool:
        busy = self._drag is not None or bool(self._doing)
        self._pressed = self._make = self._drag = self._points = None
        self._doing = ""
        self._scroller.stop()
        if busy:
            self._view.show_ghost(None)
            self._view.show_band(QRect())
        return busy

    # --- gestures ---

    def _begin(self, hit: Hit, held: Modifier) -> None:
        view = self._view
        match hit.kind:
            case "ruler":
                self._doing = "scrub"
                self._go_on()
            case "event" if view.tool == "split" and view.can_edit():
                self._split(hit)
            case "event":
                self._begin_event(hit, held)
            case "sound":
                self._begin_sound(hit)
            case "marker":
                self._begin_marker(hit)
            case "scene":
                self._begin_scene(hit, held)
            case _:
                self._doing = "band"
                if not held:
                    self.choosing.nothing()

    def _begin_event(self, hit: Hit, held: Modifier) -> None:
        view, cut = self._view, self._view.cut
        event = cut.event(hit.id)
        if event is None:
            return
        folded = event.scene in cut.folded
        if hit.part != "body" and not folded and view.can_edit():
            self.choosing.only(hit.id)
            self._make = lambda: self._edge_drag(hit, bool(held & Modifier.ControlModifier))
            return
        if folded:
            self.choosing.scene(event, held)
        else:
            self.choosing.event(hit.id, held)
        if not view.can_edit() or held & (Modifier.ControlModifier | Modifier.ShiftModifier):
            return
        if held & Modifier.AltModifier:
            self._make = lambda: SlipDrag(cut, event) if event.media is not None and not event.hold else None
        else:
            self._make = self._move_drag

    def _begin_sound(self, hit: Hit) -> None:
        view, sound = self._view, self._view.cut.sound(hit.id)
        self.choosing.sound(hit.id)
        if sound is None or not view.can_edit():
            return
        if view.tool == "split":
            view.sound_split_requested.emit(sound.id, hit.frame)
        elif hit.part == "gain":
            self._make = lambda: GainDrag(sound, view.rect_for_sound(sound.id).height())
        elif hit.part == "body":
            self._make = lambda: SoundMoveDrag(view.cut, sound)
        else:
            self._make = lambda: SoundTrimDrag(view.cut, sound, hit.part)

    def _begin_marker(self, hit: Hit) -> None:
        marker = self._view.cut.marker(hit.id)
        self.choosing.marker(hit.id)
        if marker is not None and self._view.can_edit():
            self._make = lambda: MarkerDrag(self._view.cut, marker)

    def _begin_scene(self, hit: Hit, held: Modifier) -> None:
        """A press on the arrow folds; anywhere else on the bar the scene's shots are chosen and can be moved."""
        view, run = self._view, self._view.cut.run_at(hit.frame)
        if run is None or self._pressed is None:
            return
        if self._pressed.x() < max(0, view.x_of(run.film_frame)) + 28:
            view.fold(run.scene, run.scene not in view.folded)
            self._pressed = None
            return
        self.choosing.scene(view.cut.events[run.first], held)
        if view.can_edit() and not held:
            self._make = self._move_drag

    def _edge_drag(self, hit: Hit, rolls: bool) -> Drag | None:
        cut = self._view.cut
        place = cut.place_of(hit.id)
        if place is None:
            return None
        if not rolls:
            return TrimDrag(cut, cut.events[place], hit.part)
        first = place if hit.part == "tail" else place - 1
        return RollDrag(cut, cut.events[first], cut.events[first + 1]) if 0 <= first < len(cut.events) - 1 else None

    def _move_drag(self) -> Drag | None:
        cut = self._view.cut
        events = [event for event in map(cut.event, self._view.selection.events) if event is not None]
        return MoveDrag(cut, events, self.choosing.scene_numbers()) if events else None

    def _split(self, hit: Hit) -> None:
        event = self._view.cut.event(hit.id)
        if event is not None and 0 < hit.frame - event.film_frame < event.frames:
            self._view.split_requested.emit(event.id, hit.frame - event.film_frame)
        self._pressed = None

    def _go_on(self) -> None:
        """The hand moved, or the content under it did."""
        view, pressed = self._view, self._pressed
        if pressed is None:
            return
        if self._doing == "scrub":
            frame = view.geometry_now.scale.frame_at(max(0, self._last.x() + view.scrolled))
            view.frame_requested.emit(max(0, min(frame, view.cut.frames - 1)))
        elif self._doing == "band":
            start = QPoint(self._pressed_content - view.scrolled, pressed.y())
            view.show_band(QRect(start, self._last).normalized())
            self.choosing.band(QRect(start, self._last).normalized())
        elif self._drag is not None or self._far_enough():
            self._pull()

    def _far_enough(self) -> bool:
        assert self._pressed is not None
        needed = QApplication.startDragDistance() if self._hit.part == "body" else EDGE_STEP
        if self._make is None or (self._last - self._pressed).manhattanLength() < needed:
            return False
        self._drag, self._make = self._make(), None
        if self._drag is None:
            return False
        # In a ripple the cuts after the hand move along with it: nothing to hold on to.
        ripples = isinstance(self._drag, TrimDrag)
        hit = self._hit.id
        self._points = snap_points(self._view.cut, self._view.selection.film_frame, cuts=not ripples, leave_out=[hit])
        return True

    def _pull(self) -> None:
        assert self._drag is not None and self._pressed is not None
        view, scale = self._view, self._view.geometry_now.scale
        content = self._last.x() + view.scrolled
        by = scale.frame_near(content) - scale.frame_near(self._pressed_content)
        row = view.geometry_now.row_at(self._last.y() + view.verticalScrollBar().value())
        lane = view.cut.lane(row.lane) if row is not None else None
        snaps = view.magnet != bool(self._held & Modifier.ShiftModifier)
        rise = self._pressed.y() - self._last.y()
        pull = Pull(by, scale.frame_near(content), rise, lane, self._points if snaps else None, scale)
        view.show_ghost(self._drag.pull(pull), self._last)

    # --- scrolling ---

    def wheel(self, event: QWheelEvent) -> None:
        view, turned = self._view, event.angleDelta()
        if event.modifiers() & Modifier.ControlModifier:
            scale = view.geometry_now.scale
            steps = max(1, abs(turned.y()) // 120)
            for _step in range(steps if turned.y() else 0):
                scale = scale.times(6, 5) if turned.y() > 0 else scale.times(5, 6)
            view.zoom_to(scale, event.position().toPoint().x())
        elif event.modifiers() & Modifier.ShiftModifier:
            view.verticalScrollBar().setValue(view.verticalScrollBar().value() - turned.y())
        else:
            across = event.pixelDelta().x() or event.pixelDelta().y() or turned.x() or turned.y()
            view.horizontalScrollBar().setValue(view.horizontalScrollBar().value() - across)
        event.accept()

    def pinch(self, event: QNativeGestureEvent) -> bool:
        """Two fingers on a trackpad."""
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        part = max(-50, min(50, round(event.value() * 100)))
        if part:
            view = self._view
            view.zoom_to(view.geometry_now.scale.times(100 + part, 100), event.position().toPoint().x())
        return True

    def _scroll_near_edge(self) -> None:
        near = self._last.x() < EDGE_ZONE or self._last.x() > self._view.viewport().width() - EDGE_ZONE
        if near and (self._drag is not None or self._doing in ("scrub", "band")):
            self._scroller.start()
        else:
            self._scroller.stop()

    def _scroll_on(self) -> None:
        bar, x, width = self._view.horizontalScrollBar(), self._last.x(), self._view.viewport().width()
        step = (x - EDGE_ZONE if x < EDGE_ZONE else x - (width - EDGE_ZONE)) // 2
        before = bar.value()
        bar.setValue(before + step)
        if bar.value() != before:
            self._go_on()

    def _hover(self, point: QPoint) -> None:
        hit = self._view.hit_at(point)
        cursor = Qt.CursorShape.ArrowCursor
        if self._view.can_edit() and hit.kind in ("event", "sound"):
            if self._view.tool == "split":
                cursor = Qt.CursorShape.CrossCursor
            elif hit.part in ("head", "tail"):
                cursor = Qt.CursorShape.SizeHorCursor
            elif hit.part == "gain":
                cursor = Qt.CursorShape.SizeVerCursor
        self._view.viewport().setCursor(cursor)

    # --- keys and menus ---

    def key(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if not self.cancel():
                self._view.cancelled.emit()
            event.accept()
        elif self.choosing.key(event):
            event.accept()

    def open_menu(self, point: QPoint, on_screen: QPoint) -> None:
        hit = self._view.hit_at(point)
        self.cancel()
        if hit.kind == "event" and hit.id not in self._view.selection.events:
            self.choosing.only(hit.id)
        elif hit.kind == "sound":
            self.choosing.sound(hit.id)
        elif hit.kind == "marker":
            self.choosing.marker(hit.id)
        self._view.menu_requested.emit(hit.kind, on_screen)

    # --- files ---

    def drag_over(self, event: QDragMoveEvent) -> None:
        hit = self._view.hit_at(event.position().toPoint())
        local = any(url.isLocalFile() for url in event.mimeData().urls())
        words = self._drop_words(hit) if local and self._view.can_edit() else None
        if words is None:
            event.ignore()
            self._view.show_ghost(None)
            return
        event.acceptProposedAction()
        guide = hit.frame if hit.kind in ("lane", "sound") else None
        chosen = self._view.cut.event(hit.id)
        boxes = () if chosen is None else ((chosen.film_frame, chosen.frames),)
        self._view.show_ghost(Ghost(words, boxes, guide=guide), event.position().toPoint())

    def _drop_words(self, hit: Hit) -> Readout | None:
        """What files held here become; None where they cannot be put down."""
        cut = self._view.cut
        event, sound = cut.event(hit.id), cut.sound(hit.id)
        if hit.kind == "event" and event is not None:
            return Readout(f"Into {event.shot_number}", "Pictures become its panels, movies its takes")
        lane = cut.lane(sound.lane if sound is not None else hit.id)
        if lane is None or hit.kind not in ("lane", "sound"):
            return None
        return Readout(f"Onto {lane.name}", f"from {film_length(hit.frame, cut.rate)}, one after the other")

    def drop(self, event: QDropEvent) -> None:
        hit = self._view.hit_at(event.position().toPoint())
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self._view.show_ghost(None)
        card = self._view.cut.event(hit.id)
        if hit.kind == "event" and card is not None:
            self._view.files_dropped.emit(card.shot, paths)
            return
        sound = self._view.cut.sound(hit.id)
        self._view.drop_requested.emit(sound.lane if sound is not None else hit.id, hit.frame, paths)
