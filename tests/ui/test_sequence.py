"""Which frame of which take stands where."""

from pathlib import Path

from studio.project.cut_cards import EventCard
from studio.ui.viewer.sequence import PlayList, Wanted, event_stretch

TAKE = Path("take.mp4")


def event(shot: str, frames: int, at: int, **other: object) -> EventCard:
    given = {"id": f"event_{shot}", "shot": shot, "shot_number": shot, "scene": "s", "film_frame": at, "frames": frames,
             "take": None, "take_name": "1", "media": None, "take_in": 0, "take_frames": 0}  # fmt: skip
    return EventCard(**given | other)


def play(*events: EventCard) -> PlayList:
    return PlayList(stretch for one in events for stretch in event_stretch(one, None))


def test_a_take_is_shown_from_its_in_point_frame_by_frame() -> None:
    cut = play(event("a", 4, 0, media=TAKE, take_in=3, take_frames=10), event("b", 5, 4))
    assert [cut.wanted(frame) for frame in range(4)] == [Wanted(TAKE, 3 + frame) for frame in range(4)]
    assert cut.frames == 9
    assert cut.wanted(4) is None
    assert list(cut.cuts()) == [0, 4]


def test_what_a_short_take_leaves_is_the_missing_shot_card_as_in_the_export() -> None:
    cut = play(event("a", 10, 0, media=TAKE, take_in=2, take_frames=8))
    assert cut.frames == 10
    assert cut.wanted(5) == Wanted(TAKE, 7)
    assert cut.wanted(6) is None
    assert cut.film_frame(6) == 6


def test_speed_holds_and_skips_take_frames() -> None:
    slow = play(event("a", 8, 0, media=TAKE, take_frames=4, speed_num=1, speed_den=2))
    assert [slow.wanted(frame).take_frame for frame in range(8)] == [0, 0, 1, 1, 2, 2, 3, 3]
    fast = play(event("a", 3, 0, media=TAKE, take_frames=6, speed_num=2))
    assert [fast.wanted(frame).take_frame for frame in range(3)] == [0, 2, 4]


def test_pictures_ahead_are_named_once_in_the_direction_of_play() -> None:
    cut = play(event("a", 4, 0, media=TAKE, take_frames=2, speed_num=1, speed_den=2), event("b", 2, 4))
    assert cut.ahead(0, 1, 24) == [Wanted(TAKE, 0), Wanted(TAKE, 1)]
    assert cut.ahead(3, -1, 24) == [Wanted(TAKE, 1), Wanted(TAKE, 0)]
    assert cut.ahead(5, 1, 24) == []


def test_cuts_before_and_after() -> None:
    cut = play(event("a", 4, 0), event("b", 2, 4), event("c", 3, 6))
    assert [cut.cut_after(frame) for frame in (0, 3, 4, 6, 8)] == [4, 4, 6, 8, 8]
    assert [cut.cut_before(frame) for frame in (0, 4, 5, 8)] == [0, 0, 4, 6]
    assert cut.start_of("b") == 4
    assert cut.start_of("x") is None


def test_an_empty_cut_has_nothing_to_show() -> None:
    assert PlayList().at(0) is None
    assert PlayList().wanted(0) is None
    assert PlayList().film_frame(0) is None
