"""In what one version of a cut differs from another, in words. Pure.

Events have ids of their own in every version, so they are matched by what they are: events of one shot, first those
that show the very same, then the others in their order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from studio.project.cut_cards import CutDifference, EventCard

Pair = tuple[int, int]
"""The places of one event in the cut before and in the cut after."""


def between(before: Sequence[EventCard], after: Sequence[EventCard]) -> tuple[CutDifference, ...]:
    """In the order of the film; what was taken out stands where it stood. Nothing where both show the same."""
    pairs = _matched(before, after)
    partner = {new: old for old, new in pairs}
    stayed = _in_order(sorted(pairs))
    gone = sorted(set(range(len(before))) - {old for old, _ in pairs})
    found: list[CutDifference] = []
    for place, event in enumerate(after):
        old = partner.get(place)
        if old is None:
            found.append(_told(event, "added", f"added, {_frames(event.frames)}", None, event.film_frame))
            continue
        while gone and gone[0] < old and (old, place) in stayed:
            found.append(_removed(before[gone.pop(0)]))
        found.extend(_changed(before[old], event, after[place - 1] if place else None, (old, place) not in stayed))
    return (*found, *(_removed(before[one]) for one in gone))


# --- which event is which ----------------------------------------------------------------------------------------


def _matched(before: Sequence[EventCard], after: Sequence[EventCard]) -> set[Pair]:
    of_shot: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for which, events in enumerate((before, after)):
        for place, event in enumerate(events):
            of_shot[event.shot][which].append(place)
    return {pair for old, new in of_shot.values() for pair in _of_one_shot(before, after, old, new)}


def _of_one_shot(
    before: Sequence[EventCard], after: Sequence[EventCard], old: list[int], new: list[int]
) -> Iterator[Pair]:
    """The same showings of the shot meet; what is left between two of them meets in order."""
    if len(old) == len(new) == 1:
        yield old[0], new[0]
        return
    alike = _common([_plain(before[place]) for place in old], [_plain(after[place]) for place in new])
    low_old = low_new = 0
    for high_old, high_new in [*alike, (len(old), len(new))]:
        yield from zip(old[low_old:high_old], new[low_new:high_new], strict=False)
        if high_old < len(old):
            yield old[high_old], new[high_new]
        low_old, low_new = high_old + 1, high_new + 1


def _common(one: Sequence[object], other: Sequence[object]) -> list[Pair]:
    """A longest common subsequence, as places in both. A shot has few events, so n * m is little."""
    longest = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in reversed(range(len(one))):
        for j in reversed(range(len(other))):
            same = one[i] == other[j]
            longest[i][j] = 1 + longest[i + 1][j + 1] if same else max(longest[i + 1][j], longest[i][j + 1])
    found, i, j = [], 0, 0
    while i < len(one) and j < len(other):
        if one[i] == other[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def _in_order(pairs: Sequence[Pair]) -> set[Pair]:
    """The most pairs that follow each other in both cuts: the others were moved."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, (_, new) in enumerate(pairs):
        place = bisect_left(tails, new)
        previous.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [new]
        ends[place : place + 1] = [index]
    stayed, index = set(), ends[-1] if ends else -1
    while index >= 0:
        stayed.add(pairs[index])
        index = previous[index]
    return stayed


def _plain(event: EventCard) -> EventCard:
    """The card without what says which event it is and where it stands, or how its shot is called."""
    return replace(event, id="", film_frame=0, scene="", shot_number="", take_name="", reel="", action="", dialogue="")


# --- words -------------------------------------------------------------------------------------------------------


def _changed(old: EventCard, new: EventCard, follows: EventCard | None, moved: bool) -> list[CutDifference]:
    """One difference of an event, with all that changed in its words; the kind is the first of them."""
    told: list[tuple[str, str]] = []
    if moved:
        told.append(("moved", f"moved after {follows.shot_number}" if follows else "moved to the head of the cut"))
    if new.frames != old.frames:
        way = "longer" if new.frames > old.frames else "shorter"
        told.append(("length", f"{_frames(abs(new.frames - old.frames))} {way}"))
    if new.take != old.take:
        told.append(("take", f"{_shows(new)} instead of {_shows(old)}"))
    told.extend(("other", words) for words in _other(old, new))
    if not told:
        return []
    return [_told(new, told[0][0], ", ".join(words for _, words in told), old.film_frame, new.film_frame)]


def _other(old: EventCard, new: EventCard) -> Iterator[str]:
    turned = (new.speed_num < 0) != (old.speed_num < 0)
    if new.take == old.take and not turned and (by := new.shot_in - old.shot_in):
        yield f"begins {_frames(abs(by))} {'later' if by > 0 else 'earlier'} in the shot"
    if turned:
        yield "played backwards" if new.speed_num < 0 else "no longer played backwards"
    if _pace(new) != _pace(old):
        yield f"at speed {_pace(new)} instead of {_pace(old)}"
    if new.hold != old.hold:
        yield f"holds its {new.hold} frame" if new.hold else f"no longer holds its {old.hold} frame"
    if new.flop != old.flop:
        yield "flopped" if new.flop else "no longer flopped"
    if _framing(new) != _framing(old):
        yield "framed differently"
    if new.grade != old.grade:
        yield "graded differently" if new.grade else "no longer graded"
    if new.take is None and old.take is None and _panels(new) != _panels(old):
        yield "other panels"
    if new.name != old.name:
        yield f"called “{new.name}”" if new.name else f"no longer called “{old.name}”"


def _told(event: EventCard, kind: str, words: str, before: int | None, after: int | None) -> CutDifference:
    return CutDifference(event.shot, event.shot_number, kind, words, before, after)


def _removed(event: EventCard) -> CutDifference:
    return _told(event, "removed", f"taken out, {_frames(event.frames)}", event.film_frame, None)


def _shows(event: EventCard) -> str:
    if event.take:
        return f"take {event.take_name}"
    return "panels" if len(event.panels) > 1 else "a panel" if event.panels else "a missing-shot card"


def _pace(event: EventCard) -> Fraction:
    return abs(Fraction(event.speed_num, event.speed_den))


def _framing(event: EventCard) -> tuple[object, ...]:
    return event.framing_start, event.framing_end, event.ease, event.framing_first, event.framing_frames


def _panels(event: EventCard) -> tuple[str, ...]:
    return tuple(panel.panel for panel in event.panels)


def _frames(count: int) -> str:
    return "1 frame" if count == 1 else f"{count:,} frames"
