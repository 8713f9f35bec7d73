"""Pictures of every mode a PNG may have are read for what they show, and what was changed is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from model_runtime import frames
from model_runtime.engines.reading import Movie, read_mask, read_picture, read_reference
from model_runtime.failures import BadInput
from tests.builders import a_movie

RED = (200, 40, 30)


def saved(path: Path, image: Image.Image, **options: Any) -> Path:
    image.save(path, **options)
    return path


def palette() -> Image.Image:
    image = Image.new("P", (40, 30), 1)
    image.putpalette([0, 0, 0, *RED])
    return image


def deep_grey() -> Image.Image:
    return Image.fromarray(np.full((30, 40), 51 * 257, np.uint16))


def see_through() -> Image.Image:
    image = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    image.paste((*RED, 255), (10, 5, 20, 25))
    return image


@pytest.mark.parametrize(
    ("image", "kind", "colour", "word"),
    [
        (palette(), "png", RED, "palette"),
        (deep_grey(), "png", (51, 51, 51), "16 bits"),
        (see_through(), "png", (255, 255, 255), "see-through"),
        (Image.new("LA", (40, 30), (9, 0)), "png", (255, 255, 255), "see-through"),
        (Image.new("1", (40, 30), 1), "png", (255, 255, 255), "one bit"),
        (Image.new("CMYK", (40, 30), (0, 255, 255, 0)), "tiff", (255, 0, 0), "CMYK"),
        (Image.fromarray(np.full((30, 40), 0.2, np.float32)), "tiff", (51, 51, 51), "16 bits"),
    ],
)
def test_any_mode_is_read_as_it_shows_and_told(
    tmp_path: Path, image: Image.Image, kind: str, colour: tuple[int, int, int], word: str
) -> None:
    told: list[str] = []
    picture = read_picture(saved(tmp_path / f"mara.{kind}", image), told.append)
    assert picture.shape == (30, 40, 3) and picture.dtype == np.uint8 and tuple(picture[0, 0]) == colour
    assert len(told) == 1 and word in told[0] and f"mara.{kind}" in told[0]


def test_dark_sixteen_bits_stay_dark(tmp_path: Path) -> None:
    night = saved(tmp_path / "night.png", Image.fromarray(np.full((30, 40), 200, np.uint16)))
    assert int(read_picture(night, str).max()) <= 1 and int(read_mask(night).max()) <= 1


def test_a_picture_nothing_of_which_is_see_through_is_not_told_to_be(tmp_path: Path) -> None:
    told: list[str] = []
    picture = read_picture(saved(tmp_path / "mara.png", Image.new("RGBA", (40, 30), (*RED, 255))), told.append)
    assert (picture == RED).all() and told == []


def test_a_plain_picture_is_read_exactly_and_nothing_is_told(tmp_path: Path) -> None:
    values = np.random.default_rng(1).integers(0, 256, (30, 40, 3), dtype=np.uint8)
    frames.write_still(tmp_path / "plain.png", values, "")
    told: list[str] = []
    assert np.array_equal(read_picture(tmp_path / "plain.png", told.append), values) and told == []


@pytest.mark.parametrize(
    "read", [lambda path: read_picture(path, str), read_mask, lambda path: read_reference(path, str, "It")]
)
def test_a_broken_picture_is_refused_by_name(tmp_path: Path, read: Any) -> None:
    (tmp_path / "boat.png").write_text("not a picture")
    noise = np.random.default_rng(3).integers(0, 256, (90, 90, 3), dtype=np.uint8)
    frames.write_still(tmp_path / "whole.png", noise, "")
    (tmp_path / "cut.png").write_bytes((tmp_path / "whole.png").read_bytes()[:9000])
    for name in ("boat.png", "cut.png", "gone.png"):
        with pytest.raises(BadInput, match=name.replace(".", r"\.")) as refused:
            read(tmp_path / name)
        assert "cannot be read" in refused.value.sentence and refused.value.hint


def test_a_mask_is_light_where_it_marks_whatever_its_mode(tmp_path: Path) -> None:
    marks = np.zeros((30, 40), bool)
    marks[5:25, 10:20] = True
    grey = Image.fromarray((marks * 255).astype(np.uint8))
    white_on_nothing = Image.merge("LA", (Image.new("L", (40, 30), 255), grey))
    deep = Image.fromarray((marks * 65535).astype(np.uint16))
    for number, image in enumerate((grey, grey.convert("RGB"), white_on_nothing, deep, grey.convert("1"))):
        found = read_mask(saved(tmp_path / f"mask{number}.png", image))
        assert found.shape == (30, 40) and np.array_equal(found >= 128, marks), image.mode


# --- references ----------------------------------------------------------------------------------------------------


def test_a_reference_is_cut_to_its_subject_and_filled_up_to_two_by_three(tmp_path: Path) -> None:
    ground = Image.new("RGB", (400, 200), (240, 240, 238))
    ground.paste(RED, (180, 20, 240, 180))
    told: list[str] = []
    found = read_reference(saved(tmp_path / "mara.png", ground), told.append, "The picture of @mara")
    height, width = found.shape[:2]
    assert abs(width / height - 2 / 3) < 0.02 and height < 200
    share = float((np.abs(found.astype(int) - RED).max(axis=2) < 8).mean())
    assert share > 0.4, "the subject fills its picture"
    assert told[0].startswith("The picture of @mara is cropped")


def test_a_see_through_reference_is_cut_to_what_is_seen(tmp_path: Path) -> None:
    image = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    image.paste((*RED, 255), (100, 40, 160, 280))
    found = read_reference(saved(tmp_path / "cut-out.png", image), str, "The picture of @mara")
    assert found.shape[0] < 290 and tuple(found[0, 0]) == (255, 255, 255)


@pytest.mark.parametrize("size", [(64, 96), (900, 100), (50, 2000), (1, 1)])
def test_a_busy_reference_of_any_size_is_never_cut_off(tmp_path: Path, size: tuple[int, int]) -> None:
    values = np.random.default_rng(2).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    found = read_reference(saved(tmp_path / "busy.png", Image.fromarray(values)), str, "The picture of @mara")
    assert found.shape[0] >= size[1] and found.shape[1] >= size[0]
    assert abs(found.shape[1] - found.shape[0] * 2 / 3) <= 1.5
    top, left = (found.shape[0] - size[1]) // 2, (found.shape[1] - size[0]) // 2
    assert np.array_equal(found[top : top + size[1], left : left + size[0]], values)


# --- movies --------------------------------------------------------------------------------------------------------


def test_a_movies_frames_are_read_in_any_order(tmp_path: Path) -> None:
    movie = Movie(a_movie(tmp_path / "take.mp4", 12, (64, 36)))
    assert movie.facts().frames == 12 and movie.facts().rate == 24
    levels = [float(movie.frame(number).mean()) for number in (3, 3, 11, 0)]
    assert levels[0] == levels[1] and levels[3] < levels[0] < levels[2]
    with pytest.raises(BadInput, match="12 frames; frame 13"):
        movie.frame(12)
    movie.close()


def test_a_broken_movie_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "take.mp4").write_text("no movie")
    ask_both(tmp_path / "take.mp4")


def test_a_sound_without_pictures_is_no_movie(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "take.mp4"), "w") as sound:
        stream = sound.add_stream("aac", rate=8000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        frame.sample_rate = 8000
        sound.mux(stream.encode(frame))
        sound.mux(stream.encode(None))
    ask_both(tmp_path / "take.mp4")


def ask_both(path: Path) -> None:
    for ask in (lambda: Movie(path).facts(), lambda: Movie(path).frame(0)):
        with pytest.raises(BadInput, match=r"take\.mp4 cannot be read"):
            ask()
