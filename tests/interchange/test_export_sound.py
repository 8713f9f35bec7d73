"""The sound of an exported movie."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.errors import ProjectError, StudioError
from studio.interchange import movie, read_back
from studio.interchange.encoder import Encoder
from studio.interchange.shown_cut import ShownCut
from studio.project.sound_time import sample_of
from studio.project.timing import FrameRate
from tests.interchange.cuts import HEIGHT, RATE, WIDTH, a_cut, a_film, a_lane, a_sound, an_event, heard


def a_loud_cut(folder: Path, frames: int = 24, rate: FrameRate = RATE, **lane: object) -> ShownCut:
    sound = a_sound(folder, 6, 9600, rate=rate)
    return a_cut([an_event(1, frames)], (), a_film(rate), lanes=(a_lane(**lane),), sounds=(sound,))


@pytest.mark.parametrize("rate", [FrameRate(24), FrameRate(24000, 1001), FrameRate(30000, 1001), FrameRate(60)])
def test_the_sound_is_exactly_as_long_as_the_film(tmp_path: Path, rate: FrameRate) -> None:
    facts = read_back.movie_facts(movie.export_movie(a_loud_cut(tmp_path, 31, rate), tmp_path / "film.mp4"))
    assert (facts.frames, facts.sound) == (31, sample_of(31, rate))


def test_a_clip_is_heard_where_it_stands_and_nowhere_else(tmp_path: Path) -> None:
    found = heard(movie.export_movie(a_loud_cut(tmp_path), tmp_path / "film.mp4"))
    loud = np.abs(found).max(1)
    assert loud[12000 + 500: 12000 + 9000].max() == pytest.approx(8000 / 32768, rel=0.1)
    assert max(loud[:11000].max(), loud[12000 + 9600 + 1100:].max()) < 0.003


@pytest.mark.parametrize("rate", [FrameRate(24), FrameRate(24000, 1001), FrameRate(30000, 1001)])
def test_a_click_stays_with_its_picture(tmp_path: Path, rate: FrameRate) -> None:
    click = sample_of(20, rate) - sample_of(6, rate)
    sound = a_sound(tmp_path, 6, 48000, rate=rate, click=click)
    cut = a_cut([an_event(1, 40)], (), a_film(rate), lanes=(a_lane(),), sounds=(sound,))
    found = np.abs(heard(movie.export_movie(cut, tmp_path / "film.mp4"))).max(1)
    assert int(np.argmax(found > 0.2)) == pytest.approx(sample_of(20, rate), abs=4)


def test_a_cut_in_which_nothing_is_heard_has_no_sound_track(tmp_path: Path) -> None:
    muted = a_loud_cut(tmp_path, mute=True, audible=False)
    behind = a_cut([an_event(1, 5)], lanes=(a_lane(),), sounds=(a_sound(tmp_path, 5, 4800),))
    for name, cut in (("muted", muted), ("behind", behind)):
        assert read_back.movie_facts(movie.export_movie(cut, tmp_path / f"{name}.mp4")).sound is None


def test_a_sound_longer_than_the_film_ends_with_it(tmp_path: Path) -> None:
    cut = a_cut([an_event(1, 10)], lanes=(a_lane(),), sounds=(a_sound(tmp_path, 2, 48000),))
    facts = read_back.movie_facts(movie.export_movie(cut, tmp_path / "film.mp4"))
    assert facts.sound == sample_of(10, RATE)


def test_a_sound_whose_file_is_gone_is_named_unless_it_is_muted(tmp_path: Path) -> None:
    gone = replace(a_sound(tmp_path, 0, 4800), source_samples=0)
    cut = a_cut([an_event(1, 5)], lanes=(a_lane(),), sounds=(gone,))
    with pytest.raises(ProjectError, match="sound voice is missing"):
        movie.export_movie(cut, tmp_path / "film.mp4")
    assert not (tmp_path / "film.mp4").exists()
    silenced = replace(cut, lanes=(a_lane(mute=True, audible=False),))
    assert movie.export_movie(silenced, tmp_path / "film.mp4").exists()


def test_a_movie_whose_sound_is_missing_is_found_out(tmp_path: Path) -> None:
    cut = a_loud_cut(tmp_path)
    out = movie.export_movie(replace(cut, sounds=()), tmp_path / "film.mp4")
    with pytest.raises(read_back.ReadBackDiffers, match="its sound is None, not 48000"):
        read_back.check_movie(cut, out)


def test_stopping_an_export_with_sound_leaves_nothing_behind(tmp_path: Path) -> None:
    cut = a_loud_cut(tmp_path, 240)
    out = tmp_path / "out" / "film.mp4"
    asked = iter([False, False, True])
    with pytest.raises(movie.ExportStopped):
        movie.export_movie(cut, out, should_stop=lambda: next(asked))
    assert list(out.parent.iterdir()) == []


def test_sound_that_fails_on_its_way_fails_the_export(tmp_path: Path) -> None:
    def broken() -> object:
        yield bytes(8 * 4800)
        raise StudioError("The disk went away.")

    with pytest.raises(StudioError, match="went away"), \
            Encoder(tmp_path / "film.mp4", WIDTH, HEIGHT, RATE, "01:00:00:00", broken()) as encoder:
        for _ in range(12):
            encoder.write(np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8))
    assert list(tmp_path.iterdir()) == []


def test_the_end_of_the_encoder_does_not_wait_for_endless_sound(tmp_path: Path) -> None:
    def endless() -> object:
        while True:
            yield bytes(8 * 48000)

    with pytest.raises(RuntimeError, match="the window was closed"), \
            Encoder(tmp_path / "film.mp4", WIDTH, HEIGHT, RATE, "01:00:00:00", endless()):
        raise RuntimeError("the window was closed")
    assert list(tmp_path.iterdir()) == []
