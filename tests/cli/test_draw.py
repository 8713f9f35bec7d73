"""generate, render and takes with a runtime that is scripted: what was asked for, and how each ending is told."""

from __future__ import annotations

import json
import shlex
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from model_runtime import protocol
from studio import app
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.commands import job as job_commands
from studio.project.commands import shot as shot_commands
from tests.builders import a_job
from tests.calls import Answer, call, everything
from tests.fakes import FakeRuntime

Draw = Callable[[FakeRuntime, protocol.Generate], None]


class Scripted(FakeRuntime):
    """Answers by itself, but draws as the test says."""

    def __init__(self, jobs: Path, serve: str, drawing: Draw | None) -> None:
        super().__init__(jobs, serve=serve, automatic=True)
        self._drawing = drawing

    def _draw(self, wish: protocol.Generate) -> None:
        if self._drawing is None:
            super()._draw(wish)
        else:
            self.say(protocol.Accepted(wish.job, wish.attempt))
            self._drawing(self, wish)


@pytest.fixture
def runtimes(monkeypatch: pytest.MonkeyPatch) -> list[Scripted]:
    """Every runtime the commands made, in order; each draws by itself."""
    return scripted(monkeypatch, None)


def scripted(monkeypatch: pytest.MonkeyPatch, drawing: Draw | None) -> list[Scripted]:
    made: list[Scripted] = []

    def runtime(serve: str, *, media: Path, jobs: Path) -> Scripted:
        made.append(Scripted(jobs, serve, drawing))
        return made[-1]

    monkeypatch.setattr(app, "runtime", runtime)
    return made


def shots(film: Path) -> list[dict]:
    return call("shots", film, "--json").ok().json


def takes(film: Path, shot: object) -> list[dict]:
    return call("takes", film, "--shot", shot, "--json").ok().json


def test_a_generated_take_is_listed_with_its_file_state_and_recipe(board: Path, runtimes: list[Scripted]) -> None:
    said = call("generate", board, "--shot", "1_0010", "--seed", "5").ok()
    (take,) = takes(board, 1)
    assert {"id", "file", "state", "recipe"} <= set(take)
    assert take["state"] == "chosen" and take["recipe"]["seed"] == 5 and take["recipe"]["engine"] == "sketch"
    assert take["file"].startswith("media/") and (board / take["file"]).is_file() and take["file"] in said.out
    assert shots(board)[0]["chosen_take"] == take["id"] and shots(board)[0]["state"] == "has_takes"


def test_the_list_for_people_shows_the_same(board: Path, runtimes: list[Scripted]) -> None:
    assert "no take yet" in call("takes", board, "--shot", 1).ok().out
    call("generate", board, "--shot", 1).ok()
    assert takes(board, 1)[0]["file"] in call("takes", board, "--shot", 1).ok().out
    assert "has takes" in call("shots", board).ok().out


def test_two_takes_are_two_takes_and_the_first_stays_chosen(board: Path, runtimes: list[Scripted]) -> None:
    call("generate", board, "--shot", 2, "--takes", 2, "--seed", 40).ok()
    assert [(take["seed"], take["state"]) for take in takes(board, 2)] == [(40, "chosen"), (41, "none")]


def test_a_still_is_a_panel_and_the_next_take_begins_with_it(board: Path, runtimes: list[Scripted]) -> None:
    call("generate", board, "--shot", 1, "--still").ok()
    assert takes(board, 1) == [] and shots(board)[0]["panels"] == 1
    call("generate", board, "--shot", 1).ok()
    assert takes(board, 1)[0]["recipe"]["first_frame"]
    call("generate", board, "--shot", 1, "--no-panel").ok()
    assert takes(board, 1)[1]["recipe"]["first_frame"] is None


def test_a_first_frame_comes_from_a_file(board: Path, tmp_path: Path, runtimes: list[Scripted]) -> None:
    Image.new("RGB", (192, 108), (10, 60, 90)).save(tmp_path / "first.png")
    call("generate", board, "--shot", 1, "--first-frame", tmp_path / "first.png").ok()
    given = takes(board, 1)[0]["recipe"]["first_frame"]
    assert (board / "media" / given["name"]).is_file() and given["name"].startswith(given["hash"])


def test_render_draws_what_is_missing_and_a_second_one_nothing(board: Path, runtimes: list[Scripted]) -> None:
    call("generate", board, "--shot", 2).ok()
    said = call("render", board).ok()
    assert [shot["takes"] for shot in shots(board)] == [1, 1, 1] and "1_0020" not in said.out
    assert "no shot is without a take" in call("render", board, "--missing").ok().out
    assert [shot["takes"] for shot in shots(board)] == [1, 1, 1]


def test_one_scene_is_drawn_in_panels_or_in_takes(board: Path, runtimes: list[Scripted]) -> None:
    call("render", board, "--panels", "--scene", 1).ok()
    assert [(shot["panels"], shot["takes"]) for shot in shots(board)] == [(1, 0), (1, 0), (0, 0)]
    assert "no shot is without a picture" in call("render", board, "--panels", "--scene", 1).ok().out
    call("render", board, "--scene", 2).ok()
    assert [shot["takes"] for shot in shots(board)] == [0, 0, 1]
    call("render", board, "--out-of-date", "--scene", 2).refused("--scene")
    call("render", board, "--scene", 9).refused("'9'")


def test_a_render_with_nothing_to_draw_starts_no_runtime(board: Path, runtimes: list[Scripted]) -> None:
    call("render", board).ok()
    runtimes.clear()
    call("render", board).ok()
    assert [runtime.starts for runtime in runtimes] == [0, 0]


def test_out_of_date_shots_are_a_choice_of_their_own_and_approved_ones_are_left_alone(
    board: Path, runtimes: list[Scripted]
) -> None:
    call("render", board).ok()
    project, ids = OpenProject.open(board), [shot["id"] for shot in shots(board)]
    for one in ids[:2]:
        project.run(shot_commands.edit_shot, one, size="medium shot")
    project.run(shot_commands.approve_shot, ids[1], True)
    project.close()
    assert "no shot is without a take" in call("render", board).ok().out
    call("render", board, "--out-of-date").ok()
    assert [len(takes(board, one)) for one in ids] == [2, 1, 1]


def failed(runtime: FakeRuntime, wish: protocol.Generate) -> None:
    sentence, hint = "The shot does not fit into memory.", "Make it shorter."
    runtime.say(protocol.Failed(wish.job, wish.attempt, "memory", sentence, hint))


def waiting(runtime: FakeRuntime, wish: protocol.Generate) -> None:
    runtime.say(protocol.Waiting(wish.job, wish.attempt, "There is no space left in jobs."))


def lost_for_good(runtime: FakeRuntime, wish: protocol.Generate) -> None:
    runtime.lose(given_up=True)


@pytest.mark.parametrize(
    ("drawing", "words"),
    [
        (failed, ("does not fit into memory", "Make it shorter")),
        (waiting, ("no space left in jobs", "run the same command again")),
        (lost_for_good, ("frames",)),
    ],
)
def test_each_bad_ending_is_a_sentence_and_costs_no_take(
    board: Path, monkeypatch: pytest.MonkeyPatch, drawing: Draw, words: tuple[str, ...]
) -> None:
    call("generate", board, "--shot", 2, "--engine", "slate").ok()
    scripted(monkeypatch, drawing)
    answer: Answer = call("generate", board, "--shot", 1).refused(*words)
    assert "Traceback" not in answer.out
    assert takes(board, 1) == [] and len(takes(board, 2)) == 1


@pytest.mark.parametrize("drawing", [waiting, lost_for_good])
def test_a_job_that_was_kept_is_drawn_by_the_next_render(
    board: Path, monkeypatch: pytest.MonkeyPatch, drawing: Draw
) -> None:
    scripted(monkeypatch, drawing)
    call("render", board).refused()
    scripted(monkeypatch, None)
    call("render", board).ok()
    assert [shot["takes"] for shot in shots(board)] == [1, 1, 1]


def test_stopped_in_the_middle_it_says_what_is_kept_and_how_to_give_it_up(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripted(monkeypatch, lambda runtime, wish: signal.raise_signal(signal.SIGINT))
    kept = call("generate", board, "--shot", 1).refused("Ctrl+C", "1 kept", "next command that draws", "cancel")
    call("cancel", *shlex.split(kept.err.partition("shotwright cancel ")[2])).ok()
    scripted(monkeypatch, None)
    call("generate", board, "--shot", 2).ok()
    assert [shot["takes"] for shot in shots(board)] == [0, 1, 0]


def test_one_failed_shot_does_not_keep_the_others_from_theirs(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first: list[str] = []

    def first_fails(runtime: FakeRuntime, wish: protocol.Generate) -> None:
        first.append(wish.job)
        if len(first) == 1:
            failed(runtime, wish)
        else:
            runtime.finish(wish)

    scripted(monkeypatch, first_fails)
    call("render", board).refused("does not fit into memory")
    assert sorted(shot["takes"] for shot in shots(board)) == [0, 1, 1]


def test_a_fault_while_waiting_becomes_a_crash_file(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(runtime: FakeRuntime, wish: protocol.Generate) -> None:
        raise ZeroDivisionError("a fault in a slot")

    scripted(monkeypatch, fault)
    answer = call("generate", board, "--shot", 1)
    assert answer.status == 1 and "a fault in a slot" in answer.err and "crash-" in answer.err
    assert takes(board, 1) == []


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--engine", "crayon"), "crayon"), (("--seed", -1), "-1"), (("--takes", 0), "0 takes"),
        (("--takes", 100_000), "100000 takes"), (("--steps", -2), "-2"),
        (("--engine", "slate", "--last-frame", "p.png"), "last frame"),
        (("--first-frame", "text.png"), "text.png"), (("--first-frame", "gone.png"), "gone.png"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_in_a_sentence(
    board: Path, tmp_path: Path, runtimes: list[Scripted], words: tuple[object, ...], named: str
) -> None:
    (tmp_path / "text.png").write_text("not a picture")
    Image.new("RGB", (64, 36)).save(tmp_path / "p.png")
    given = [tmp_path / word if str(word).endswith(".png") else word for word in words]
    call("generate", board, "--shot", 1, *given).refused(named)
    assert [shot["state"] for shot in shots(board)] == ["empty"] * 3


def test_an_empty_shot_is_refused_and_nothing_changes(board: Path, runtimes: list[Scripted]) -> None:
    call("add-shot", board).ok()
    before = everything(board)
    call("generate", board, "--shot", 4).refused("nothing to draw")
    assert everything(board) == before


def test_a_shot_longer_than_the_engine_draws_is_refused(board: Path, runtimes: list[Scripted]) -> None:
    call("add-shot", board, "--prompt", "a long walk", "--frames", 96).ok()
    call("generate", board, "--shot", 4).refused("96", "50")


def test_emoji_and_chinese_reach_the_recipe(board: Path, runtimes: list[Scripted]) -> None:
    call("generate", board, "--shot", 3).ok()
    assert takes(board, 3)[0]["recipe"]["draft"] == "船が出る 🚢"


def test_a_lost_or_broken_file_is_found_by_check(board: Path, runtimes: list[Scripted]) -> None:
    call("render", board).ok()
    files = [board / takes(board, n)[0]["file"] for n in (1, 2)]
    files[0].unlink()
    files[1].write_bytes(files[1].read_bytes() + b"x")
    answer = call("check", board).refused("media/")
    told = answer.out + answer.err
    assert files[0].name in told and files[1].name in told
    report = json.loads(call("check", board, "--json").out)
    assert not report["whole"] and {problem["file"] for problem in report["problems"]} == {
        f"media/{file.name}" for file in files}


def test_a_job_given_up_is_tried_again_by_the_next_render(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripted(monkeypatch, waiting)
    call("render", board).refused()
    project = OpenProject.open(board)
    for card in project.ask(queries.live_jobs):
        project.run(job_commands.set_job, card.id, state="interrupted", sentence="The runtime was lost 2 times.")
    project.close()
    scripted(monkeypatch, None)
    call("render", board).ok()
    assert [shot["takes"] for shot in shots(board)] == [1, 1, 1]


def test_a_shot_whose_last_try_failed_is_still_out_of_date(
    board: Path, runtimes: list[Scripted], monkeypatch: pytest.MonkeyPatch
) -> None:
    call("generate", board, "--shot", 1, "--engine", "slate").ok()
    project = OpenProject.open(board)
    shot = project.ask(queries.shot_cards)[0].id
    project.run(shot_commands.edit_shot, shot, action="runs")
    job = a_job(project, shot)
    project.run(job_commands.set_job, job, state="failed", sentence="Out of memory.")
    project.close()
    assert shots(board)[0]["state"] == "failed"
    call("render", board, "--out-of-date", "--engine", "slate").ok()
    assert len(takes(board, 1)) == 2
