"""Which parts of a long clip are drawn: everything shown gets known, each part leans on what is known beside it."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.engines.parts import OVERLAP, Part, plan_parts

MOST = 25


def spans(count: int, known: set[int] | range, shown: int | None = None) -> list[tuple[int, int]]:
    return [(part.first, part.stop) for part in plan_parts(count, known, shown or count, MOST)]


@given(st.integers(1, 20), st.sets(st.integers(0, 160)), st.integers(1, 161))
def test_after_its_parts_every_shown_drawing_is_known(steps: int, known: set[int], shown: int) -> None:
    count = 1 + 8 * steps
    known, shown = {one for one in known if one < count}, min(shown, count)
    parts = plan_parts(count, known, shown, MOST)
    reached = set(known)
    for part in parts:
        assert part.first >= 0 and part.stop <= count and part.count <= MOST and part.count % 8 == 1
        assert not reached >= set(range(part.first, part.stop)), "a part draws something new"
        reached |= set(range(part.first, part.stop))
    assert reached >= set(range(shown))


@pytest.mark.parametrize(
    ("count", "known", "expected"),
    [
        (25, set(), [(0, 25)]),
        (41, set(), [(0, 25), (16, 41)]),
        (33, set(), [(0, 25), (16, 33)]),
        (41, {0}, [(0, 25), (16, 41)]),
        (25, {0, 24}, [(0, 25)]),
        (41, range(25), [(16, 41)]),
        (33, range(25), [(16, 33)]),
        (41, range(16, 41), [(0, 25)]),
        (57, range(32, 57), [(16, 41), (0, 25)]),
        (25, {*range(9), *range(16, 25)}, [(0, 25)]),
        (49, {*range(10), *range(14, 49)}, [(1, 26)]),
        (33, {*range(9), *range(24, 33)}, [(4, 29)]),
        (57, {*range(9), *range(41, 57)}, [(0, 25), (20, 45)]),
        (49, {*range(9), 48}, [(0, 25), (16, 41), (32, 49)]),
    ],
)
def test_where_the_parts_lie(count: int, known: set[int] | range, expected: list[tuple[int, int]]) -> None:
    assert spans(count, known) == expected


def test_a_later_part_shares_two_whole_latents_with_what_it_continues() -> None:
    parts = plan_parts(241, (), 241, MOST)
    for before, after in itertools.pairwise(parts):
        assert before.stop - after.first >= OVERLAP
    assert parts[0] == Part(0, 25) and parts[-1].stop == 241


@given(st.integers(9, 60), st.integers(9, 120), st.integers(9, 60))
def test_both_ends_of_a_gap_are_seen_by_the_part_that_closes_it(before: int, gap: int, after: int) -> None:
    count = 1 + -(-(before + gap + after - 1) // 8) * 8
    known = {*range(before), *range(before + gap, count)}
    for number, part in enumerate(plan_parts(count, known, count, MOST)):
        assert sum(one in known for one in range(part.first, part.stop)) >= 4 or number
        known |= set(range(part.first, part.stop))
        last = part
    assert last.stop >= before + gap + 4, "it leads into what follows"


def test_what_is_cut_off_the_end_is_not_drawn() -> None:
    assert spans(41, set(), shown=25) == [(0, 25)]
    assert spans(17, set(range(14)), shown=14) == []
