"""Draws the timeline: its rows, and what lies over them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect

from studio.ui.cut_selection import CutSelection
from studio.ui.parts.pictures import PictureStore, PreviewStore
from studio.ui.sound.waveforms import WaveformStore
from studio.ui.storyboard.board.shot_list import ShotList
from studio.ui.storyboard.timeline.canvas import Canvas
from studio.ui.storyboard.timeline.geometry import Row
from studio.ui.storyboard.timeline.ghosts import Ghost, Readout
from studio.ui.storyboard.timeline.lanes import LanePainter
from studio.ui.storyboard.timeline.overlay import (
    paint_band,
    paint_ghost,
    paint_guide,
    paint_past_end,
    paint_playhead,
    paint_readout,
)
from studio.ui.storyboard.timeline.rows import RowPainter
from studio.ui.storyboard.timeline.strips import LiveOf, StripPainter

NOTHING = Ghost(Readout(""))
SAID_AT = 60
"""Pixels from the top at which a readout stands that belongs to the playhead."""


@dataclass(frozen=True)
class Over:
    """What lies over the rows now."""

    ghost: Ghost | None
    hand: QPoint
    """Where the hand is that drags the ghost, in the viewport."""
    said: Ghost | None
    """A ghost whose readout belongs to the playhead, while no hand is on the timeline."""
    band: QRect
    """The rubber band; null where there is none."""


class TimelinePainter:
    def __init__(
        self, shots: ShotList, pictures: PictureStore, films: PictureStore, previews: PreviewStore,
        waveforms: WaveformStore, live: LiveOf,
    ) -> None:  # fmt: skip
        self._strips, self._rows = StripPainter(shots, pictures, films, previews, live), RowPainter(shots)
        self._lanes = LanePainter(waveforms)

    def paint(self, canvas: Canvas, selection: CutSelection, over: Over, height: int) -> None:
        """The ruler is the last of the rows, because the others scroll away under it."""
        for row in reversed(canvas.geometry.rows):
            self._paint_row(canvas, row, selection, over.ghost or NOTHING)
        paint_past_end(canvas, height)
        self._paint_over(canvas, selection, over, height)

    def _paint_row(self, canvas: Canvas, row: Row, selection: CutSelection, ghost: Ghost) -> None:
        match row.kind:
            case "lane":
                lane = canvas.geometry.cut.lane(row.lane)
                if lane is not None:
                    self._lanes.paint(canvas, row, lane, selection.sound, ghost.caught)
            case "lines":
                self._rows.paint_lines(canvas, row)
            case "shots":
                self._strips.paint(canvas, set(selection.events), ghost.events)
            case "scenes":
                self._rows.paint_scenes(canvas, row)
            case "markers":
                self._rows.paint_markers(canvas, row, ghost.caught, selection.marker or "")
            case "ruler":
                self._rows.paint_ruler(canvas, row)

    @staticmethod
    def _paint_over(canvas: Canvas, selection: CutSelection, over: Over, height: int) -> None:
        for ghost in filter(None, (over.ghost, over.said)):
            paint_ghost(canvas, ghost)
        if over.ghost is not None and over.ghost.guide is not None:
            paint_guide(canvas, over.ghost.guide, height)
        paint_playhead(canvas, selection.film_frame, height)
        if not over.band.isNull():
            paint_band(canvas, over.band)
        if over.ghost is not None and over.ghost.readout.change:
            paint_readout(canvas, over.ghost.readout, over.hand, height)
        elif over.said is not None:
            paint_readout(canvas, over.said.readout, QPoint(canvas.x(selection.film_frame), SAID_AT), height)
