"""Every task from a wish to a take, with a real runtime and a tiny untrained model: the whole way over the wire."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from studio.generation.wish import Bridge, Extend, Inpaint, Redo, Restyle, Wish
from studio.project import queries
from studio.project.cards import JobState, TakeCard
from studio.project.recipe import Recipe
from studio.runtime.local import LocalRuntime
from studio.runtime.process import Launch
from tests.builders import a_movie, a_picture
from tests.fakes import FakeRuntime
from tests.generation.test_real_runtime import Real
from tests.model_runtime.conftest import assets, tiny_assets

__all__ = ["assets", "tiny_assets"]
pytestmark = [pytest.mark.process, pytest.mark.whole, pytest.mark.timeout(600)]
LONG_MS = 300_000
SEED = {"seed": 5, "steps": 2}


class RealTiny(Real):
    """The real frames runtime on tiny weights; prompts come as they were drafted."""

    tiny: Path

    def equip(self) -> None:
        super().equip()
        self.words = FakeRuntime(serve="words", automatic=True)
        media, log = self.project.media, self.project.folder.parent / "tiny.log"
        launch = Launch.runtime("frames", log)
        self.frames = LocalRuntime(launch, assets=self.tiny, media=media.media, jobs=media.jobs)
        self.queue = type(self.queue)(self.project, self.frames, self.words)

    def takes(self, shot: str) -> tuple[TakeCard, ...]:
        return self.project.ask(queries.take_cards, shot)


@pytest.fixture
def real(qapp: Any, tmp_path: Path, tiny_assets: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RealTiny]:
    monkeypatch.setenv("SHOTWRIGHT_THREADS", "1")
    monkeypatch.setattr(RealTiny, "tiny", tiny_assets, raising=False)
    made = RealTiny(tmp_path / "ferry")
    yield made
    made.close()


def draw(real: RealTiny, qtbot: Any, shot: str, *wishes: Wish) -> list[TakeCard]:
    """The takes that became of these wishes, in order."""
    with qtbot.waitSignal(real.queue.idle, timeout=LONG_MS):
        jobs = [real.queue.submit(shot, wish) for wish in wishes]
    cards = [real.project.ask(queries.job_card, job) for job in jobs]
    assert [card.state for card in cards] == [JobState.DONE] * len(jobs), [card.sentence for card in cards]
    by_id = {take.id: take for take in real.takes(shot)}
    return [by_id[card.take] for card in cards if card.take]


def frames_of(take: TakeCard) -> list[np.ndarray]:
    with av.open(str(take.media)) as movie:
        return [frame.to_ndarray(format="rgb24").astype(int) for frame in movie.decode(video=0)]


def test_takes_are_extended_bridged_redone_redrawn_and_restyled(real: RealTiny, qtbot: Any, tmp_path: Path) -> None:
    one, other, between = real.add_shot(18), real.add_shot(18), real.add_shot(20)
    (first,), (second,) = draw(real, qtbot, one, Wish(**SEED)), draw(real, qtbot, other, Wish(seed=6, steps=2))
    Image.new("L", (640, 360), 255).save(tmp_path / "mask.png")
    mask = real.project.media.import_picture(tmp_path / "mask.png").hash
    longer, redone, painted, restyled, before = draw(
        real, qtbot, one,
        Wish(work=Extend(first.id, frames=12), **SEED), Wish(work=Redo(first.id, 4, 9), **SEED),
        Wish(work=Inpaint(first.id, mask), **SEED), Wish(work=Restyle(first.id, 0.5), **SEED),
        Wish(work=Extend(first.id, "head", 2), **SEED),
    )  # fmt: skip
    (bridge,) = draw(real, qtbot, between, Wish(work=Bridge(first.id, second.id), **SEED))
    assert [take.frames for take in (first, longer, redone, painted, restyled)] == [18, 34, 18, 18, 18]
    assert before.head == 16 and bridge.head == 8 and bridge.frames >= 28
    old, new = frames_of(first), frames_of(longer)
    assert np.mean([np.abs(a - b).mean() for a, b in zip(old, new, strict=False)]) < 10
    told = [Recipe.from_json(take.recipe).work for take in (longer, redone, painted, restyled, before, bridge)]
    assert [one["task"] for one in told if one] == ["extend", "redo", "inpaint", "restyle", "extend", "bridge"]


def test_of_many_looked_at_early_the_chosen_is_what_it_would_have_been(real: RealTiny, qtbot: Any) -> None:
    shot = real.add_shot(18)
    (straight,) = draw(real, qtbot, shot, Wish(seed=11, steps=4))
    with qtbot.waitSignal(real.queue.idle, timeout=LONG_MS):
        jobs = [real.queue.submit(shot, Wish(seed=seed, steps=4, stop_at=2)) for seed in (10, 11, 12)]
    held = real.queue.held()
    assert [one.card.id for one in held] == jobs and all(one.preview is not None for one in held)
    with qtbot.waitSignal(real.queue.idle, timeout=LONG_MS):
        real.queue.go_on([jobs[1]], cancel_others=True)
    continued = real.takes(shot)[-1]
    latents = [take.media.with_suffix(".safetensors").read_bytes() for take in (straight, continued)]
    assert latents[0] == latents[1] and len(real.takes(shot)) == 2
    assert [real.project.ask(queries.job_card, job).state for job in (jobs[0], jobs[2])] == [JobState.CANCELLED] * 2


def test_a_long_shot_is_drawn_in_parts(real: RealTiny, qtbot: Any) -> None:
    shot = real.add_shot(110)
    (take,) = draw(real, qtbot, shot, Wish(seed=1, steps=1))
    assert take.frames >= 110 and len(frames_of(take)) == take.frames


def test_a_guide_and_pictures_of_any_kind_reach_the_engine(real: RealTiny, qtbot: Any, tmp_path: Path) -> None:
    shot = real.add_shot(18)
    media, rate = real.project.media, real.project.ask(queries.film_card).rate
    guide = media.import_clip(a_movie(tmp_path / "lines.mp4", 40, (320, 180), rate=30), rate).hash
    picture = media.import_picture(a_picture(tmp_path / "first.png", (300, 300))).hash
    noted: list[str] = []
    real.queue.noted.connect(lambda _job, text: noted.append(text))
    plain, guided = draw(real, qtbot, shot, Wish(**SEED), Wish(guide=guide, first_frame=picture, **SEED))
    assert plain.media != guided.media and any("300x300" in text and "cropped" in text for text in noted)
