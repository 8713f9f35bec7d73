"""The Last Ferry from its board to the cut: real studio, real runtime, engine `slate`."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from tests.calls import call
from tests.whole import films
from tests.whole.films import shotwright

pytestmark = [pytest.mark.whole, pytest.mark.process, pytest.mark.timeout(600)]

FRAMES = [48, 36, 40, 34, 30, 48, 48, 36, 30, 50]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory, qapp: object) -> Path:
    folder = tmp_path_factory.mktemp("a place with spaces") / "the-last-ferry"
    done = shotwright("demo", folder, "--engine", "slate")
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(folder / "exports" / "film.mp4") in done.stdout and str(folder / "exports" / "film.otio") in done.stdout
    return folder


def test_every_shot_has_one_take_of_its_own_length(film: Path) -> None:
    board = films.shots(film)
    assert [shot["frames"] for shot in board] == FRAMES
    assert {shot["state"] for shot in board} == {"has_takes"}
    for shot in board:
        (take,) = films.takes(film, shot["id"])
        assert take["id"] == shot["chosen_take"] and take["state"] == "chosen"
        assert take["engine"] == take["recipe"]["engine"] == "slate" and (film / take["file"]).is_file()
        assert (take["width"], take["height"], take["frames"]) == (1280, 720, shot["frames"])
    assert len({take["reel"] for shot in board for take in films.takes(film, shot["id"])}) == len(board)


def test_the_movie_is_the_cut_frame_by_frame(film: Path) -> None:
    movie = films.pictures(film / "exports" / "film.mp4")
    for clip in films.clips(film / "exports" / "film.otio"):
        take = list(films.pictures(clip.movie))[clip.take_frame :][: clip.frames]
        shown = [next(movie) for _ in range(clip.frames)]
        assert films.psnr(shown[0], take[0]) > 30 and films.psnr(shown[-1], take[-1]) > 30
    assert next(movie, None) is None


def test_every_clip_of_the_timeline_opens_and_lies_inside_its_file(film: Path) -> None:
    found = films.clips(film / "exports" / "film.otio")
    assert [clip.frames for clip in found] == FRAMES
    for clip in found:
        assert clip.movie.parent.resolve() == (film / "media").resolve()
        assert clip.take_frame >= 0 and clip.take_frame + clip.frames <= len(films.fingerprints(clip.movie))


def test_a_second_run_draws_nothing_and_exports_the_same_frames(film: Path) -> None:
    media = {path.name: path.stat().st_mtime_ns for path in (film / "media").glob("*.mp4")}
    before = films.fingerprints(film / "exports" / "film.mp4")
    done = shotwright("demo", film, "--engine", "slate", "--out", film / "again")
    assert done.returncode == 0, done.stderr
    assert "Nothing to draw" in done.stdout
    assert {path.name: path.stat().st_mtime_ns for path in (film / "media").glob("*.mp4")} == media
    assert films.fingerprints(film / "again" / "film.mp4") == before and len(before) == sum(FRAMES)


def test_the_film_is_found_whole(film: Path) -> None:
    assert call("check", film, "--json").ok().json["files"] >= len(FRAMES) + 2


def test_no_runtime_is_left_running_and_no_job_folder_stays(film: Path) -> None:
    assert not list((film / "jobs").iterdir())


def test_the_script_beside_the_board_makes_the_same_film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its commands run inside this process here, up to the drawing, which no engine of that name can do."""
    script = runpy.run_path(str(films.ROOT / "projects_examples" / "the-last-ferry" / "make_film.py"))

    def here(words: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
        assert words[1:4] == ["-P", "-m", "studio"]
        return subprocess.CompletedProcess(words, call(*words[4:]).status)

    monkeypatch.setattr(sys, "argv", ["make_film.py", str(tmp_path / "film"), "crayon"])
    monkeypatch.setattr(subprocess, "run", here)
    assert script["main"]() == 1
    assert [shot["frames"] for shot in films.shots(tmp_path / "film")] == FRAMES
