import tomllib
from pathlib import Path

import pytest

from studio import assets
from studio.cli.board import read_board, steps
from studio.errors import BadValue, NotFound
from tests.calls import call

EXAMPLE = assets.examples() / "the-last-ferry"


def words() -> dict[str, list[str]]:
    return tomllib.loads((assets.folder() / "prompts" / "sketch.toml").read_text())["words"]


def test_the_example_is_what_it_says_it_is() -> None:
    board = read_board(EXAMPLE / "board.toml")
    shots = [shot for scene in board.scenes for shot in scene["shots"]]
    assert board.film["size"] == "1280x720" and board.film["rate"] == "24"
    assert [(scene["location"], scene["time"], scene["weather"]) for scene in board.scenes] == [
        ("pier", "night", "rain"), ("ferry deck", "dawn", "clear")]
    assert 8 <= len(shots) <= 12 and all(24 <= shot["frames"] <= 50 for shot in shots)
    assert f"{sum(shot['frames'] for shot in shots)} frames" in (EXAMPLE / "README.md").read_text()


def test_the_example_speaks_in_words_the_sketch_engine_knows() -> None:
    known, board = words(), read_board(EXAMPLE / "board.toml")
    for scene in board.scenes:
        assert all(scene[field] in known[field] for field in ("location", "time", "weather"))
        for shot in scene["shots"]:
            assert shot["size"] in known["size"] and shot["move"] in known["move"]
            for subject in shot["subjects"]:
                name, side, facing, action = subject.split(":")
                assert side in known["side"] and facing in known["facing"] and action in known["action"]
                assert name in shot["prompt"]


def test_the_steps_are_public_commands_in_the_order_of_the_board(tmp_path: Path) -> None:
    found = steps(read_board(EXAMPLE / "board.toml"), tmp_path)
    mara = ["add-subject", "add-change", *["add-view"] * 4, "add-change", *["add-view"] * 2]
    assert [step[0] for step in found] == [
        "new", *mara, "add-subject", *["add-view"] * 4, "add-scene", *["add-shot"] * 6, "add-scene", *["add-shot"] * 4,
        "expand"]
    assert all(str(tmp_path) in step for step in found)
    front = str(EXAMPLE / "references" / "mara-front.png")
    assert found[3] == ("add-view", str(tmp_path), "@mara", front, "--view", "front", "--change", "1")
    scene = next(place for place, step in enumerate(found) if step[0] == "add-scene")
    assert found[scene + 1][:4] == ("add-shot", str(tmp_path), "--scene", "1")
    assert found[-2][-4:] == ("--subject", "@mara:left:left:waving", "--subject", "@jon:right:left:standing")
    assert found[-1] == ("expand", "--film", str(tmp_path), "--all", "--accept")


def test_a_board_that_is_not_there_or_not_toml_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"gone\.toml"):
        read_board(tmp_path / "gone.toml")
    (tmp_path / "board.toml").write_text("film = [")
    with pytest.raises(BadValue, match=r"board\.toml cannot be read"):
        read_board(tmp_path / "board.toml")
    (tmp_path / "board.toml").write_text("[[scenes]]\nlocation = 'pier'")
    with pytest.raises(BadValue, match="has no heading"):
        read_board(tmp_path / "board.toml")


def test_a_shot_keeps_every_word_of_the_camera(board: Path) -> None:
    known = words()
    said = [{name: known[name][place % len(known[name])] for name in ("size", "angle", "move")} for place in range(9)]
    for shot in said:
        call("add-shot", board, *(part for name, word in shot.items() for part in (f"--{name}", word))).ok()
    kept = call("shots", board, "--json").ok().json[-len(said) :]
    assert [{name: shot[name] for name in ("size", "angle", "move")} for shot in kept] == said
