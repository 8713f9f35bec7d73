"""What other programs will not show of a timeline we wrote, in words for the user."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from studio.interchange.shown_cut import ShownCut, Stretch, stretches
from studio.project.shown import WHOLE

NAMED = 5
"""Shots named before the rest is counted."""


@dataclass(frozen=True)
class Loss:
    """Something that only the exported movie shows."""

    what: str
    """`Flop`; it stands in the timeline's metadata and nowhere else"""
    names: tuple[str, ...]
    """Of the shots, lanes or sounds it is about, in order, each once."""
    instead: str

    @property
    def sentence(self) -> str:
        named = ", ".join(self.names[:NAMED])
        more = len(self.names) - NAMED
        return f"{self.what}: {named}{f' and {more} more' if more > 0 else ''}. {self.instead}"


def losses(cut: ShownCut) -> tuple[Loss, ...]:
    """Everything the .otio file keeps as data only. Empty where other programs show the cut as it is."""
    found = [
        _of_shots(cut, "Flop", lambda one: one.piece.flop, "Other programs show the picture as it was."),
        _of_shots(cut, "Reframing", _is_reframed, "Other programs show the whole picture."),
        _of_shots(cut, "Grade", lambda one: one.piece.grade is not None,
                  "Other programs show the picture as it was, unless they read its CDL from the metadata."),
        _of_shots(cut, "Drawn lines", lambda one: bool(one.piece.strokes), "Other programs show the panel alone."),
        _of_shots(cut, "Reverse", lambda one: one.piece.step < 0, "Not every program plays a shot backwards."),
        _of_shots(cut, "Missing shots", lambda one: one.piece.source is None, "The timeline has an empty clip there."),
        Loss("Loudness", _lanes_with_gain(cut), "Other programs play these lanes at their own level."),
        Loss("Missing sound files", tuple(one.name for one in cut.sounds if not one.source_samples),
             "The timeline has an empty clip there."),
    ]
    return tuple(loss for loss in found if loss.names)


def _is_reframed(stretch: Stretch) -> bool:
    return any((framing.start, framing.end) != (WHOLE, WHOLE) for framing in stretch.piece.framings)


def _of_shots(cut: ShownCut, what: str, holds: Callable[[Stretch], bool], instead: str) -> Loss:
    return Loss(what, _once(one.event.shot_number for one in stretches(cut) if holds(one)), instead)


def _lanes_with_gain(cut: ShownCut) -> tuple[str, ...]:
    loud = {one.lane for one in cut.sounds if one.gain}
    used = {one.lane for one in cut.sounds}
    return _once(lane.name for lane in cut.lanes if lane.id in loud or (lane.gain and lane.id in used))


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
