"""The options of generate that work on takes, hold drawings, and leave things out; what each becomes on the wire."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

from model_runtime import protocol
from tests.builders import a_movie
from tests.calls import call, everything
from tests.cli.test_draw import Scripted, runtimes, scripted, takes
from tests.fakes import FakeRuntime

__all__ = ["runtimes"]


@pytest.fixture(scope="module")
def once_drawn(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of three shots with a take of 18 frames on each of the first two, and a panel on the first."""
    film = tmp_path_factory.mktemp("drawn") / "film"
    call("new", film, "--size", "192x108").ok()
    call("add-scene", film, "--heading", "EXT. PIER - NIGHT").ok()
    for frames in (8, 6):
        call("add-shot", film, "--prompt", "a woman walks", "--frames", frames).ok()
    call("add-scene", film, "--heading", "EXT. FERRY DECK - DAWN").ok()
    call("add-shot", film, "--prompt", "the ferry leaves", "--frames", 5).ok()
    with pytest.MonkeyPatch.context() as patch:
        scripted(patch, None)
        call("generate", film, "--shot", 1, "--still").ok()
        for shot in (1, 2):
            call("generate", film, "--shot", shot, "--no-panel").ok()
    return film


@pytest.fixture
def drawn(once_drawn: Path, tmp_path: Path, runtimes: list[Scripted]) -> Path:
    """A copy of it, for a test to change."""
    return Path(shutil.copytree(once_drawn, tmp_path / "film"))


def sent(runtimes: list[Scripted]) -> protocol.Generate:
    return [one for runtime in runtimes for one in runtime.of(protocol.Generate)][-1]


def spans(request: protocol.Generate) -> list[tuple[int, int, int]]:
    return [(one.first, one.count, one.file_first) for one in request.given]


def undoable(film: Path) -> list[str]:
    return [line for line in everything(film) if 'INTO "journal_step"' in line]


def mask(tmp_path: Path, size: tuple[int, int] = (192, 108)) -> Path:
    Image.new("L", size, 255).save(tmp_path / "mask.png")
    return tmp_path / "mask.png"


def test_a_take_is_extended_at_either_end(drawn: Path, runtimes: list[Scripted]) -> None:
    call("generate", drawn, "--shot", 1, "--extend", 1, "--by", 10).ok()
    assert spans(sent(runtimes)) == [(0, 9, 0)] and sent(runtimes).engine_frames == 17
    call("generate", drawn, "--shot", 1, "--extend", takes(drawn, 1)[0]["id"], "--head").ok()
    assert spans(sent(runtimes)) == [(16, 9, 0)] and sent(runtimes).engine_frames == 25
    made = takes(drawn, 1)[-1]
    assert made["recipe"]["work"]["name"] == "take v001 extended at its head" and made["head"] > 32


def test_a_bridge_names_takes_of_other_shots(drawn: Path, runtimes: list[Scripted]) -> None:
    first, second = (takes(drawn, shot)[0]["file"].partition("/")[2] for shot in (1, 2))
    for named in ("1_0010/1,1_0020/v001", "1_0010,1_0020"):
        call("generate", drawn, "--shot", 3, "--bridge", named).ok()
        assert [one.file.name for one in sent(runtimes).given] == [first, second]


def test_a_range_is_redone(drawn: Path, runtimes: list[Scripted]) -> None:
    call("generate", drawn, "--shot", 1, "--redo", "1:2-5").ok()
    head = takes(drawn, 1)[0]["head"]
    kept = {number for first, count, _ in spans(sent(runtimes)) for number in range(first, first + count)}
    assert set(range(9)) - kept == set(range((2 + head) // 2, (5 + head) // 2 + 1))


def test_the_chosen_take_or_panel_is_redrawn_where_a_mask_is_light(
    drawn: Path, tmp_path: Path, runtimes: list[Scripted]
) -> None:
    call("generate", drawn, "--shot", 1, "--mask", mask(tmp_path)).ok()
    assert sent(runtimes).mask is not None and spans(sent(runtimes)) == [(0, 9, 0)]
    call("generate", drawn, "--shot", 1, "--still", "--mask", mask(tmp_path)).ok()
    assert sent(runtimes).kind == "still" and sent(runtimes).given[0].file.name.endswith(".png")
    call("generate", drawn, "--shot", 2, "--mask", mask(tmp_path), "--inpaint", "1_0010/1").ok()
    assert takes(drawn, 2)[-1]["recipe"]["work"]["source"] == takes(drawn, 1)[0]["id"]


def test_a_panel_of_another_shot_is_worked_on_too(drawn: Path, runtimes: list[Scripted]) -> None:
    call("generate", drawn, "--shot", 2, "--still", "--restyle", "1_0010/1").ok()
    assert sent(runtimes).kind == "still" and sent(runtimes).given[0].file.name.endswith(".png")
    call("generate", drawn, "--shot", 3, "--still", "--restyle", "1_0010/2").refused("1_0010 has no panel '2'")


def test_a_take_is_restyled_and_a_loop_drawn(drawn: Path, runtimes: list[Scripted]) -> None:
    call("generate", drawn, "--shot", 1, "--restyle", "v001").ok()
    assert sent(runtimes).strength == 0.6
    call("generate", drawn, "--shot", 1, "--restyle", 1, "--strength", 0.25).ok()
    assert sent(runtimes).strength == 0.25
    call("generate", drawn, "--shot", 2, "--loop").ok()
    assert sent(runtimes).loop and not sent(runtimes).given


def test_a_guide_is_kept_at_the_films_rate(drawn: Path, tmp_path: Path, runtimes: list[Scripted]) -> None:
    a_movie(tmp_path / "lines.mp4", 30, (192, 108), rate=30)
    call("generate", drawn, "--shot", 2, "--guide", tmp_path / "lines.mp4", "--guide-strength", 0.5).ok()
    guide = sent(runtimes).guide
    assert guide is not None and sent(runtimes).guide_strength == 0.5
    assert takes(drawn, 2)[-1]["recipe"]["guide"]["name"] == guide.name


def test_pictures_of_the_cast_are_sent_unless_they_are_not_wanted(
    board: Path, tmp_path: Path, runtimes: list[Scripted]
) -> None:
    Image.new("P", (60, 90), 3).save(tmp_path / "jon.png")
    call("add-subject", board, "@jon", "--kind", "character", "--image", tmp_path / "jon.png").ok()
    call("add-shot", board, "--prompt", "@jon waits", "--frames", 8, "--subject", "@jon:left:right:waiting").ok()
    call("generate", board, "--shot", 4).ok()
    assert [one.subject for one in sent(runtimes).references] == ["@jon"]
    call("generate", board, "--shot", 4, "--no-references").ok()
    assert sent(runtimes).references == ()


def test_what_is_converted_or_left_out_is_said(board: Path, tmp_path: Path, runtimes: list[Scripted]) -> None:
    Image.new("CMYK", (400, 400), (0, 90, 90, 0)).save(tmp_path / "first.tif")
    said = call("generate", board, "--shot", 1, "--first-frame", tmp_path / "first.tif").ok().out
    assert "first.tif has printing colours (CMYK) and is kept as RGB." in said
    assert "400x400 is cropped to the film's 192x108" in said


# --- held ----------------------------------------------------------------------------------------------------------


def holds(runtime: FakeRuntime, wish: protocol.Generate) -> None:
    if not wish.stop_at:
        runtime.finish(wish)
        return
    assert runtime.jobs is not None
    folder = runtime.jobs / wish.job
    folder.mkdir(parents=True)
    Image.new("RGB", (288, 64)).save(folder / protocol.PREVIEW_FILE)
    runtime.say(protocol.Held(wish.job, wish.attempt, wish.stop_at))


def test_many_are_looked_at_early_and_the_chosen_one_is_continued(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripted(monkeypatch, holds)
    said = call("generate", board, "--shot", 1, "--takes", 3, "--seed", 10, "--stop-at", 2).ok().out
    held = call("held", board, "--json").ok().json
    assert len(held) == 3 and all(one["id"] in said and one["preview"] in said for one in held)
    assert all((board / one["preview"]).is_file() and one["step"] == 2 for one in held)
    assert held[0]["id"] in call("held", board).ok().out and takes(board, 1) == []
    call("continue", board, held[1]["id"]).ok()
    assert [take["seed"] for take in takes(board, 1)] == [11]
    assert call("held", board, "--json").ok().json == [] and "Nothing is held" in call("held", board).ok().out


def test_others_are_kept_when_asked(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripted(monkeypatch, holds)
    call("generate", board, "--shot", 1, "--takes", 2, "--stop-at", 2).ok()
    first, second = (one["id"] for one in call("held", board, "--json").ok().json)
    call("continue", board, first, "--keep-others").ok()
    assert [one["id"] for one in call("held", board, "--json").ok().json] == [second]


def test_only_what_is_held_is_continued(board: Path, runtimes: list[Scripted]) -> None:
    call("generate", board, "--shot", 1).ok()
    call("continue", board, "job_nowhere").refused("job_nowhere")
    call("continue", board).refused(status=2)


def test_what_nobody_likes_is_cancelled(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripted(monkeypatch, holds)
    call("generate", board, "--shot", 1, "--takes", 2, "--stop-at", 2).ok()
    first, second = (one["id"] for one in call("held", board, "--json").ok().json)
    call("cancel", board, first, "job_nowhere").refused("job_nowhere")
    assert "Cancelled 1 job." in call("cancel", board, first).ok().out
    assert [one["id"] for one in call("held", board, "--json").ok().json] == [second]
    assert not (board / "jobs" / first).exists() and (board / "jobs" / second).is_dir()
    call("cancel", board, second, first).refused("over already")
    assert [one["id"] for one in call("held", board, "--json").ok().json] == [second]


# --- refusals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--extend", 7), "no take '7'"),
        (("--extend", "2_0010/1"), "2_0010 has no take '1'"),
        (("--extend", 1, "--head", "--tail"), "one end at a time"),
        (("--extend", 1, "--by", -4), "by -4 frames"),
        (("--extend", 1, "--loop"), "loop does not go with"),
        (("--extend", 1, "--redo", "1:0-3"), "--extend and --redo"),
        (("--head",), "--head says nothing without --extend"),
        (("--strength", 0.4), "--strength says nothing without --restyle"),
        (("--guide-strength", 0.4), "--guide-strength says nothing without --guide"),
        (("--no-references", "--reference-guidance", 2), "--reference-guidance"),
        (("--extend", ""), "no take ''"),
        (("--restyle", ""), "no take ''"),
        (("--bridge", ""), "does not name two takes"),
        (("--redo", ""), "no range of a take"),
        (("--mask", "square.png", "--inpaint", ""), "no take ''"),
        (("--bridge", "1"), "does not name two takes"),
        (("--redo", "1"), "no range of a take"),
        (("--redo", "1:4-2"), "no frames 4 to 2"),
        (("--redo", "1:0-900"), "no frames 0 to 900"),
        (("--restyle", 1, "--strength", 2), "strength of 2"),
        (("--mask", "square.png"), "100x100 does not lie over pictures of 192x108"),
        (("--mask", "black.png"), "mask marks nothing"),
        (("--mask", "text.png"), "text.png"),
        (("--still", "--redo", "1:0-3"), "take v001 is a clip"),
        (("--guide", "square.png"), "guide has 1 frame, fewer than the 8"),
        (("--guide", "text.mp4"), "text.mp4"),
        (("--guide", "long.mp4", "--guide-strength", 3), "strength of 3"),
        (("--stop-at", 4), "held after step 4"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_in_a_sentence(
    drawn: Path, tmp_path: Path, words: tuple[object, ...], named: str
) -> None:
    for name in ("text.png", "text.mp4"):
        (tmp_path / name).write_text("neither picture nor movie")
    Image.new("L", (100, 100), 255).save(tmp_path / "square.png")
    Image.new("L", (192, 108), 90).save(tmp_path / "black.png")
    a_movie(tmp_path / "long.mp4", 12, (192, 108), rate=24)
    given = [tmp_path / word if str(word).endswith((".png", ".mp4")) else word for word in words]
    before = everything(drawn)
    call("generate", drawn, "--shot", 1, *given).refused(named)
    assert everything(drawn) == before, "neither a row, nor a step to undo, nor a file in media/"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--guide", "square.png"), "guide has 1 frame, fewer than the 8"),
        (("--first-frame", "long.mp4"), "long.mp4"),
        (("--mask", "black.png"), "mask marks nothing"),
        (("--still", "--first-frame", "square.png"), "still has no first frame"),
        (("--last-frame", "square.png", "--redo", "1:0-3"), "last frame does not go with"),
        (("--restyle", 1, "--strength", 2), "strength of 2"),
        (("--seed", -4), "seed -4"),
    ],
)
def test_what_no_engine_could_draw_is_refused_without_a_runtime(
    drawn: Path, tmp_path: Path, runtimes: list[Scripted], words: tuple[object, ...], named: str
) -> None:
    Image.new("L", (100, 100), 255).save(tmp_path / "square.png")
    Image.new("L", (192, 108), 90).save(tmp_path / "black.png")
    a_movie(tmp_path / "long.mp4", 12, (192, 108), rate=24)
    given = [tmp_path / word if str(word).endswith((".png", ".mp4")) else word for word in words]
    call("generate", drawn, "--shot", 1, *given).refused(named)
    assert [runtime.starts for runtime in runtimes] == [0, 0]


def test_a_given_file_enters_the_film_with_its_job_and_is_no_step_of_its_own(
    board: Path, tmp_path: Path, runtimes: list[Scripted]
) -> None:
    Image.new("RGB", (192, 108), (10, 60, 90)).save(tmp_path / "first.png")
    steps = undoable(board)
    call("generate", board, "--shot", 1, "--takes", 2, "--first-frame", tmp_path / "first.png").ok()
    given = {take["recipe"]["first_frame"]["name"] for take in takes(board, 1)}
    assert len(given) == 1 and (board / "media" / given.pop()).is_file()
    rows = [line for line in everything(board) if 'INTO "reference"' in line]
    assert len(rows) == 1 and "first_frame" in rows[0] and "first.png" in rows[0]
    assert steps and steps == undoable(board)
    assert "whole" in call("check", board).ok().out
