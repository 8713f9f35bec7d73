"""The examples' boards say only what the sketch engine can draw, and name what lies beside them."""

import tomllib
from pathlib import Path

import pytest

from studio import assets

BOARDS = sorted(assets.examples().glob("*/board.toml"))
WORDS = tomllib.loads((assets.folder() / "prompts" / "sketch.toml").read_text())["words"]


@pytest.mark.parametrize("board", BOARDS, ids=[one.parent.name for one in BOARDS])
def test_a_board_is_written_in_words_the_sketch_engine_knows(board: Path) -> None:
    content = tomllib.loads(board.read_text())
    kinds = {one["name"]: one["kind"] for one in content["subjects"]}
    for scene in content["scenes"]:
        for field in ("location", "time", "weather"):
            assert scene[field] in WORDS[field], scene[field]
        for shot in scene["shots"]:
            assert shot["size"] in WORDS["size"] and shot["move"] in WORDS["move"]
            for subject in shot.get("subjects", ()):
                name, side, facing, action = subject.split(":")
                known = WORDS["action"] if kinds[name] == "character" else WORDS["motion"]
                assert side in WORDS["side"] and facing in WORDS["facing"] and action in known


@pytest.mark.parametrize("board", BOARDS, ids=[one.parent.name for one in BOARDS])
def test_what_a_board_and_its_readme_name_is_there(board: Path) -> None:
    content, readme = tomllib.loads(board.read_text()), (board.parent / "README.md").read_text()
    for subject in content["subjects"]:
        of_changes = [file for change in subject.get("changes", ()) for file in change.get("views", {}).values()]
        pictures = [*subject.get("images", ()), *subject.get("views", {}).values(), *of_changes]
        assert all((board.parent / one).stat().st_size < 40_000 for one in pictures)
    assert content["film"]["title"] in readme and "Apache-2.0" in readme
    shots = sum(len(scene["shots"]) for scene in content["scenes"])
    frames = sum(shot["frames"] for scene in content["scenes"] for shot in scene["shots"])
    assert f"{frames} frames" in readme and 6 <= shots <= 10
