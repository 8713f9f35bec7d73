"""Every example from its board to a take of each shot: public commands, real runtime, engine `slate`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from studio import assets
from studio.cli.board import read_board, steps
from tests.whole import films
from tests.whole.films import shotwright

pytestmark = [pytest.mark.whole, pytest.mark.process, pytest.mark.timeout(600)]

FERRY = "the-last-ferry"
"""It has a file of its own."""
NAMES = sorted({board.parent.name for board in assets.examples().glob("*/board.toml")} - {FERRY})


@pytest.mark.parametrize("name", NAMES)
def test_every_shot_of_an_example_is_drawn(name: str, tmp_path: Path) -> None:
    film, board = tmp_path / name, assets.examples() / name / "board.toml"
    for step in steps(read_board(board), film):
        done = shotwright(*step)
        assert done.returncode == 0, done.stderr
    done = shotwright("render", film, "--engine", "slate")
    assert done.returncode == 0, done.stderr
    wanted = [shot for scene in tomllib.loads(board.read_text())["scenes"] for shot in scene["shots"]]
    made = films.shots(film)
    assert [shot["frames"] for shot in made] == [shot["frames"] for shot in wanted]
    assert {shot["state"] for shot in made} == {"has_takes"}
