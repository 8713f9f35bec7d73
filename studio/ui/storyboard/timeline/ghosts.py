"""What a drag on the timeline shows before it is let go, and the words beside it. Pure.

The numbers come from the rules that the commands use, so that what a ghost shows is what the edit does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from studio.project import sound_trimming, trimming
from studio.project.cut_cards import EventCard, SoundCard
from studio.project.sound_trimming import Stretch
from studio.project.timing import FrameRate
from studio.project.trimming import Span
from studio.ui.parts.times import counted, film_length, shot_length
from studio.ui.storyboard.timeline.cut import TimelineCut
from studio.ui.storyboard.timeline.snapping import Snapped

MINUS = "−"


@dataclass(frozen=True)
class Readout:
    """Four short lines on the plate beside the hand: left the change, right what else it means."""

    change: str
    note: str = ""
    moves: str = ""
    film: str = ""


@dataclass(frozen=True)
class TrimShown:
    """For the viewer while a cut is trimmed: the events before and after it as they would be."""

    left: EventCard | None
    right: EventCard | None
    words: str
    edge: str = ""
    """tail or head where one side is in the hand"""


@dataclass(frozen=True)
class ClipGhost:
    lane: str
    film_frame: int
    frames: int


@dataclass(frozen=True)
class Ghost:
    """Film frames of what is drawn over the timeline during a drag."""

    readout: Readout
    boxes: tuple[tuple[int, int], ...] = ()
    """Dashed strips: film_frame and frames."""
    away: tuple[int, int] | None = None
    """The stretch that is cut away, under hatch: film_frame and frames."""
    edge: int | None = None
    """Where the handle of the dragged edge stands."""
    gap: int | None = None
    """Where the line stands before which events go."""
    guide: int | None = None
    caught: str = ""
    """id of the marker or clip the edge was drawn to"""
    clips: tuple[ClipGhost, ...] = ()
    marker: int | None = None
    events: frozenset[str] = field(default_factory=frozenset)
    """Events in the hand: drawn fainter where they still stand."""
    trim: TrimShown | None = None


def signed(frames: int) -> str:
    return f"{MINUS if frames < 0 else '+'}{abs(frames):,}"


def signed_length(frames: int, rate: FrameRate) -> str:
    return f"{MINUS if frames < 0 else '+'}{shot_length(abs(frames), rate)}"


def signed_frames(frames: int) -> str:
    """`−18 frames`"""
    return f"{signed(frames)} {'frame' if abs(frames) == 1 else 'frames'}"


def trimmed(cut: TimelineCut, event: EventCard, side: str, by: int) -> tuple[int, EventCard]:
    """How far an edge really goes when dragged `by` frames, and the event as it will be."""
    one = Span.of(event)
    if side == "tail":
        by = trimming.tail_limits(one, cut.rate).nearest(by)
        return by, trimming.shown(event, trimming.trim_tail(one, by, cut.rate), cut.rate)
    by = trimming.head_limits(one, cut.rate).nearest(by)
    return by, trimming.shown(event, trimming.trim_head(one, by, cut.rate), cut.rate)


def trim_ghost(cut: TimelineCut, event: EventCard, side: str, by: int, snapped: Snapped | None) -> Ghost:
    """Ripple: what follows moves with the event's end."""
    by, after = trimmed(cut, event, side, by)
    place, change = cut.place_of(event.id) or 0, after.frames - event.frames
    start, end = event.film_frame, event.film_frame + event.frames
    edge = end + by if side == "tail" else start + by
    following = cut.events[place + 1] if place + 1 < len(cut.events) else None
    boxes = ((following.film_frame + change, following.frames),) if following is not None and change else ()
    away = (min(edge, end), -change) if side == "tail" else (start, by)
    moving = len(cut.events) - place - 1
    return Ghost(
        Readout(
            f"{signed_frames(change)} → {shot_length(after.frames, cut.rate)}", _note(after, cut.rate, snapped),
            _moves(moving, change, cut.rate), _film(cut, change),
        ),
        boxes, away if change < 0 else None, edge, None, *_caught(edge, snapped),
        trim=_trim_shown(cut, after, place, side),
    )  # fmt: skip


def rolled(cut: TimelineCut, left: EventCard, right: EventCard, by: int) -> tuple[int, EventCard, EventCard]:
    one, other = Span.of(left), Span.of(right)
    by = trimming.roll_limits(one, other, cut.rate).nearest(by)
    first, second = trimming.roll(one, other, by, cut.rate)
    return by, trimming.shown(left, first, cut.rate), trimming.shown(right, second, cut.rate)


def roll_ghost(cut: TimelineCut, left: EventCard, right: EventCard, by: int, snapped: Snapped | None) -> Ghost:
    """The cut between two events moves; everything else stays where it is."""
    by, before, after = rolled(cut, left, right, by)
    edge = right.film_frame + by
    lengths = " · ".join(f"{one.shot_number} {shot_length(one.frames, cut.rate)}" for one in (before, after))
    words = Readout(f"Cut {signed_frames(by)}", _note(before, cut.rate, snapped) or _note(after, cut.rate, None),
                    lengths, f"Film stays {film_length(cut.frames, cut.rate)}")  # fmt: skip
    boxes = ((left.film_frame, before.frames), (edge, after.frames))
    shown = TrimShown(before, after, f"Moving the cut {left.shot_number} | {right.shot_number}")
    return Ghost(words, boxes, None, edge, None, *_caught(edge, snapped), trim=shown)


def slip_ghost(cut: TimelineCut, event: EventCard, by: int) -> Ghost:
    """The take slides under the event, which stays where it is."""
    after = trimming.shown(event, trimming.slip(Span.of(event), by), cut.rate)
    first, last = after.take_in, after.take_in + max(0, after.frames - 1)
    note = _note(after, cut.rate, None) or f"shows take frames {first + 1}–{last + 1} of {event.take_frames}"
    words = Readout(f"Slip {signed_frames(by)}", note, f"{event.shot_number} stays where it is", "Nothing else moves")
    shown = TrimShown(after, after, f"Slipping the take under {event.shot_number}")
    return Ghost(words, ((event.film_frame, event.frames),), events=frozenset({event.id}), trim=shown)


def move_ghost(cut: TimelineCut, events: Sequence[EventCard], place: int, at: int, scene_words: str) -> Ghost:
    """Events in the hand, to be put before `place`; `at` is the film frame under the hand."""
    before = cut.events[place - 1].shot_number if place > 0 else ""
    where = f"after {before}" if before else "to the head of the cut"
    named = events[0].shot_number if len(events) == 1 else counted(len(events), "shot")
    boxes, frame = [], at
    for event in events:
        boxes.append((frame, event.frames))
        frame += event.frames
    words = Readout(f"{named} {where}", scene_words, f"{shot_length(frame - at, cut.rate)} long",
                    f"Film stays {film_length(cut.frames, cut.rate)}")  # fmt: skip
    return Ghost(words, tuple(boxes), gap=cut.gap_frame(place), events=frozenset(event.id for event in events))


def sound_stretch(sound: SoundCard) -> Stretch:
    return Stretch(sound.film_frame, sound.source_start, sound.source_length)


def sound_trimmed(cut: TimelineCut, sound: SoundCard, side: str, by: int) -> tuple[int, Stretch]:
    """How far an edge of a clip really goes, and the stretch it will play."""
    one = sound_stretch(sound)
    samples = max(sound.source_samples, sound.source_start + sound.source_length)
    if side == "head":
        low, high = sound_trimming.head_limits(one, cut.rate)
        by = max(low, min(by, high))
        return by, sound_trimming.trimmed_head(one, by, cut.rate)
    low, high = sound_trimming.tail_limits(one, samples, cut.rate)
    by = max(low, min(by, high))
    return by, sound_trimming.trimmed_tail(one, by, samples, cut.rate)


def sound_trim_ghost(cut: TimelineCut, sound: SoundCard, side: str, by: int, snapped: Snapped | None) -> Ghost:
    by, after = sound_trimmed(cut, sound, side, by)
    frames = after.frames(cut.rate)
    edge = after.film_frame if side == "head" else after.film_frame + frames
    words = Readout(f"{signed_frames(by if side == 'tail' else -by)} → {shot_length(frames, cut.rate)}",
                    _note(None, cut.rate, snapped), sound.name, "Nothing else moves")  # fmt: skip
    guide, caught = _caught(edge, snapped)
    return Ghost(words, guide=guide, caught=caught, clips=(ClipGhost(sound.lane, after.film_frame, frames),))


def sound_move_ghost(cut: TimelineCut, sound: SoundCard, lane: str, film_frame: int, snapped: Snapped | None) -> Ghost:
    by, card = film_frame - sound.film_frame, cut.lane(lane)
    to = f"to {card.name}" if card is not None and lane != sound.lane else "on its lane"
    words = Readout(f"{signed_frames(by)} ({signed_length(by, cut.rate)})", _note(None, cut.rate, snapped),
                    f"{sound.name or 'Sound'} {to}", "Nothing else moves")  # fmt: skip
    guide = snapped.point.film_frame if snapped else None
    caught = snapped.point.id if snapped else ""
    return Ghost(words, guide=guide, caught=caught, clips=(ClipGhost(lane, film_frame, sound.frames),))


def gain_ghost(sound: SoundCard, gain: float) -> Ghost:
    return Ghost(Readout(decibels(gain), f"was {decibels(sound.gain)}", sound.name or "Sound", "Nothing moves"))


def decibels(gain: float) -> str:
    """`−6.0 dB`"""
    return f"{MINUS if gain < 0 else '+' if gain > 0 else ''}{abs(gain):.1f} dB"


def marker_ghost(cut: TimelineCut, name: str, film_frame: int, by: int, snapped: Snapped | None) -> Ghost:
    words = Readout(f"{signed_frames(by)} ({signed_length(by, cut.rate)})", _note(None, cut.rate, snapped),
                    f"Marker “{name}”" if name else "Marker", f"at {film_length(film_frame, cut.rate)}")  # fmt: skip
    guide, caught = _caught(film_frame, snapped)
    return Ghost(words, guide=guide, caught=caught, marker=film_frame)


def _note(after: EventCard | None, rate: FrameRate, snapped: Snapped | None) -> str:
    held = trimming.held_frames(after, rate).words if after is not None else ""
    return " · ".join(filter(None, (f"Snapped to {snapped.point.words}" if snapped else "", held.rstrip("."))))


def _caught(edge: int, snapped: Snapped | None) -> tuple[int | None, str]:
    """The guide and what lights up; nothing where a limit kept the edge away from the point."""
    if snapped is None or snapped.point.film_frame != edge:
        return None, ""
    return edge, snapped.point.id


def _moves(count: int, change: int, rate: FrameRate) -> str:
    if not count or not change:
        return "Nothing else moves"
    return f"{counted(count, 'shot')} {'moves' if count == 1 else 'move'} {signed_length(change, rate)}"


def _film(cut: TimelineCut, change: int) -> str:
    new, old = film_length(cut.frames + change, cut.rate), film_length(cut.frames, cut.rate)
    return f"Film {new}, was {old}" if change else f"Film stays {old}"


def _trim_shown(cut: TimelineCut, after: EventCard, place: int, side: str) -> TrimShown:
    if side == "tail":
        right = cut.events[place + 1] if place + 1 < len(cut.events) else None
        return TrimShown(after, right, f"Trimming the end of {after.shot_number}", side)
    left = cut.events[place - 1] if place else None
    return TrimShown(left, after, f"Trimming the start of {after.shot_number}", side)
