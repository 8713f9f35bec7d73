"""Small classifiers that read attributes off pictures, to measure prompt following; trained here, never shipped.

They see drawings and their autoencoder round trips, of scenes with other seeds than the transformer's.

Letters: b pictures or clips, t drawings, l looks (the drawings a scorer sees of a clip), h, w size.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from model_runtime.stage.draw import render
from model_runtime.stage.scene import Scene, random_scene
from model_runtime.stage.words import load_words
from model_runtime.training.drawings import rng_for, smaller, to_signal
from model_runtime.training.evaluation.attributes import (
    UNTOLD,
    Attribute,
    action_attributes,
    is_alone,
    is_pair,
    is_whole_figure,
    labels_of,
    move_attributes,
    person_attributes,
    scene_where,
    still_attributes,
)
from model_runtime.training.optimizers import Optimizers
from model_runtime.video.autoencoder import SketchAutoencoder

SCORER_SEED = 31  # drawings of the scorers; the transformer's latents come from other generators
SEEN_SIZE = (80, 144)  # (h, w) every picture is brought to before it is read
GRID = (5, 4)  # cells in which a scorer remembers where it saw something
WINDOW = 64  # columns of SEEN_SIZE around a person
WINDOW_LEFT = {"left": 6, "centre": 40, "right": 74}  # where the window of a person on that side begins
RATE = 4e-3


@dataclass(frozen=True)
class Course:
    """How one scorer is made: what it reads, of which scenes, and how long it learns.

    A scorer of `windows` looks at people one by one, where the caption says that they stand.
    """

    name: str
    attributes: Callable[[], tuple[Attribute, ...]]
    lot: Callable[[np.random.Generator], Scene]
    frames: int
    looks: int
    drawings: int
    round_trips: int
    steps: int
    batch: int = 48
    windows: bool = False
    shrink: int = 1  # pictures are read at SEEN_SIZE over this


def person_lot(rng: np.random.Generator) -> Scene:
    """People alone or side by side."""
    return scene_where(rng, lambda scene: is_alone(scene) or is_pair(scene))


def action_lot(rng: np.random.Generator) -> Scene:
    return scene_where(rng, is_whole_figure)


def move_lot(rng: np.random.Generator) -> Scene:
    """Every move as often as the others, resting among them."""
    moves = load_words().move
    return replace(random_scene(rng), move=moves[int(rng.integers(len(moves)))])


STILL = Course("still", still_attributes, random_scene, 1, 1, drawings=4000, round_trips=800, steps=800)
PERSON = Course("person", person_attributes, person_lot, 1, 1, drawings=5000, round_trips=800, steps=1600, windows=True)
ACTION = Course("action", action_attributes, action_lot, 9, 5, drawings=1500, round_trips=240, steps=700, batch=32)
MOVE = Course(
    "move", move_attributes, random_scene, 25, 5, drawings=800, round_trips=120, steps=600, batch=32, shrink=2
)
COURSES = (STILL, PERSON, ACTION, MOVE)


def look_places(frames: int, looks: int) -> Tensor:
    """The drawings of a clip that a scorer sees, evenly spread."""
    return torch.linspace(0, frames - 1, looks).round().long()


def looks_at(frames: Tensor, looks: int) -> Tensor:
    """(b, 3, t, h, w) -> (b, 3, l, *SEEN_SIZE)"""
    picked = frames[:, :, look_places(frames.shape[2], looks)]
    if picked.shape[-2:] == SEEN_SIZE:
        return picked
    seen = functional.interpolate(picked.transpose(1, 2).flatten(0, 1), SEEN_SIZE, mode="area")
    return seen.unflatten(0, (len(frames), -1)).transpose(1, 2)


def window(looks: Tensor, side: str) -> Tensor:
    """(b, 3, l, *SEEN_SIZE) -> (b, 3, l, h, WINDOW) around who stands on that side"""
    left = WINDOW_LEFT[side]
    return looks[..., left : left + WINDOW]


class Scorer(nn.Module):
    """Four convolutions, and for each attribute a line on what was seen anywhere and on where it was seen."""

    def __init__(self, course: Course) -> None:
        super().__init__()
        self.course, self.attributes = course, course.attributes()
        self.layers = nn.ModuleList(
            [
                nn.Conv2d(12 * course.looks, 48, 5, stride=2, padding=2),
                nn.Conv2d(48, 64, 3, padding=1),
                nn.Conv2d(64, 96, 3, stride=2, padding=1),
                nn.Conv2d(96, 128, 3, stride=2, padding=1),
            ]
        )
        self.norms = nn.ModuleList(nn.GroupNorm(8, width) for width in (48, 64, 96, 128))
        self.where = nn.Conv2d(128, 32, 1)
        features = 2 * 96 + 2 * 128 + 32 * GRID[0] * GRID[1]
        self.heads = nn.ModuleList(nn.Linear(features, len(each.answers)) for each in self.attributes)

    def forward(self, looks: Tensor) -> list[Tensor]:
        """(b, 3, l, h, w) in -1..1 -> logits (b, answers) for each attribute"""
        x = looks.transpose(1, 2).flatten(1, 2)
        if self.course.shrink > 1:
            x = functional.avg_pool2d(x, self.course.shrink)
        x = functional.pixel_unshuffle(x, 2)
        seen: list[Tensor] = []
        for number, (layer, norm) in enumerate(zip(self.layers, self.norms, strict=True)):
            x = functional.relu(norm(layer(x)))
            if number >= 2:
                seen += [x.mean(dim=(2, 3)), x.amax(dim=(2, 3))]
        seen.append(functional.adaptive_avg_pool2d(functional.relu(self.where(x)), GRID).flatten(1))
        return [cast(Tensor, head(torch.cat(seen, dim=1))) for head in self.heads]

    @torch.no_grad()
    def chances(self, clip: Tensor, side: str | None = None) -> dict[str, Tensor]:
        """For each attribute how likely each answer is, (answers,), of (3, t, h, w) in -1..1.

        A scorer of windows looks at who stands on `side`.
        """
        looks = looks_at(clip[None], self.course.looks)
        if self.course.windows:
            if side is None:
                raise ValueError("a scorer of people must be told where to look")
            looks = window(looks, side)
        return {each.name: row[0].softmax(dim=0) for each, row in zip(self.attributes, self(looks), strict=True)}

    def answers(self, clip: Tensor, side: str | None = None) -> dict[str, str]:
        """For each attribute the likeliest answer."""
        found = self.chances(clip, side)
        return {each.name: each.answers[int(found[each.name].argmax())] for each in self.attributes}


@dataclass(frozen=True)
class Lesson:
    """Looks at clips or at people, uint8 (n, l, h, w, 3), and labels (attributes, n)."""

    looks: np.ndarray
    labels: Tensor

    def batch(self, rng: np.random.Generator, count: int) -> tuple[Tensor, Tensor]:
        rows = rng.integers(len(self.looks), size=count)
        return to_signal(self.looks[rows]), self.labels[:, torch.from_numpy(rows)]


def draw_looks(scenes: Sequence[Scene], frames: int, looks: int) -> np.ndarray:
    """uint8 (n, l, *SEEN_SIZE, 3) straight from the stage."""
    places = look_places(frames, looks).numpy()
    height, width = SEEN_SIZE
    return np.stack([render(scene, frames=frames, width=width, height=height).frames[places] for scene in scenes])


@torch.no_grad()
def round_trip_looks(
    autoencoder: SketchAutoencoder, size: tuple[int, int], scenes: Sequence[Scene], frames: int, looks: int
) -> np.ndarray:
    """uint8 (n, l, *SEEN_SIZE, 3): the same as the autoencoder gives them back; `size` is the engine's (w, h)."""
    seen = []
    for start in range(0, len(scenes), 8):
        drawn = [
            render(each, frames=frames, width=size[0], height=size[1]).frames for each in scenes[start : start + 8]
        ]
        signal = to_signal(np.stack(drawn)).to(autoencoder.latent_mean.device)
        with torch.autocast(signal.device.type, torch.bfloat16):
            back = autoencoder.decode(autoencoder.encode(signal))
        shown = looks_at(smaller(back.float().clamp(-1, 1), autoencoder.draws), looks).cpu()
        seen.append(((shown + 1) * 127.5).round().byte().movedim(1, -1).numpy())
    return np.concatenate(seen)


def lessons(course: Course, autoencoder: SketchAutoencoder, size: tuple[int, int]) -> tuple[Lesson, Lesson]:
    """Drawings, and round trips of other drawings."""
    rng = rng_for(SCORER_SEED, len(course.name), course.frames)
    drawn = [course.lot(rng) for _ in range(course.drawings)]
    given_back = [course.lot(rng) for _ in range(course.round_trips)]
    return (
        _lesson(course, draw_looks(drawn, course.frames, course.looks), drawn),
        _lesson(course, round_trip_looks(autoencoder, size, given_back, course.frames, course.looks), given_back),
    )


def _lesson(course: Course, looks: np.ndarray, scenes: Sequence[Scene]) -> Lesson:
    """With windows each person of a scene is a look of its own, labelled as if alone."""
    if course.windows:
        people = [(row, person) for row, scene in enumerate(scenes) for person in scene.people]
        looks = np.stack(
            [looks[row][:, :, WINDOW_LEFT[one.side] : WINDOW_LEFT[one.side] + WINDOW] for row, one in people]
        )
        scenes = [replace(scenes[row], people=(person,)) for row, person in people]
    return Lesson(looks, torch.from_numpy(labels_of(course.attributes(), scenes)))


def loss_of(logits: Sequence[Tensor], labels: Tensor) -> Tensor:
    """Mean over attributes of the cross-entropy where they are asked; labels (attributes, b)."""
    found = [
        functional.cross_entropy(mine, label, ignore_index=UNTOLD, reduction="sum")
        / (label != UNTOLD).sum().clamp(min=1)
        for mine, label in zip(logits, labels, strict=True)
    ]
    return torch.stack(found).sum()


def train_scorer(course: Course, autoencoder: SketchAutoencoder, size: tuple[int, int]) -> Scorer:
    """Half drawings, half round trips, slightly shifted and dimmed so that it looks at what is shown."""
    torch.manual_seed(SCORER_SEED)
    began = time.perf_counter()
    scorer = Scorer(course)
    parts = lessons(course, autoencoder, size)
    drawn_after = time.perf_counter() - began
    rng = rng_for(SCORER_SEED, 1)
    optimizers = Optimizers(scorer, lr=RATE, adam_lr=RATE / 2)
    for step in range(course.steps):
        batches = [each.batch(rng, course.batch // 2) for each in parts]
        looks, labels = torch.cat([looks for looks, _ in batches]), torch.cat([each for _, each in batches], dim=1)
        if rng.random() < 0.5:  # every drawing is two: what faces or moves left faces or moves right in its mirror
            looks, labels = looks.flip(-1), mirrored(labels, scorer.attributes)
        with torch.autocast("cpu", torch.bfloat16):
            logits = scorer(varied(looks, rng))
        loss_of([each.float() for each in logits], labels).backward()
        optimizers.step(min(1.0, (step + 1) / 50, 2 * (1 - step / course.steps)))
    spent = time.perf_counter() - began
    print(f"scorer {course.name}: {spent:.0f} s, of which {drawn_after:.0f} s for drawings", flush=True)
    return scorer.eval()


def mirrored(labels: Tensor, attributes: Sequence[Attribute]) -> Tensor:
    """Labels (attributes, b) of the same pictures with left and right exchanged."""
    found = labels.clone()
    for row, each in enumerate(attributes):
        for number, answer in enumerate(each.answers):
            found[row, labels[row] == number] = each.answers.index(_other_side(answer))
    return found


def _other_side(answer: str) -> str:
    sides = {"left": "right", "right": "left"}
    return " ".join(sides.get(word, word) for word in answer.split())


def varied(looks: Tensor, rng: np.random.Generator) -> Tensor:
    """Shifted by some pixels, dimmed or brightened, and a little noisy."""
    down, right = int(rng.integers(-3, 4)), int(rng.integers(-4, 5))
    moved = torch.roll(looks, (down, right), dims=(3, 4))
    gain = torch.empty(len(looks), 1, 1, 1, 1).uniform_(0.92, 1.08)
    return moved * gain + 0.03 * torch.randn_like(moved)
