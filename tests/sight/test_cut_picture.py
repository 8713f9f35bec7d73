"""Pictures of the film read to be cut, and what was cut written at its own size."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.errors import BadValue
from studio.sight import cut_picture


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


@pytest.mark.parametrize(("mode", "colour"), [("L", 90), ("RGB", (200, 40, 10)), ("RGBA", (200, 40, 10, 120))])
def test_every_working_copy_is_read_with_its_colours(tmp_path: Path, mode: str, colour: object) -> None:
    path = tmp_path / "Ünï 图.png"
    Image.new(mode, (30, 20), colour).save(path)
    wanted = Image.new(mode, (1, 1), colour).convert("RGBA").getpixel((0, 0))
    picture = cut_picture.read(path)
    assert picture.shape == (20, 30, 4) and tuple(picture[5, 5]) == wanted


def test_what_is_no_picture_or_gone_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"nothing")
    for name in ("a.png", "gone.png"):
        with pytest.raises(BadValue, match=f"{name} in the film's media folder cannot be read"):
            cut_picture.read(tmp_path / name)


def test_a_region_is_that_part_pixel_by_pixel_and_stays_on_the_picture() -> None:
    picture = np.random.default_rng(1).integers(0, 255, (40, 60, 4), np.uint8)
    picture[..., 3] = 255
    cut = opened(cut_picture.region_png(picture, (50, 30, 100, 100)))
    assert (cut.mode, cut.size) == ("RGB", (10, 10))
    assert np.array_equal(np.asarray(cut), picture[30:, 50:, :3])


def test_a_thing_is_cut_at_the_size_of_the_picture_by_the_mask_of_a_copy() -> None:
    picture = np.full((200, 300, 4), 255, np.uint8)
    picture[60:140, 100:200, :3] = (200, 30, 20)
    mask = np.zeros((100, 150), np.uint8)
    mask[30:70, 50:100] = 255
    cut = opened(cut_picture.thing_png(picture, mask))
    assert cut.mode == "RGBA" and 100 <= cut.width <= 112 and 80 <= cut.height <= 92
    assert cut.getpixel((54, 44)) == (200, 30, 20, 255) and cut.getpixel((0, 0)) == (255, 255, 255, 0)


def test_what_was_see_through_stays_so_and_is_looked_at_over_white() -> None:
    picture = np.full((40, 40, 4), 60, np.uint8)
    picture[..., 3] = 255
    picture[:, :20, 3] = 0
    assert tuple(cut_picture.seen(picture)[5, 5]) == (255, 255, 255)
    cut = opened(cut_picture.thing_png(picture, np.full((40, 40), 255, np.uint8)))
    assert cut.getpixel((0, 20))[3] == 0 and cut.getpixel((cut.width - 1, 20)) == (60, 60, 60, 255)


def test_a_cut_too_small_to_be_a_picture_is_refused() -> None:
    with pytest.raises(BadValue, match="What is cut out is 20 × 6 pixels"):
        cut_picture.region_png(np.full((40, 40, 4), 255, np.uint8), (0, 0, 20, 6))
