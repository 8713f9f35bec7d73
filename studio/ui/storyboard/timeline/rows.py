"""Draws the rows above and below the shots: ruler, markers, scenes and the written lines."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPolygon

from studio.project.cards import SceneCard
from studio.ui.parts.times import counted, film_length
from studio.ui.storyboard.board.shot_list import ShotList
from studio.ui.storyboard.timeline.canvas import BEYOND, Canvas
from studio.ui.storyboard.timeline.cut import SceneRun
from studio.ui.storyboard.timeline.geometry import Box, Row, ticks

LEAST_SCENE = 4
"""Pixels of a scene that is drawn by itself."""


class RowPainter:
    def __init__(self, shots: ShotList) -> None:
        self._shots = shots

    def paint_ruler(self, canvas: Canvas, row: Row) -> None:
        rect, cut = canvas.row_rect(row), canvas.geometry.cut
        canvas.fill(rect, "grey-1")
        canvas.painter.setFont(canvas.inks.micro)
        for frame, x, big in ticks(canvas.geometry.scale, cut.rate, canvas.seen_left, canvas.seen_right):
            left, height = x - canvas.left, 12 if big else 4
            token = "grey-4" if big else "grey-3"
            canvas.fill(QRect(left, rect.bottom() + 1 - height, 1, height), token)
            if big:
                canvas.painter.setPen(canvas.colour("grey-4"))
                room, words = QRect(left + 4, rect.top() + 4, 110, 16), cut.timecode.at(frame)
                canvas.painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)

    def paint_markers(self, canvas: Canvas, row: Row, caught: str, selected: str) -> None:
        rect, markers = canvas.row_rect(row), canvas.geometry.cut.markers
        canvas.fill(rect, "grey-1")
        for place, marker in enumerate(markers):
            x = canvas.x(marker.film_frame)
            if not -400 < x < canvas.width + BEYOND:
                continue
            following = canvas.x(markers[place + 1].film_frame) if place + 1 < len(markers) else canvas.width + BEYOND
            lit = marker.id in (caught, selected)
            self.paint_flag(canvas, x, rect, "accent" if lit else "grey-4")
            room = QRect(x + 10, rect.top(), min(300, following - x - 20), rect.height())
            if room.width() > 12:
                canvas.write(marker.name, room, canvas.inks.micro, "grey-5")

    @staticmethod
    def paint_flag(canvas: Canvas, x: int, rect: QRect, token: str) -> None:
        top = rect.center().y() - 6
        shape = [QPoint(x - 5, top), QPoint(x + 5, top), QPoint(x + 5, top + 7), QPoint(x, top + 12),
                 QPoint(x - 5, top + 7)]  # fmt: skip
        canvas.painter.setPen(Qt.PenStyle.NoPen)
        canvas.painter.setBrush(canvas.colour(token))
        canvas.painter.drawPolygon(QPolygon(shape))

    def paint_scenes(self, canvas: Canvas, row: Row) -> None:
        """Scenes too narrow to be told apart are drawn as one bar with those beside them, and not looked at singly."""
        cut, scale = canvas.geometry.cut, canvas.geometry.scale
        end = scale.frame_at(canvas.seen_right) + 1
        place, bar = max(0, cut.run_place_at(scale.frame_at(canvas.seen_left))), Box(0, 0, 0, 0)
        while place < len(cut.runs) and cut.runs[place].film_frame < end:
            run = cut.runs[place]
            left, right = scale.x_of(run.film_frame), scale.x_of(run.end)
            place += 1
            if right - left >= LEAST_SCENE + 2:
                box = Box(left, row.top + 2, right - left - 2, row.height - 4)
                self._paint_scene(canvas, canvas.rect(box), run, self._shots.scene(run.scene))
                continue
            if left - bar.right > LEAST_SCENE:
                self._paint_bar(canvas, bar)
                bar = Box(left, row.top + 2, 0, row.height - 4)
            bar = Box(bar.left, bar.top, left + LEAST_SCENE - bar.left, bar.height)
            place = max(place, cut.run_place_at(scale.frame_at(left + LEAST_SCENE)))
        self._paint_bar(canvas, bar)

    @staticmethod
    def _paint_bar(canvas: Canvas, bar: Box) -> None:
        if bar.width:
            canvas.fill(canvas.rect(bar), "grey-3")

    def _paint_scene(self, canvas: Canvas, rect: QRect, run: SceneRun, scene: SceneCard | None) -> None:
        canvas.fill(rect, "grey-3", radius=canvas.look.radius("control") if rect.width() > 8 else 0)
        if rect.width() < 28:
            return
        inks, folded = canvas.inks, run.scene in canvas.geometry.cut.folded
        room = rect.adjusted(max(8, 8 - rect.left()), 0, -8, 0)
        canvas.icon("chevron-right" if folded else "chevron-down", "grey-4", room.left(), room.center().y() + 1, 12)
        room.setLeft(room.left() + 20)
        if scene is None or room.width() < 12:
            return
        room.setLeft(room.left() + canvas.write(scene.number, room, inks.body_strong, "grey-5") + 8)
        if room.width() > 24:
            room.setLeft(room.left() + canvas.write(scene.heading, room, inks.body, "grey-5") + 8)
        words = f"{counted(run.count, 'shot')} · {film_length(run.frames, canvas.geometry.cut.rate)}"
        if inks.width(inks.body, words) <= room.width():
            canvas.write(words, room, inks.body, "grey-4")

    def paint_lines(self, canvas: Canvas, row: Row) -> None:
        """What is said, over the shot that says it."""
        geometry = canvas.geometry
        places = geometry.events_between(canvas.seen_left, canvas.seen_right)
        if len(places) > canvas.width // 8:
            return  # nothing could be read
        for place in places:
            event = geometry.cut.events[place]
            box = geometry.event_box(event)
            if not event.dialogue or box.width < 12:
                continue
            rect = canvas.rect(Box(box.left, row.top + 5, box.width, row.height - 10))
            canvas.fill(rect, "grey-3", radius=canvas.look.radius("badge"))
            canvas.write(event.dialogue, rect.adjusted(max(6, 6 - rect.left()), 0, -6, 0), canvas.inks.micro, "grey-5")
