"""How well the viewer keeps time with sound: `python -m tests.bench_playing`, or `measure_playing()` from elsewhere.

A take of noise and movement plays in a real viewer, its pictures led by a sound device that plays into nothing. Counted
are the frames that were on screen, and how much later each came up than the moment its sound was heard.
"""

from __future__ import annotations

import math
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from studio import assets
from studio.project.cut_cards import EventCard
from studio.project.sound_time import SAMPLES
from studio.project.timing import FrameRate
from studio.ui.parts.pictures import PictureStore
from studio.ui.sound.output import open_null
from studio.ui.sound.player import SoundPlayer
from studio.ui.theme import Look
from studio.ui.viewer.dock import Viewer
from studio.ui.viewer.sequence import PlayList, event_stretch
from tests.interchange.sounds import a_lane, a_sound, a_wave, noise


@dataclass(frozen=True)
class Played:
    due: int
    """Frames of the film that were heard."""
    shown: int
    """Those that were on screen, each counted once."""
    median_ms: float
    worst_ms: float
    """How much later than its sound a picture came up: the median, and 99 of 100 are sooner than the worst."""

    def __str__(self) -> str:
        missed = self.due - self.shown
        return (
            f"{self.shown} of {self.due} frames shown, {missed} missed; picture after sound: "
            f"median {self.median_ms:.1f} ms, 99th percentile {self.worst_ms:.1f} ms"
        )


def measure_playing(seconds: int = 8, size: tuple[int, int] = (1280, 720), rate: FrameRate | None = None) -> Played:
    """Plays for so long in real time; needs a QApplication."""
    film_rate = rate or FrameRate(24)
    frames = seconds * film_rate.nominal
    with tempfile.TemporaryDirectory(prefix="shotwright-playing-") as folder:
        movie = _a_busy_movie(Path(folder) / "take.mp4", frames, size, film_rate)
        sound = a_wave(Path(folder) / "sound.wav", noise(seconds * SAMPLES))
        return _play(movie, sound, frames, size, film_rate)


def _play(movie: Path, sound: Path, frames: int, size: tuple[int, int], rate: FrameRate) -> Played:
    look = Look(assets.folder())
    pictures = PictureStore()
    viewer = Viewer(look, pictures, rate, QSize(*size), "01:00:00:00")
    viewer.resize(1280, 860)
    viewer.show()
    player = SoundPlayer(open_output=open_null)
    player.set_cut([a_lane()], [a_sound(sound, frames * SAMPLES // rate.nominal)], rate)
    viewer.hear(player)
    event = EventCard("event", "shot", "1A", "scene", 0, frames, "take", "1", movie, 0, frames, take_rate=rate)
    viewer.show_sequence("cut", PlayList([event_stretch(event, None, rate)]), 0, subject="cut")
    late: dict[int, Fraction] = {}
    seen = set()

    def came_up(frame: int) -> None:
        seen.add(frame)
        heard = player.now_frame()
        if heard is not None and frame not in late:
            late[frame] = heard - frame

    viewer.presenter.up.connect(came_up)
    _until(lambda: viewer.settled, 5)
    viewer.transport.play(1)
    _until(lambda: not viewer.transport.speed, frames / float(rate.fraction) + 5)
    viewer.close_viewer()
    player.close()
    pictures.close()
    viewer.close()
    return _told(late, frames, len(seen), rate)


def _told(late: dict[int, Fraction], frames: int, shown: int, rate: FrameRate) -> Played:
    milliseconds = sorted(float(one / rate.fraction) * 1000 for one in late.values())
    worst = milliseconds[math.ceil(len(milliseconds) * 0.99) - 1]
    return Played(frames, shown, statistics.median(milliseconds), worst)


def _until(done: Callable[[], bool], patience: float) -> None:
    until = time.monotonic() + patience
    while not done() and time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.001)


def _a_busy_movie(path: Path, frames: int, size: tuple[int, int], rate: FrameRate) -> Path:
    """H.264 as takes are, a key frame every 12, with a pattern that moves and grain that changes."""
    width, height = size
    grain = np.random.default_rng(1).integers(0, 24, (4, height, width, 3), np.uint8)
    ramp = (np.add.outer(np.arange(height), np.arange(2 * width)) // 4 % 200).astype(np.uint8)
    with av.open(str(path), "w") as movie:
        stream = movie.add_stream("libx264", rate=rate.fraction, options={"preset": "ultrafast", "g": "12"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for index in range(frames):
            at = index * 8 % width
            picture = grain[index % 4] + ramp[:, at : at + width, None]
            for packet in stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), "rgb24")):
                movie.mux(packet)
        for packet in stream.encode():
            movie.mux(packet)
    return path


def main() -> None:
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    Look(assets.folder()).dress(application)
    print(measure_playing())


if __name__ == "__main__":
    main()
