"""Measures weights on held-out combinations, figure by figure, and writes rows, timing and card beside them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import cv2

from model_runtime.training.evaluation import expansions, fidelity, following, given, pixel_check, references
from model_runtime.training.evaluation.bench import Bench
from model_runtime.training.evaluation.card import write_card
from model_runtime.training.evaluation.contact_sheets import write_contact_sheets
from model_runtime.training.evaluation.cost import measure_costs
from model_runtime.training.evaluation.idea_sheet import write_idea_sheet
from model_runtime.training.evaluation.rows import ROWS_FILE, Row, replace_figure
from model_runtime.video.weights import load_sketch

# In the order of what they cost and tell, so that a run that is stopped has measured what matters most.
FIGURES: Mapping[str, Callable[[Bench], list[Row]]] = {
    "stills": following.stills,
    "singles": following.singles,
    "walks": following.walks,
    expansions.FIGURE: expansions.expansions,
    "losses": fidelity.losses,
    "casts": references.casts,
    "autoencoder": fidelity.autoencoder,
    "swaps": references.swaps,
    "first and last": given.first_and_last,
    "loops": given.loops,
    "guides": fidelity.guides,
    "actions": following.actions,
    "moves": following.moves,
    "bridges": given.bridges,
    "pixels": pixel_check.pixels,
}
COSTS, SHEETS = "costs", "sheets"
ALL = (*FIGURES, COSTS, SHEETS)


def evaluate(weights: Path, run: Path, *, figures: Sequence[str] | None = None, count: int = 200) -> None:
    """Measure all figures, or the named ones in place of their older rows; the card is written after each.

    `run` keeps the scorers between calls; `count` clips or stills stand behind every figure.
    """
    chosen = list(figures or ALL)
    unknown = [name for name in chosen if name not in ALL]
    if unknown:
        raise ValueError(f"there is no figure {unknown[0]!r}; the figures are {', '.join(ALL)}")
    cv2.setNumThreads(1)
    bench = Bench(load_sketch(weights), run, count)
    for name in chosen:
        began = time.perf_counter()
        if name == COSTS:
            measure_costs(weights)
        elif name == SHEETS:
            write_contact_sheets(bench.sketch, weights)
            write_idea_sheet(bench.sketch, weights)
        else:
            replace_figure(weights / ROWS_FILE, name, FIGURES[name](bench))
        write_card(weights)
        print(f"{name}: {time.perf_counter() - began:.0f} s", flush=True)
