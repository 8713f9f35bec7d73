"""From request to frames: same seed same bits, stop and resume, every task, write-back, bad input."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from model_runtime.video.detail import carried
from model_runtime.video.flow import Schedule
from model_runtime.video.networks import Sketch
from model_runtime.video.pictures import fit
from model_runtime.video.pipeline import decode, preview, sample
from model_runtime.video.request import Guide, Reference, SketchRequest
from model_runtime.video.states import Kept, Latents, SamplingState, StepReport, Stopped

REQUEST = SketchRequest("pier, night, rain. woman in a red coat.", seed=5, frames=9, steps=4)


def pictures(count: int, seed: int = 4) -> list[np.ndarray]:
    return list(np.random.default_rng(seed).integers(0, 256, (count, 64, 96, 3), dtype=np.uint8))


CLIP = dict(enumerate(pictures(9)))
MASK = np.zeros((64, 96), np.uint8)
MASK[16:32, 64:80] = 255

TASKS: dict[str, dict[str, Any]] = {
    "text": {},
    "still": {"frames": 1},
    "first frame": {"given": {0: CLIP[0]}},
    "first and last": {"given": {0: CLIP[0], 8: CLIP[8]}},
    "extend tail": {"frames": 17, "given": CLIP},
    "extend head": {"frames": 17, "given": {8 + number: picture for number, picture in CLIP.items()}},
    "redo a range": {"given": {number: picture for number, picture in CLIP.items() if not 3 <= number < 6}},
    "inpaint": {"given": CLIP, "mask": MASK},
    "restyle": {"given": CLIP, "strength": 0.9},
    "loop": {"loop": True},
    "loop from a picture": {"loop": True, "given": {0: CLIP[0]}},
    "guide": {"guide": Guide(np.stack(pictures(9, seed=6)), 0.7)},
    "references": {
        "references": (Reference(CLIP[1], 1), Reference(CLIP[2], 3)),
        "reference_guidance": 2.0,
        "given": {8: CLIP[8]},
    },
}
every_task = pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)


def draw(
    sketch: Sketch, request: SketchRequest, on_step: Callable[[StepReport], None] = lambda report: None
) -> Latents:
    latents = sample(sketch, request, on_step=on_step, should_stop=lambda: False)
    assert isinstance(latents, Latents)
    return latents


def stopped_after(
    sketch: Sketch, request: SketchRequest, steps: int, state: SamplingState | None = None
) -> SamplingState:
    seen: list[int] = [] if state is None else list(range(state.step))
    result = sample(
        sketch,
        request,
        on_step=lambda report: seen.append(report.step),
        should_stop=lambda: len(seen) == steps,
        state=state,
    )
    assert isinstance(result, Stopped)
    return result.state


# --- drawing ---------------------------------------------------------------------------------------------------------


@every_task
def test_every_task_draws_its_frames_at_the_output_size(tiny: Sketch, task: dict[str, Any]) -> None:
    request = replace(REQUEST, **task)
    drawn = decode(tiny, draw(tiny, request))
    assert drawn.shape == (request.frames, 64, 96, 3) and drawn.dtype == np.uint8


@pytest.mark.parametrize("size", [(48, 32), (32, 32), (32, 48)])
def test_every_size_of_the_preset_is_drawn(tiny: Sketch, size: tuple[int, int]) -> None:
    drawn = decode(tiny, draw(tiny, replace(REQUEST, size=size, given={0: CLIP[0]}, steps=1)))
    assert drawn.shape == (9, 2 * size[1], 2 * size[0], 3)
    assert np.array_equal(drawn[0], fit(CLIP[0], (2 * size[0], 2 * size[1])))


def test_same_request_gives_the_same_bits(tiny: Sketch) -> None:
    assert torch.equal(draw(tiny, REQUEST).values, draw(tiny, REQUEST).values)


def test_no_references_are_plain_text_to_video_bit_for_bit(tiny: Sketch) -> None:
    plain = draw(tiny, REQUEST).values
    assert torch.equal(plain, draw(tiny, replace(REQUEST, references=(), reference_guidance=3.0)).values)
    silent = Guide(np.stack(pictures(9)), 0.0)
    assert torch.equal(plain, draw(tiny, replace(REQUEST, guide=silent)).values)


OTHERS: list[dict[str, Any]] = [
    {"seed": 6},
    {"prompt": "night."},
    {"negative": "rain."},
    {"guidance": 4.0},
    {"steps": 5},
    {"schedule": "linear-quadratic"},
    {"guidance_interval": (0.0, 0.5)},
    {"given": {0: CLIP[0]}},
    {"given": {8: CLIP[0]}},
    {"guide": Guide(np.stack(pictures(9)), 1.0)},
    {"guide": Guide(np.stack(pictures(9)), 0.2)},
    {"references": (Reference(CLIP[0], 1),)},
    {"references": (Reference(CLIP[0], 2),)},
]


def test_every_part_of_a_request_changes_the_latents(tiny: Sketch) -> None:
    drawn = [draw(tiny, REQUEST).values] + [draw(tiny, replace(REQUEST, **other)).values for other in OTHERS]
    for number, one in enumerate(drawn):
        assert not any(torch.equal(one, other) for other in drawn[:number])


def test_guidance_of_one_is_the_prompt_alone(tiny: Sketch) -> None:
    mine = draw(tiny, replace(REQUEST, guidance=1.0, negative="rain."))
    assert torch.equal(mine.values, draw(tiny, replace(REQUEST, guidance=1.0)).values)


def test_each_step_is_reported_once_with_latents_to_preview(tiny: Sketch) -> None:
    reports: list[StepReport] = []
    draw(tiny, REQUEST, reports.append)
    assert [report.step for report in reports] == [1, 2, 3, 4]
    shown = preview(tiny, reports[1].latents)
    assert len(shown) == 2 and shown[0].shape == (16, 24, 3) and shown[0].dtype == np.uint8


@pytest.mark.parametrize("prompt", ["", "x" * 20_000, "\N{ROCKET} 雨", "pier, night. " * 500])
def test_any_prompt_is_drawn(tiny: Sketch, prompt: str) -> None:
    assert decode(tiny, draw(tiny, replace(REQUEST, prompt=prompt, frames=1, steps=1))).shape[0] == 1


# --- given pictures, masks, loops ------------------------------------------------------------------------------------


@pytest.mark.parametrize("task", ["first frame", "first and last", "extend tail", "extend head", "redo a range"])
def test_given_pictures_come_back_exactly_and_change_the_rest(tiny: Sketch, task: str) -> None:
    request = replace(REQUEST, **TASKS[task])
    latents = draw(tiny, request)
    drawn, own = decode(tiny, latents), decode(tiny, latents, write_back=False)
    plain = decode(tiny, draw(tiny, replace(request, given={})))
    given = {number: fit(picture, tiny.output_size) for number, picture in request.given.items()}
    for number in range(request.frames):
        if number in given:
            assert np.array_equal(drawn[number], given[number])
        else:
            assert not np.array_equal(own[number], plain[number])
            assert np.array_equal(drawn[number], carried(own[number], number, dict(enumerate(own)), given))


def test_given_latents_stay_as_they_were_encoded(tiny: Sketch) -> None:
    latents = draw(tiny, replace(REQUEST, **TASKS["extend tail"])).values
    small = np.stack([fit(CLIP[number], tiny.size) for number in range(9)])
    signal = torch.from_numpy(small).permute(3, 0, 1, 2)[None] / 127.5 - 1
    with torch.inference_mode():
        assert torch.allclose(latents[:, :2], tiny.autoencoder.encode(signal)[0], atol=1e-6)


def test_pixels_outside_a_mask_come_back_exactly_and_its_edge_is_soft(tiny: Sketch) -> None:
    latents = draw(tiny, replace(REQUEST, given=CLIP, mask=MASK))
    drawn, own = decode(tiny, latents).astype(int), decode(tiny, latents, write_back=False).astype(int)
    clip, inside = np.stack(list(CLIP.values())).astype(int), MASK > 0
    assert np.array_equal(drawn[:, ~inside], clip[:, ~inside])
    assert np.array_equal(drawn[:, 23:25, 71:73], own[:, 23:25, 71:73])
    edge = drawn[:, 16, 64:80]
    assert not np.array_equal(edge, clip[:, 16, 64:80]) and not np.array_equal(edge, own[:, 16, 64:80])
    nearer = np.abs(edge - clip[:, 16, 64:80]).mean() < np.abs(edge - own[:, 16, 64:80]).mean()
    assert nearer


def test_mask_over_everything_keeps_nothing(tiny: Sketch) -> None:
    request = replace(REQUEST, given=CLIP, mask=np.full_like(MASK, 255))
    assert torch.equal(draw(tiny, request).values, draw(tiny, REQUEST).values)


def test_strength_of_nothing_is_the_round_trip(tiny: Sketch) -> None:
    latents = draw(tiny, replace(REQUEST, given=CLIP, strength=0.0)).values
    small = np.stack([fit(CLIP[number], tiny.size) for number in range(9)])
    signal = torch.from_numpy(small).permute(3, 0, 1, 2)[None] / 127.5 - 1
    with torch.inference_mode():
        assert torch.allclose(latents, tiny.autoencoder.encode(signal)[0], atol=1e-6)


def test_the_stronger_a_clip_is_restyled_the_further_it_goes(tiny: Sketch) -> None:
    drawn = [draw(tiny, replace(REQUEST, given=CLIP, strength=each, steps=10)).values for each in (0.0, 0.3, 0.6, 0.95)]
    distances = [float((each - drawn[0]).square().mean()) for each in drawn[1:]]
    assert 0 < distances[0] < distances[1] < distances[2]


def test_restyled_drawings_are_not_written_back(tiny: Sketch) -> None:
    assert draw(tiny, replace(REQUEST, given=CLIP, strength=0.9)).kept is None


def test_loop_meets_its_first_picture_again(tiny: Sketch) -> None:
    looped = draw(tiny, replace(REQUEST, given={0: CLIP[0]}, loop=True))
    by_hand = draw(tiny, replace(REQUEST, given={0: CLIP[0], 9: CLIP[0]}))
    assert torch.equal(looped.values, by_hand.values)
    assert not torch.equal(looped.values, draw(tiny, replace(REQUEST, given={0: CLIP[0]})).values)


def test_loop_without_a_picture_begins_with_the_still_of_its_prompt_and_counts_its_steps(tiny: Sketch) -> None:
    reports: list[StepReport] = []
    drawn = decode(tiny, draw(tiny, replace(REQUEST, loop=True), reports.append))
    still = decode(tiny, draw(tiny, replace(REQUEST, frames=1)))
    assert np.array_equal(drawn[0], still[0])
    assert [(each.step, each.steps) for each in reports] == [(step, 8) for step in range(1, 9)]


# --- stopping and going on -------------------------------------------------------------------------------------------


@every_task
def test_stopped_at_every_step_and_resumed_equals_drawn_at_once(tiny: Sketch, task: dict[str, Any]) -> None:
    request = replace(REQUEST, **task)
    reports: list[StepReport] = []
    whole = draw(tiny, request, reports.append)
    state: SamplingState | None = None
    for step in range(reports[-1].steps):
        state = SamplingState.from_bytes(stopped_after(tiny, request, step, state).to_bytes())
        assert state.step == step
    resumed = sample(tiny, request, on_step=lambda report: None, should_stop=lambda: False, state=state)
    assert isinstance(resumed, Latents) and torch.equal(resumed.values, whole.values)


CHANGES: list[dict[str, Any]] = [
    {"seed": 9},
    {"negative": "rain."},
    {"given": {**CLIP, 3: CLIP[4]}},
    {"mask": 255 - MASK},
    {"guide": Guide(np.stack(pictures(9, seed=7)), 0.5)},
    {"guide": Guide(np.stack(pictures(9)), 0.6)},
    {"references": (Reference(CLIP[0], 2),)},
    {"references": (Reference(CLIP[1], 1),)},
    {"schedule": "linear-quadratic"},
    {"guidance_interval": (0.1, 1.0)},
]


@pytest.mark.parametrize("change", CHANGES)
def test_state_of_another_request_is_not_continued(tiny: Sketch, change: dict[str, Any]) -> None:
    request = replace(
        REQUEST, given=CLIP, mask=MASK, guide=Guide(np.stack(pictures(9)), 0.5), references=(Reference(CLIP[0], 1),)
    )
    state = SamplingState(1, torch.zeros(1, 32, 2, 4, 6), request.facts())
    with pytest.raises(ValueError, match="another request"):
        sample(tiny, replace(request, **change), on_step=lambda r: None, should_stop=lambda: False, state=state)


@pytest.mark.parametrize(
    ("step", "shape", "words"), [(1, (1, 32, 3, 4, 6), "another size"), (5, (1, 32, 2, 4, 6), "step 5 of 4")]
)
def test_state_that_does_not_fit_its_request_is_refused(
    tiny: Sketch, step: int, shape: tuple[int, ...], words: str
) -> None:
    state = SamplingState(step, torch.zeros(shape), REQUEST.facts())
    with pytest.raises(ValueError, match=words):
        sample(tiny, REQUEST, on_step=lambda r: None, should_stop=lambda: False, state=state)


@pytest.mark.parametrize("damage", [lambda data: data[:40], lambda data: b"", lambda data: b"\x00" * len(data)])
def test_damaged_state_is_refused(tiny: Sketch, damage: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ValueError, match="damaged"):
        SamplingState.from_bytes(damage(stopped_after(tiny, REQUEST, 1).to_bytes()))


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_numbers_that_are_not_finite_are_refused(wrong: float) -> None:
    state = SamplingState(1, torch.zeros(1, 32, 2, 4, 6), REQUEST.facts())
    state.latents[0, 0, 0, 0, 0] = wrong
    with pytest.raises(ValueError, match="not finite"):
        SamplingState.from_bytes(state.to_bytes())
    with pytest.raises(ValueError, match="damaged"):
        Latents.from_bytes(Latents(state.latents[0]).to_bytes())


@pytest.mark.parametrize("task", ["text", "first frame", "inpaint"])
def test_latents_survive_being_stored(tiny: Sketch, task: str) -> None:
    latents = draw(tiny, replace(REQUEST, **TASKS[task]))
    again = Latents.from_bytes(latents.to_bytes())
    assert np.array_equal(decode(tiny, again), decode(tiny, latents))


@pytest.mark.parametrize(
    ("pictures", "numbers"),
    [((2, 64, 96, 3), [0, 40]), ((2, 64, 96, 3), [0]), ((1, 64, 97, 3), [0]), ((1, 64, 96), [0])],
)
def test_stored_latents_whose_parts_do_not_belong_together_are_refused(
    pictures: tuple[int, ...], numbers: list[int]
) -> None:
    kept = Kept(np.zeros(pictures, np.uint8), np.asarray(numbers, dtype=np.int64))
    with pytest.raises(ValueError, match="damaged"):
        Latents.from_bytes(Latents(torch.zeros(32, 2, 4, 6), kept).to_bytes())


def test_held_takes_are_stopped_early_and_the_chosen_one_goes_on(tiny: Sketch) -> None:
    held = {seed: stopped_after(tiny, replace(REQUEST, seed=seed), 2) for seed in (1, 2, 3)}
    chosen = replace(REQUEST, seed=2)
    result = sample(tiny, chosen, on_step=lambda report: None, should_stop=lambda: False, state=held[2])
    assert isinstance(result, Latents) and torch.equal(result.values, draw(tiny, chosen).values)


# --- refusals --------------------------------------------------------------------------------------------------------

REFUSED: list[tuple[dict[str, Any], str]] = [
    *(({"frames": frames}, str(frames)) for frames in (0, -3, 2, 33, 10_000_000)),
    ({"size": (144, 80)}, r"144x80.*48x32, 32x32, 32x48"),
    ({"size": (48, 33)}, "48x33"),
    ({"steps": 0}, "0 steps"),
    ({"schedule": "cosine"}, "cosine"),
    ({"guidance": float("nan")}, "guidance of nan"),
    ({"reference_guidance": float("inf")}, "reference guidance of inf"),
    ({"guidance_interval": (0.8, 0.2)}, "0.8 to 0.2"),
    ({"guidance_interval": (0.0, 1.5)}, "1.5"),
    ({"given": {0: np.zeros((8, 8), np.uint8)}}, "first frame must be 8-bit RGB"),
    ({"given": {0: np.zeros((8, 8, 4), np.uint8)}}, "8-bit RGB"),
    ({"given": {3: np.zeros((8, 8, 3))}}, "given picture must be 8-bit RGB"),
    ({"given": {0: np.zeros((0, 8, 3), np.uint8)}}, "8-bit RGB"),
    ({"given": {10: CLIP[0]}}, "drawing 10.*9"),
    ({"given": {-1: CLIP[0]}}, "drawing -1"),
    ({"strength": 0.5}, "drawing 0 is not"),
    ({"given": {0: CLIP[0]}, "strength": 0.5}, "drawing 1 is not"),
    ({"given": CLIP, "strength": 1.5}, "strength of 1.5"),
    ({"given": CLIP, "strength": float("nan")}, "strength of nan"),
    ({"given": {0: CLIP[0]}, "mask": MASK}, "drawing 1 is not"),
    ({"given": CLIP, "mask": np.zeros_like(MASK)}, "nothing to redraw"),
    ({"given": CLIP, "mask": MASK[:, 32:]}, "64x64.*96x64"),
    ({"given": CLIP, "mask": np.stack([MASK] * 3, axis=2)}, "8-bit grey"),
    ({"given": CLIP, "mask": MASK.astype(np.float32)}, "8-bit grey"),
    ({"loop": True, "frames": 1}, "loop"),
    ({"loop": True, "given": CLIP, "mask": MASK}, "loop"),
    ({"loop": True, "given": CLIP, "strength": 0.5}, "loop"),
    ({"guide": Guide(np.stack(pictures(8)))}, "8 pictures.*9"),
    ({"guide": Guide(np.stack(pictures(9)), 1.2)}, "1.2"),
    ({"guide": Guide(np.zeros((9, 8, 8), np.uint8))}, "8-bit RGB"),
    ({"references": (Reference(CLIP[0], 1),) * 9}, "9 references.*8 fit"),
    ({"references": (Reference(CLIP[0], 0),)}, "slot 0"),
    ({"references": (Reference(CLIP[0], 9),)}, "slot 9"),
    ({"references": (Reference(CLIP[0][:, :, 0], 1),)}, "reference must be 8-bit RGB"),
]


@pytest.mark.parametrize(("wrong", "words"), REFUSED)
def test_what_cannot_be_drawn_is_refused_in_words(tiny: Sketch, wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        draw(tiny, replace(REQUEST, **wrong))


@pytest.mark.parametrize("schedule", ["uniform", "linear-quadratic"])
def test_schedules_are_followed_step_by_step(tiny: Sketch, schedule: Schedule) -> None:
    """The estimates of a first step lie on a straight line from the noise: the velocity times the first flow time."""
    reports: list[StepReport] = []
    draw(tiny, replace(REQUEST, schedule=schedule), reports.append)
    state = stopped_after(tiny, replace(REQUEST, schedule=schedule), 1)
    start = stopped_after(tiny, replace(REQUEST, schedule=schedule), 0)
    share = 1 - tiny.flow.times(4, schedule)[1]
    expected = start.latents + share * (reports[0].latents[None] - start.latents)
    assert torch.allclose(state.latents, expected, atol=1e-5)
