"""What every figure is measured with: the networks, the scorers, and how generated and real pictures are read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import torch

from model_runtime.stage.draw import render
from model_runtime.stage.scene import Scene
from model_runtime.training.drawings import to_signal
from model_runtime.training.evaluation.attributes import Attribute
from model_runtime.training.evaluation.rows import Row
from model_runtime.training.evaluation.scorer import ACTION, MOVE, PERSON, STILL, Course, Scorer, train_scorer
from model_runtime.video.pipeline import Sketch, SketchRequest
from model_runtime.video.presets import GUIDANCE

STEPS = 16
SHORT = 9  # drawings of a clip where motion is not asked for its own sake

Answers = dict[str, str]


@dataclass
class Bench:
    """Networks under measurement; `run` keeps the scorers; `count` clips stand behind every figure."""

    sketch: Sketch
    run: Path
    count: int = 200

    @cached_property
    def still(self) -> Scorer:
        return self._scorer(STILL)

    @cached_property
    def person(self) -> Scorer:
        return self._scorer(PERSON)

    @cached_property
    def action(self) -> Scorer:
        return self._scorer(ACTION)

    @cached_property
    def move(self) -> Scorer:
        return self._scorer(MOVE)

    def _scorer(self, course: Course) -> Scorer:
        """Trained once for an autoencoder, and kept in the run's folder."""
        path = self.run / f"scorer-{course.name}-{self._autoencoder_name}.pt"
        if path.exists():
            scorer = Scorer(course)
            scorer.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
            return scorer.eval()
        scorer = train_scorer(course, self.sketch.autoencoder, self.sketch.size)
        path.parent.mkdir(parents=True, exist_ok=True)
        torch.save(scorer.state_dict(), path)
        return scorer

    @cached_property
    def _autoencoder_name(self) -> str:
        told = hashlib.sha256()
        for name, tensor in self.sketch.autoencoder.state_dict().items():
            if name != "preview_map":  # fitted anew at every export, and nothing a scorer sees
                told.update(name.encode() + tensor.float().cpu().numpy().tobytes())
        return told.hexdigest()[:10]

    def request(self, prompt: str, seed: int, frames: int) -> SketchRequest:
        return SketchRequest(prompt, seed, frames, steps=STEPS, guidance=GUIDANCE)

    def drawing(self, scene: Scene, frames: int, *, large: bool = False) -> np.ndarray:
        """uint8 (t, h, w, 3): what the stage draws of a scene, at the engine's size or the decoder's."""
        width, height = self.sketch.output_size if large else self.sketch.size
        return np.asarray(render(scene, frames=frames, width=width, height=height).frames)


def read(scorer: Scorer, clips: Iterable[np.ndarray]) -> list[Answers]:
    """The scorer's answers to clips uint8 (t, h, w, 3)."""
    return [scorer.answers(to_signal(clip)) for clip in clips]


def told(attributes: Sequence[Attribute], scene: Scene) -> Answers:
    """The right answers, of those attributes that the scene's pictures tell."""
    answers = {each.name: each.of(scene) for each in attributes}
    return {name: answer for name, answer in answers.items() if answer is not None}


def only(answers: Answers, asked: Iterable[str]) -> Answers:
    return {name: answers[name] for name in asked}


def answer_rows(
    figure: str,
    captions: Sequence[str],
    asked: Sequence[Answers],
    generated: Sequence[Answers],
    drawn: Sequence[Answers],
    given: str = "",
) -> list[Row]:
    """One row for each clip, with the answers to what is asked of it."""
    together = enumerate(zip(captions, asked, generated, drawn, strict=True))
    return [
        Row(figure, clip, text, given, right, only(mine, right), only(real, right))
        for clip, (text, right, mine, real) in together
    ]
