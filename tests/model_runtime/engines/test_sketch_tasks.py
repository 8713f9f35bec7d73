"""Every task of the sketch engine on a tiny untrained model: what is given comes back, the rest is drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import load_file, save_file

from model_runtime import frames, protocol
from model_runtime.engines import take_latents
from model_runtime.engines.base import JobFolder, Made, Stopped
from model_runtime.engines.sketch import SketchEngine
from model_runtime.engines.sketch_inputs import slots_of, with_slots
from model_runtime.failures import BadInput
from model_runtime.protocol import GivenFrames, InputFile, Reference
from model_runtime.video.pictures import fit
from tests.builders import a_movie
from tests.model_runtime.engines.test_slate import Listener
from tests.model_runtime.talk import a_request

SIZE = (192, 128)
STEPS = 2
SAME = 2.5
"""Mean difference in grey levels that encoding from the same drawing costs these noisy pictures."""
READ_AGAIN = 10.0
"""The same from frames that were encoded before; other drawings are 11 and more apart, most of them 20."""


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


class Desk:
    """A media folder, jobs beside it, and the engine that draws them."""

    def __init__(self, engine: SketchEngine, folder: Path) -> None:
        self.engine, self.folder, self.media = engine, folder, folder / "media"
        self.media.mkdir()
        self.listener = Listener()

    def draw(self, job: str = "job", listener: Listener | None = None, **changes: Any) -> Made | Stopped:
        folder = self.folder / job
        folder.mkdir(exist_ok=True)
        fields = {"engine": "sketch", "engine_frames": 9, "hold": 2, "steps": STEPS, "prompt": "pier, night."}
        size = {"width": SIZE[0], "height": SIZE[1]}
        self.listener = listener or Listener()
        request = a_request(**{**fields, **size, **changes})
        return self.engine.generate(request, self.listener, JobFolder(folder, self.media))

    def take(self, job: str = "take", *, latents: bool = True, **changes: Any) -> InputFile:
        """A finished take in the media folder, as the studio adopts it."""
        assert isinstance(self.draw(job, **changes), Made)
        given = self.adopt(self.folder / job / frames.MOVIE)
        if latents:
            beside = (self.media / given.name).with_suffix(".safetensors")
            beside.write_bytes((self.folder / job / frames.LATENTS).read_bytes())
        return given

    def adopt(self, file: Path) -> InputFile:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        name = digest + file.suffix
        (self.media / name).write_bytes(file.read_bytes())
        return InputFile(digest, name)

    def picture(self, values: np.ndarray | Image.Image) -> InputFile:
        image = values if isinstance(values, Image.Image) else Image.fromarray(values)
        image.save(self.folder / "picture.png")
        return self.adopt(self.folder / "picture.png")

    def frames_of(self, job: str) -> list[np.ndarray]:
        return decoded(self.folder / job / frames.MOVIE)


@pytest.fixture
def desk(engine: SketchEngine, tmp_path: Path) -> Desk:
    return Desk(engine, tmp_path)


def decoded(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as movie:
        return [frame.to_ndarray(format="rgb24").astype(int) for frame in movie.decode(video=0)]


def noise(seed: int = 1, size: tuple[int, int] = SIZE) -> np.ndarray:
    """A picture coarse enough for the encoder to keep."""
    small = np.random.default_rng(seed).integers(0, 256, (8, 12, 3), dtype=np.uint8)
    return np.asarray(Image.fromarray(small).resize(size, Image.Resampling.BICUBIC))


def apart(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.abs(one.astype(int) - other).mean())


# --- given drawings ------------------------------------------------------------------------------------------------


def test_a_clip_begins_and_ends_with_the_pictures_it_was_given(desk: Desk) -> None:
    first, last = noise(1), noise(2)
    given = (GivenFrames(desk.picture(first), 0), GivenFrames(desk.picture(last), 8))
    assert isinstance(desk.draw(given=given), Made)
    found = desk.frames_of("job")
    assert apart(found[0], first) < 4 and apart(found[-1], last) < 4
    assert apart(found[6], first) > 20


def test_an_extended_take_stands_in_the_longer_one_frame_by_frame(desk: Desk) -> None:
    take = desk.take()
    old = desk.frames_of("take")
    made = desk.draw("longer", engine_frames=25, given=(GivenFrames(take, 0, 9),), seed=5)
    assert isinstance(made, Made) and made.facts["parts"] == 1
    new = desk.frames_of("longer")
    assert len(new) == 50 and max(map(apart, old, new[:18])) < SAME
    made = desk.draw("before", engine_frames=17, given=(GivenFrames(take, 8, 9),), seed=5)
    assert isinstance(made, Made) and max(map(apart, old, desk.frames_of("before")[16:])) < SAME


def test_latents_beside_a_take_are_used_and_of_other_weights_are_not(desk: Desk, monkeypatch: Any) -> None:
    take = desk.take()
    read: list[int] = []
    whole = take_latents.read

    def counted(*given: Any) -> dict[int, np.ndarray]:
        found = whole(*given)
        read.append(len(found))
        return found

    monkeypatch.setattr(take_latents, "read", counted)
    desk.draw("first", engine_frames=17, given=(GivenFrames(take, 0, 9),))
    beside = (desk.media / take.name).with_suffix(".safetensors")
    text = beside.read_bytes().replace(desk.engine.info().weights.encode(), b"0" * len(desk.engine.info().weights))
    beside.write_bytes(text)
    desk.draw("second", engine_frames=17, given=(GivenFrames(take, 0, 9),))
    assert read == [9, 0]
    old = desk.frames_of("take")
    assert max(map(apart, old, desk.frames_of("second")[:18])) < READ_AGAIN, "the movie itself is read then"


def test_detail_of_given_drawings_is_carried_again_when_a_take_is_read(desk: Desk) -> None:
    longer = desk.take("longer", engine_frames=25, given=(GivenFrames(desk.take(), 0, 9),), seed=5)
    beside = (desk.media / longer.name).with_suffix(".safetensors")
    assert load_file(beside)["latents.bordering"].shape[0] == 1, "only what stands beside a drawn one is kept"
    old = desk.frames_of("longer")
    desk.draw("longest", engine_frames=33, given=(GivenFrames(longer, 0, 25),), seed=6)
    new = desk.frames_of("longest")
    differences = list(map(apart, old[18:], new[18:50]))
    assert max(differences) < 2 * SAME and float(np.mean(differences)) < SAME


def test_what_holds_detail_of_a_large_picture_is_read_from_the_movie(desk: Desk) -> None:
    take = desk.take(given=(GivenFrames(desk.picture(noise(1)), 0),))
    facts = take_latents._facts((desk.media / take.name).with_suffix(".safetensors").read_bytes())
    assert facts["given"] == list(range(9))
    desk.draw("longer", engine_frames=25, given=(GivenFrames(take, 0, 9),), seed=5)
    assert max(map(apart, desk.frames_of("take"), desk.frames_of("longer")[:18])) < READ_AGAIN


def test_a_long_loop_holds_detail_of_its_large_first_picture_at_its_end_too(desk: Desk) -> None:
    given = (GivenFrames(desk.picture(noise(1)), 0),)
    told = {}
    for loop in (False, True):
        made = desk.draw(f"{loop}", engine_frames=57, given=given, loop=loop, steps=1)
        assert isinstance(made, Made)
        told[loop] = take_latents._facts((desk.folder / f"{loop}" / frames.LATENTS).read_bytes())["given"]
    assert told == {False: list(range(25)), True: [*range(25), *range(33, 57)]}


def test_damaged_latents_are_told_and_the_movie_is_read(desk: Desk) -> None:
    take = desk.take()
    beside = (desk.media / take.name).with_suffix(".safetensors")
    values = load_file(beside)
    values["latents"][:] = np.nan
    facts = take_latents._facts(beside.read_bytes())
    frames.write_latents(beside, values, facts)
    assert isinstance(desk.draw(engine_frames=17, given=(GivenFrames(take, 0, 9),)), Made)
    assert len(desk.listener.notices) == 1 and "not finite" in desk.listener.notices[0]
    save_file(values, beside)
    assert isinstance(desk.draw(engine_frames=17, given=(GivenFrames(take, 0, 9),), seed=3), Made)
    assert "damaged" in desk.listener.notices[0]


@pytest.mark.parametrize(
    ("tensors", "facts"),
    [
        ({"latents.bordering": np.zeros((1, 10, 20, 3), np.uint8)}, {}),
        ({"latents.bordering": np.zeros((2, 64, 96, 3), np.uint8)}, {}),
        ({"latents": np.zeros((3, 2, 4, 6), np.float32)}, {}),
        ({"latents": np.zeros((6,), np.float32)}, {}),
        ({}, {"bordering": []}),
        ({}, {"bordering": [[99]]}),
        ({}, {"given": None}),
        ({}, {"parts": [[0]]}),
        ({}, {"parts": [[0, 17]]}),
    ],
)
def test_latents_that_do_not_fit_together_are_damaged(
    desk: Desk, tensors: dict[str, np.ndarray], facts: dict[str, Any]
) -> None:
    first = desk.take()
    take = desk.take("longer", engine_frames=25, given=(GivenFrames(first, 0, 9),))
    beside = (desk.media / take.name).with_suffix(".safetensors")
    told = take_latents._facts(beside.read_bytes())
    frames.write_latents(beside, {**load_file(beside), **tensors}, {**told, **facts})
    with pytest.raises(ValueError, match="latents beside the take"):
        take_latents.read(desk.media / take.name, range(25), desk.engine.sketch)


def test_a_redone_range_changes_nothing_outside_it(desk: Desk) -> None:
    take = desk.take(engine_frames=17)
    old = desk.frames_of("take")
    given = (GivenFrames(take, 0, 4), GivenFrames(take, 8, 9, 8))
    assert isinstance(desk.draw("redone", engine_frames=17, given=given, seed=9), Made)
    new = desk.frames_of("redone")
    differences = list(map(apart, old, new))
    assert max(differences[:8] + differences[16:]) < SAME < max(differences[8:16])


def test_a_bridge_is_cut_to_its_handles(desk: Desk) -> None:
    one, other = desk.take("one"), desk.take("other", seed=4, prompt="pier.")
    given = (GivenFrames(one, 0, 9), GivenFrames(other, 16, 9))
    made = desk.draw("bridge", engine_frames=25, given=given, skip=10, frames=30)
    assert isinstance(made, Made) and made.facts["frames"] == 30
    found = desk.frames_of("bridge")
    assert len(found) == 30
    assert max(map(apart, desk.frames_of("one")[10:], found[:8])) < SAME
    assert max(map(apart, desk.frames_of("other")[:8], found[22:])) < SAME


def test_what_a_bridge_skipped_is_counted_when_it_is_extended_in_turn(desk: Desk) -> None:
    one, other = desk.take("one"), desk.take("other", seed=4)
    given = (GivenFrames(one, 0, 9), GivenFrames(other, 16, 9))
    bridge = desk.take("bridge", engine_frames=25, given=given, skip=10, frames=30)
    desk.draw("longer", engine_frames=25, given=(GivenFrames(bridge, 0, 15),))
    assert max(map(apart, desk.frames_of("bridge"), desk.frames_of("longer")[:30])) < READ_AGAIN


def test_a_mask_changes_only_what_it_marks(desk: Desk) -> None:
    take = desk.take()
    old = desk.frames_of("take")
    marks = np.zeros(SIZE[::-1], np.uint8)
    marks[32:96, 64:128] = 255
    given = (GivenFrames(take, 0, 9),)
    made = desk.draw("painted", given=given, mask=desk.picture(marks), prompt="woman.", seed=8)
    assert isinstance(made, Made)
    new = desk.frames_of("painted")
    inside, outside = marks > 0, marks == 0
    assert max(apart(a[outside], b[outside]) for a, b in zip(old, new, strict=True)) < SAME
    assert max(apart(a[inside], b[inside]) for a, b in zip(old, new, strict=True)) > 5


def test_a_take_restyled_under_a_mask_stays_as_it_came_outside_it(desk: Desk) -> None:
    panel, marks = noise(3), np.zeros((64, 96), np.uint8)
    marks[:, 48:] = 255
    still = {"kind": "still", "engine_frames": 1, "hold": 1}
    given = (GivenFrames(desk.picture(panel), 0),)
    assert isinstance(desk.draw(**still, given=given, mask=desk.picture(marks), strength=0.5), Made)
    with Image.open(desk.folder / "job" / frames.STILL) as image:
        found = np.asarray(image.convert("RGB"))
    assert np.array_equal(found[:, :96], panel[:, :96]) and apart(found[:, 110:], panel[:, 110:]) > 5
    beside = (desk.folder / "job" / frames.LATENTS).read_bytes()
    assert b'\\"given\\": [0]' in beside, "its latents alone do not show what the still shows"


def test_a_panel_is_redrawn_in_part_exactly_outside_the_mask(desk: Desk) -> None:
    panel, marks = noise(3), np.zeros((64, 96), np.uint8)
    marks[:, 48:] = 255
    still = {"kind": "still", "engine_frames": 1, "hold": 1}
    given = (GivenFrames(desk.picture(panel), 0),)
    assert isinstance(desk.draw(**still, given=given, mask=desk.picture(marks)), Made)
    with Image.open(desk.folder / "job" / frames.STILL) as image:
        found = np.asarray(image.convert("RGB"))
    assert np.array_equal(found[:, :96], panel[:, :96]) and apart(found[:, 110:], panel[:, 110:]) > 5


def test_a_restyled_take_is_drawn_anew_the_more_freely_the_higher_its_strength(desk: Desk) -> None:
    take = (GivenFrames(desk.take(), 0, 9),)

    def restyled(job: str, strength: float, seed: int) -> list[np.ndarray]:
        made = desk.draw(job, given=take, strength=strength, steps=8, prompt="woman.", seed=seed)
        assert isinstance(made, Made)
        return desk.frames_of(job)

    apart_by_seed = [
        max(map(apart, restyled(f"{strength} a", strength, 3), restyled(f"{strength} b", strength, 4)))
        for strength in (0.0, 0.4, 0.9)
    ]
    assert apart_by_seed[0] == 0.0 < apart_by_seed[1] < apart_by_seed[2], "chance has as much say as the strength gives"


def test_a_loop_leads_back_to_its_beginning(desk: Desk) -> None:
    made, listener = desk.draw(loop=True, engine_frames=17), desk.listener
    assert isinstance(made, Made)
    drawn = [(done, total) for stage, done, total in listener.told if stage == "drawing"]
    assert drawn[-1] == (2 * STEPS, 2 * STEPS), "a still is drawn first, and met again at the end"
    first = noise(5)
    assert isinstance(desk.draw("given", loop=True, given=(GivenFrames(desk.picture(first), 0),)), Made)
    assert apart(desk.frames_of("given")[0], first) < 4


# --- guides --------------------------------------------------------------------------------------------------------


def test_a_guide_leads_the_clip_and_its_strength_matters(desk: Desk) -> None:
    guide = desk.adopt(a_movie(desk.folder / "guide.mp4", 30, SIZE))
    made = {}
    for name, changes in {
        "none": {},
        "weak": {"guide": guide, "guide_strength": 0.2},
        "full": {"guide": guide},
    }.items():
        outcome = desk.draw(name, **changes)
        assert isinstance(outcome, Made)
        made[name] = outcome.files[0].hash
    assert len(set(made.values())) == 3


def test_a_guide_of_another_rate_is_followed_in_time(desk: Desk) -> None:
    from model_runtime.engines.reading import Movie
    from model_runtime.engines.sketch_inputs import guide_frames

    movie = Movie(a_movie(desk.folder / "guide.mp4", 40, SIZE, rate=48))
    request = a_request(engine_frames=9, hold=2, frames=18, rate=(24, 1))
    assert guide_frames(request, movie, "guide.mp4") == [4 * number for number in range(9)]


def test_a_guide_shorter_than_the_clip_is_refused_and_a_longer_one_cut(desk: Desk) -> None:
    short = desk.adopt(a_movie(desk.folder / "short.mp4", 17, SIZE))
    with pytest.raises(BadInput, match="lasts 17 frames, shorter than the clip of 18"):
        desk.draw(guide=short)
    assert isinstance(desk.draw(guide=short, frames=17), Made)
    with pytest.raises(BadInput, match="one picture, shorter than the clip"):
        desk.draw(guide=desk.picture(noise()))
    assert isinstance(desk.draw("still", guide=desk.picture(noise()), kind="still", engine_frames=1, hold=1), Made)


# --- references ----------------------------------------------------------------------------------------------------


def a_reference(desk: Desk, subject: str, seed: int) -> Reference:
    file = desk.picture(noise(seed, (60, 90)))
    return Reference(file.hash, file.name, "identity", subject)


def test_names_with_references_become_their_slots_and_others_stay() -> None:
    slots = slots_of([Reference("", "", "", name) for name in ("@mara", "@mara", "@jon")])
    assert slots == {"@mara": 1, "@jon": 2}
    text = "@Mara woman, @mara_young, @jon. @ada and mara@mara.com"
    assert with_slots(text, slots) == "<s1> woman, @mara_young, <s2>. @ada and mara@mara.com"
    assert with_slots(text, {}) == text


def test_the_engine_reads_names_as_the_studio_does() -> None:
    slots = slots_of([Reference("", "", "", name) for name in ("@José", "@mara", "@ſam", "@马拉")])
    text = "@Jose, @mara-ann and @mara- by @SAM. 他对@mara说，@马拉，mail jon@mara.com"
    assert with_slots(text, slots) == "<s1>, @mara-ann and <s2>- by <s3>. 他对<s2>说，<s4>，mail jon@mara.com"


def test_references_and_whose_they_are_change_the_drawing(desk: Desk) -> None:
    still = {"kind": "still", "engine_frames": 1, "hold": 1, "prompt": "@mara. @jon."}
    mara, jon = a_reference(desk, "@mara", 6), a_reference(desk, "@jon", 7)
    exchanged = (replace(mara, subject="@jon"), replace(jon, subject="@mara"))
    hashes = set()
    for name, references in {"none": (), "both": (mara, jon), "exchanged": exchanged}.items():
        outcome = desk.draw(name, **still, references=references)
        assert isinstance(outcome, Made)
        hashes.add(outcome.files[0].hash)
    assert len(hashes) == 3


@pytest.mark.parametrize("mode", ["P", "RGBA", "CMYK", "L", "1", "I;16"])
def test_a_reference_of_any_mode_is_drawn_with(desk: Desk, mode: str) -> None:
    plain = Image.fromarray(noise(6, (60, 90)))
    image = Image.fromarray(np.asarray(plain.convert("L")).astype(np.uint16) * 257) if mode == "I;16" else None
    image = image or plain.convert(mode)
    kind = "tiff" if mode == "CMYK" else "png"
    image.save(desk.folder / f"mara.{kind}")
    file = desk.adopt(desk.folder / f"mara.{kind}")
    reference = Reference(file.hash, file.name, "identity", "@mara")
    made = desk.draw(kind="still", engine_frames=1, hold=1, steps=1, references=(reference,))
    assert isinstance(made, Made) and made.facts["notes"] == desk.listener.notices
    told = " ".join(desk.listener.notices)
    assert ("read" in told) == (mode in ("P", "CMYK", "1", "I;16"))


# --- long clips ----------------------------------------------------------------------------------------------------


def test_a_clip_longer_than_one_part_is_drawn_in_parts_that_meet_exactly(desk: Desk) -> None:
    made, listener = desk.draw(engine_frames=41), desk.listener
    assert isinstance(made, Made) and made.facts["parts"] == 2 and len(desk.frames_of("job")) == 82
    drawn = [done for stage, done, _ in listener.told if stage == "drawing"]
    assert drawn == [1, 2, 3, 4], "progress runs over both parts"
    first = desk.frames_of("job")[:50]
    desk.draw("one part", engine_frames=25)
    assert max(map(apart, first, desk.frames_of("one part"))) < SAME, "the first part is what it would be alone"


def test_twenty_seconds_can_be_asked_for(engine: SketchEngine) -> None:
    assert engine.info().frames[-1] >= 20 * engine.info().drawings_per_second


@pytest.mark.parametrize("stop_after", [1, 2, 3])
def test_a_long_clip_stopped_anywhere_goes_on_bit_equal(desk: Desk, stop_after: int) -> None:
    straight = desk.draw("straight", engine_frames=33)
    assert desk.draw("job", Listener(stop_after), engine_frames=33) == Stopped(stop_after)
    continued = desk.draw("job", engine_frames=33, resume=True)
    assert isinstance(straight, Made) and isinstance(continued, Made) and continued.files == straight.files


def test_a_long_clip_ends_with_its_last_frame_and_loops_through_its_first(desk: Desk) -> None:
    last = noise(4)
    given = (GivenFrames(desk.picture(last), 32),)
    assert isinstance(desk.draw(engine_frames=33, given=given), Made)
    assert apart(desk.frames_of("job")[-1], last) < 4
    made = desk.draw("loop", engine_frames=33, loop=True)
    assert isinstance(made, Made) and made.facts["parts"] == 2


def test_what_is_given_in_whole_parts_is_not_drawn_again(desk: Desk) -> None:
    take = desk.take(engine_frames=33)
    made = desk.draw("longer", engine_frames=41, given=(GivenFrames(take, 0, 33),))
    assert isinstance(made, Made) and made.facts["parts"] == 1
    assert max(map(apart, desk.frames_of("take"), desk.frames_of("longer")[:66])) < SAME


# --- held ----------------------------------------------------------------------------------------------------------


def test_a_held_job_keeps_a_picture_of_what_it_would_become(desk: Desk) -> None:
    assert desk.draw(steps=6, stop_at=3) == Stopped(3)
    with Image.open(desk.folder / "job" / protocol.PREVIEW_FILE) as image:
        assert image.size == (3 * 96, 64) and len(np.unique(np.asarray(image))) > 5
    straight = desk.draw("straight", steps=6)
    continued = desk.draw(steps=6, resume=True)
    assert isinstance(straight, Made) and isinstance(continued, Made) and continued.files == straight.files


@pytest.mark.parametrize("stop_at", [2, 3])
def test_a_long_clip_is_held_where_one_part_ends_too(desk: Desk, stop_at: int) -> None:
    assert desk.draw(engine_frames=33, stop_at=stop_at) == Stopped(stop_at)
    assert (desk.folder / "job" / protocol.PREVIEW_FILE).is_file()
    assert desk.draw(engine_frames=33, stop_at=stop_at, resume=True) == Stopped(stop_at)
    continued, straight = desk.draw(engine_frames=33, resume=True), desk.draw("straight", engine_frames=33)
    assert isinstance(straight, Made) and isinstance(continued, Made) and continued.files == straight.files


# --- the film's aspect ---------------------------------------------------------------------------------------------


def test_an_upright_film_is_drawn_upright(desk: Desk) -> None:
    made = desk.draw(width=128, height=192, draw_width=64, draw_height=96)
    assert isinstance(made, Made) and (made.facts["native_width"], made.facts["native_height"]) == (64, 96)
    assert desk.frames_of("job")[0].shape == (192, 128, 3)


def test_in_a_wide_film_what_is_given_lies_where_it_lay(desk: Desk) -> None:
    """The engine draws 3:2 here and the film is 12:5: a given picture is reduced as far as a drawing is enlarged."""
    wide, panel = (192, 80), noise(9, (192, 80))
    size = {"width": wide[0], "height": wide[1]}
    marks = np.zeros((80, 192), np.uint8)
    marks[20:60, 70:120] = 255
    given, mask = (GivenFrames(desk.picture(panel), 0),), desk.picture(marks)
    still = {**size, "kind": "still", "engine_frames": 1, "hold": 1}
    assert isinstance(desk.draw(**still, given=given, mask=mask), Made)
    with Image.open(desk.folder / "job" / frames.STILL) as image:
        found = np.asarray(image.convert("RGB"))
    assert np.array_equal(found[marks == 0], panel[marks == 0]) and apart(found[marks > 0], panel[marks > 0]) > 5
    assert isinstance(desk.draw("clip", **size, given=given), Made)
    assert apart(desk.frames_of("clip")[0], panel) < 2 * SAME


def test_a_first_frame_of_another_aspect_is_cropped_and_told(desk: Desk) -> None:
    square = noise(8, (200, 200))
    assert isinstance(desk.draw(given=(GivenFrames(desk.picture(square), 0),)), Made)
    assert len(desk.listener.notices) == 1 and "200x200 is cropped to the film's 192x128" in desk.listener.notices[0]
    assert apart(desk.frames_of("job")[0], fit(square, SIZE)) < 4


def test_a_movie_of_another_aspect_is_cropped_and_told_once(desk: Desk) -> None:
    movie = desk.adopt(a_movie(desk.folder / "square.mp4", 40, (160, 160)))
    assert isinstance(desk.draw(given=(GivenFrames(movie, 0, 3),), guide=movie, steps=1), Made)
    assert desk.listener.notices == [f"{movie.name} of 160x160 is cropped to the film's 192x128."]


# --- refusals ------------------------------------------------------------------------------------------------------

FILE = InputFile("0" * 64, "x.png")
NINE = tuple(Reference("0" * 64, "x.png", "identity", f"@s{number}") for number in range(9))
REFUSED = [
    ({"engine_frames": 0}, "cannot draw 0 drawings"),
    ({"engine_frames": 10}, "cannot draw 10 drawings"),
    ({"engine_frames": 1}, "cannot draw 1 drawings"),
    ({"engine_frames": -1}, "cannot draw -1 drawings"),
    ({"engine_frames": 100_001}, "cannot draw 100001 drawings"),
    ({"kind": "still", "engine_frames": 9}, "cannot draw 9 drawings"),
    ({"hold": 0}, "held 0 frames"),
    ({"frames": 19}, "cannot last 19 frames"),
    ({"frames": -3}, "cannot last -3 frames"),
    ({"skip": 18}, "after the first 18"),
    ({"skip": 4, "frames": 15}, "cannot last 15 frames"),
    ({"steps": -1}, "-1 steps"),
    ({"steps": 10**6}, "1000000 steps"),
    ({"width": 191}, "191x128"),
    ({"draw_width": 50, "draw_height": 50}, "cannot draw at 50x50"),
    ({"guide_strength": 1.2}, "strength of the guide of 1.2"),
    ({"strength": -0.5}, "strength of -0.5"),
    ({"given": (GivenFrames(FILE, 9),)}, "drawings 10 to 10; the clip has 9"),
    ({"given": (GivenFrames(FILE, 4, 6),)}, "the clip has 9"),
    ({"given": (GivenFrames(FILE, 0, 0),)}, "the clip has 9"),
    ({"given": (GivenFrames(FILE, 0, 3), GivenFrames(FILE, 2))}, "given twice"),
    ({"given": (GivenFrames(FILE, 0, 9),)}, "nothing is left to draw"),
    ({"given": (GivenFrames(FILE, 0, 5),), "frames": 10}, "nothing is left to draw"),
    ({"mask": FILE}, "every drawing is given"),
    ({"strength": 0.5}, "every drawing is given"),
    ({"strength": 0.5, "engine_frames": 33, "given": (GivenFrames(FILE, 0, 33),)}, "at most 25 drawings; it has 33"),
    ({"kind": "still", "engine_frames": 1, "hold": 1, "loop": True}, "can be a loop"),
    ({"references": NINE}, "9 reference pictures were sent; 8 fit"),
    ({"references": (replace(NINE[0], subject=""),)}, "does not say whom it shows"),
]


@pytest.mark.parametrize(("changes", "words"), REFUSED)
def test_what_cannot_be_drawn_is_refused_in_words_before_anything_is_written(
    desk: Desk, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(BadInput) as refused:
        desk.draw(**changes)
    assert words in refused.value.sentence and refused.value.sentence.endswith(".") and refused.value.hint
    assert list((desk.folder / "job").iterdir()) == []


def test_a_mask_of_another_aspect_names_both_sizes_and_an_empty_one_is_refused(desk: Desk) -> None:
    take = (GivenFrames(desk.take(), 0, 9),)
    with pytest.raises(BadInput, match="of 100x100 does not lie over pictures of 192x128"):
        desk.draw(given=take, mask=desk.picture(noise(1, (100, 100))))
    with pytest.raises(BadInput, match="marks nothing"):
        desk.draw(given=take, mask=desk.picture(np.zeros(SIZE[::-1], np.uint8)))


def test_a_take_shorter_than_asked_for_is_refused(desk: Desk) -> None:
    short = desk.adopt(a_movie(desk.folder / "short.mp4", 6, SIZE))
    with pytest.raises(BadInput, match="has 6 frames; frame 7"):
        desk.draw(given=(GivenFrames(short, 0, 4),))
