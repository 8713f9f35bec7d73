"""A take run again exactly: the same inputs whatever its shot says by now."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from model_runtime import protocol
from studio.errors import NotFound, Refused
from studio.generation.wish import Wish
from studio.project.commands import scene, shot
from studio.project.recipe import Recipe
from tests.builders import a_picture
from tests.generation.conftest import Bench, Submit


def drawn(bench: Bench, qtbot: Any) -> None:
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.finish()


def without_place(recipe: Recipe) -> Recipe:
    return dataclasses.replace(recipe, reel="", timecode="")


def test_the_same_inputs_though_the_shot_changed_since(bench: Bench, submit: Submit, qtbot: Any) -> None:
    submit()
    drawn(bench, qtbot)
    (first,) = bench.takes()
    asked = bench.frames.wish
    bench.project.run(shot.edit_shot, bench.shots[0], prompt="Mara runs", size="close-up", frames=24)
    job = bench.queue.run_again(first.id)
    again = bench.frames.wish
    assert again.job == job
    kept = ("prompt", "seed", "steps", "guidance", "engine_frames", "frames", "given", "references")
    assert [getattr(again, name) for name in kept] == [getattr(asked, name) for name in kept]
    drawn(bench, qtbot)
    _, second = bench.takes()
    recipes = [Recipe.from_json(take.recipe) for take in (first, second)]
    assert without_place(recipes[0]) == without_place(recipes[1])
    assert (second.name, second.reel) == ("v002", "1_0010_v002") and second.timecode != first.timecode
    assert recipes[1].reel == second.reel and recipes[1].timecode == second.timecode
    assert second.out_of_date, "it shows what the shot said then"


def test_what_it_was_made_of_must_still_be_there(bench: Bench, submit: Submit, qtbot: Any, tmp_path: Any) -> None:
    found = bench.project.media.import_picture(a_picture(tmp_path / "first.png"))
    submit(wish=Wish("clip", first_frame=found.hash))
    drawn(bench, qtbot)
    (take,) = bench.takes()
    bench.project.media.path(found.name).unlink()
    with pytest.raises(NotFound, match="first frame of 1_0010"):
        bench.queue.run_again(take.id)
    assert len(bench.frames.of(protocol.Generate)) == 1


def test_an_omitted_shot_is_not_drawn_again(bench: Bench, submit: Submit, qtbot: Any) -> None:
    submit()
    drawn(bench, qtbot)
    (take,) = bench.takes()
    bench.project.run(shot.omit_shot, bench.shots[0])
    with pytest.raises(Refused, match="omitted"):
        bench.queue.run_again(take.id)


def test_another_model_file_than_then_is_refused_before_it_is_queued(
    bench: Bench, submit: Submit, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit()
    drawn(bench, qtbot)
    (take,) = bench.takes()
    ready = bench.frames.ready
    assert ready is not None
    other = tuple(dataclasses.replace(one, weights="other") for one in ready.engines)
    monkeypatch.setattr(type(bench.frames), "ready", dataclasses.replace(ready, engines=other))
    with pytest.raises(Refused, match="model file"):
        bench.queue.run_again(take.id)
    assert len(bench.frames.of(protocol.Generate)) == 1


def test_one_scene_is_drawn_in_panels_and_only_what_lacks_a_picture(bench: Bench, submit: Submit, qtbot: Any) -> None:
    other = bench.project.run(scene.add_scene, "INT. ROOM - DAY").new("scene")
    elsewhere = bench.project.run(shot.add_shot, scene=other, frames=24, prompt="a room").new("shot")
    submit(0, Wish("still"))
    drawn(bench, qtbot)
    jobs = bench.queue.submit_missing("sketch", "still", scene=other)
    assert len(jobs) == 1
    qtbot.waitUntil(lambda: bench.frames.wish.job == jobs[0])
    assert bench.card(jobs[0]).shot == elsewhere and bench.card(jobs[0]).kind == "still"
    drawn(bench, qtbot)
    rest = bench.queue.submit_missing("sketch", "still")
    assert len(rest) == 1
    qtbot.waitUntil(lambda: bench.frames.wish.job == rest[0])
    assert bench.card(rest[0]).shot == bench.shots[1]
