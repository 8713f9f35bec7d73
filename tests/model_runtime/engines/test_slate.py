"""A missing-shot card is exactly as long and as large as asked, and says what it was given."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from model_runtime import protocol
from model_runtime.engines import slate
from model_runtime.engines.base import JobFolder, Made, Stopped
from model_runtime.failures import BadInput
from tests.model_runtime.talk import a_request

CARD = protocol.CardText("12_0010", "Mara walks along the pier.", "Where is the boat?", "48 frames")


class Listener:
    """A reporter that remembers, and stops when told to."""

    def __init__(self, stop_after: int = -1) -> None:
        self.told: list[tuple[str, int, int]] = []
        self.previews: list[list[np.ndarray]] = []
        self.notices: list[str] = []
        self.stop_after = stop_after

    def progress(self, stage: str, done: int, total: int, seconds_left: float = -1.0) -> None:
        self.told.append((stage, done, total))

    def wants_preview(self) -> bool:
        return True

    def preview(self, pictures: list[np.ndarray]) -> None:
        self.previews.append(pictures)

    def notice(self, text: str) -> None:
        self.notices.append(text)

    def should_stop(self) -> bool:
        return 0 <= self.stop_after <= sum(stage in ("drawing", "writing") for stage, _, _ in self.told)


def make(folder: Path, assets: Path, listener: Listener | None = None, **changes: Any) -> Made | Stopped:
    request = replace(a_request(card=CARD), **changes)
    return slate.SlateEngine(assets).generate(request, listener or Listener(), JobFolder(folder, folder))


@pytest.mark.parametrize(("frames", "count"), [(1, 1), (37, 37), (0, 12)])
def test_a_card_has_exactly_the_frames_asked_for(tmp_path: Path, assets: Path, frames: int, count: int) -> None:
    made = make(tmp_path, assets, frames=frames)
    assert isinstance(made, Made) and made.facts["frames"] == count
    with av.open(str(tmp_path / "take.mp4")) as movie:
        assert sum(1 for _ in movie.decode(video=0)) == count


def test_the_line_at_the_foot_fills_as_the_shot_runs(tmp_path: Path, assets: Path) -> None:
    make(tmp_path, assets, frames=20, width=320, height=180)
    with av.open(str(tmp_path / "take.mp4")) as movie:
        lines = [frame.to_ndarray(format="rgb24")[-1, :, 2].astype(int) for frame in movie.decode(video=0)]
    filled = [int((line > 130).sum()) for line in lines]
    assert filled == sorted(filled) and filled[-1] >= 318 and filled[0] <= 20


def test_a_still_is_the_card_without_the_line(tmp_path: Path, assets: Path) -> None:
    made = make(tmp_path, assets, kind="still", width=640, height=360)
    assert isinstance(made, Made) and [one.role for one in made.files] == ["still"]
    with Image.open(tmp_path / "still.png") as image:
        assert image.size == (640, 360) and image.text["recipe"] == a_request().recipe


def test_every_text_of_the_card_is_drawn(assets: Path) -> None:
    full = slate.draw_card(CARD, 640, 360, assets / "fonts")
    for name in ("number", "action", "dialogue", "length"):
        without = slate.draw_card(replace(CARD, **{name: ""}), 640, 360, assets / "fonts")
        assert not np.array_equal(full, without), name


@pytest.mark.parametrize("size", [(16, 16), (64, 36), (1080, 1920), (2048, 858)])
def test_any_text_at_any_size_stays_inside_the_card(assets: Path, size: tuple[int, int]) -> None:
    card = protocol.CardText("X" * 300, "word " * 900, "渡輪🎬" * 300, "9" * 200)
    picture = slate.draw_card(card, *size, assets / "fonts")
    assert picture.shape == (size[1], size[0], 3)
    margin = max(1, size[0] // 100)
    assert (picture[:, -margin:] == picture[0, 0]).all(), "nothing reaches the right edge"


def test_without_the_shipped_face_there_is_still_text(tmp_path: Path) -> None:
    picture = slate.draw_card(CARD, 320, 180, tmp_path / "no fonts")
    assert (picture > 200).sum() > 200


def test_wrapping_keeps_every_word_or_says_that_it_does_not() -> None:
    rows = slate.wrapped("one two three four five", 3, lambda text: len(text) <= 9)
    assert rows == ["one two", "three", "four five"]
    rows = slate.wrapped("one two three four five six", 2, lambda text: len(text) <= 9)
    assert len(rows) == 2 and rows[-1].endswith("…") and all(len(row) <= 9 for row in rows)
    assert slate.wrapped("incomprehensibilities", 1, lambda text: len(text) <= 9) == ["incompre…"]


@pytest.mark.parametrize("changes", [{"frames": -3}, {"frames": 10_000_000}, {"engine_frames": 0}, {"width": 95}])
def test_what_cannot_be_made_is_refused_and_leaves_nothing(
    tmp_path: Path, assets: Path, changes: dict[str, int]
) -> None:
    with pytest.raises(BadInput):
        make(tmp_path, assets, **changes)
    assert list(tmp_path.iterdir()) == []


def test_stopping_leaves_nothing(tmp_path: Path, assets: Path) -> None:
    assert make(tmp_path, assets, Listener(stop_after=5), frames=500) == Stopped(0)
    assert list(tmp_path.iterdir()) == []
