"""What an edge dragged on the timeline holds on to: cuts, markers, the playhead, edges of sound. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from studio.ui.storyboard.timeline.cut import TimelineCut
from studio.ui.storyboard.timeline.geometry import TimeScale

STRENGTH = 8
"""Pixels within which an edge is drawn to a point."""


@dataclass(frozen=True, order=True)
class SnapPoint:
    film_frame: int
    words: str
    """`marker “Horn”`"""
    id: str = ""
    """Of the marker or clip it belongs to."""


@dataclass(frozen=True)
class Snapped:
    by: int
    """Film frames to add so that the edge lies on the point."""
    point: SnapPoint


class SnapPoints:
    def __init__(self, points: Iterable[SnapPoint]) -> None:
        self._points = sorted(set(points))
        self._frames = [point.film_frame for point in self._points]

    def nearest(self, edges: Sequence[int], scale: TimeScale) -> Snapped | None:
        """The point nearest to any of the edges within STRENGTH pixels; None where nothing is that near."""
        reach = scale.frames_in(STRENGTH)
        found = [Snapped(self._points[at].film_frame - edge, self._points[at])
                 for edge in edges for at in self._beside(edge)]  # fmt: skip
        near = [one for one in found if abs(one.by) <= reach]
        return min(near, key=lambda one: (abs(one.by), one.point), default=None)

    def _beside(self, frame: int) -> list[int]:
        at = bisect_left(self._frames, frame)
        return [place for place in (at - 1, at) if 0 <= place < len(self._frames)]


def snap_points(cut: TimelineCut, playhead: int, *, cuts: bool = True, leave_out: Iterable[str] = ()) -> SnapPoints:
    """Without the markers and clips of `leave_out`; without `cuts` where those move along with the hand."""
    skipped = set(leave_out)
    points = [SnapPoint(playhead, "the playhead")]
    if cuts:
        points += [SnapPoint(event.film_frame, f"the cut to {event.shot_number}") for event in cut.events]
        points += [SnapPoint(cut.frames, "the end of the cut")] if cut.events else []
    points += [
        SnapPoint(marker.film_frame, f"marker “{marker.name}”" if marker.name else "a marker", marker.id)
        for marker in cut.markers if marker.id not in skipped
    ]  # fmt: skip
    for sound in cut.sounds:
        if sound.id not in skipped:
            points.append(SnapPoint(sound.film_frame, f"the start of {sound.name or 'a sound'}", sound.id))
            points.append(SnapPoint(sound.film_frame + sound.frames, f"the end of {sound.name or 'a sound'}", sound.id))
    return SnapPoints(points)
