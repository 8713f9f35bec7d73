"""Trains the transformer and the text encoder on latents in packed rows: stills first, then mostly clips."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import torch
from torch import Tensor

from model_runtime.training.batches import Batch, Chooser, compose
from model_runtime.training.flow_loss import flow_errors, noises_like
from model_runtime.training.latents import freeze
from model_runtime.training.networks import Networks
from model_runtime.training.optimizers import Ema, Optimizers
from model_runtime.training.plots import Record, write_plot
from model_runtime.training.pool import Pool
from model_runtime.training.runs import Run, compute_device
from model_runtime.training.scenes import KINDS, rng_for
from model_runtime.training.sheets import example, write_sheet
from model_runtime.training.shelf import Shelf, Source
from model_runtime.training.validation import Validation
from model_runtime.training.warm_start import start_networks
from model_runtime.video.flow import training_times
from model_runtime.video.networks import Sketch
from model_runtime.video.presets import SketchPreset
from model_runtime.video.shapes import ClipShape

EARLY = 0.30  # share of the budget that is mostly stills
CLIP_STEPS_EARLY, CLIP_STEPS = 0.10, 0.65  # share of steps, and so of tokens, that are clips
TIME_MEAN = 0.4  # of logit-normal flow times; above 0 is toward noise, where layout is decided
RATE = 1.4e-3
DECAY_FROM = 0.7
LOG_EVERY = 50
NAME = "transformer"


@dataclass(frozen=True)
class Plan:
    """How a training goes: `rows` of tokens a step, sheets and validation every so many minutes (0 is never)."""

    minutes: float
    rows: int = 10
    sheets_every: float = 10.0
    validate_every: float = 5.0
    processes: int = 16  # that draw, beside a GPU
    packed: bool = False  # several clips in a row
    start: Path | None = None  # earlier weights
    seed: int = 2


class Trainer:
    def __init__(self, preset: SketchPreset, folder: Path, plan: Plan) -> None:
        self.preset, self.plan, self.run = preset, plan, Run(folder, plan.minutes)
        self.device = compute_device()
        self.autoencoder = freeze(preset, folder, plan.start).to(self.device)
        torch.manual_seed(plan.seed)
        self.networks = Networks(preset).to(self.device)
        if plan.start is not None:
            start_networks(self.networks.text_encoder, self.networks.transformer, plan.start)
        self.optimizers = Optimizers(self.networks, lr=RATE, muon=False)
        self.ema = Ema(self.networks, decay=0.998)
        if state := self.run.resume(NAME):
            self.networks.load_state_dict(state["networks"])
            self.ema.load_state_dict(state["ema"])
            self.optimizers.load_state_dict(state["optimizers"])
        torch.manual_seed(plan.seed + self.run.step)
        self.rng = rng_for(plan.seed, self.run.step)
        self.most = ClipShape(preset.max_frames, preset.height, preset.width).tokens
        self.record = Record(folder / f"{NAME}.csv")
        self.record.go_on_from(self.run.step)
        self.means: dict[str, float] = {}
        if self.device.type == "cuda":
            for block in self.networks.transformer.blocks:
                block.compile(dynamic=True)

    def train(self) -> None:
        source = self._source()
        try:
            self._wait_for(source)
            self._steps(source)
        finally:
            if isinstance(source, Pool):
                source.close()

    def _source(self) -> Source:
        """A GPU is fed by processes that draw for it; a CPU reads what `draw` has written."""
        if self.device.type == "cuda":
            return Pool(self.preset, self.autoencoder, processes=self.plan.processes, seed=self.run.step)
        return Shelf(self.run.folder)

    def _wait_for(self, source: Source) -> None:
        source.look_again()
        while not source.ready("stills"):
            time.sleep(1.0)
            source.look_again()

    def _steps(self, source: Source) -> None:
        chooser = Chooser(source, self.plan.rows * self.most, packed=self.plan.packed)
        validation = Validation(self.autoencoder, self.preset, self.run.folder)
        shown = example(self.preset)
        validate_at, sheet_at = (
            self.run.spent_s + 60 * each for each in (self.plan.validate_every, self.plan.sheets_every)
        )
        self.run.restart_clock()
        while not self.run.is_over:
            source.look_again()
            self._step(chooser)
            if self.run.step % LOG_EVERY == 0:
                self.run.log(**self.means, **{f"{kind}_ready": source.ready(kind) for kind in KINDS})
                self._add_row(self.means)
            if self.plan.validate_every and (self.run.spent_s > validate_at or self.run.is_over):
                self._validate(validation)
                validate_at = self.run.spent_s + 60 * self.plan.validate_every
            if self.plan.sheets_every and (self.run.spent_s > sheet_at or self.run.is_over):
                write_sheet(self.sketch(), shown, self._sheet_path(), clips=self.run.progress > EARLY)
                sheet_at = self.run.spent_s + 60 * self.plan.sheets_every
                self.run.restart_clock()
            if self.run.is_due or self.run.is_over:
                self.save()

    def _kind(self, source: Source) -> str:
        share = CLIP_STEPS_EARLY if self.run.progress < EARLY else CLIP_STEPS
        return "clips" if source.ready("clips") and self.rng.random() < share else "stills"

    def _step(self, chooser: Chooser) -> None:
        lessons = chooser.lessons(self.rng, self._kind(chooser.source))
        batch = compose(self.rng, lessons, self.autoencoder, self.most if self.plan.packed else 0)
        times = training_times(len(batch.texts), mean=TIME_MEAN).to(self.device)
        found = flow_errors(self.networks, batch, times, noises_like(batch))
        found.mean().backward()
        self.optimizers.step(self.run.rate(decay_from=DECAY_FROM))
        self.ema.follow(self.networks)
        self.run.tick()
        self._follow(batch, found.of_clips().detach())

    def _follow(self, batch: Batch, losses: Tensor) -> None:
        """Running means of the losses of stills and of clips."""
        latents = torch.tensor([group.latents.shape[2] for group in batch.groups for _ in group.latents])
        for kind, chosen in (("stills", latents == 1), ("clips", latents > 1)):
            if bool(chosen.any()):
                now = float(losses.cpu()[chosen].mean())
                self.means[kind] = 0.97 * self.means.get(kind, now) + 0.03 * now

    def _add_row(self, values: dict[str, float]) -> None:
        self.record.add(step=self.run.step, minutes=self.run.spent_s / 60, **values)
        charts = (("stills", "clips"), tuple(f"validation_{kind}" for kind in KINDS))
        write_plot(self.record, self.run.folder / f"{NAME}.png", *charts)

    def _validate(self, validation: Validation) -> None:
        following = cast(Networks, self.ema.network)
        found = {f"validation_{kind}": validation.loss(following, kind) for kind in KINDS}
        self.run.log(**found)
        self._add_row(found)
        self.run.restart_clock()

    def _sheet_path(self) -> Path:
        return self.run.folder / f"sheet-{self.run.step:06d}.png"

    def save(self) -> None:
        self.run.save(
            NAME,
            networks=self.networks.state_dict(),
            ema=self.ema.state_dict(),
            optimizers=self.optimizers.state_dict(),
        )

    def sketch(self) -> Sketch:
        """The following copies as an engine."""
        following = cast(Networks, self.ema.network)
        return Sketch(self.preset, "training", self.autoencoder, following.text_encoder, following.transformer)


def train_transformer(preset: SketchPreset, folder: Path, plan: Plan) -> None:
    Trainer(preset, folder, plan).train()
