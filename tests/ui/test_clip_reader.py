"""Frame k is frame k: every frame of the test movies has its own colour, read back from the decoded picture."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from studio.errors import NotFound
from studio.ui.viewer.clip_reader import ClipReader
from studio.ui.viewer.frame_store import FrameStore
from studio.ui.viewer.sequence import STILL, Wanted
from tests.builders import a_movie, a_picture

FRAMES = 40
NATIVE = QSize()


def colour(frame: int) -> tuple[int, int, int]:
    return 20 + frame * 5, 230 - frame * 4, (frame * 53) % 200 + 20


def colour_movie(path: Path, rate: Fraction = Fraction(24), gop: int = 12) -> Path:
    with av.open(str(path), "w") as movie:
        stream = movie.add_stream("libx264", rate=rate, options={"g": str(gop), "crf": "8"})
        stream.width, stream.height, stream.pix_fmt = 192, 108, "yuv420p"
        stream.codec_context.colorspace = 1
        stream.codec_context.color_range = 1
        for number in range(FRAMES):
            picture = av.VideoFrame.from_ndarray(np.full((108, 192, 3), colour(number), np.uint8), "rgb24")
            movie.mux(stream.encode(picture.reformat(format="yuv420p", dst_colorspace="ITU709")))
        movie.mux(stream.encode(None))
    return path


def frame_in(image: QImage) -> int:
    """Which frame's colour the picture has; fails where it is none's, within coding noise."""
    seen = image.pixelColor(image.width() // 2, image.height() // 2)
    distances = [
        max(abs(a - b) for a, b in zip((seen.red(), seen.green(), seen.blue()), colour(number), strict=True))
        for number in range(FRAMES)
    ]
    best = min(range(FRAMES), key=distances.__getitem__)
    assert distances[best] <= 4, f"the picture's colour {seen.getRgb()} is no frame's"
    return best


@pytest.mark.parametrize("rate", [Fraction(24), Fraction(24000, 1001), Fraction(60000, 1001), Fraction(25)])
def test_shows_exactly_frame_k_in_any_order(tmp_path: Path, rate: Fraction) -> None:
    reader = ClipReader(colour_movie(tmp_path / "movie.mp4", rate))
    for wanted in (0, 1, 2, 39, 38, 12, 11, 13, 5, 30, 29, 0, 24, 25, 23):
        pictures = list(reader.pictures(wanted, NATIVE))
        assert pictures[0][0] == wanted
        assert [frame_in(image) for _index, image in pictures] == [index for index, _image in pictures]
    reader.close()


def test_movies_with_a_single_key_frame_are_exact_too(tmp_path: Path) -> None:
    reader = ClipReader(colour_movie(tmp_path / "movie.mp4", gop=250))
    assert [frame_in(next(iter(reader.pictures(k, NATIVE)))[1]) for k in (35, 3, 36, 20)] == [35, 3, 36, 20]
    reader.close()


def test_playing_on_decodes_each_frame_once(tmp_path: Path) -> None:
    reader = ClipReader(colour_movie(tmp_path / "movie.mp4"))
    assert [len(list(reader.pictures(k, NATIVE))) for k in range(8)] == [1] * 8
    reader.close()


def test_a_frame_covers_the_asked_size_and_is_never_enlarged(tmp_path: Path) -> None:
    reader = ClipReader(colour_movie(tmp_path / "movie.mp4"))
    assert next(iter(reader.pictures(0, QSize(96, 40))))[1].size() == QSize(96, 54)
    assert next(iter(reader.pictures(1, QSize(1000, 1000))))[1].size() == QSize(192, 108)
    reader.close()


def test_a_frame_past_the_end_and_a_broken_movie_are_told_by_name(tmp_path: Path) -> None:
    reader = ClipReader(colour_movie(tmp_path / "movie.mp4"))
    with pytest.raises(NotFound, match=r"movie\.mp4 has no frame 40"):
        list(reader.pictures(40, NATIVE))
    assert frame_in(next(iter(reader.pictures(7, NATIVE)))[1]) == 7
    reader.close()
    text = tmp_path / "text.mp4"
    text.write_text("this is no movie")
    with pytest.raises(NotFound, match=r"text\.mp4"):
        ClipReader(text)


def test_the_store_answers_the_newest_wish_and_keeps_frames_ahead(qtbot: QtBot, tmp_path: Path) -> None:
    movie = colour_movie(tmp_path / "movie.mp4")
    store, size = FrameStore(), QSize(192, 108)
    wishes = [Wanted(movie, k) for k in range(10, 20)]
    with qtbot.waitSignal(store.ready) as heard:
        store.want(wishes, size)
    assert heard.args == [wishes[0]]
    qtbot.waitUntil(lambda: all(store.image(one, size) is not None for one in wishes))
    assert [frame_in(store.image(one, size)) for one in wishes] == list(range(10, 20))
    store.close()


def test_the_store_tells_what_cannot_be_read_and_goes_on(qtbot: QtBot, tmp_path: Path) -> None:
    store, size = FrameStore(), QSize(160, 90)
    gone, there = Wanted(tmp_path / "gone.mp4", 0), Wanted(a_movie(tmp_path / "there.mp4"), 3)
    with qtbot.waitSignal(store.unreadable):
        store.want([gone], size)
    assert store.image(gone, size).isNull()
    with qtbot.waitSignal(store.ready):
        store.want([there], size)
    still = Wanted(a_picture(tmp_path / "still.png"), STILL)
    with qtbot.waitSignal(store.ready):
        store.want([still], size)
    assert store.image(still, size).size() == QSize(160, 90)
    store.close()


def test_a_fault_of_the_decoder_ends_one_picture_and_not_the_viewer(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_reader: ClipReader, _frame: int, _size: QSize) -> None:
        raise ValueError("a plane without lines")

    store, size = FrameStore(), QSize(160, 90)
    odd = Wanted(a_movie(tmp_path / "odd.mp4"), 0)
    with monkeypatch.context() as patched:
        patched.setattr(ClipReader, "pictures", fails)
        with qtbot.waitSignal(store.unreadable):
            store.want([odd], size)
    assert "a plane without lines" in store.why(odd) and "a fault while" in caplog.text
    with qtbot.waitSignal(store.ready):
        store.want([Wanted(a_movie(tmp_path / "there.mp4"), 3)], size)
    store.close()
