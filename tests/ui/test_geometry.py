"""The board's arithmetic, without a window."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint

from studio.ui.storyboard.board.geometry import CARD_HEIGHT, CARD_WIDTH, BoardGeometry, Gap, Group


def board(counts: list[int], width: int, folded: tuple[int, ...] = ()) -> BoardGeometry:
    groups, first = [], 0
    for place, count in enumerate(counts):
        groups.append(Group(f"scene {place}", first, count, place in folded))
        first += count
    return BoardGeometry(groups, width)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.integers(120, 2600))
def test_every_card_is_found_where_it_stands(counts: list[int], width: int) -> None:
    one = board(counts, width)
    for row in range(one.rows):
        box = one.card(row)
        assert (box.width(), box.height()) == (CARD_WIDTH, CARD_HEIGHT)
        assert one.row_at(box.center()) == one.row_at(box.topLeft()) == one.row_at(box.bottomRight()) == row


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.integers(120, 2600))
def test_no_two_things_overlap(counts: list[int], width: int) -> None:
    one = board(counts, width)
    boxes = [one.card(row) for row in range(one.rows)] + [one.header(place) for place in range(len(counts))]
    boxes.append(one.new_tile())
    assert not any(a.intersects(b) for place, a in enumerate(boxes) for b in boxes[place + 1 :])
    assert all(box.bottom() < one.height for box in boxes)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6), st.integers(300, 1600), st.integers(0, 4000))
def test_what_is_seen_is_among_the_rows_that_are_drawn(counts: list[int], width: int, top: int) -> None:
    one = board(counts, width)
    bottom = top + 700
    drawn = one.rows_between(top, bottom)
    seen = [row for row in range(one.rows) if one.card(row).bottom() >= top and one.card(row).top() <= bottom]
    assert set(seen) <= set(drawn)
    assert len(drawn) <= len(seen) + 2 * one.columns


def test_a_folded_scene_shows_no_card_and_takes_no_room() -> None:
    one = board([4, 4], 800, folded=(0,))
    assert one.card(0).isEmpty()
    assert one.row_at(QPoint(20, 60)) == 4
    assert one.header(1).top() < one.card(4).top() < 100


def test_up_and_down_go_to_the_nearest_card_across_scenes() -> None:
    one = board([5, 2], 4 * 172 + 24)
    assert one.columns == 4
    assert one.beside(0, 1) == 4
    assert one.beside(2, 1) == 4
    assert one.beside(4, 1) == 5
    assert one.beside(6, -1) == 4
    assert one.beside(0, -1) == 0
    assert one.beside(6, 1) == 6


def test_a_card_is_dropped_into_the_gap_nearest_to_the_pointer() -> None:
    one = board([3, 1], 1000)
    second = one.card(1)
    assert one.gap_at(second.center() - QPoint(60, 0)) == Gap(0, 1)
    assert one.gap_at(second.center() + QPoint(60, 0)) == Gap(0, 2)
    assert one.gap_at(QPoint(900, second.center().y())) == Gap(0, 3)
    assert one.gap_at(one.card(3).center() - QPoint(60, 0)) == Gap(1, 3)
    assert one.gap_at(QPoint(5000, 5000)) == Gap(1, 4)


def test_an_empty_scene_can_take_a_card() -> None:
    one = board([2, 0], 1000)
    below = one.header(1).center() + QPoint(-400, 60)
    assert one.gap_at(below) == Gap(1, 2)
