"""One frame of a movie as a picture."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.errors import BadValue
from studio.interchange.grab import grab_frame
from tests.builders import a_movie


@pytest.mark.parametrize("frame", [0, 11, 12, 29])
def test_the_asked_frame_at_full_size(tmp_path: Path, frame: int) -> None:
    movie = a_movie(tmp_path / "take.mp4", frames=30)
    picture = Image.open(grab_frame(movie, frame, tmp_path / "frame.png"))
    assert picture.size == (160, 90)
    assert abs(float(np.asarray(picture.convert("L")).mean()) - (20 + 2 * frame)) < 1.5


def test_a_frame_the_movie_does_not_have_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    movie = a_movie(tmp_path / "take.mp4", frames=5)
    with pytest.raises(BadValue, match="no frame 5"):
        grab_frame(movie, 5, tmp_path / "frame.png")
    assert not (tmp_path / "frame.png").exists()


def test_a_movie_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "take.mp4").write_bytes(b"no movie")
    with pytest.raises(BadValue, match=r"take\.mp4"):
        grab_frame(tmp_path / "take.mp4", 0, tmp_path / "frame.png")
