"""`python -m model_runtime.training`: how the shipped weights come to be, one command a stage.

autoencoder, then draw and transformer side by side on one run folder, then autoencoder again for the decoder alone,
export, evaluate. Every stage takes up an earlier run of itself where it stopped.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from model_runtime.video.presets import preset

STAGES = ("autoencoder", "draw", "transformer", "evaluate", "export")


def parser() -> argparse.ArgumentParser:
    known = argparse.ArgumentParser(
        prog="python -m model_runtime.training", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    known.add_argument("stage", choices=STAGES)
    known.add_argument("--preset", default="small")
    known.add_argument("--minutes", type=float, default=45.0, help="budget of this stage over all resumptions")
    known.add_argument("--run", type=Path, default=Path("runs/sketch"), help="folder of checkpoints, shards and logs")
    known.add_argument("--weights", type=Path, default=Path("assets/models/sketch"), help="folder of shipped weights")
    known.add_argument("--from", dest="start", type=Path, help="earlier weights to start from; known words stay known")
    known.add_argument("--threads", type=int, default=1)
    known.add_argument("--count", type=int, help="draw: shards to have; without it, until the minutes are over")
    known.add_argument("--usual-size", action="store_true", help="draw: the preset's usual size alone")
    known.add_argument("--rows", type=int, default=10, help="transformer: rows of tokens in a step")
    known.add_argument("--packed", action="store_true", help="transformer: lengths share rows; for a GPU")
    known.add_argument("--sheets", type=float, default=10.0, help="transformer: minutes between sample sheets, 0: none")
    known.add_argument("--processes", type=int, default=16, help="training beside a GPU: processes that draw")
    known.add_argument("--figures", help="evaluate: only these, parted by commas")
    return known


def main() -> None:
    chosen = parser().parse_args()
    import torch  # not above: processes that draw read this file again and need no torch

    torch.set_num_threads(chosen.threads)
    torch.set_flush_denormal(True)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    sizes = preset(chosen.preset)
    # each stage imports what it needs, because drawing pools and scorers cost seconds the others need not pay
    if chosen.stage == "autoencoder":
        from model_runtime.training.autoencoder import train_autoencoder

        train_autoencoder(sizes, chosen.run, chosen.minutes, start=chosen.start, processes=chosen.processes)
    elif chosen.stage == "draw":
        from model_runtime.training.draw import write_shards

        write_shards(
            sizes,
            chosen.run,
            chosen.minutes,
            shards=chosen.count,
            every_aspect=not chosen.usual_size,
            start=chosen.start,
        )
    elif chosen.stage == "transformer":
        from model_runtime.training.transformer import Plan, train_transformer

        plan = Plan(
            chosen.minutes,
            chosen.rows,
            sheets_every=chosen.sheets,
            processes=chosen.processes,
            packed=chosen.packed,
            start=chosen.start,
        )
        train_transformer(sizes, chosen.run, plan)
    elif chosen.stage == "export":
        from model_runtime.training.export import export

        export(sizes, chosen.run, chosen.weights)
    elif chosen.stage == "evaluate":
        from model_runtime.training.evaluation.evaluate import evaluate

        figures = chosen.figures.split(",") if chosen.figures else None
        evaluate(chosen.weights, chosen.run, figures=figures)


if __name__ == "__main__":
    main()
