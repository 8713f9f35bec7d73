"""Which frame of which take stands where."""

from pathlib import Path

from studio.project.cards import ShotCard, ShotState, TakeCard, TakeState
from studio.project.cut_cards import EventCard, PanelShown
from studio.project.timing import FrameRate
from studio.ui.viewer.sequence import PlayList, Wanted, event_stretch, shot_stretch, take_stretch, with_take

TAKE = Path("take.mp4")
RATE = FrameRate(24)


def event(shot: str, frames: int, at: int, **other: object) -> EventCard:
    given = {"id": f"event_{shot}", "shot": shot, "shot_number": shot, "scene": "s", "film_frame": at, "frames": frames,
             "take": None, "take_name": "1", "media": None, "take_in": 0, "take_frames": 0}  # fmt: skip
    return EventCard(**given | other)


def play(*events: EventCard) -> PlayList:
    return PlayList(event_stretch(one, None, RATE) for one in events)


def test_a_take_is_shown_from_its_in_point_frame_by_frame() -> None:
    cut = play(event("a", 4, 0, media=TAKE, take_in=3, take_frames=10), event("b", 5, 4))
    assert [cut.wanted(frame) for frame in range(4)] == [Wanted(TAKE, 3 + frame) for frame in range(4)]
    assert cut.frames == 9
    assert cut.wanted(4) is None
    assert list(cut.cuts()) == [0, 4]


def test_a_short_take_holds_its_last_frame_and_says_so() -> None:
    cut = play(event("a", 10, 0, media=TAKE, take_in=2, take_frames=8))
    assert cut.frames == 10
    assert [cut.wanted(frame) for frame in (5, 6, 9)] == [Wanted(TAKE, 7)] * 3
    assert [cut.shown(frame).frame.held for frame in (5, 6, 9)] == [False, True, True]
    assert list(cut.cuts()) == [0]
    assert cut.film_frame(6) == 6


def test_what_the_screen_needs_comes_in_one_answer() -> None:
    half = (0.25, 0.25, 0.5, 0.5)
    cut = play(event("a", 4, 0, media=TAKE, take_frames=4, flop=True, framing_start=half, framing_end=half,
                     action="Mara runs"))
    shown = cut.shown(1)
    assert (shown.wanted, shown.frame.flop, shown.frame.framing) == (Wanted(TAKE, 1), True, half)
    assert (shown.name, shown.words.number, shown.words.action) == ("a take 1", "a", "Mara runs")


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
    assert PlayList().shown(0) is None
    assert PlayList().wanted(0) is None
    assert PlayList().film_frame(0) is None


SHOT = ShotCard("shot", "1A", "s", "1", "", "", "", "wide", "", "", 10, ShotState.EMPTY, "", False, False, 0, 0,
                None, None, None)


def a_take(rate: FrameRate, frames: int = 16, head: int = 4) -> TakeCard:
    return TakeCard("take", "shot", 1, "1", TakeState.CHOSEN, False, False, TAKE, TAKE, frames, rate, 8, 8, head, 2,
                    "slate", "", 7, "generated", "", "")


def test_a_shot_by_itself_starts_behind_the_head_handle_and_a_take_with_it() -> None:
    shot = PlayList([shot_stretch(SHOT, a_take(RATE), None, 30, RATE)])
    assert (shot.frames, shot.wanted(0), shot.wanted(9)) == (10, Wanted(TAKE, 4), Wanted(TAKE, 13))
    take = PlayList([take_stretch(SHOT, a_take(RATE), 30, RATE)])
    assert (take.frames, take.wanted(0), take.film_frame(4)) == (16, Wanted(TAKE, 0), 30)


def test_another_take_stands_in_an_event_as_the_event_asks() -> None:
    in_cut = event("shot", 4, 7, media=TAKE, take_in=5, take_frames=9, take_head=2, shot_in=3, flop=True, speed_num=2)
    other = a_take(RATE, frames=30, head=6)
    (stretch,) = PlayList([with_take(event_stretch(in_cut, None, RATE), other)]).stretches
    assert [stretch.wanted(frame).take_frame for frame in range(4)] == [9, 11, 13, 15]
    assert (stretch.flop, stretch.film_frame, stretch.frames) == (True, 7, 4)


def test_a_take_of_an_older_rate_keeps_its_speed() -> None:
    played = PlayList([take_stretch(SHOT, a_take(RATE), None, FrameRate(48))])
    assert played.frames == 32
    assert [played.wanted(frame).take_frame for frame in (0, 1, 2, 31)] == [0, 0, 1, 15]


def test_a_shot_without_a_take_shows_its_panel_as_long_as_it_is() -> None:
    panel = PanelShown("panel", Path("panel.png"), 10)
    played = PlayList([shot_stretch(SHOT, None, panel, None, RATE)])
    assert (played.frames, played.wanted(7)) == (10, Wanted(Path("panel.png"), -1))
    assert PlayList([shot_stretch(SHOT, None, None, None, RATE)]).wanted(0) is None
