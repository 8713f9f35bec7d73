"""Lines drawn by hand, as they look on the picture."""

import numpy as np
from PIL import Image

from studio.interchange.strokes import painted
from studio.project.cut_cards import Stroke

WHITE = "#FFFFFF"


def drawn(*strokes: Stroke, size: tuple[int, int] = (200, 100)) -> np.ndarray:
    """How light each pixel is, on black."""
    return np.asarray(painted(Image.new("RGB", size), strokes).convert("L"))


def width_at(picture: np.ndarray, across: int) -> int:
    return int((picture[:, across] > 127).sum())


def test_a_line_is_as_wide_as_its_part_of_the_pictures_height() -> None:
    line = Stroke("pencil", ((0.1, 0.5), (0.9, 0.5)), 0.1, WHITE)
    assert width_at(drawn(line), 100) == 10
    assert width_at(drawn(line, size=(600, 300)), 300) == 30


def test_a_line_begins_and_ends_round_at_its_points() -> None:
    picture = drawn(Stroke("pencil", ((0.2, 0.5), (0.5, 0.5), (0.8, 0.5)), 0.2, WHITE))
    lit = np.flatnonzero(picture[50] > 127)
    assert (lit[0], lit[-1]) == (30, 169)  # half the width beyond the points at 40 and 160
    assert width_at(picture, 34) < 20 == width_at(picture, 100)


def test_one_point_is_a_dot() -> None:
    picture = drawn(Stroke("pencil", ((0.5, 0.5),), 0.2, WHITE))
    assert abs(int((picture > 127).sum()) - 314) < 12


def test_an_arrows_head_is_at_its_last_point_and_wider_than_its_line() -> None:
    picture = drawn(Stroke("arrow", ((0.1, 0.5), (0.9, 0.5)), 0.06, WHITE))
    lit = np.flatnonzero(picture[50] > 127)
    assert abs(lit[-1] - 180) <= 2
    assert width_at(picture, 100) == 6 and width_at(picture, 157) >= 18


def test_a_tremor_at_the_end_does_not_turn_the_arrow() -> None:
    hand = Stroke("arrow", ((0.1, 0.5), (0.5, 0.5), (0.898, 0.5), (0.9, 0.52)), 0.05, WHITE)
    rows = np.flatnonzero((drawn(hand)[:, 157:180] > 127).any(1))
    assert abs(rows.mean() - 51) < 2


def test_an_arrow_shorter_than_it_is_wide_is_still_an_arrow() -> None:
    picture = drawn(Stroke("arrow", ((0.4, 0.5), (0.5, 0.5)), 0.25, WHITE))
    lit = np.flatnonzero(picture.max(0) > 127)
    assert abs(lit[-1] - 100) <= 2 and width_at(picture, 84) > 2 * width_at(picture, 79)


def test_colour_and_the_picture_beside_the_lines_are_kept() -> None:
    ground = Image.new("RGB", (20, 10), (10, 20, 30))
    picture = painted(ground, [Stroke("pencil", ((0.0, 0.5), (0.5, 0.5)), 0.4, "#E8A33D")])
    assert picture.getpixel((5, 5)) == (0xE8, 0xA3, 0x3D) and picture.getpixel((19, 1)) == (10, 20, 30)
