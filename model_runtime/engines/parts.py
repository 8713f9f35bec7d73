"""Which parts of a long clip are drawn, and in which order, so that each goes on exactly where another ends.

All numbers are drawings of the whole clip. A part is one clip of the networks: 1 + 8n drawings, some of them known
before it is drawn because they were given or belong to an earlier part.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from model_runtime.video.shapes import legal_frames

OVERLAP = 9
"""Drawings a part shares with what it continues: two whole latents, enough to carry motion on and not only a pose."""

LEAST_ROOM = 8
"""Drawings both sides of a gap need together within one part; a longer gap is begun first, and met later."""


@dataclass(frozen=True)
class Part:
    first: int
    count: int

    @property
    def stop(self) -> int:
        return self.first + self.count


def plan_parts(count: int, given: Collection[int], shown: int, most: int) -> list[Part]:
    """Parts of at most `most` drawings, in drawing order, after which the first `shown` of `count` drawings are known.

    A gap is filled from its start on, but a gap at the clip's head from its end backwards: what is given after it is a
    take that is being extended, and the new drawings must lead into it. What is wholly given is not drawn again.
    """
    known = [number in given for number in range(count)]
    parts = []
    while (gap := _first_gap(known)) is not None and gap.start < shown:
        backwards = gap.start == 0 and _known_after(known, gap.stop) > 1
        part = _backwards(known, gap, most) if backwards else _forwards(known, gap, most)
        parts.append(part)
        known[part.first : part.stop] = [True] * part.count
    return parts


def _first_gap(known: list[bool]) -> range | None:
    if all(known):
        return None
    start = known.index(False)
    stop = next((number for number in range(start, len(known)) if known[number]), len(known))
    return range(start, stop)


def _forwards(known: list[bool], gap: range, most: int) -> Part:
    before, after = _known_before(known, gap.start), _known_after(known, gap.stop)
    room = most - len(gap)
    if LEAST_ROOM <= room < before + after:
        # Rather a little of both sides than all of one: the gap's far end must be met as well.
        after = min(after, max(room // 2, room - before))
        before = room - after
    first = gap.start - before
    size = _legal_size(gap.stop + after - first, most)
    return Part(min(first, len(known) - size), size)


def _backwards(known: list[bool], gap: range, most: int) -> Part:
    stop = gap.stop + _known_after(known, gap.stop)
    size = _legal_size(stop, most)
    return Part(max(0, stop - size), size)


def _legal_size(wanted: int, most: int) -> int:
    """The smallest clip that holds `wanted` drawings, or the longest there is."""
    return next((size for size in legal_frames(most) if size >= wanted), most)


def _known_before(known: list[bool], number: int) -> int:
    """Known drawings directly before one, as many as a part shares at most."""
    run = 0
    while run < min(OVERLAP, number) and known[number - run - 1]:
        run += 1
    return run


def _known_after(known: list[bool], number: int) -> int:
    """Known drawings from one on, as many as a part shares at most."""
    run = 0
    while run < OVERLAP and number + run < len(known) and known[number + run]:
        run += 1
    return run
