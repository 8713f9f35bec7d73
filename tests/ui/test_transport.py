"""The place in time follows a clock that the test turns."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as some
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from studio.project.timing import FrameRange, FrameRate
from studio.ui.viewer.shuttle import Shuttle
from studio.ui.viewer.transport import Transport

F24 = FrameRate(24)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Sound:
    """What is heard, and what it was told."""

    def __init__(self) -> None:
        self.heard: Fraction | None = None
        self.started: list[tuple[int, Fraction, FrameRange | None]] = []

    def start(self, frame: int, speed: Fraction, loop: FrameRange | None) -> None:
        self.started.append((frame, speed, loop))
        self.heard = Fraction(frame)

    def stop(self) -> None:
        self.heard = None

    def frame(self) -> Fraction | None:
        return self.heard


def transport(frames: int = 100, rate: FrameRate = F24) -> tuple[Transport, Clock]:
    clock = Clock()
    one = Transport(rate, clock)
    one.set_length(frames)
    return one, clock


def at(one: Transport, clock: Clock, seconds: float) -> int:
    clock.now = 100.0 + seconds
    one.tick()
    return one.frame


def test_plays_at_the_exact_rate_however_late_the_timer_is(qtbot: QtBot) -> None:
    one, clock = transport()
    one.play(1)
    assert [at(one, clock, seconds) for seconds in (0.0, 1 / 24, 0.99, 1.0, 3.7)] == [0, 1, 23, 24, 88]


def test_23976_is_not_24(qtbot: QtBot) -> None:
    one, clock = transport(100_000, FrameRate(24000, 1001))
    one.play(1)
    assert at(one, clock, 1001.0) == 24_000


def test_stops_on_the_last_frame_and_begins_again_from_the_first(qtbot: QtBot) -> None:
    one, clock = transport(10)
    one.play(1)
    assert at(one, clock, 5) == 9
    assert one.speed == 0
    one.play(1)
    assert one.frame == 0


def test_loop_goes_on_from_the_start_without_losing_time(qtbot: QtBot) -> None:
    one, clock = transport(10)
    one.set_loop(True)
    one.play(1)
    assert [at(one, clock, seconds) for seconds in (9 / 24, 10 / 24, 13 / 24, 5.0)] == [9, 0, 3, 0]
    assert one.speed == 1


@settings(max_examples=60, deadline=None)
@given(
    marks=some.tuples(some.integers(0, 99), some.integers(0, 99)).map(sorted), start=some.integers(0, 99),
    passed=some.integers(0, 1000), direction=some.sampled_from([1, -1, 2, -4]),
)  # fmt: skip
def test_a_loop_stays_between_its_marks(
    qapp: object, marks: list[int], start: int, passed: int, direction: int
) -> None:
    one, clock = transport()
    one.seek(marks[0])
    one.set_in()
    one.seek(marks[1])
    one.set_out()
    one.seek(start)
    one.set_loop(True)
    one.play(direction)
    assert marks[0] <= at(one, clock, passed / 24) <= marks[1]
    one.stop()


def test_an_out_before_the_in_takes_the_in_away(qtbot: QtBot) -> None:
    one, _clock = transport()
    one.seek(50)
    one.set_in()
    one.seek(20)
    one.set_out()
    assert (one.mark_in, one.mark_out) == (None, 20)
    one.clear_marks()
    assert one.range == FrameRange(0, 100)


def test_l_and_j_double_the_speed_and_turn_round(qtbot: QtBot) -> None:
    one, clock = transport(1000)
    one.seek(500)
    speeds = []
    for direction in (1, 1, 1, 1, -1, -1):
        one.faster(direction)
        speeds.append(one.speed)
    assert speeds == [1, 2, 4, 4, -1, -2]
    assert at(one, clock, 1.0) == 500 - 48


def test_with_k_held_l_goes_one_frame_and_on_at_half_speed_until_it_is_let_go(qtbot: QtBot) -> None:
    one, clock = transport()
    shuttle = Shuttle(one)
    one.play(1)
    shuttle.hold()
    assert one.speed == 0
    shuttle.press(1)
    assert (one.frame, one.speed) == (1, Fraction(1, 2))
    assert at(one, clock, 1.0) == 1 + 12
    application = QCoreApplication.instance()
    for key in (Qt.Key.Key_L, Qt.Key.Key_K):
        QCoreApplication.sendEvent(application, QKeyEvent(QEvent.Type.KeyRelease, key, Qt.KeyboardModifier.NoModifier))
        assert one.speed == 0
    shuttle.press(1)
    assert one.speed == 1
    one.stop()


def test_seeking_stays_inside_and_a_step_stops(qtbot: QtBot) -> None:
    one, _clock = transport(10)
    one.seek(99)
    assert one.frame == 9
    one.play(-1)
    one.step(-1)
    assert (one.frame, one.speed) == (8, 0)
    one.step(-99)
    assert one.frame == 0


def test_nothing_to_play_does_not_play(qtbot: QtBot) -> None:
    one, _clock = transport(0)
    one.toggle()
    assert one.speed == 0


def test_what_is_heard_is_the_clock_and_where_it_ends_time_goes_on(qtbot: QtBot) -> None:
    one, clock = transport()
    sound = Sound()
    one.hear(sound)
    one.play(1)
    sound.heard = Fraction(125, 10)
    assert at(one, clock, 0.1) == 12
    sound.heard = None
    assert at(one, clock, 0.1 + 2 / 24) == 14


def test_frames_gone_past_are_told_and_a_jump_skips_none(qtbot: QtBot) -> None:
    one, clock = transport()
    skipped = []
    one.moved.connect(lambda _frame: skipped.append(one.skipped))
    one.play(1)
    at(one, clock, 1 / 24)
    at(one, clock, 5 / 24)
    one.seek(50)
    assert skipped == [0, 3, 0]
    one.stop()


def test_seeking_while_it_plays_takes_the_sound_along(qtbot: QtBot) -> None:
    one, _clock = transport()
    sound = Sound()
    one.hear(sound)
    one.play(2)
    one.seek(40)
    assert sound.started[-1] == (40, Fraction(2), None)
    one.stop()
