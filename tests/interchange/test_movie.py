from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.errors import ProjectError, Refused, StudioError
from studio.interchange import movie, pictures, read_back
from studio.interchange.otio_formats import export_otio
from studio.interchange.shown_cut import stretches
from studio.project.timing import FrameRate
from tests.interchange.cuts import HEIGHT, WIDTH, a_cut, a_film, a_take, an_event, grey, grey_of, luma_frames

NTSC = FrameRate(24000, 1001)


def test_every_frame_of_the_movie_is_the_frame_the_cut_names(tmp_path: Path) -> None:
    first, second = a_take(tmp_path, 1, 20), a_take(tmp_path, 2, 30)
    cut = a_cut([an_event(1, 14, first, take_in=4), an_event(2, 30, second), an_event(1, 5, first)], [first, second])
    out = movie.export_movie(cut, tmp_path / "film.mp4")
    expected = [grey_of(1, k) for k in range(4, 18)] + [grey_of(2, k) for k in range(30)] + [
        grey_of(1, k) for k in range(5)]
    shown = [grey(plane) for plane in luma_frames(out)]
    assert len(shown) == len(expected) == 49
    assert max(abs(a - b) for a, b in zip(shown, expected, strict=True)) < 1.4


def test_a_start_deep_in_a_long_take_is_exact(tmp_path: Path) -> None:
    take = a_take(tmp_path, 1, 90)
    out = movie.export_movie(a_cut([an_event(1, 6, take, take_in=71)], [take]), tmp_path / "film.mp4")
    shown = [grey(plane) for plane in luma_frames(out)]
    assert shown == pytest.approx([grey_of(1, k) for k in range(71, 77)], abs=1.4)


@pytest.mark.parametrize("rate", [FrameRate(24), NTSC, FrameRate(25), FrameRate(30000, 1001), FrameRate(60000, 1001)])
def test_the_movie_says_what_it_is(tmp_path: Path, rate: FrameRate) -> None:
    take = a_take(tmp_path, 1, 9, rate=rate)
    cut = a_cut([an_event(1, 9, take), an_event(2, 4)], [take], a_film(rate))
    facts = read_back.movie_facts(movie.export_movie(cut, tmp_path / "film.mp4"))
    assert (facts.frames, facts.rate, facts.width, facts.height) == (13, rate.fraction, WIDTH, HEIGHT)
    assert (facts.colours, facts.pixels, facts.profile) == ("bt709", "yuv420p", "High")
    assert facts.timecode == "01:00:00:00"


def test_a_shot_without_a_take_shows_a_card_as_long_as_it_is(tmp_path: Path) -> None:
    take = a_take(tmp_path, 1, 4)
    cut = a_cut([an_event(1, 4, take), an_event(2, 7)], [take])
    planes = luma_frames(movie.export_movie(cut, tmp_path / "film.mp4"))
    assert len(planes) == 11
    assert planes[5].astype(int).std() > 5 and np.abs(planes[5].astype(int) - planes[10]).mean() < 1


def test_where_a_take_is_too_short_its_last_frame_is_held_and_the_length_holds(tmp_path: Path) -> None:
    take = a_take(tmp_path, 1, 10)
    cut = a_cut([an_event(1, 16, take, take_in=2)], [take])
    assert [(s.film_frame, s.frames, s.piece.held) for s in stretches(cut)] == [(0, 8, False), (8, 8, True)]
    shown = [grey(plane) for plane in luma_frames(movie.export_movie(cut, tmp_path / "film.mp4"))]
    assert shown == pytest.approx([grey_of(1, k) for k in [*range(2, 10), *[9] * 8]], abs=1.4)


def test_a_take_of_another_size_covers_the_frame_without_stretching(tmp_path: Path) -> None:
    take = a_take(tmp_path, 1, 3, size=(144, 108))
    plane = luma_frames(movie.export_movie(a_cut([an_event(1, 3, take)], [take]), tmp_path / "film.mp4"))[1]
    assert plane.shape == (HEIGHT, WIDTH)
    assert plane[:, :22].min() > 200 and plane[:, 28:].max() < 200  # 18 columns of white, enlarged by 4/3


def test_a_flopped_event_is_mirrored(tmp_path: Path) -> None:
    take = a_take(tmp_path, 1, 3)
    plane = luma_frames(movie.export_movie(a_cut([an_event(1, 3, take, flop=True)], [take]), tmp_path / "f.mp4"))[0]
    assert plane[:, -20:].min() > 200 > plane[:, :20].max()


def test_half_speed_holds_each_frame_twice(tmp_path: Path) -> None:
    take = a_take(tmp_path, 1, 5)
    out = movie.export_movie(a_cut([an_event(1, 8, take, speed=(1, 2))], [take]), tmp_path / "film.mp4")
    expected = [grey_of(1, k) for k in (0, 0, 1, 1, 2, 2, 3, 3)]
    assert [grey(plane) for plane in luma_frames(out)] == pytest.approx(expected, abs=1.4)


def test_a_take_at_an_older_rate_keeps_its_speed(tmp_path: Path) -> None:
    take = a_take(tmp_path, 1, 12, rate=FrameRate(24))
    cut = a_cut([an_event(1, 25, take)], [take], a_film(FrameRate(48)))
    shown = [grey(plane) for plane in luma_frames(movie.export_movie(cut, tmp_path / "film.mp4"))]
    assert shown == pytest.approx([grey_of(1, min(k // 2, 11)) for k in range(25)], abs=1.4)


def test_an_empty_cut_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no shot"):
        movie.export_movie(a_cut([]), tmp_path / "film.mp4")


def test_stopping_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "out" / "film.mp4"
    out.parent.mkdir()
    out.write_bytes(b"the movie of yesterday")
    asked = iter([False, False, True])
    with pytest.raises(movie.ExportStopped):
        movie.export_movie(a_cut([an_event(1, 9)]), out, should_stop=lambda: next(asked))
    assert out.read_bytes() == b"the movie of yesterday" and list(out.parent.iterdir()) == [out]


def test_a_broken_take_is_named_and_leaves_no_file(tmp_path: Path) -> None:
    take = a_take(tmp_path, 1, 9)
    take.media.write_bytes(b"not a movie")
    with pytest.raises(ProjectError, match="shot 1 take") as caught:
        movie.export_movie(a_cut([an_event(1, 9, take)], [take]), tmp_path / "film.mp4")
    assert "shotwright check" in caught.value.hint
    assert [path.name for path in tmp_path.iterdir()] == [take.media.name]


def test_an_odd_size_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="191x108 is odd"):
        movie.export_movie(a_cut([an_event(1, 3)], (), a_film(width=191)), tmp_path / "film.mp4")


def test_progress_counts_every_frame(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    movie.export_movie(a_cut([an_event(1, 5)]), tmp_path / "film.mp4", lambda *counts: seen.append(counts))
    assert seen == [(n, 5) for n in range(1, 6)]


def test_the_same_cut_gives_the_same_frames(tmp_path: Path) -> None:
    take = a_take(tmp_path, 1, 12)
    cut = a_cut([an_event(1, 12, take), an_event(2, 3)], [take])
    first, second = (luma_frames(movie.export_movie(cut, tmp_path / name)) for name in ("a.mp4", "b.mp4"))
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


def test_a_movie_that_lost_a_frame_is_found_out(tmp_path: Path) -> None:
    out = movie.export_movie(a_cut([an_event(1, 5)]), tmp_path / "film.mp4")
    with pytest.raises(read_back.ReadBackDiffers, match="its frames is 5, not 6"):
        read_back.check_movie(a_cut([an_event(1, 6)]), out)


def test_colours_survive_the_way_into_planes() -> None:
    for colour, luma in (((255, 255, 255), 235), ((0, 0, 0), 16), ((255, 0, 0), 63), ((0, 255, 0), 173)):
        planes = pictures.from_rgb(Image.new("RGB", (8, 8), colour))
        assert planes.shape == (12, 8) and planes[0, 0] == luma


@pytest.mark.parametrize(("hold", "frame"), [("first", 4), ("last", 9)])
def test_an_event_that_holds_shows_one_frame_as_long_as_it_is(tmp_path: Path, hold: str, frame: int) -> None:
    take = a_take(tmp_path, 1, 12)
    cut = a_cut([replace(an_event(1, 6, take, take_in=4), hold=hold)], [take])
    out = movie.export_movie(cut, tmp_path / "film.mp4")
    assert [grey(plane) for plane in luma_frames(out)] == pytest.approx([grey_of(1, frame)] * 6, abs=1.4)
    export_otio(cut, tmp_path / "film.otio")


def test_a_panel_that_is_broken_is_named(tmp_path: Path) -> None:
    (tmp_path / "panel.png").write_text("no picture")
    with pytest.raises(ProjectError, match=r"panel\.png of shot 1_0010"):
        cut = a_cut([an_event(1, 3, panel="panel_1", picture=tmp_path / "panel.png")])
        movie.export_movie(cut, tmp_path / "film.mp4")


def test_a_take_that_is_a_link_out_of_the_film_is_not_followed(tmp_path: Path) -> None:
    take = a_take(tmp_path, 1, 4)
    take.media.rename(tmp_path / "elsewhere.mp4")
    take.media.symlink_to(tmp_path / "elsewhere.mp4")
    with pytest.raises(ProjectError, match="link to another place"):
        movie.export_movie(a_cut([an_event(1, 4, take)], [take]), tmp_path / "film.mp4")
    assert not (tmp_path / "film.mp4").exists()


@pytest.mark.parametrize(("typed", "written"), [
    ("1:0:0:0", "01:00:00:00"), ("01:00:00.00", "01:00:00;00"), ("01:00:00:00", "01:00:00:00"),
])
def test_the_movie_begins_at_the_films_timecode_however_that_was_typed(
    tmp_path: Path, typed: str, written: str
) -> None:
    cut = a_cut([an_event(1, 2)], film=a_film(FrameRate(30000, 1001), start=typed))
    assert read_back.movie_facts(movie.export_movie(cut, tmp_path / "film.mp4")).timecode == written
