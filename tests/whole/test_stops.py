"""Stopped in the middle, asked for what cannot be: the film stays whole, and the next run goes on."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.whole import films
from tests.whole.films import shotwright

pytestmark = [pytest.mark.whole, pytest.mark.process]

SHOTS = 4


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Four shots, each long enough that a stop comes in between."""
    folder = tmp_path / "film"
    assert shotwright("new", folder, "--size", "640x360").returncode == 0
    assert shotwright("add-scene", folder, "--heading", "EXT. PIER - NIGHT").returncode == 0
    for number in range(SHOTS):
        done = shotwright("add-shot", folder, "--prompt", f"shot {number}", "--frames", 50)
        assert done.returncode == 0, done.stderr
    return folder


def after_first_take(film: Path, sent: signal.Signals) -> subprocess.CompletedProcess[str]:
    """Render the film, and send the signal when the first take is there."""
    process = subprocess.Popen(films.command("render", film, "--engine", "slate"), cwd=films.ROOT, env=films.alone(),
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1)
    assert process.stdout is not None and process.stderr is not None
    said = ""
    while "done" not in said:
        line = process.stdout.readline()
        assert line, said + process.stderr.read()
        said += line
    process.send_signal(sent)
    out, err = process.communicate(timeout=60)
    return subprocess.CompletedProcess(process.args, process.returncode, said + out, err)


def counts(film: Path) -> list[int]:
    return [shot["takes"] for shot in films.shots(film)]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals between processes")
def test_ctrl_c_ends_with_a_sentence_and_the_next_run_goes_on(film: Path) -> None:
    stopped = after_first_take(film, signal.SIGINT)
    assert stopped.returncode == 1 and "Traceback" not in stopped.stderr
    assert stopped.stderr.startswith("Stopped by Ctrl+C: ")
    assert 1 <= sum(counts(film)) < SHOTS
    assert shotwright("check", film).returncode == 0
    again = shotwright("render", film, "--engine", "slate")
    assert again.returncode == 0, again.stderr
    assert counts(film) == [1] * SHOTS


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals between processes")
def test_a_kill_loses_nothing_that_was_finished(film: Path) -> None:
    assert after_first_take(film, signal.SIGKILL).returncode == -signal.SIGKILL
    before = counts(film)
    assert sum(before) >= 1
    again = shotwright("render", film, "--engine", "slate")
    assert again.returncode == 0, again.stderr
    assert counts(film) == [1] * SHOTS and not list((film / "jobs").iterdir())
    assert shotwright("check", film).returncode == 0


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--engine", "crayon"], "crayon"), (["--engine", "slate", "--seed", "-1"], "-1"),
        (["--engine", "slate", "--takes", "0"], "0 takes"), (["--engine", "slate", "--steps", "-4"], "-4"),
        (["--engine", "slate", "--first-frame", "text.png"], "text.png"),
        (["--engine", "slate", "--first-frame", "gone.png"], "gone.png"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_in_a_sentence(
    film: Path, tmp_path: Path, words: list[str], named: str
) -> None:
    (tmp_path / "text.png").write_text("not a picture")
    given = [str(tmp_path / word) if word.endswith(".png") else word for word in words]
    done = shotwright("generate", film, "--shot", "1", *given)
    assert done.returncode == 1 and named in done.stderr and "Traceback" not in done.stderr, done.stderr
    assert len(done.stderr.splitlines()) == 2
    assert counts(film) == [0] * SHOTS and {shot["state"] for shot in films.shots(film)} == {"empty"}


def test_several_takes_count_their_seeds_up_and_a_still_is_a_panel(film: Path) -> None:
    done = shotwright("generate", film, "--shot", "2", "--engine", "slate", "--takes", "2", "--seed", "7")
    assert done.returncode == 0, done.stderr
    assert [take["seed"] for take in films.takes(film, "2")] == [7, 8]
    still = shotwright("generate", film, "--shot", "3", "--engine", "slate", "--still")
    assert still.returncode == 0 and "Panel 1" in still.stdout, still.stderr
    assert counts(film) == [0, 2, 0, 0] and films.shots(film)[2]["state"] == "has_panels"


def test_an_approved_shot_is_left_alone(film: Path) -> None:
    from studio.open_project import OpenProject
    from studio.project.commands import shot

    project = OpenProject.open(film)
    project.run(shot.approve_shot, films.shots(film)[1]["id"], True)
    project.close()
    assert shotwright("render", film, "--engine", "slate").returncode == 0
    assert counts(film) == [1, 0, 1, 1]
