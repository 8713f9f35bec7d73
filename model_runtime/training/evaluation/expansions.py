"""Do expanded prompts show more of what was meant than the short ideas themselves? Drawn with the same seeds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from model_runtime import protocol
from model_runtime.expanders.grammar import GrammarExpander
from model_runtime.training.drawings import to_signal
from model_runtime.training.evaluation.bench import Answers, Bench, only
from model_runtime.training.evaluation.ideas import Idea, load_ideas
from model_runtime.training.evaluation.rows import Row
from model_runtime.training.evaluation.sampling import draw

FIGURE = "expansions"
RAW, EXPANDED = "raw", "expanded"
STEPS = 20  # those a take is drawn with
ASSETS = Path(__file__).resolve().parents[3] / "assets"


def expansions(bench: Bench) -> list[Row]:
    """Two rows for each idea: what was read off the still of the idea, and off the still of its expansion."""
    ideas = load_ideas()[: bench.count]
    raw = _rows(bench, ideas, RAW, [idea.text for idea in ideas])
    return [*raw, *_rows(bench, ideas, EXPANDED, list(map(idea_writer(), ideas)))]


def idea_writer() -> Callable[[Idea], str]:
    """Expands an idea as the only thing that a shot tells; no field helps."""
    writer = GrammarExpander(ASSETS)
    return lambda idea: writer.expand(protocol.ExpandPrompt(FIGURE, 1, "grammar", idea.text, "sketch")).text


def _rows(bench: Bench, ideas: Sequence[Idea], given: str, prompts: Sequence[str]) -> list[Row]:
    requests = [replace(bench.request(prompt, seed, 1), steps=STEPS) for seed, prompt in enumerate(prompts)]
    stills = draw(bench.sketch, requests)
    return [
        Row(FIGURE, number, prompt, f"{idea.group}, {given}", idea.truth, only(_read(bench, still), idea.truth))
        for number, (idea, prompt, still) in enumerate(zip(ideas, prompts, stills, strict=True))
    ]


def _read(bench: Bench, still: np.ndarray) -> Answers:
    """Who somebody is is read where the picture shows somebody: no idea need tell where."""
    signal = to_signal(still)
    whole = bench.still.answers(signal)
    return {**whole, **bench.person.answers(signal, whole["side"])}
