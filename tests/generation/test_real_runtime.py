"""The queue with the real runtime as a process of its own: missing-shot cards to the disk, and through kills."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import pytest

from studio import assets
from studio.errors import StudioError
from studio.generation.estimate import MeasuredSeconds
from studio.generation.live import JobProgress
from studio.generation.queue import JobQueue
from studio.generation.wish import Wish
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import JobState
from studio.project.commands import scene, shot
from studio.project.recipe import Recipe
from studio.project.store import FilmSettings
from studio.project.timing import FrameRate
from studio.runtime.client import ClientState
from studio.runtime.local import LocalRuntime
from studio.runtime.process import Launch
from tests.fakes import FakeRuntime

pytestmark = [pytest.mark.process, pytest.mark.whole]

LONG_MS = 60_000
WEIGHTS = assets.folder() / "models" / "sketch"
CARD = Wish("clip", "slate")


class Real:
    """A film, two real runtimes and the queue, put together as `app.py` does."""

    def __init__(self, folder: Path) -> None:
        self.project = OpenProject.create(folder, FilmSettings("Ferry", FrameRate(24), width=640, height=360))
        self.project.run(scene.add_scene, "EXT. PIER - NIGHT")
        self.equip()

    def equip(self) -> None:
        media, logs = self.project.media, self.project.folder.parent / "logs"
        self.frames, self.words = (
            LocalRuntime(
                Launch.runtime(serve, logs / f"{serve}.log"),
                assets=assets.folder(),
                media=media.media,
                jobs=media.jobs,
            )
            for serve in ("frames", "words")
        )
        measured = MeasuredSeconds(self.project.folder.parent / "seconds.json")
        self.queue = JobQueue(self.project, self.frames, self.words, measured)

    def add_shot(self, frames: int, prompt: str = "Mara waits") -> str:
        return self.project.run(shot.add_shot, frames=frames, prompt=prompt).new("shot")

    def close(self) -> None:
        self.queue.close()
        self.frames.shut_down()
        self.words.shut_down()
        self.project.close()


@pytest.fixture
def real(qapp: Any, tmp_path: Path) -> Iterator[Real]:
    made = Real(tmp_path / "ferry")
    yield made
    made.close()


def decoded(path: Path) -> int:
    with av.open(str(path)) as movie:
        return sum(1 for _ in movie.decode(video=0))


def test_a_submitted_shot_becomes_a_take_on_the_disk(real: Real, qtbot: Any) -> None:
    one = real.add_shot(37)
    with qtbot.waitSignal(real.queue.idle, timeout=LONG_MS):
        job = real.queue.submit(one, CARD)
    (take,) = real.project.ask(queries.take_cards, one)
    assert decoded(take.media) == take.frames == 37 and (take.width, take.height) == (640, 360)
    assert real.project.media.read_recipe(take.media) == take.recipe
    assert Recipe.from_json(take.recipe).made_with["torch"]
    assert take.poster.is_file()
    assert real.project.ask(queries.job_card, job).state is JobState.DONE
    qtbot.waitUntil(lambda: not (real.project.media.jobs / job).exists())


def test_several_jobs_are_drawn_one_after_another(real: Real, qtbot: Any) -> None:
    shots = [real.add_shot(frames) for frames in (12, 13, 14)]
    with qtbot.waitSignal(real.queue.idle, timeout=LONG_MS):
        jobs = real.queue.submit_missing("slate")
    assert len(jobs) == 3
    for one, frames in zip(shots, (12, 13, 14), strict=True):
        (take,) = real.project.ask(queries.take_cards, one)
        assert take.frames == frames


def test_a_killed_runtime_comes_back_and_the_take_arrives(real: Real, qtbot: Any) -> None:
    one = real.add_shot(800)
    killed: list[int] = []

    def kill_once(_job: str, progress: JobProgress) -> None:
        if progress.stage == "writing" and not killed:
            killed.append(real.frames.pid)
            os.kill(real.frames.pid, signal.SIGKILL)

    real.queue.progressed.connect(kill_once)
    states: list[JobState] = []
    real.frames.lost.connect(lambda _outcome: states.append(real.project.ask(queries.job_card, job).state))
    job = real.queue.submit(one, CARD)
    with qtbot.waitSignal(real.queue.idle, timeout=LONG_MS):
        pass
    card = real.project.ask(queries.job_card, job)
    assert killed and states == [JobState.INTERRUPTED]
    assert card.state is JobState.DONE and card.attempt == 2
    (take,) = real.project.ask(queries.take_cards, one)
    assert decoded(take.media) == 800


def test_a_running_clip_is_cancelled_between_frames(real: Real, qtbot: Any) -> None:
    one = real.add_shot(20_000)
    job = real.queue.submit(one, CARD)
    with qtbot.waitSignal(
        real.queue.progressed, timeout=LONG_MS, check_params_cb=lambda _job, progress: progress.stage == "writing"
    ):
        pass
    pid = real.frames.pid
    with qtbot.waitSignal(real.queue.idle, timeout=LONG_MS):
        real.queue.cancel(job)
    assert real.project.ask(queries.job_card, job).state is JobState.CANCELLED
    assert real.project.ask(queries.take_cards, one) == ()
    assert real.frames.pid == pid and real.frames.state is ClientState.READY


def test_a_film_closed_in_mid_job_goes_on_at_the_next_opening(real: Real, qtbot: Any) -> None:
    one = real.add_shot(1200)
    job = real.queue.submit(one, CARD)
    with qtbot.waitSignal(
        real.queue.progressed, timeout=LONG_MS, check_params_cb=lambda _job, progress: progress.stage == "writing"
    ):
        pass
    folder = real.project.folder
    real.close()
    real.project = OpenProject.open(folder)
    assert real.project.ask(queries.job_card, job).state is JobState.INTERRUPTED
    real.equip()
    with qtbot.waitSignal(real.queue.idle, timeout=LONG_MS):
        real.queue.recover()
    (take,) = real.project.ask(queries.take_cards, one)
    assert take.frames == 1200 and real.project.ask(queries.job_card, job).state is JobState.DONE


@pytest.mark.weights
@pytest.mark.skipif(
    not (WEIGHTS / "manifest.json").is_file(), reason=f"the weights of the sketch engine are not in {WEIGHTS}"
)
@pytest.mark.timeout(300)
def test_a_sketch_killed_in_mid_drawing_goes_on_to_the_same_latents(real: Real, qtbot: Any) -> None:
    whole, broken = real.add_shot(12), real.add_shot(12)
    wish = Wish("clip", "sketch", seed=5, steps=12)
    with qtbot.waitSignal(real.queue.idle, timeout=2 * LONG_MS):
        real.queue.submit(whole, wish)
    killed: list[int] = []

    def kill_once(_job: str, progress: JobProgress) -> None:
        if progress.stage == "drawing" and progress.done >= 8 and not killed:
            killed.append(progress.done)
            os.kill(real.frames.pid, signal.SIGKILL)

    real.queue.progressed.connect(kill_once)
    with qtbot.waitSignal(real.queue.idle, timeout=2 * LONG_MS):
        job = real.queue.submit(broken, wish)
    assert killed and real.project.ask(queries.job_card, job).attempt == 2
    latents = []
    for one in (whole, broken):
        (take,) = real.project.ask(queries.take_cards, one)
        assert (take.engine, take.weights, take.frames) == ("sketch", real.queue.engines()[0].weights, 18)
        latents.append(take.media.with_suffix(".safetensors").read_bytes())
    assert latents[0] == latents[1]


def test_the_prompt_of_a_sketch_job_is_composed_by_the_words_runtime(real: Real, qtbot: Any) -> None:
    one = real.add_shot(48, "a woman in a yellow raincoat walks on the jetty at night in the rain, wide shot")
    frames = FakeRuntime(real.project.media.jobs, automatic=True)
    queue = JobQueue(real.project, frames, real.words, MeasuredSeconds(real.project.folder.parent / "other.json"))
    with qtbot.waitSignal(queue.idle, timeout=LONG_MS):
        job = queue.submit(one, Wish("clip", "sketch"))
    queue.close()
    prompt = Recipe.from_json(real.project.ask(queries.job_request, job)[0]).prompt
    assert prompt.startswith("wide shot") and "pier, night, rain" in prompt and "yellow raincoat" in prompt
    assert real.project.ask(queries.job_card, job).state is JobState.DONE


def test_what_the_words_runtime_refuses_becomes_no_job(real: Real, qtbot: Any) -> None:
    one = real.add_shot(48, "\u6587\u5b57 \U0001f600" * 400)
    frames = FakeRuntime(real.project.media.jobs, automatic=True)
    queue = JobQueue(real.project, frames, real.words, MeasuredSeconds(real.project.folder.parent / "other.json"))
    refusals: list[StudioError] = []
    queue.refused.connect(lambda _shot, error, _job: refusals.append(error))
    with qtbot.waitSignal(queue.idle, timeout=LONG_MS):
        queue.submit(one, Wish("clip", "sketch"))
    queue.close()
    jobs = real.project.ask(queries.job_cards)
    assert len(refusals) + len(jobs) == 1
    assert all(error.sentence and error.hint for error in refusals)
    assert all(card.state is JobState.DONE for card in jobs)
