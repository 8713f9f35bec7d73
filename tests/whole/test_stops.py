"""Stopped in the middle, asked for what cannot be: the film stays whole, and the next run goes on."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from studio.open_project import OpenProject
from studio.project.commands import shot
from tests.calls import call, everything
from tests.whole import films

pytestmark = [pytest.mark.whole, pytest.mark.process]

SHOTS = 4


@pytest.fixture
def film(tmp_path: Path, qapp: object) -> Path:
    """Four shots, each long enough that a stop comes in between."""
    folder = tmp_path / "film"
    call("new", folder, "--size", "640x360").ok()
    call("add-scene", folder, "--heading", "EXT. PIER - NIGHT").ok()
    for number in range(SHOTS):
        call("add-shot", folder, "--prompt", f"shot {number}", "--frames", 50).ok()
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
    call("check", film).ok()
    call("render", film, "--engine", "slate").ok()
    assert counts(film) == [1] * SHOTS


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals between processes")
def test_a_kill_loses_nothing_that_was_finished(film: Path) -> None:
    assert after_first_take(film, signal.SIGKILL).returncode == -signal.SIGKILL
    before = counts(film)
    assert sum(before) >= 1
    call("render", film, "--engine", "slate").ok()
    assert counts(film) == [1] * SHOTS and not list((film / "jobs").iterdir())
    call("check", film).ok()


def test_a_wish_that_cannot_be_is_refused_in_a_sentence(film: Path, tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("not a picture")
    before = everything(film)
    for words in (("--seed", "-1"), ("--takes", "0"), ("--steps", "-4"), ("--first-frame", tmp_path / "text.png"),
                  ("--first-frame", tmp_path / "gone.png")):
        call("generate", film, "--shot", "1", "--engine", "slate", *words).refused(Path(words[1]).name)
    call("generate", film, "--shot", "1", "--engine", "crayon").refused("crayon")
    call("render", film, "--missing", "--out-of-date").refused("--out-of-date")
    assert everything(film) == before


def test_several_takes_count_their_seeds_up_and_a_still_is_a_panel(film: Path) -> None:
    call("generate", film, "--shot", "2", "--engine", "slate", "--takes", "2", "--seed", "7").ok()
    assert [take["seed"] for take in films.takes(film, "2")] == [7, 8]
    assert "Panel 1" in call("generate", film, "--shot", "3", "--engine", "slate", "--still").ok().out
    assert counts(film) == [0, 2, 0, 0] and films.shots(film)[2]["state"] == "has_panels"


def test_an_approved_shot_is_left_alone(film: Path) -> None:
    project = OpenProject.open(film)
    project.run(shot.approve_shot, films.shots(film)[1]["id"], True)
    project.close()
    call("render", film, "--engine", "slate").ok()
    assert counts(film) == [1, 0, 1, 1]
