"""A take's file is what the film's page of the design says: exact, near lossless, tagged, with its recipe inside."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from model_runtime import children, frames, safe_files
from model_runtime.failures import BadInput

WIDTH, HEIGHT = 192, 108


def drawing(number: int, width: int = WIDTH, height: int = HEIGHT) -> np.ndarray:
    """Flat colours and smooth dark lines that move with the number, as a drawn frame has them."""
    y, x = np.mgrid[0:height, 0:width]
    picture = np.empty((height, width, 3), np.uint8)
    picture[...] = (40, 60, 110)
    picture[y > height * 0.6] = (150, 110, 70)
    figure = (abs(x - width * 0.4 - number) < 20) & (y > height * 0.2)
    picture[figure] = (235, 195, 40)
    picture[figure & (abs(abs(x - width * 0.4 - number) - 18) < 2)] = (20, 20, 24)
    return cv2.GaussianBlur(picture, (0, 0), 0.7)


def spec(**changes: Any) -> frames.MovieSpec:
    return frames.MovieSpec(**{"width": WIDTH, "height": HEIGHT, "rate": (24, 1), **changes})


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    return float(10 * np.log10(255**2 / np.mean((a.astype(float) - b.astype(float)) ** 2)))


def write(path: Path, count: int = 26, **changes: Any) -> list[np.ndarray]:
    pictures = [drawing(i) for i in range(count)]
    assert frames.write_movie(path, iter(pictures), spec(**changes), count=count)
    return pictures


def test_a_movie_holds_exactly_its_frames_near_lossless_and_tagged(tmp_path: Path) -> None:
    pictures = write(tmp_path / "take.mp4")
    with av.open(str(tmp_path / "take.mp4")) as movie:
        stream = movie.streams.video[0]
        found = list(movie.decode(stream))
        assert len(found) == 26 and stream.frames == 26
        assert stream.codec_context.name == "h264" and stream.profile == "High"
        assert stream.codec_context.pix_fmt == "yuv420p" and stream.average_rate == Fraction(24)
        assert [i for i, frame in enumerate(found) if frame.key_frame] == [0, 12, 24]
        context = stream.codec_context
        assert (context.colorspace, context.color_primaries, context.color_trc, context.color_range) == (1, 1, 1, 1)
        assert [frame.pts * frame.time_base for frame in found] == [Fraction(i, 24) for i in range(26)]
    # Full-size luma alone: what halving the colour planes costs is no fault of the encoder.
    for frame, picture in zip(found, pictures, strict=True):
        luma = 16 + picture.astype(float) @ np.array([0.2126, 0.7152, 0.0722]) * 219 / 255
        assert psnr(frame.to_ndarray()[:HEIGHT], luma) > 45
    shown = Image.fromarray(found[0].to_ndarray(format="rgb24"))
    assert all(abs(a - b) <= 3 for a, b in zip(shown.getpixel((5, 5)), (40, 60, 110), strict=True))


@pytest.mark.parametrize("rate", [(24000, 1001), (25, 1), (30000, 1001), (60000, 1001), (60, 1)])
def test_the_rate_is_exact(tmp_path: Path, rate: tuple[int, int]) -> None:
    write(tmp_path / "take.mp4", 14, rate=rate)
    with av.open(str(tmp_path / "take.mp4")) as movie:
        stream = movie.streams.video[0]
        assert stream.average_rate == Fraction(*rate)
        times = [frame.pts * stream.time_base for frame in movie.decode(stream)]
    assert times == [Fraction(i) / Fraction(*rate) for i in range(14)]


def test_the_index_comes_before_the_pictures(tmp_path: Path) -> None:
    write(tmp_path / "take.mp4", 3)
    data = (tmp_path / "take.mp4").read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")


RECIPES = [
    "",
    '{"prompt": "a = b; c # d \\\\ e\\n"}',
    "line one\nline two\r\n= ; # \\ end",
    json.dumps({"draft": "渡輪 🎬 Fähre “Licht” " * 900}, ensure_ascii=False),
]


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_of_any_text_comes_back_from_the_movie(tmp_path: Path, recipe: str) -> None:
    write(tmp_path / "take.mp4", 2, recipe=recipe)
    with av.open(str(tmp_path / "take.mp4")) as movie:
        assert movie.metadata.get("comment", "") == recipe
    assert len(RECIPES[-1].encode()) > 20_000


def test_reel_and_timecode_are_in_the_movie(tmp_path: Path) -> None:
    write(tmp_path / "take.mp4", 2, reel="12_0010_v003", timecode="01:02:03:04")
    with av.open(str(tmp_path / "take.mp4")) as movie:
        assert movie.metadata["title"] == "12_0010_v003"
        assert movie.streams.video[0].metadata["timecode"] == "01:02:03:04"
        assert len(movie.streams) == 2


def test_the_same_frames_make_the_same_file(tmp_path: Path) -> None:
    write(tmp_path / "a.mp4", 14)
    write(tmp_path / "b.mp4", 14)
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_stopping_leaves_no_file_and_no_child(tmp_path: Path) -> None:
    seen: list[int] = []
    whole = frames.write_movie(
        tmp_path / "take.mp4",
        (drawing(i) for i in range(1000)),
        spec(),
        count=1000,
        on_frame=seen.append,
        should_stop=lambda: len(seen) >= 5,
    )
    assert not whole and seen == [1, 2, 3, 4, 5]
    assert list(tmp_path.iterdir()) == [] and not children._running


def test_a_failing_picture_leaves_no_file_and_no_child(tmp_path: Path) -> None:
    def pictures() -> Iterator[np.ndarray]:
        yield drawing(0)
        raise MemoryError

    with pytest.raises(MemoryError):
        frames.write_movie(tmp_path / "take.mp4", pictures(), spec(), count=2)
    assert list(tmp_path.iterdir()) == [] and not children._running


def test_too_few_frames_are_no_take(tmp_path: Path) -> None:
    with pytest.raises(frames.EncodingFailed, match="3 of 5"):
        frames.write_movie(tmp_path / "take.mp4", (drawing(i) for i in range(3)), spec(), count=5)
    assert list(tmp_path.iterdir()) == []


def test_an_encoder_that_dies_is_told_with_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "QUALITY", ["-preset", "no such preset"])
    with pytest.raises(frames.EncodingFailed, match="preset"):
        frames.write_movie(tmp_path / "take.mp4", (drawing(i) for i in range(50)), spec(), count=50)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_seen_before_encoding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(folder: Path, needed: int) -> None:
        raise safe_files.NoSpace(folder, needed, 0)

    monkeypatch.setattr(safe_files, "require_space", full)
    with pytest.raises(safe_files.NoSpace):
        write(tmp_path / "take.mp4")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "change", [{"width": 191}, {"height": 0}, {"width": 9000}, {"rate": (24, 0)}, {"rate": (-1, 1)}]
)
def test_a_size_or_rate_that_cannot_be_is_refused_in_words(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as refused:
        frames.write_movie(tmp_path / "take.mp4", iter(()), spec(**change), count=1)
    assert refused.value.sentence


def test_a_still_keeps_its_pixels_and_its_recipe(tmp_path: Path) -> None:
    frames.write_still(tmp_path / "still.png", drawing(3), RECIPES[-1])
    with Image.open(tmp_path / "still.png") as image:
        image.load()
        assert image.text["recipe"] == RECIPES[-1]
        assert np.array_equal(np.asarray(image), drawing(3))


def test_a_poster_is_small_and_of_the_same_shape(tmp_path: Path) -> None:
    frames.write_poster(tmp_path / "poster.jpg", drawing(0, 1280, 720))
    with Image.open(tmp_path / "poster.jpg") as image:
        assert image.size == (480, 270)
    assert (tmp_path / "poster.jpg").stat().st_size < 60_000


def test_latents_are_kept_in_half_precision(tmp_path: Path) -> None:
    from safetensors.numpy import load_file

    values = np.random.default_rng(1).normal(size=(16, 4, 10, 18)).astype(np.float32)
    picture = np.arange(48, dtype=np.uint8).reshape(1, 4, 4, 3)
    frames.write_latents(tmp_path / "latents.safetensors", {"latents": values, "beside": picture}, {"engine": "sketch"})
    kept = load_file(tmp_path / "latents.safetensors")
    assert np.array_equal(kept["beside"], picture) and kept["beside"].dtype == np.uint8
    found = kept["latents"]
    assert found.dtype == np.float16 and np.allclose(found, values, atol=2e-3)
    assert (tmp_path / "latents.safetensors").stat().st_size < 1.1 * values.size * 2 + picture.size


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_metadata_is_escaped_so_that_it_can_be_read_back(text: str) -> None:
    line = frames.ffmetadata({"comment": text})
    if not text:
        assert line == ";FFMETADATA1\n"
        return
    body = line.removeprefix(";FFMETADATA1\ncomment=").removesuffix("\n")
    plain, at = "", 0
    while at < len(body):
        at += body[at] == "\\"
        plain, at = plain + body[at], at + 1
    assert plain == text


@pytest.mark.parametrize(("words", "free"), [("", 0), ("av_interleaved_write_frame(): Disk quota exceeded", 1 << 40)])
def test_an_encoder_that_ended_on_a_full_disk_waits_even_where_it_could_not_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, free: int
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)
    with pytest.raises(safe_files.NoSpace):
        frames._raise_for(tmp_path / "take.mp4", words, 3, 50)
