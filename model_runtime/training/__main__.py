"""`python -m model_runtime.training`: how the shipped weights come to be, one command a stage."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import torch

from model_runtime.video.presets import preset

STAGES = ("autoencoder", "latents", "transformer", "evaluate", "ship")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m model_runtime.training", description=__doc__)
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("--preset", default="small")
    parser.add_argument("--minutes", type=float, default=45.0, help="budget of this stage over all resumptions")
    parser.add_argument("--run", type=Path, default=Path("runs/sketch"), help="folder of checkpoints and logs")
    parser.add_argument("--weights", type=Path, default=Path("assets/models/sketch"), help="folder of shipped weights")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--count", type=int, default=None, help="scenes to draw or to measure")
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    torch.set_flush_denormal(True)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    sizes = preset(chosen.preset)
    # each stage imports what it needs, because drawing pools and scorers cost seconds the others need not pay
    if chosen.stage == "autoencoder":
        from model_runtime.training.autoencoder import train_autoencoder

        train_autoencoder(sizes, chosen.run, chosen.minutes)
    elif chosen.stage == "latents":
        from model_runtime.training.latents import write_latents

        write_latents(sizes, chosen.run)
    elif chosen.stage == "transformer":
        from model_runtime.training.transformer import train_transformer

        train_transformer(sizes, chosen.run, chosen.minutes)
    elif chosen.stage == "ship":
        from model_runtime.training.ship import ship

        ship(sizes, chosen.run, chosen.weights)
    elif chosen.stage == "evaluate":
        from model_runtime.training.evaluate import evaluate

        evaluate(chosen.weights, chosen.run, Path("docs/sketch-contact-sheet.png"), stills=chosen.count or 200)


if __name__ == "__main__":
    main()
