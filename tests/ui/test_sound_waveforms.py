"""Waveforms: asked for at once, found by a worker, drawn a line a pixel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from studio.ui.sound import waveforms
from studio.ui.sound.waveforms import WaveformStore, paint_waveform
from tests.interchange.sounds import a_sound, a_wave

WHITE = QColor("#FFFFFF")


@pytest.fixture
def store(qtbot: QtBot, tmp_path: Path) -> Iterator[WaveformStore]:
    made = WaveformStore(tmp_path / "waveforms")
    yield made
    made.close()


def found(store: WaveformStore, sound, qtbot: QtBot) -> None:
    with qtbot.waitSignal(store.arrived):
        assert store.peaks(sound, 100) is None


def drawn(peaks: np.ndarray, width: int, height: int, scale: float = 1.0) -> np.ndarray:
    """Whether each pixel is lit."""
    image = QImage(round(width * scale), round(height * scale), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    paint_waveform(painter, QRectF(0, 0, width, height), peaks.astype(np.float32), WHITE)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[:, :, 0] > 0


def test_it_answers_at_once_and_says_when_more_has_come(store: WaveformStore, tmp_path: Path, qtbot: QtBot) -> None:
    sound = a_sound(a_wave(tmp_path / "level.wav", np.full(5000, 0.5)), 5000)
    found(store, sound, qtbot)
    assert store.peaks(sound, 100).shape == (50, 2) and not store.busy


def test_a_clip_shows_its_own_stretch_with_its_own_gain(store: WaveformStore, tmp_path: Path, qtbot: QtBot) -> None:
    steps = np.repeat([0.1, 0.2, 0.4], 12_800)
    media = a_wave(tmp_path / "steps.wav", steps)
    sound = a_sound(media, len(steps), source_start=12_800, source_length=12_800, gain=6.0206)
    found(store, sound, qtbot)
    assert store.peaks(sound, 1280)[:, 1] == pytest.approx(np.full(10, 0.4), abs=0.02)


def test_only_the_columns_that_are_seen_are_answered(store: WaveformStore, tmp_path: Path, qtbot: QtBot) -> None:
    ramp = np.linspace(0, 0.9, 128_000)
    sound = a_sound(a_wave(tmp_path / "ramp.wav", ramp), len(ramp))
    found(store, sound, qtbot)
    every, some = store.peaks(sound, 1280), store.peaks(sound, 1280, first=40, count=10)
    assert np.array_equal(every[40:50], some)
    assert len(store.peaks(sound, 1280, first=95, count=10)) == 5
    assert len(store.peaks(sound, 1280, first=200, count=10)) == 0


def test_a_sound_that_is_gone_has_no_waveform_and_is_not_asked_for_again(
    store: WaveformStore, tmp_path: Path, qtbot: QtBot
) -> None:
    sound = a_sound(tmp_path / "gone.wav", 5000)
    found(store, sound, qtbot)
    assert store.peaks(sound, 100) is None and not store.busy


def test_a_file_that_came_back_is_read_when_it_was_forgotten(
    store: WaveformStore, tmp_path: Path, qtbot: QtBot
) -> None:
    sound = a_sound(tmp_path / "gone.wav", 5000)
    found(store, sound, qtbot)
    a_wave(sound.media, np.full(5000, 0.5))
    store.forget(sound.media)
    found(store, sound, qtbot)
    assert store.peaks(sound, 100) is not None


def test_those_unused_longest_go_first(
    store: WaveformStore, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waveforms, "LIMIT", 20_000)
    sounds = [a_sound(a_wave(tmp_path / f"{name}.wav", np.full(400_000, 0.5)), 400_000) for name in "abc"]
    for one in sounds[:2]:
        found(store, one, qtbot)
    assert store.peaks(sounds[0], 100) is not None
    found(store, sounds[2], qtbot)
    assert [store.peaks(one, 100) is not None for one in sounds] == [True, False, True]
    qtbot.waitUntil(lambda: not store.busy)


def test_each_column_is_one_upright_line_from_its_lowest_to_its_highest() -> None:
    lit = drawn(np.array([[-0.5, 0.5], [-1, 0], [0, 1]]), 3, 101)
    assert [np.flatnonzero(lit[:, x])[[0, -1]].tolist() for x in range(3)] == [[25, 75], [50, 100], [0, 50]]
    assert (np.diff(np.flatnonzero(lit[:, 0])) == 1).all()


def test_silence_is_a_line_one_pixel_high() -> None:
    assert drawn(np.zeros((40, 2)), 40, 21).sum(axis=0).tolist() == [1] * 40


def test_nothing_is_drawn_beyond_the_last_column() -> None:
    assert not drawn(np.ones((10, 2)) * [-1, 1], 20, 11)[:, 10:].any()


def test_at_scale_2_a_column_a_screen_pixel_is_as_wide_as_one() -> None:
    peaks = np.zeros((40, 2))
    peaks[7] = [-1, 1]
    lit = drawn(peaks, 20, 11, scale=2.0)
    assert np.flatnonzero(lit.sum(axis=0) > 5).tolist() == [7]
