"""What is said of takes, and what they were made of."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from studio.open_project import OpenProject
from studio.project import queries
from tests.builders import a_movie, a_take
from tests.calls import call, everything


@pytest.fixture
def twice(taken: Path, tmp_path: Path) -> Path:
    """The board with two generated takes and one brought in on its first shot."""
    with closing(OpenProject.open(taken)) as project:
        a_take(project, project.ask(queries.find_shot, "1"), seed=8, width=192, height=108)
    call("import-take", taken, a_movie(tmp_path / "phone.mp4", 8, (192, 108)), "--shot", 1).ok()
    return taken


def states(film: Path) -> list[str]:
    found: list[dict[str, Any]] = call("takes", film, "--shot", 1, "--json").ok().json
    return [take["state"] for take in found]


def test_a_take_is_chosen_starred_and_rejected(twice: Path) -> None:
    assert call("choose", twice, "--shot", 1, "--take", "v002").ok().out == "1_0010: take v002 is chosen.\n"
    call("star", twice, "1_0010/3").ok()
    call("reject", twice, "1_0010/1").ok()
    assert states(twice) == ["rejected", "chosen", "starred"]
    call("star", twice, "1_0010/3", "--off").ok()
    call("reject", twice, "1_0010/1", "--off").ok()
    assert states(twice) == ["none", "chosen", "none"]


def test_info_tells_every_input_and_what_differs(twice: Path) -> None:
    said = call("info", twice, "1_0010", "--against", "1_0010/2").ok().out
    assert said.startswith("Take v001 of 1_0010\n") and "Sketch" in said
    assert said.endswith("What differs from take v002:\nSeed: 7 and 8\n")
    told = call("info", twice, "1_0010/2", "--against", "1_0010/1", "--json").ok().json
    assert told["info"]["Seed"] == "8" and told["differences"] == ["seed: 8 and 7"]
    for word in ("weights", "latents", "denois"):
        assert word not in said.lower()


def test_info_of_a_take_that_was_brought_in_tells_of_its_file(twice: Path) -> None:
    told = call("info", twice, "1_0010/3", "--json").ok().json
    assert told["info"]["Came"] == "brought in from a file" and "Seed" not in told["info"]
    assert "differences" not in told


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("choose", "--shot", "1", "--take", "9"), "Its takes: 1, 2, 3."),
        (("choose", "--shot", "1", "--take", "1", "--panel", "1"), "--panel"),
        (("choose", "--shot", "1", "--take", ""), "no take ''"),
        (("star", "1_0020/1"), "Its takes: none"),
        (("star", "take_x"), "take_x"),
        (("reject", "1_0010/1"), "chosen take cannot be rejected"),
        (("info", "1_0010", "--against", "1_0010/3"), "v003 was brought in"),
        (("info", "2"), "of which shot"),
        (("info", "1_0020"), "no chosen take"),
    ],
)
def test_what_cannot_be_said_of_a_take_is_refused(twice: Path, words: tuple[str, ...], named: str) -> None:
    before = everything(twice)
    call(words[0], twice, *words[1:]).refused(named)
    assert everything(twice) == before
