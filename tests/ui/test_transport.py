"""The place in time follows a clock that the test turns."""

from pytestqt.qtbot import QtBot

from studio.project.timing import FrameRate
from studio.ui.viewer.transport import Transport

F24 = FrameRate(24)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


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


def test_loop_goes_on_from_the_start(qtbot: QtBot) -> None:
    one, clock = transport(10)
    one.set_loop(True)
    one.play(1)
    assert at(one, clock, 5) == 0
    assert one.speed == 1


def test_l_and_j_double_the_speed_and_turn_round(qtbot: QtBot) -> None:
    one, clock = transport(1000)
    one.seek(500)
    speeds = []
    for direction in (1, 1, 1, 1, 1, -1, -1):
        one.faster(direction)
        speeds.append(one.speed)
    assert speeds == [1, 2, 4, 8, 8, -1, -2]
    assert at(one, clock, 1.0) == 500 - 48


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
