"""An event of the cut in words: what it shows, where it stands, how long it is, what is left around it. Pure."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

from studio.project import trimming
from studio.project.cut_cards import EventCard
from studio.project.timing import FrameRate, timecode
from studio.project.words import counted, shot_length


class Fact(NamedTuple):
    label: str
    value: str


def facts(event: EventCard, rate: FrameRate, first_label: int, *, takes: int, drop: bool) -> list[Fact]:
    """`first_label`: the cut's start timecode as a frame count; `takes`: how many the shot has."""
    begins, ends = event.film_frame, event.film_frame + event.frames
    rows = [
        Fact("Shows", shows(event, takes)),
        Fact("In", timecode(first_label + begins, rate, drop=drop)),
        Fact("Out", timecode(first_label + ends, rate, drop=drop)),
        Fact("Length", f"{shot_length(event.frames, rate)}  {counted(event.frames, 'frame')}"),
    ]
    if event.media is not None:
        before, after = handles(event, rate)
        rows.append(Fact("Handles", f"{shot_length(before, rate)} before, {shot_length(after, rate)} after"))
    if event.grade is not None:
        rows.append(Fact("Grade", "matched; the take is as it was drawn"))
    if held := trimming.held_frames(event, rate).words:
        rows.append(Fact("Held", held))
    return rows


def shows(event: EventCard, takes: int) -> str:
    if event.media is not None:
        return f"take {event.take_name} of {takes}"
    if len(event.panels) > 1:
        return f"{len(event.panels)} panels in turn"
    return "a panel" if event.panels else "a missing-shot card"


def handles(event: EventCard, rate: FrameRate) -> tuple[int, int]:
    """Film frames the take still has before and after what the event shows, at the event's speed."""
    speed = Fraction(event.speed_num, event.speed_den)
    taken = Fraction((event.take_rate or rate).fraction) / rate.fraction * speed
    if event.hold or not taken:
        return 0, 0
    first, pace = Fraction(event.take_in) + event.take_phase, abs(taken)
    from_head, to_tail = math.floor(first / pace), math.ceil((event.take_frames - first) / pace)
    if taken < 0:
        from_head, to_tail = to_tail - 1, from_head + 1
    return max(0, from_head), max(0, to_tail - event.frames)
