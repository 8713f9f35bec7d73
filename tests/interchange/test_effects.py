"""What events and panels ask for is baked into the exported movie."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.interchange import cut_pictures, movie, pictures
from studio.project.cut_cards import PanelShown, Stroke
from studio.project.shown import WHOLE
from tests.interchange.cuts import (
    HEIGHT,
    WIDTH,
    a_cut,
    a_drawing,
    a_drawn_take,
    a_film,
    a_take,
    an_event,
    grey,
    grey_of,
    luma_frames,
)

CORNER = (0.5, 0.5, 0.5, 0.5)


def exported(folder: Path, *args: object, **other: object) -> list[np.ndarray]:
    return luma_frames(movie.export_movie(a_cut(*args, **other), folder / "film.mp4"))


def greys(planes: list[np.ndarray]) -> list[float]:
    return [grey(plane) for plane in planes]


def baked(*args: object) -> list[pictures.Planes]:
    """The pictures before they are encoded."""
    return list(cut_pictures.cut_pictures(a_cut(*args)))


@pytest.mark.parametrize(("speed", "wanted"), [
    ((-1, 1), list(range(40, 10, -1))),
    ((-2, 1), list(range(40, 0, -2))),
    ((-1, 2), [40 - (k + 1) // 2 for k in range(30)]),
])
def test_an_event_plays_backwards_over_groups_of_pictures(
    tmp_path: Path, speed: tuple[int, int], wanted: list[int]
) -> None:
    take = a_take(tmp_path, 1, 48)
    shown = exported(tmp_path, [an_event(1, len(wanted), take, take_in=40, speed=speed)], [take])
    assert greys(shown) == pytest.approx([grey_of(1, k) for k in wanted], abs=1.6)


def test_backwards_past_the_head_holds_the_first_frame(tmp_path: Path) -> None:
    take = a_take(tmp_path, 1, 6)
    shown = exported(tmp_path, [an_event(1, 9, take, take_in=7, speed=(-1, 1))], [take])
    assert greys(shown) == pytest.approx([grey_of(1, k) for k in (5, 5, 5, 4, 3, 2, 1, 0, 0)], abs=1.4)


def test_backwards_only_a_few_pictures_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take = a_take(tmp_path, 1, 120)
    most, decode = 0, pictures._decoded

    def counted(*args: object) -> object:
        nonlocal most
        found = list(decode(*args))
        most = max(most, len(found))
        return iter(found)

    monkeypatch.setattr(pictures, "_decoded", counted)
    assert [number for number, _ in pictures.frames_of(take.media, range(119, -1, -1))] == list(range(119, -1, -1))
    assert most == 12


def test_an_odd_speed_is_exact_over_a_whole_take(tmp_path: Path) -> None:
    take = a_take(tmp_path, 1, 30)
    step = Fraction(7, 5)
    shown = exported(tmp_path, [an_event(1, 21, take, speed=(7, 5), take_phase=Fraction(1, 5))], [take])
    assert greys(shown) == pytest.approx([grey_of(1, int(Fraction(1, 5) + f * step)) for f in range(21)], abs=1.6)


def test_a_framing_of_everything_changes_no_bit(tmp_path: Path) -> None:
    take = a_drawn_take(tmp_path, 1, 3)
    plain = baked([an_event(1, 3, take)], [take])
    framed = baked([an_event(1, 3, take, framing_start=WHOLE, framing_end=WHOLE)], [take])
    decoded = [pictures.planes_of(frame) for _, frame in pictures.frames_of(take.media, range(3))]
    assert all(np.array_equal(a, b) and np.array_equal(a, c) for a, b, c in zip(plain, framed, decoded, strict=True))


def test_a_framing_enlarges_the_part_it_names(tmp_path: Path) -> None:
    take = a_take(tmp_path, 1, 2)  # white in the leftmost eighth, else grey
    left = (0.0, 0.25, 0.5, 0.5)
    (planes, _) = baked([an_event(1, 2, take, framing_start=left, framing_end=left)], [take])
    row = planes[HEIGHT // 2]
    assert row[: WIDTH // 4 - 3].min() > 225 and row[WIDTH // 4 + 3: WIDTH].max() < 200


def test_a_move_goes_on_between_pixels(tmp_path: Path) -> None:
    """A slow pan moves a little at every frame; whole pixels would stand still and jump."""
    take = a_drawn_take(tmp_path, 1, 1)
    start, end = (0.1, 0.1, 0.8, 0.8), (0.1 + 3 / WIDTH, 0.1, 0.8, 0.8)
    event = an_event(1, 13, take, hold="first", framing_start=start, framing_end=end)
    shown = [planes[:HEIGHT].astype(float) for planes in baked([event], [take])]
    steps = [np.abs(a - b).mean() for a, b in pairwise(shown)]
    assert min(steps) > 0.5 * max(steps)


def test_flop_mirrors_what_the_framing_shows(tmp_path: Path) -> None:
    take = a_drawn_take(tmp_path, 1, 1)
    plain, mirrored = (baked([an_event(1, 1, take, framing_start=CORNER, framing_end=CORNER, flop=flop)], [take])[0]
                       for flop in (False, True))
    assert np.array_equal(pictures.flopped(plain), mirrored)


def test_panels_stand_in_order_as_long_as_they_should(tmp_path: Path) -> None:
    panels = []
    for n, (shade, frames) in enumerate(((60, 3), (120, 2), (200, 4))):
        Image.new("RGB", (WIDTH, HEIGHT), (shade,) * 3).save(tmp_path / f"{n}.png")
        panels.append(PanelShown(f"panel_{n}", tmp_path / f"{n}.png", frames))
    shown = exported(tmp_path, [an_event(1, 11, panels=tuple(panels))])
    assert greys(shown) == pytest.approx([60] * 3 + [120] * 2 + [200] * 6, abs=1.4)


def test_a_panel_alone_is_shown_itself_and_not_on_a_card(tmp_path: Path) -> None:
    a_drawing(1, 4).save(tmp_path / "panel.png")
    (planes,) = baked([an_event(1, 1, panel="panel_1", picture=tmp_path / "panel.png")])
    assert np.array_equal(planes, pictures.from_rgb(a_drawing(1, 4)))


def test_lines_drawn_on_a_panel_are_seen_and_move_with_it(tmp_path: Path) -> None:
    Image.new("RGB", (WIDTH, HEIGHT), "black").save(tmp_path / "panel.png")
    across = Stroke("pencil", ((0.5, 0.75), (0.75, 0.75)), 0.06, "#FFFFFF")
    panel = PanelShown("panel_1", tmp_path / "panel.png", 2, strokes=(across,))
    plain, _ = baked([an_event(1, 2, panels=(panel,))])
    assert plain[round(0.75 * HEIGHT), round(0.6 * WIDTH)] > 225 and plain[HEIGHT // 2, WIDTH // 2] < 20
    close, _ = baked([an_event(1, 2, panels=(panel,), framing_start=CORNER, framing_end=CORNER, flop=True)])
    row = close[HEIGHT // 2, :WIDTH]
    assert row[-round(0.45 * WIDTH):].min() > 225 and row[: round(0.4 * WIDTH)].max() < 20


def test_a_tall_panel_is_panned_down_without_stretching(tmp_path: Path) -> None:
    tall = Image.new("RGB", (WIDTH, 3 * HEIGHT))
    for n, shade in enumerate((40, 120, 200)):
        tall.paste((shade,) * 3, (0, n * HEIGHT, WIDTH, (n + 1) * HEIGHT))
    tall.save(tmp_path / "tall.png")
    panel = PanelShown("panel_1", tmp_path / "tall.png", 5, (0.0, 0.0, 1.0, 1 / 3), (0.0, 2 / 3, 1.0, 1 / 3))
    shown = greys(exported(tmp_path, [an_event(1, 5, panels=(panel,))]))
    assert (shown[0], shown[2], shown[4]) == pytest.approx((40, 120, 200), abs=1.4)


def test_a_small_panel_and_a_large_one_cover_the_frame(tmp_path: Path) -> None:
    for size in ((40, 40), (2000, 700)):
        Image.new("RGB", size, (200, 200, 200)).save(tmp_path / "panel.png")
        (planes,) = baked([an_event(1, 1, panel="panel_1", picture=tmp_path / "panel.png")], (), a_film())
        assert planes.shape == (HEIGHT * 3 // 2, WIDTH) and np.ptp(planes[:HEIGHT]) == 0
