"""The sketch engine on a tiny untrained model: exact lengths, bit-equal going on, the given frame, and refusals."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import load_file

from model_runtime import frames, protocol, safe_files
from model_runtime.engines import enlarge
from model_runtime.engines.base import JobFolder, Made, Stopped
from model_runtime.engines.finishing import large_drawings
from model_runtime.engines.sketch import SketchEngine
from model_runtime.engines.sketch_inputs import Inputs
from model_runtime.failures import BadInput
from tests.model_runtime.engines.test_slate import Listener
from tests.model_runtime.talk import a_request

STEPS = 7
SIZE = (192, 108)


def a_clip(**changes: Any) -> protocol.Generate:
    fields: dict[str, Any] = {
        "engine": "sketch",
        "engine_frames": 9,
        "hold": 2,
        "steps": STEPS,
        "prompt": "pier, night.",
    }
    return a_request(**{**fields, "width": SIZE[0], "height": SIZE[1], **changes})


@pytest.fixture(scope="module")
def engine(tiny_assets: Path) -> Iterator[SketchEngine]:
    import torch

    threads = torch.get_num_threads()
    one = SketchEngine(tiny_assets)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHOTWRIGHT_THREADS", "1")
        one.load()
    yield one
    torch.set_num_threads(threads)


def generate(
    engine: SketchEngine, folder: Path, listener: Listener | None = None, **changes: Any
) -> tuple[Made | Stopped, Listener]:
    listener = listener or Listener()
    folder.mkdir(exist_ok=True)
    media = folder.parent / "media"
    return engine.generate(a_clip(**changes), listener, JobFolder(folder, media)), listener


def pictures_of(folder: Path) -> list[np.ndarray]:
    with av.open(str(folder / "take.mp4")) as movie:
        return [frame.to_ndarray() for frame in movie.decode(video=0)]


def test_it_says_how_references_were_read_in_training(tiny_assets: Path) -> None:
    from model_runtime.stage import reference
    from model_runtime.training import scenes

    info = SketchEngine(tiny_assets).info()
    assert info.views == scenes.SHEETS
    assert info.reference_size == (reference.SHEET_WIDTH, reference.SHEET_HEIGHT)


def test_what_it_can_take_is_told_without_loading_anything(tiny_assets: Path) -> None:
    info = SketchEngine(tiny_assets).info()
    assert info.available and len(info.weights) >= 8
    assert info.frames[:3] == (9, 17, 25) and info.frames[-1] >= 20 * info.drawings_per_second and info.part == 25
    assert (info.width, info.height) == (96, 64) == info.sizes[0] and info.references == 8
    assert {"still", "clip", "first_frame", "last_frame", "redo", "references"} <= set(info.tasks)


def test_missing_or_truncated_weights_are_told_and_not_loaded(tiny_assets: Path, tmp_path: Path) -> None:
    info = SketchEngine(tmp_path).info()
    assert not info.available and "weights" in info.reason and info.hint
    copy = tmp_path / "assets"
    shutil.copytree(tiny_assets, copy)
    file = copy / "models" / "sketch" / "transformer" / "diffusion_pytorch_model.safetensors"
    file.write_bytes(file.read_bytes()[:-100])
    info = SketchEngine(copy).info()
    assert not info.available and "transformer" in info.reason and info.hint


def test_a_clip_has_exactly_its_frames_each_drawing_held(engine: SketchEngine, tmp_path: Path) -> None:
    made, listener = generate(engine, tmp_path / "job", hold=4)
    assert isinstance(made, Made)
    assert [one.role for one in made.files] == ["movie", "poster", "latents"]
    found = pictures_of(tmp_path / "job")
    assert len(found) == 36 == made.facts["frames"]
    for start in range(0, 36, 4):
        for other in found[start + 1 : start + 4]:
            assert np.abs(found[start].astype(int) - other).mean() < 1.0
    stages = [stage for stage, _, _ in listener.told]
    assert list(dict.fromkeys(stages)) == ["reading", "drawing", "decoding", "writing"]
    assert [done for stage, done, _ in listener.told if stage == "drawing"] == list(range(1, STEPS + 1))
    assert listener.previews and all(one.dtype == np.uint8 for one in listener.previews[0])


def test_a_clip_can_end_before_its_last_drawing(engine: SketchEngine, tmp_path: Path) -> None:
    made, _ = generate(engine, tmp_path / "job", frames=13)
    assert isinstance(made, Made) and len(pictures_of(tmp_path / "job")) == 13


def test_the_facts_are_measured(engine: SketchEngine, tmp_path: Path) -> None:
    made, _ = generate(engine, tmp_path / "job")
    assert isinstance(made, Made)
    facts = made.facts
    assert (facts["width"], facts["height"]) == SIZE and (facts["native_width"], facts["native_height"]) == (96, 64)
    assert facts["weights"] == engine.info().weights and set(facts["seconds"]) == {"drawing", "decoding", "writing"}
    seconds, memory = engine.estimate(protocol.Estimate("e", 1, "sketch", 9, STEPS))
    assert seconds > 0 and memory > 0


def test_the_same_request_makes_the_same_bits_and_another_seed_or_prompt_does_not(
    engine: SketchEngine, tmp_path: Path
) -> None:
    def digest(name: str, **changes: Any) -> str:
        made, _ = generate(engine, tmp_path / name, **changes)
        assert isinstance(made, Made)
        return made.files[0].hash

    first = digest("a")
    assert digest("b") == first
    assert digest("c", seed=2) != first
    assert digest("d", prompt="forest, dawn.") != first


def test_latents_lie_beside_the_movie_small_and_finite(engine: SketchEngine, tmp_path: Path) -> None:
    generate(engine, tmp_path / "job")
    path = tmp_path / "job" / "latents.safetensors"
    values = load_file(path)["latents"]
    assert values.dtype == np.float16 and values.shape == (32, 2, 4, 6) and np.isfinite(values).all()
    assert path.stat().st_size < 1_000_000


@pytest.mark.parametrize("stop_at", [1, 4, 5, 6])
def test_held_at_a_step_and_continued_is_bit_equal_to_never_stopped(
    engine: SketchEngine, tmp_path: Path, stop_at: int
) -> None:
    straight, _ = generate(engine, tmp_path / "straight")
    held, _ = generate(engine, tmp_path / "held", stop_at=stop_at)
    assert held == Stopped(stop_at)
    assert not (tmp_path / "held" / "take.mp4").exists()
    continued, listener = generate(engine, tmp_path / "held", resume=True)
    assert isinstance(straight, Made) and isinstance(continued, Made)
    assert continued.files == straight.files
    assert next(done for stage, done, _ in listener.told if stage == "drawing") == stop_at + 1


@pytest.mark.parametrize("stop_after", [0, 3, 6])
def test_cancelled_between_steps_saves_and_goes_on_bit_equal(
    engine: SketchEngine, tmp_path: Path, stop_after: int
) -> None:
    straight, _ = generate(engine, tmp_path / "straight")
    stopped, _ = generate(engine, tmp_path / "job", Listener(stop_after))
    assert stopped == Stopped(stop_after)
    continued, _ = generate(engine, tmp_path / "job", resume=True)
    assert isinstance(straight, Made) and isinstance(continued, Made) and continued.files == straight.files


def test_a_lost_process_goes_on_from_the_last_saved_step(engine: SketchEngine, tmp_path: Path) -> None:
    class Killed(BaseException):
        """As near to SIGKILL as one process can come."""

    class Fatal(Listener):
        def progress(self, stage: str, done: int, total: int, seconds_left: float = -1.0) -> None:
            super().progress(stage, done, total)
            if (stage, done) == ("drawing", 6):
                raise Killed

    straight, _ = generate(engine, tmp_path / "straight")
    with pytest.raises(Killed):
        generate(engine, tmp_path / "job", Fatal())
    continued, listener = generate(engine, tmp_path / "job", resume=True)
    assert isinstance(straight, Made) and isinstance(continued, Made) and continued.files == straight.files
    assert [done for stage, done, _ in listener.told if stage == "drawing"] == [6, 7], "5 steps were saved"


def test_a_failed_encoding_never_costs_the_drawing_again(
    engine: SketchEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> bool:
        raise safe_files.NoSpace(tmp_path, 1, 0)

    with monkeypatch.context() as patch:
        patch.setattr(frames, "write_movie", full)
        with pytest.raises(safe_files.NoSpace):
            generate(engine, tmp_path / "job")
    made, listener = generate(engine, tmp_path / "job", resume=True)
    assert isinstance(made, Made) and not [1 for stage, _, _ in listener.told if stage == "drawing"]
    straight, _ = generate(engine, tmp_path / "straight")
    assert isinstance(straight, Made) and made.files == straight.files


def test_progress_of_another_request_is_thrown_away(engine: SketchEngine, tmp_path: Path) -> None:
    generate(engine, tmp_path / "job", stop_at=5)
    made, _ = generate(engine, tmp_path / "job", resume=True, seed=2)
    straight, _ = generate(engine, tmp_path / "straight", seed=2)
    assert isinstance(made, Made) and isinstance(straight, Made) and made.files == straight.files
    assert len(list((tmp_path / "job").glob("progress-*"))) == 1


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-10], lambda data: b"", lambda data: data[:-4] + b"\xff\xff\xff\x7f"]
)
def test_damaged_progress_is_told_and_begun_anew(engine: SketchEngine, tmp_path: Path, spoil: Any) -> None:
    generate(engine, tmp_path / "job", stop_at=5)
    saved = next((tmp_path / "job").glob("progress-*"))
    saved.write_bytes(spoil(saved.read_bytes()))
    made, listener = generate(engine, tmp_path / "job", resume=True)
    straight, _ = generate(engine, tmp_path / "straight")
    assert isinstance(made, Made) and isinstance(straight, Made) and made.files == straight.files
    assert listener.notices and "anew" in listener.notices[0]


# --- a given first frame -------------------------------------------------------------------------------------------


def finished(drawings: np.ndarray, given: dict[int, np.ndarray]) -> list[np.ndarray]:
    known = dict(enumerate(drawings))
    return list(large_drawings(known, Inputs("", (48, 32), pictures=given), range(len(drawings)), SIZE))


def an_input(folder: Path, size: tuple[int, int], name: str = "panel.png") -> tuple[protocol.InputFile, np.ndarray]:
    media = folder / "media"
    media.mkdir(exist_ok=True)
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    picture = np.stack([x * 255 // size[0], y * 255 // size[1], (x + y) % 256], axis=-1).astype(np.uint8)
    frames.write_still(media / name, picture, "")
    digest = hashlib.sha256((media / name).read_bytes()).hexdigest()
    return protocol.InputFile(digest, name, "first frame"), picture


def test_a_given_first_frame_of_the_films_size_is_written_back_exactly(tmp_path: Path) -> None:
    drawings = np.zeros((3, 64, 96, 3), np.uint8)
    given = np.random.default_rng(1).integers(0, 256, (SIZE[1], SIZE[0], 3), dtype=np.uint8)
    drawings[0] = 255
    found = finished(drawings, {0: given})
    assert np.array_equal(found[0], given) and not found[1].any() and len(found) == 3


def test_detail_of_a_large_given_frame_goes_on_where_the_drawing_rests(tmp_path: Path) -> None:
    _, given = an_input(tmp_path, SIZE)
    given[::4] //= 2
    drawings = np.stack([enlarge.reduced(given, SIZE, (96, 64))] * 9)
    drawings[1:, :, 84:] = 0
    found = finished(drawings, {0: given})
    plain = finished(drawings, {})

    def off(pictures: list[np.ndarray], number: int) -> float:
        return float(np.abs(pictures[number][:, :100].astype(int) - given[:, :100]).mean())

    assert [off(found, number) < 0.3 * off(plain, number) for number in (1, 2, 3)] == [True] * 3
    assert off(found, 1) < off(found, 7) < off(plain, 7), "the less the further away"
    assert np.abs(found[3][:, 180:].astype(int) - plain[3][:, 180:]).max() <= 2


def test_a_loop_meets_the_detail_of_its_first_frame_again(tmp_path: Path) -> None:
    _, given = an_input(tmp_path, SIZE)
    given[::4] //= 2
    drawings = dict(enumerate(np.stack([enlarge.reduced(given, SIZE, (96, 64))] * 17)))
    inputs = Inputs("", (48, 32), pictures={0: given})
    once = list(large_drawings(drawings, inputs, range(17), SIZE))
    loop = list(large_drawings(drawings, inputs, range(17), SIZE, loops_at=17))
    apart = [[float(np.abs(one.astype(int) - given).mean()) for one in found] for found in (once, loop)]
    assert apart[0][16] > apart[0][8] > apart[0][1] and apart[1][16] < 0.5 * apart[0][16]


def test_a_given_first_frame_of_another_size_is_cropped_not_stretched() -> None:
    drawings = np.zeros((2, 64, 96, 3), np.uint8)
    given = np.zeros((200, 200, 3), np.uint8)
    given[:, 100:] = 255
    first = finished(drawings, {0: given})[0]
    assert first.shape == (SIZE[1], SIZE[0], 3)
    assert not first[:, : SIZE[0] // 2 - 2].any() and (first[:, SIZE[0] // 2 + 2 :] == 255).all()


def test_a_clip_begins_with_the_frame_it_was_given(engine: SketchEngine, tmp_path: Path) -> None:
    given, picture = an_input(tmp_path, SIZE)
    made, _ = generate(engine, tmp_path / "job", given=(protocol.GivenFrames(given, 0),))
    assert isinstance(made, Made)
    with av.open(str(tmp_path / "job" / "take.mp4")) as movie:
        first = next(movie.decode(video=0)).to_ndarray(format="rgb24")
    assert np.abs(first.astype(int) - picture).mean() < 4
    plain, _ = generate(engine, tmp_path / "plain")
    assert isinstance(plain, Made) and plain.files[0].hash != made.files[0].hash


def test_an_input_that_is_not_what_it_was_is_refused(engine: SketchEngine, tmp_path: Path) -> None:
    given, _ = an_input(tmp_path, SIZE)
    for wrong in (replace(given, hash="0" * 64), replace(given, name="gone.png"), replace(given, name="../x.png")):
        with pytest.raises(BadInput):
            generate(engine, tmp_path / "job", given=(protocol.GivenFrames(wrong, 0),))
    text = tmp_path / "media" / "text.png"
    text.write_text("no picture")
    digest = hashlib.sha256(text.read_bytes()).hexdigest()
    with pytest.raises(BadInput, match="broken or no picture"):
        wrong = protocol.InputFile(digest, "text.png")
        generate(engine, tmp_path / "job", given=(protocol.GivenFrames(wrong, 0),))


# --- stills and refusals -------------------------------------------------------------------------------------------


def test_a_still_is_one_picture_of_the_films_size_with_its_recipe(engine: SketchEngine, tmp_path: Path) -> None:
    made, _ = generate(engine, tmp_path / "job", kind="still", engine_frames=1, hold=1)
    assert isinstance(made, Made) and [one.role for one in made.files] == ["still", "latents"]
    with Image.open(tmp_path / "job" / "still.png") as image:
        assert image.size == SIZE and image.text["recipe"] == a_clip().recipe


@pytest.mark.parametrize("prompt", ["", "🦊 渡輪 \x00", "word " * 780])
def test_any_prompt_is_drawn(engine: SketchEngine, tmp_path: Path, prompt: str) -> None:
    made, _ = generate(engine, tmp_path / "job", kind="still", engine_frames=1, hold=1, steps=1, prompt=prompt)
    assert isinstance(made, Made)
