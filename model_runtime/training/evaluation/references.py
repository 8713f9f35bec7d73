"""Do references decide who is seen? Captions name subjects by their mark alone, so that only pictures can tell."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from model_runtime.stage.caption import Mark, caption
from model_runtime.stage.reference import reference_sheet
from model_runtime.stage.scene import Person, Scene
from model_runtime.stage.words import MARKS
from model_runtime.training.drawings import to_signal
from model_runtime.training.evaluation.attributes import APPEARANCE, is_alone, scene_where
from model_runtime.training.evaluation.bench import Answers, Bench, answer_rows
from model_runtime.training.evaluation.lots import dressed_as, other_person, pair, rng_of, scenes_of, single
from model_runtime.training.evaluation.rows import Row
from model_runtime.training.evaluation.sampling import draw
from model_runtime.training.evaluation.scorer import Scorer
from model_runtime.video.pipeline import Reference, SketchRequest
from model_runtime.video.presets import REFERENCE_GUIDANCE

CASTS = 8
WITH, WITHOUT, IN_WORDS = "reference", "no reference", "words"
LEAST_CHANCE = 1e-3  # of agreeing in an attribute, so that one misreading does not decide alone


@dataclass(frozen=True)
class Casting:
    """A shot of one person, its slot, and drawings of eight people in other scenes, one of whom is the shot's."""

    scene: Scene
    slot: int
    sheet: np.ndarray
    candidates: tuple[np.ndarray, ...]  # uint8 (1, h, w, 3) each
    right: int

    @property
    def prompt(self) -> str:
        return caption(self.scene, {0: Mark(MARKS[self.slot - 1], alone=True)})


def castings(bench: Bench) -> list[Casting]:
    rng = rng_of("casts")
    return [_casting(bench, rng) for _ in range(bench.count)]


def _casting(bench: Bench, rng: np.random.Generator) -> Casting:
    scene = single(rng)
    persons = [scene.people[0]]
    while len(persons) < CASTS:
        persons.append(other_person(rng, persons))
    right = int(rng.integers(CASTS))
    persons[0], persons[right] = persons[right], persons[0]
    return Casting(
        scene,
        int(rng.integers(1, len(MARKS) + 1)),
        reference_sheet(scene.people[0], rng),
        tuple(_elsewhere(bench, person, rng) for person in persons),
        right,
    )


def _elsewhere(bench: Bench, person: Person, rng: np.random.Generator) -> np.ndarray:
    """A drawing of the person in some other scene, doing something else."""

    def shows_all(scene: Scene) -> bool:
        own = scene.people[0] if is_alone(scene) else None
        return own is not None and own.side == "centre" and own.facing != "away" and scene.size != "close-up"

    return bench.drawing(dressed_as(scene_where(rng, shows_all), person), 1)


def appearance(scorer: Scorer, still: np.ndarray, side: str) -> dict[str, Tensor]:
    """For each attribute of who stands on that side the chances of its answers."""
    chances = scorer.chances(to_signal(still), side)
    return {name: chances[name] for name in APPEARANCE}


def likeness(one: dict[str, Tensor], other: dict[str, Tensor]) -> float:
    """Logarithm of the chance that both pictures show the same person: that they agree in every attribute."""
    agreeing = torch.stack([(one[name] * other[name]).sum() for name in APPEARANCE])
    return float(agreeing.clamp(min=LEAST_CHANCE).log().sum())


def likest(scorer: Scorer, still: np.ndarray, casting: Casting) -> int:
    """Which of the candidates the person in a still is most like."""
    seen = appearance(scorer, still, casting.scene.people[0].side)
    found = [likeness(seen, appearance(scorer, candidate, "centre")) for candidate in casting.candidates]
    return int(np.argmax(found))


def casts(bench: Bench) -> list[Row]:
    """With the reference, without it (the caption says nothing else of who it is), and told in words."""
    shown = castings(bench)
    rows: list[Row] = []
    real = [_cast_answers(bench.person, bench.drawing(each.scene, 1), each) for each in shown]
    asked = [{"cast": str(each.right + 1), "top colour": each.scene.people[0].colour} for each in shown]
    for given in (WITH, WITHOUT, IN_WORDS):
        requests = [_cast_request(bench, each, given, seed) for seed, each in enumerate(shown)]
        pictures = draw(bench.sketch, requests)
        found = [_cast_answers(bench.person, still, each) for still, each in zip(pictures, shown, strict=True)]
        rows += answer_rows("casts", [request.prompt for request in requests], asked, found, real, given)
    return rows


def _cast_request(bench: Bench, casting: Casting, given: str, seed: int) -> SketchRequest:
    prompt = caption(casting.scene) if given == IN_WORDS else casting.prompt
    request = bench.request(prompt, seed, 1)
    shown = (Reference(casting.sheet, casting.slot),)
    return replace(request, references=shown, reference_guidance=REFERENCE_GUIDANCE) if given == WITH else request


def _cast_answers(scorer: Scorer, still: np.ndarray, casting: Casting) -> Answers:
    colour = scorer.answers(to_signal(still), casting.scene.people[0].side)["top colour"]
    return {"cast": str(likest(scorer, still, casting) + 1), "top colour": colour}


def swaps(bench: Bench) -> list[Row]:
    """Two people by their marks alone, drawn twice from one seed: the second time their references are exchanged."""
    scenes = scenes_of("swaps", pair, bench.count)
    rng = rng_of("swaps' references")
    requests = [_pair_request(bench, scene, seed, rng) for seed, scene in enumerate(scenes)]
    before = [_colours(bench, still) for still in draw(bench.sketch, requests)]
    after = [_colours(bench, still) for still in draw(bench.sketch, [_exchanged(request) for request in requests])]
    rows = []
    for clip, scene in enumerate(scenes):
        left, right = _told_colours(scene)
        real = [_colours(bench, bench.drawing(each, 1)) for each in (scene, _recoloured(scene))]
        asked = _twice((left, right), (right, left))
        found, drawn = _twice(before[clip], after[clip]), _twice(*real)
        rows.append(Row("swaps", clip, requests[clip].prompt, "2 references", asked, found, drawn))
    return rows


Colours = tuple[str, str]  # of who stands left, of who stands right


def _colours(bench: Bench, still: np.ndarray) -> Colours:
    left, right = (bench.person.answers(to_signal(still), side)["top colour"] for side in ("left", "right"))
    return left, right


def _told_colours(scene: Scene) -> Colours:
    by_side = {person.side: person.colour for person in scene.people}
    return by_side["left"], by_side["right"]


def _twice(before: Colours, after: Colours) -> Answers:
    """Colours before and after the exchange, as the columns of a row."""
    names = ("colour left", "colour right", "exchanged left", "exchanged right")
    return dict(zip(names, (*before, *after), strict=True))


def _pair_request(bench: Bench, scene: Scene, seed: int, rng: np.random.Generator) -> SketchRequest:
    slots = [int(slot) for slot in rng.permutation(len(MARKS))[:2] + 1]
    marks = {index: Mark(MARKS[slot - 1], alone=True) for index, slot in enumerate(slots)}
    references = tuple(
        Reference(reference_sheet(person, rng), slot) for person, slot in zip(scene.people, slots, strict=True)
    )
    request = bench.request(caption(scene, marks), seed, 1)
    return replace(request, references=references, reference_guidance=REFERENCE_GUIDANCE)


def _exchanged(request: SketchRequest) -> SketchRequest:
    one, other = request.references
    return replace(request, references=(Reference(other.picture, one.slot), Reference(one.picture, other.slot)))


def _recoloured(scene: Scene) -> Scene:
    """The real drawing of the exchange: the same two places, each with the other's looks."""
    one, other = scene.people
    alone = [replace(scene, people=(person,)) for person in scene.people]
    return replace(scene, people=(*dressed_as(alone[0], other).people, *dressed_as(alone[1], one).people))
