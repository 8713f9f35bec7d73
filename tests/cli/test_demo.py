"""The example's folder: made whole or not at all, and never over something else."""

from pathlib import Path

import pytest

from studio import app, assets
from studio.cli import demo, film
from studio.errors import ProjectError, StudioError
from studio.settings import Settings
from tests.calls import call, everything


@pytest.fixture(autouse=True)
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")


def test_the_example_is_made_by_the_public_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    demo.begin_example(tmp_path / "ferry")
    assert "2 scenes, 10 shots, 400 frames" in capsys.readouterr().out
    shots = call("shots", tmp_path / "ferry", "--json").ok().json
    assert [shot["number"] for shot in shots] == [
        *(f"1_{n:03}0" for n in range(1, 7)), *(f"2_{n:03}0" for n in range(1, 5))]
    assert shots[5]["subjects"] == ["@mara", "@jon"] and shots[4]["dialogue"] == "MARA: Wait for me."
    assert len(list((tmp_path / "ferry" / "media").glob("*.png"))) >= 10
    for place, hood in ((2, True), (9, False)):
        (prompt,) = call("expansions", tmp_path / "ferry", "--shot", place, "--json").ok().json
        assert prompt["used"] and ("hood up" in prompt["text"]) is hood
        told = call("references", tmp_path / "ferry", "--shot", place, "--json").ok().json
        assert [one["view"] for one in told["sent"]] == ["front", "face"]
    assert [path.name for path in tmp_path.iterdir()] == ["ferry"]


def test_a_film_that_is_there_stays_as_it_is(board: Path) -> None:
    before = everything(board)
    demo.begin_example(board)
    assert everything(board) == before


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    call("demo", tmp_path).refused(str(tmp_path))
    call("demo", tmp_path / "notes.txt").refused("notes.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "ferry").mkdir()
    demo.begin_example(tmp_path / "ferry")
    assert (tmp_path / "ferry" / "project.sqlite").is_file()


def test_a_failure_on_the_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(film, "placing", lambda text: (_ for _ in ()).throw(StudioError("The tide is out.", "Wait.")))
    call("demo", tmp_path / "ferry").refused("The tide is out")
    assert not list(tmp_path.iterdir())


def test_without_the_examples_it_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "PACKAGE", tmp_path / "installed" / "studio")
    call("demo", tmp_path / "ferry").refused("projects_examples")


def test_a_film_held_elsewhere_opens_for_looking(board: Path) -> None:
    with app.build(board), app.build_for_looking_or_work(board) as second:
        assert not second.project.writable
    with app.build_for_looking_or_work(board) as alone:
        assert alone.project.writable


def test_a_folder_that_is_no_film_is_refused_for_looking_too(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="no film"):
        app.build_for_looking_or_work(tmp_path)
    call(tmp_path / "gone").refused("gone")


def test_without_a_film_the_start_screen_opens_unless_the_last_film_is_wished_for(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path | None] = []
    monkeypatch.setattr(app, "show", lambda folder, settings, make_example: opened.append(folder) or 0)
    call(board).ok()
    Settings().remember_film(board)
    call().ok()
    Settings()["opens_last"] = True
    call().ok()
    assert opened == [board, None, board.resolve()]


def test_a_closed_studio_lets_the_next_one_write(board: Path) -> None:
    for _ in range(2):
        with app.build(board) as studio:
            assert studio.project.writable and studio.frames.state == studio.words.state == "stopped"
