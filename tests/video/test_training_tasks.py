"""What a training clip is drawn from: shares, legal mixtures, and that a batch tells the networks what a task says."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import torch

from model_runtime.stage.scene import Person, Scene
from model_runtime.training.batches import Batch, Chooser, Lesson, OwnRows, compose, tokens_of
from model_runtime.training.flow_loss import flow_errors, noises_like, velocities
from model_runtime.training.networks import Networks
from model_runtime.training.tasks import GIVEN, GUIDED, Shown, Task, draw_task, loosened
from model_runtime.training.views import View
from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.conditioning import References, model_input
from model_runtime.video.presets import TINY
from model_runtime.video.shapes import drawn_frames
from tests.video.conftest import awake

PEOPLE = tuple(
    Person("woman", "red", "blue", "coat", False, None, side, "us", "standing") for side in ("left", "right")
)
SCENE = Scene("wide shot", "static", "pier", "day", "clear", PEOPLE, 1)
CHANNELS = TINY.transformer.latent_channels


def a_view(
    latents: int = 4, *, height: int = 4, width: int = 6, frames: tuple[int, ...] = (24, 8), seed: int = 0
) -> View:
    generator = torch.Generator().manual_seed(seed)

    def made(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator).half()

    return View(
        SCENE,
        made(CHANNELS, latents, height, width),
        torch.zeros(latents, height // 2, width // 2),
        made(2, 2, CHANNELS, 12, 8),
        made(CHANNELS, latents, height, width),
        made(2, CHANNELS, height, width) if latents > 1 else None,
        frames if latents > 1 else (),
    )


def a_task(latents: int, view: View, **changes: object) -> Task:
    fields = {"latents": latents, "text": "pier.", "given": torch.zeros(1, latents, *view.latents.shape[2:])}
    return Task(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def autoencoder() -> SketchAutoencoder:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    network = SketchAutoencoder(**vars(TINY.autoencoder)).eval().requires_grad_(False)
    network.latent_mean.normal_()
    network.latent_std.uniform_(0.5, 2.0)
    return network


@pytest.fixture(scope="module")
def networks() -> Networks:
    torch.manual_seed(0)
    made = Networks(TINY).eval().requires_grad_(False)
    awake(made)
    return made


# --- lots ------------------------------------------------------------------------------------------------------


def test_shares_of_what_is_given_are_those_of_the_list() -> None:
    rng = np.random.default_rng(0)
    views = [a_view(frames=(24, other)) for other in (9, 8, 3, 12)]  # a quarter has a drawing past an end
    tasks = [draw_task(rng, views[number % 4]) for number in range(8000)]
    seen: Counter[str] = Counter()
    for task in tasks:
        heads = task.given.amin(dim=(0, 2, 3))
        partial = bool((task.given > 0).any() and 0 < float(task.given[0, 0].mean()) < 1)
        nothing = not task.given.any()
        seen["region"] += partial
        seen["nothing"] += nothing and not task.stills
        seen["last"] += nothing and bool(task.stills)
        seen["first and more"] += not partial and not nothing and bool(heads[0]) and float(heads.sum()) == 1
    assert sum(GIVEN.values()) == pytest.approx(1.0)
    shares = {name: count / len(tasks) for name, count in seen.items()}
    assert shares["nothing"] == pytest.approx(GIVEN["nothing"], abs=0.03)
    assert shares["last"] == pytest.approx(GIVEN["last"], abs=0.01)
    assert shares["region"] <= GIVEN["region"] + 0.01
    # a latent alone at the head is also one of the kept latents of some redone clips
    firsts = GIVEN["first"] + GIVEN["first and last"] + GIVEN["past the end"]
    assert firsts - 0.03 < shares["first and more"] < firsts + 0.05


def test_text_guides_and_references_have_their_shares() -> None:
    rng = np.random.default_rng(1)
    tasks = [draw_task(rng, a_view()) for _ in range(3000)]
    count = len(tasks)
    assert sum(not task.text for task in tasks) / count == pytest.approx(0.10, abs=0.02)
    # every view here has a guide and sheets, of drawn scenes only some, so that they are used more often
    guided = [task.guide for task in tasks if task.guide is not None]
    assert len(guided) / count == pytest.approx(GUIDED * 3, abs=0.03)
    assert 0.3 <= min(guided) < 0.35 and 0.95 < max(guided) <= 1.0
    marked = [task for task in tasks if "<s" in task.text]
    shown = [task for task in tasks if task.references]
    assert len(shown) < len(marked) < 0.75 * count
    assert {each.slot for task in shown for each in task.references} == set(range(1, 9))


def test_references_carry_the_slot_their_subject_has_in_the_text() -> None:
    rng = np.random.default_rng(2)
    shown = [task for task in (draw_task(rng, a_view()) for _ in range(400)) if task.references and task.text]
    for task in shown:
        slots = {each.subject: each.slot for each in task.references}
        assert len(set(slots.values())) == len(slots)
        sentences = task.text.split(". ")[2:]
        for subject, slot in slots.items():
            assert f"<s{slot}>" in sentences[subject]


def test_given_stills_are_in_the_clip_or_one_past_its_end_and_never_all_is_given() -> None:
    rng = np.random.default_rng(3)
    past_ends = 0
    for number in range(3000):
        view = a_view(frames=(24, (8, 16, 9, 17, 25, 5)[number % 6]))
        task = draw_task(rng, view)
        frames = drawn_frames(task.latents)
        numbers = [view.still_frames[place] for place in task.stills]
        past_ends += frames in numbers
        assert all(each < frames for each in numbers) or (numbers == [frames] and bool(task.given[:, 0].all()))
        assert task.given.shape[1] == task.latents and float(task.given.mean()) < 1
    assert past_ends > 0


def test_a_still_is_given_nothing_but_a_region() -> None:
    rng = np.random.default_rng(4)
    tasks = [draw_task(rng, a_view(1)) for _ in range(1000)]
    assert all(task.latents == 1 and not task.stills for task in tasks)
    assert sum(bool(task.given.any()) for task in tasks) / len(tasks) == pytest.approx(0.04, abs=0.02)


def test_a_guide_is_kept_whole_at_full_strength_and_loses_its_share_below() -> None:
    rng = np.random.default_rng(5)
    guide = torch.rand(2, 3, 40, 40) + 1
    assert torch.equal(loosened(rng, guide, 1.0), guide)
    kept = [float((loosened(rng, guide, 0.4) != 0).float().mean()) for _ in range(20)]
    assert np.mean(kept) == pytest.approx(0.4, abs=0.05)


# --- batches ---------------------------------------------------------------------------------------------------


class AnySource:
    def look_again(self) -> None:
        return

    def ready(self, kind: str) -> int:
        return 1

    def any(self, kind: str, rng: np.random.Generator) -> View:
        height, width = ((4, 6), (4, 4), (6, 4))[int(rng.integers(3))]
        return a_view(1 if kind == "stills" else 4, height=height, width=width)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("kind", ["stills", "clips"])
def test_a_step_is_filled_and_not_overfilled(packed: bool, kind: str) -> None:
    rng = np.random.default_rng(6)
    chooser = Chooser(AnySource(), 100, packed=packed)
    for _ in range(20):
        lessons = chooser.lessons(rng, kind)
        assert 75 < sum(map(tokens_of, lessons)) <= 100
        lengths = {task.latents for _, task in lessons}
        assert packed or len(lengths) == 1
        assert kind == "clips" or lengths == {1}


def lessons_of_every_kind() -> list[Lesson]:
    still, small, clip = a_view(1, seed=1), a_view(4, height=4, width=4, seed=2), a_view(4, seed=3)
    given = torch.zeros(1, 4, 4, 6)
    given[:, 0] = 1
    return [
        (clip, a_task(4, clip, given=given, stills=(0,), references=(Shown(0, 0, 3), Shown(1, 1, 5)))),
        (small, a_task(2, small, text="night.", guide=1.0)),
        (still, a_task(1, still, text="", references=(Shown(1, 0, 1),))),
        (small, a_task(2, small)),
    ]


def alone(lesson: Lesson, autoencoder: SketchAutoencoder) -> Batch:
    return compose(np.random.default_rng(0), [lesson], autoencoder)


def test_a_batch_gives_each_clip_what_it_gets_alone(autoencoder: SketchAutoencoder, networks: Networks) -> None:
    lessons = lessons_of_every_kind()
    batch = compose(np.random.default_rng(0), lessons, autoencoder, most=24)
    assert len(batch.rows.clips) < len(lessons)
    noises, times = noises_like(batch, torch.Generator().manual_seed(1)), torch.tensor([0.2, 0.4, 0.6, 0.8])
    together = [clip for group in velocities(networks, batch, noises, times) for clip in group]
    order = [0, 1, 3, 2]  # the longest first, those of one shape side by side
    flat = [clip for group in noises for clip in group]
    for place, number in enumerate(order):
        own = alone(lessons[number], autoencoder)
        assert isinstance(own.rows, OwnRows)
        mine = velocities(networks, own, [flat[place][None]], times[place : place + 1])[0][0]
        assert torch.allclose(mine, together[place], atol=2e-2 * float(mine.abs().max()))


def test_rows_of_one_clip_each_give_what_packed_rows_give(autoencoder: SketchAutoencoder, networks: Networks) -> None:
    lessons = lessons_of_every_kind()
    alike = [lessons[number] for number in (3, 1, 3)]
    separate = compose(np.random.default_rng(0), alike, autoencoder)
    shared = compose(np.random.default_rng(0), alike, autoencoder, most=24)
    assert isinstance(separate.rows, OwnRows) and not isinstance(shared.rows, OwnRows)
    times = torch.tensor([0.2, 0.5, 0.8])
    noises = noises_like(separate, torch.Generator().manual_seed(1))
    mine, theirs = (velocities(networks, each, noises, times)[0] for each in (separate, shared))
    assert torch.allclose(mine, theirs, atol=2e-2 * float(mine.abs().max()))


def test_what_a_task_shows_reaches_the_networks(autoencoder: SketchAutoencoder, networks: Networks) -> None:
    clip = a_view(4, seed=3)
    plain = a_task(4, clip)
    noise = torch.randn(1, CHANNELS, 4, 4, 6)

    def drawn(**changes: object) -> torch.Tensor:
        own = alone((clip, a_task(4, clip, **changes)), autoencoder)
        return velocities(networks, own, [noise], torch.tensor([0.5]))[0]

    given = plain.given.clone()
    given[:, 1] = 1
    changes: list[dict[str, object]] = [
        {"text": "night."},
        {"given": given},
        {"stills": (1,)},
        {"guide": 0.9},
        {"references": (Shown(0, 0, 3),)},
    ]
    base = drawn()
    assert torch.equal(base, drawn())
    for each in changes:
        assert not torch.allclose(base, drawn(**each), atol=1e-4), each
    # another slot is another subject
    assert not torch.allclose(drawn(references=(Shown(0, 0, 3),)), drawn(references=(Shown(0, 0, 4),)), atol=1e-5)


def test_latents_are_normalised_as_what_they_are(autoencoder: SketchAutoencoder) -> None:
    (clip, task), *_ = lessons_of_every_kind()
    batch = alone((clip, task), autoencoder)
    raw = clip.latents.float()
    later = (raw[:, 2] - autoencoder.latent_mean[1, :, None, None]) / autoencoder.latent_std[1, :, None, None]
    assert torch.allclose(batch.groups[0].latents[0, :, 2], later, atol=1e-5)
    assert clip.sheets is not None and clip.stills is not None and batch.references is not None

    def first(still: torch.Tensor) -> torch.Tensor:
        mean, spread = autoencoder.latent_mean[0], autoencoder.latent_std[0]
        return (still.float() - mean[:, None, None]) / spread[:, None, None]

    assert torch.allclose(batch.references.latents[1], first(clip.sheets[1, 1]), atol=1e-5)
    assert torch.allclose(batch.stills[0].latents[0], first(clip.stills[0]), atol=1e-5)
    assert batch.stills[0].frames.tolist() == [24.0] and batch.references.slots == [3, 5]


def test_no_guide_is_a_guide_of_strength_zero(autoencoder: SketchAutoencoder) -> None:
    clip = a_view(4)
    group = alone((clip, a_task(4, clip)), autoencoder).groups[0]
    assert torch.equal(model_input(group.latents, group.given, group.guide), model_input(group.latents, group.given))


def test_loss_does_not_count_what_is_given(autoencoder: SketchAutoencoder, networks: Networks) -> None:
    clip = a_view(4)
    given = torch.zeros(1, 4, 4, 6)
    given[:, 0] = 1
    batch = alone((clip, a_task(4, clip, given=given)), autoencoder)
    noise = torch.randn_like(batch.groups[0].latents)
    other = noise.clone()
    other[:, :, 0] = 9.0
    mine, theirs = (flow_errors(networks, batch, torch.tensor([0.5]), [each]).mean() for each in (noise, other))
    assert torch.allclose(mine, theirs, atol=1e-3)
    assert float(flow_errors(networks, batch, torch.tensor([0.5]), [noise]).counted) == CHANNELS * 3 * 4 * 6


def test_the_loss_is_the_squared_error_of_the_velocity(autoencoder: SketchAutoencoder, networks: Networks) -> None:
    clip = a_view(4)
    batch = alone((clip, a_task(4, clip)), autoencoder)
    noise = torch.randn_like(batch.groups[0].latents)
    at = torch.tensor([0.25])
    noisy = 0.75 * batch.groups[0].latents + 0.25 * noise
    velocity = velocities(networks, batch, [noisy], at)[0]
    expected = (velocity - (noise - batch.groups[0].latents)).square().mean()
    assert torch.allclose(flow_errors(networks, batch, at, [noise]).mean(), expected, atol=1e-4)


def test_figures_count_more(autoencoder: SketchAutoencoder) -> None:
    clip = a_view(4)
    clip.figures[1, 0, 0] = 1.0
    weights = alone((clip, a_task(4, clip)), autoencoder).groups[0].weights[0, 0]
    assert float(weights[1, 1, 1]) == 2.5 and float(weights[1, 2, 2]) == 1.0 and float(weights[0].max()) == 1.0


def test_marks_are_the_words_of_the_text(networks: Networks, autoencoder: SketchAutoencoder) -> None:
    (lesson, *_) = lessons_of_every_kind()
    batch = alone(lesson, autoencoder)
    assert batch.references is not None
    marks = networks.text_encoder.marks(batch.references.slots)
    words = networks.text_encoder.vocabulary.tokens("<s3> <s5>", 8)[1:]
    assert torch.equal(marks, networks.text_encoder.embed_token.weight[words])
    assert References(batch.references.latents, marks, batch.references.owner).marks.shape == (2, 32)
