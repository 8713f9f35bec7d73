"""Sound as it is heard: what reaches the device, when, and that it is the clock. No test needs a sound device."""

from __future__ import annotations

import itertools
import math
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from studio.project.cut_cards import SoundCard
from studio.project.timing import FrameRange, FrameRate
from studio.ui.sound.mixing import AHEAD, BURST, EDGE, LOST_S
from studio.ui.sound.output import Fill, NoDevice, open_null
from studio.ui.sound.player import NO_DEVICE, PATIENCE_S, SoundPlayer
from tests.interchange.sounds import a_lane, a_sound, a_wave

RATE = FrameRate(24)
FRAME = 2000
"""Samples of a frame at 24."""
LENGTH = 16 * FRAME
LATENCY = 2880


class HandOutput:
    """A device whose samples are taken by the test. It fills itself when it starts, as real ones do."""

    latency = LATENCY

    def __init__(self) -> None:
        self.lost = False
        self.fill: Fill | None = None
        self.closed = False

    def start(self, fill: Fill) -> None:
        fill(LATENCY)
        self.fill = fill

    def stop(self) -> None:
        self.fill = None

    def close(self) -> None:
        self.closed = True

    def take(self, count: int) -> list[int]:
        """Which samples of the counting sound come out; 0 for silence."""
        assert self.fill is not None
        heard = np.frombuffer(self.fill(count), np.float32).reshape(count, 2)[:, 0]
        return np.rint(heard * 32768).astype(int).tolist()


class Stage:
    """A player with a device and a clock the test moves, over a sound that counts its own samples."""

    def __init__(self, qtbot: QtBot, counting: SoundCard) -> None:
        self.time = 50.0
        self.output = HandOutput()
        self.opened = 0
        self.missing = False
        self.qtbot = qtbot
        self.player = SoundPlayer(open_output=self._open, now=lambda: self.time)
        self.counting = counting
        self.player.set_cut([a_lane()], [counting], RATE)

    def _open(self) -> HandOutput:
        self.opened += 1
        if self.missing:
            raise NoDevice("none here")
        return self.output

    def mixed(self, samples: int = AHEAD) -> None:
        self.qtbot.waitUntil(lambda: self.output.fill is not None and self.player._feed.waiting >= samples)

    def hear(self, count: int) -> list[int]:
        """What comes out next, with the time it takes to be played."""
        self.mixed(count)
        self.time += count / 48_000
        return self.output.take(count)


@pytest.fixture
def counting(tmp_path: Path) -> SoundCard:
    """A sound whose sample n has the value n."""
    return a_sound(a_wave(tmp_path / "counting.wav", np.arange(LENGTH) / 32768), LENGTH)


@pytest.fixture
def stage(qtbot: QtBot, counting: SoundCard) -> Iterator[Stage]:
    made = Stage(qtbot, counting)
    yield made
    made.player.close()


def test_what_is_heard_begins_with_the_first_sample_of_the_frame(stage: Stage) -> None:
    stage.player.play(3, 1)
    heard = stage.hear(4000)
    assert heard[EDGE:] == list(range(3 * FRAME + EDGE, 3 * FRAME + 4000))


def test_backwards_the_samples_come_from_the_end_of_the_frame_down(stage: Stage) -> None:
    stage.player.play(3, -1)
    assert stage.hear(3000)[EDGE:] == list(range(4 * FRAME - 1 - EDGE, 4 * FRAME - 3001, -1))


def test_twice_as_fast_every_second_sample_comes(stage: Stage) -> None:
    stage.player.play(2, 2)
    heard = stage.hear(2000)[EDGE:]
    assert set(np.diff(heard)) == {2}


def test_round_a_loop_no_sample_is_lost_or_heard_twice(stage: Stage) -> None:
    stage.player.play(3, 1, FrameRange(2, 3))
    heard = stage.hear(9000) + stage.hear(9000)
    expected = list(range(3 * FRAME, 5 * FRAME)) + 3 * list(range(2 * FRAME, 5 * FRAME))
    clear = [at for at in range(18_000) if min((at + 2000) % (3 * FRAME), -(at + 2001) % (3 * FRAME)) > EDGE]
    clear = [at for at in clear if at > EDGE]
    assert [heard[at] for at in clear] == [expected[at] for at in clear]


def test_sound_rises_and_falls_where_it_is_cut_into_so_that_nothing_clicks(stage: Stage, tmp_path: Path) -> None:
    level = a_sound(a_wave(tmp_path / "level.wav", np.full(LENGTH, 0.5)), LENGTH)
    stage.player.set_cut([a_lane()], [level], RATE)
    stage.player.play(3, 1, FrameRange(3, 2))
    heard = stage.hear(6000)
    stage.player.stop()
    stage.qtbot.waitUntil(lambda: stage.player._feed.waiting <= 240)
    heard += stage.output.take(1000)
    assert np.abs(np.diff([0, *heard])).max() <= 0.5 * 32768 / EDGE + 1


def test_the_frame_shown_is_the_one_heard_with_the_devices_delay_taken_off(stage: Stage) -> None:
    stage.player.play(0, 1)
    stage.hear(LATENCY)
    for frames in range(1, 6):
        stage.hear(FRAME)
        assert stage.player.now_frame() == frames
        stage.time += 0.01
        assert stage.player.position() == frames
        stage.time -= 0.01


def test_the_playhead_stays_where_sound_ran_dry(stage: Stage) -> None:
    stage.player.play(0, 1)
    stage.mixed()
    stage.time += 1
    stage.output.take(2 * AHEAD)
    stage.time += 0.05
    before = stage.player.now_frame()
    assert before is not None and before <= (AHEAD + 1024) / FRAME


def test_a_late_call_of_the_device_does_not_push_the_playhead_back(stage: Stage) -> None:
    stage.player.play(0, 1)
    for _ in range(10):
        stage.hear(960)
    in_time = stage.player.now_frame()
    stage.mixed(960)
    stage.time += 0.03
    stage.output.take(960)
    late = stage.player.now_frame()
    assert in_time is not None and late is not None
    assert late - in_time == pytest.approx(0.03 * 24, abs=0.001)


def test_at_stop_sound_falls_silent_at_once_and_the_clock_says_nothing(stage: Stage, qtbot: QtBot) -> None:
    stage.player.play(0, 1)
    stage.hear(4000)
    stage.player.stop()
    assert stage.player.now_frame() is None
    qtbot.waitUntil(lambda: stage.player._feed.waiting <= 240)
    assert stage.output.take(1000)[240:] == [0] * 760


def test_a_scrubbed_frame_is_heard_as_a_short_burst_from_its_start(stage: Stage) -> None:
    stage.player.scrub(5)
    stage.mixed(BURST)
    heard = stage.output.take(BURST + 500)
    middle = slice(2 * EDGE, BURST - 2 * EDGE)
    assert heard[middle] == list(range(5 * FRAME, 5 * FRAME + BURST))[middle]
    assert heard[BURST:] == [0] * 500 and stage.player.now_frame() is None


def test_scrubbing_on_lets_the_newest_place_be_heard(stage: Stage) -> None:
    stage.player.scrub(1)
    stage.mixed(BURST)
    stage.player.scrub(9)
    stage.qtbot.waitUntil(lambda: stage.player._feed.waiting == BURST + 240)
    assert stage.output.take(2000)[1000] == 9 * FRAME + 760


def test_muted_it_is_silent_and_still_the_clock(stage: Stage) -> None:
    stage.player.muted = True
    stage.player.play(0, 1)
    stage.hear(LATENCY)
    assert set(stage.hear(FRAME)) == {0}
    assert stage.player.now_frame() == 1


def test_half_the_volume_is_a_quarter_of_the_signal(stage: Stage) -> None:
    stage.player.volume = 0.5
    stage.player.play(8, 1)
    assert stage.hear(1000)[500] == (8 * FRAME + 500) // 4


def test_a_film_without_sound_opens_no_device_and_keeps_time(stage: Stage) -> None:
    stage.player.set_cut([a_lane(audible=False)], [stage.counting], RATE)
    stage.player.play(10, 1)
    stage.time += 2
    assert stage.player.now_frame() == 58
    assert stage.opened == 0 and stage.player.available


def test_too_fast_to_be_heard_it_keeps_time_in_silence(stage: Stage) -> None:
    stage.player.play(0, 8)
    stage.time += 0.5
    assert stage.player.position() == 96 and stage.opened == 0


def test_without_a_device_the_machines_time_is_the_clock_and_one_note_says_so(stage: Stage, qtbot: QtBot) -> None:
    stage.missing = True
    with qtbot.waitSignal(stage.player.available_changed) as told:
        stage.player.play(0, 1)
    assert told.args == [False] and stage.player.note == NO_DEVICE
    assert stage.player.now_frame() == 0
    stage.time += 1
    assert stage.player.now_frame() == 24


def test_a_machine_without_a_device_is_not_asked_at_every_scrub(stage: Stage, qtbot: QtBot) -> None:
    stage.missing = True
    with qtbot.waitSignal(stage.player.available_changed):
        stage.player.play(0, 1)
    for frame in range(20):
        stage.player.scrub(frame)
    stage.player.play(0, 1)
    stage.player.close()
    assert stage.opened == 1


def test_a_device_that_comes_later_is_used(stage: Stage, qtbot: QtBot) -> None:
    stage.missing = True
    with qtbot.waitSignal(stage.player.available_changed):
        stage.player.play(0, 1)
    stage.missing = False
    stage.time += 60
    with qtbot.waitSignal(stage.player.available_changed) as told:
        stage.player.play(0, 1)
    assert told.args == [True] and stage.player.note == ""


@pytest.mark.parametrize("says_so", [True, False])
def test_when_the_device_goes_away_the_playhead_neither_jumps_nor_stops(
    stage: Stage, qtbot: QtBot, says_so: bool
) -> None:
    stage.player.play(0, 1)
    for count in (LATENCY, FRAME, FRAME // 2, FRAME // 2):
        stage.hear(count)
    assert stage.player.now_frame() == 2
    with qtbot.waitSignal(stage.player.available_changed):
        if says_so:
            stage.output.lost = True
        else:
            stage.time += LOST_S + 0.1
    before = stage.player.now_frame()
    stage.time += 0.5
    after = stage.player.now_frame()
    assert before is not None and after is not None and before >= 2
    assert after - before == pytest.approx(12)


def test_a_device_that_opens_slowly_is_waited_for_and_then_joined_in_step(qtbot: QtBot, counting: SoundCard) -> None:
    stage = Stage(qtbot, counting)
    opens = threading.Event()

    def slowly() -> HandOutput:
        opens.wait(5)
        return stage.output

    stage.player = SoundPlayer(open_output=slowly, now=lambda: stage.time)
    stage.player.set_cut([a_lane()], [counting], RATE)
    stage.player.play(0, 1)
    assert stage.player.now_frame() == 0
    stage.time += PATIENCE_S
    assert stage.player.now_frame() == 0
    stage.time += 0.1
    assert float(stage.player.now_frame() or 0) == pytest.approx(2.4)
    opens.set()
    first = stage.hear(LATENCY)[EDGE] - EDGE
    joined = stage.player.now_frame()
    stage.player.close()
    assert first == pytest.approx(2.4 * FRAME + LATENCY, abs=2)
    assert joined is not None and float(joined * FRAME) == pytest.approx(first, abs=2)


def test_a_device_that_wakes_slowly_is_led_on_to_the_playhead(stage: Stage) -> None:
    stage.player.play(0, 1)
    stage.mixed()
    stage.time += PATIENCE_S + 0.2
    assert float(stage.player.now_frame() or 0) == pytest.approx(4.8)
    stage.hear(960)
    stage.time += 0.06
    told = [stage.player.now_frame()]
    stage.qtbot.waitUntil(lambda: stage.player._feed.waiting >= AHEAD)
    for _ in range(12):
        heard = stage.hear(960)
        told.append(stage.player.now_frame())
    assert told == sorted(told)
    passed = stage.time - 50 - PATIENCE_S
    assert float(told[-1]) == pytest.approx(passed * 24, abs=0.1)
    assert heard[0] == pytest.approx((passed - 0.02) * 48_000 + LATENCY, abs=250)


def test_an_edit_while_it_plays_is_heard(stage: Stage) -> None:
    stage.player.play(0, 1)
    stage.hear(4000)
    stage.player.set_cut([a_lane(audible=False)], [stage.counting], RATE)
    stage.qtbot.waitUntil(lambda: set(stage.hear(1000)) == {0})


def test_a_lane_made_audible_while_it_plays_is_heard_in_step(stage: Stage) -> None:
    stage.player.set_cut([a_lane(audible=False)], [stage.counting], RATE)
    stage.player.play(0, 1)
    stage.time += 0.125
    assert stage.player.now_frame() == 3
    stage.player.set_cut([a_lane()], [stage.counting], RATE)
    first = stage.hear(LATENCY)[EDGE] - EDGE
    assert first == 3 * FRAME + LATENCY
    assert stage.player.now_frame() == Fraction(first, FRAME)


def test_the_device_is_let_go_at_the_end(stage: Stage) -> None:
    stage.player.play(0, 1)
    stage.mixed()
    stage.player.close()
    assert stage.output.closed


def test_the_window_starts_without_what_only_sound_needs() -> None:
    code = (
        "import sys, studio.ui.sound.player, studio.ui.sound.waveforms\n"
        "print([one for one in ('numpy', 'miniaudio') if one in sys.modules])"
    )
    fresh = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert fresh.stdout.strip() == "[]", fresh.stdout + fresh.stderr


def test_in_real_time_the_clock_keeps_time_and_never_goes_back(qtbot: QtBot, counting: SoundCard) -> None:
    player = SoundPlayer(open_output=open_null)
    player.set_cut([a_lane()], [counting], RATE)
    player.play(0, 1)
    qtbot.waitUntil(lambda: (player.now_frame() or 0) > 0)
    began, first = time.monotonic(), player.now_frame()
    told: list[Fraction | None] = []
    while time.monotonic() - began < 0.6:
        told.append(player.now_frame())
        time.sleep(0.003)
    passed, last = time.monotonic() - began, player.now_frame()
    player.close()
    assert None not in told and told == sorted(told)
    assert (last - first) / 24 == pytest.approx(passed, rel=0.02, abs=0.004)


def test_in_real_time_the_clock_goes_round_a_loop(qtbot: QtBot, counting: SoundCard) -> None:
    player = SoundPlayer(open_output=open_null)
    player.set_cut([a_lane()], [counting], RATE)
    player.play(5, 1, FrameRange(4, 3))
    seen: list[int] = []

    def has_gone_round() -> bool:
        frame = math.floor(player.now_frame() or 0)
        if not seen or seen[-1] != frame:
            seen.append(frame)
        return len(seen) >= 7

    qtbot.waitUntil(has_gone_round)
    player.close()
    assert set(seen) == {4, 5, 6}
    assert all((after - before) % 3 in (1, 2) for before, after in itertools.pairwise(seen))
