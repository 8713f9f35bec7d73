"""The viewer's picture and the exported movie's frame are the same picture, whatever the event asks for."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from studio.interchange import movie
from studio.interchange.shown_cut import ShownCut
from studio.project.cut_cards import PanelShown, Stroke
from studio.project.grade import Grade
from studio.project.shown import STILL
from studio.ui.parts.pictures import read_covering
from studio.ui.viewer.clip_reader import ClipReader
from studio.ui.viewer.graded import graded
from studio.ui.viewer.plate import Plate, paint_plate
from studio.ui.viewer.sequence import PlayList, Wanted, event_stretch
from tests.interchange.cuts import HEIGHT, WIDTH, a_cut, a_drawing, a_drawn_take, an_event

PART = (0.3, 0.2, 0.5, 0.5)
LARGE = (0.0, 0.1, 0.9, 0.9)
LINES = (
    Stroke("arrow", ((0.2, 0.7), (0.4, 0.3), (0.7, 0.4)), 0.03, "#3D8BE8"),
    Stroke("pencil", ((0.35, 0.8), (0.6, 0.75), (0.65, 0.6)), 0.02, "#1E1E1E"),
)
WARMER = Grade((1.15, 1.0, 0.85), (0.02, 0.0, -0.03), (0.9, 1.0, 1.1))
EFFECTS = {
    "as it was taken": {},
    "flopped": {"flop": True},
    "reframed": {"framing_start": PART, "framing_end": PART},
    "moving, eased": {"framing_start": LARGE, "framing_end": PART, "ease": "both"},
    "moving, flopped": {"framing_start": PART, "framing_end": LARGE, "ease": "in", "flop": True},
    "first held": {"take_in": 3, "hold": "first"},
    "last held": {"take_in": 3, "hold": "last"},
    "slow": {"speed_den": 2},
    "fast": {"speed_num": 3, "speed_den": 2},
    "backwards": {"take_in": 13, "speed_num": -1},
    "slowly backwards, past the head": {"take_in": 2, "speed_num": -1, "speed_den": 2},
    "longer than the take": {"take_in": 9},
    "graded": {"grade": WARMER},
    "graded, flopped and reframed": {"grade": WARMER, "flop": True, "framing_start": PART, "framing_end": PART},
}
FRAMES = 10
LIGHT = np.array([0.2126, 0.7152, 0.0722])
"""How much of a colour is seen as light (BT.709)."""


def pixels(image: QImage) -> np.ndarray:
    rgb = image.convertToFormat(QImage.Format.Format_RGBX8888)
    return np.array(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.width(), 4)[..., :3].astype(float)


def decoded(wanted: Wanted, readers: dict[Path, ClipReader]) -> QImage:
    if wanted.take_frame == STILL:
        return graded(read_covering(wanted.source, 4 * WIDTH, 4 * HEIGHT), wanted.grade)
    reader = readers.setdefault(wanted.source, ClipReader(wanted.source))
    return graded(dict(reader.pictures(wanted.take_frame, QSize()))[wanted.take_frame], wanted.grade)


def on_screen(cut: ShownCut) -> list[np.ndarray]:
    played = PlayList(event_stretch(event, None, cut.film.rate) for event in cut.events)
    readers: dict[Path, ClipReader] = {}
    found = []
    for frame in range(played.frames):
        shown = played.shown(frame)
        canvas = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        painter = QPainter(canvas)
        paint_plate(painter, QRectF(0, 0, WIDTH, HEIGHT), Plate(decoded(shown.wanted, readers), shown.frame))
        painter.end()
        found.append(pixels(canvas))
    for reader in readers.values():
        reader.close()
    return found


def exported(cut: ShownCut, out: Path) -> list[np.ndarray]:
    reader = ClipReader(movie.export_movie(cut, out))
    found = [pixels(dict(reader.pictures(frame, QSize()))[frame]) for frame in range(cut.frames)]
    reader.close()
    return found


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    """Signal to noise in decibels."""
    return float(10 * np.log10(255**2 / max(1e-9, ((one - other) ** 2).mean())))


def agree(cut: ShownCut, folder: Path) -> None:
    """Every frame is the same picture on both ways, and none could be taken for the one after it."""
    viewer, film = on_screen(cut), exported(cut, folder / "film.mp4")
    alike = [likeness(one, other) for one, other in zip(viewer, film, strict=True)]
    light = [likeness(one @ LIGHT, other @ LIGHT) for one, other in zip(viewer, film, strict=True)]
    # A picture that lay half a pixel aside would be near 30. Colours have less: a movie halves their planes.
    assert min(light) > 35 and min(alike) > 27, (light, alike)
    for frame, (one, following) in enumerate(pairwise(viewer)):
        if np.abs(one - following).mean() > 1:
            assert likeness(one, film[frame + 1]) < alike[frame] - 3, f"frame {frame} could be frame {frame + 1}"


@pytest.mark.parametrize("effect", EFFECTS.values(), ids=EFFECTS)
def test_a_take_looks_the_same(tmp_path: Path, effect: dict[str, object]) -> None:
    take = a_drawn_take(tmp_path, 1, 14)
    agree(a_cut([replace(an_event(1, FRAMES, take), **effect)], [take]), tmp_path)


def test_a_take_of_another_size_and_aspect_looks_the_same(tmp_path: Path) -> None:
    take = a_drawn_take(tmp_path, 1, 6, (240, 200))
    events = [an_event(1, 6, take), an_event(1, 6, take, framing_start=LARGE, framing_end=PART, flop=True)]
    agree(a_cut(events, [take]), tmp_path)


@pytest.mark.parametrize("size", [(WIDTH, HEIGHT), (300, 300), (2 * WIDTH, 3 * HEIGHT)])
@pytest.mark.parametrize(
    "effect",
    [{}, {"flop": True, "framing_start": LARGE, "framing_end": PART, "ease": "out"}],
    ids=["as it is", "moving"],
)
def test_a_panel_with_lines_on_it_looks_the_same(
    tmp_path: Path, size: tuple[int, int], effect: dict[str, object]
) -> None:
    a_drawing(2, 3, size).save(tmp_path / "panel.png")
    panel = PanelShown("panel_1", tmp_path / "panel.png", 4, strokes=LINES)
    agree(a_cut([an_event(1, 4, panels=(panel,), **effect)]), tmp_path)


def test_panels_with_moves_of_their_own_look_the_same(tmp_path: Path) -> None:
    a_drawing(2, 3, (WIDTH, 3 * HEIGHT)).save(tmp_path / "tall.png")
    down = PanelShown("panel_1", tmp_path / "tall.png", 4, (0.0, 0.0, 1.0, 0.34), (0.0, 0.66, 1.0, 0.34), LINES)
    agree(a_cut([an_event(1, 7, panels=(down, replace(down, frames=3)), framing_start=LARGE)]), tmp_path)
