"""`ideas.png` beside the weights: short ideas drawn as they are and, right of each, as it is expanded."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from model_runtime.training.evaluation.contact_sheets import in_columns, write_sheet
from model_runtime.training.evaluation.expansions import STEPS, idea_writer
from model_runtime.training.evaluation.ideas import load_ideas
from model_runtime.training.sheets import drawn
from model_runtime.video.networks import Sketch
from model_runtime.video.request import SketchRequest

EVERY = 9  # ideas from one that is shown to the next: none is picked
PAIRS = 3  # beside each other


def write_idea_sheet(sketch: Sketch, folder: Path, *, every: int = EVERY, steps: int = STEPS) -> None:
    """Always the same ideas, with the seeds they are measured with."""
    expand = idea_writer()
    pictures: list[np.ndarray] = []
    for seed, idea in list(enumerate(load_ideas()))[::every]:
        pictures += [drawn(sketch, SketchRequest(text, seed, 1, steps=steps))[0] for text in (idea.text, expand(idea))]
    write_sheet(folder / "ideas.png", in_columns(pictures, 2 * PAIRS))
