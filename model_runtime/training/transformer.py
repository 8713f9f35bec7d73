"""Trains the transformer and the text encoder on latents: stills first, then clips with stills between them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

from model_runtime.stage.words import load_words
from model_runtime.training.drawings import rng_for
from model_runtime.training.latents import Shelf, Views, freeze
from model_runtime.training.optimizers import Ema, Optimizers
from model_runtime.training.runs import Run
from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.conditioning import Given
from model_runtime.video.flow import mixed, training_times
from model_runtime.video.pipeline import Latents, Sketch, SketchRequest, decode, sample
from model_runtime.video.presets import SketchPreset
from model_runtime.video.text import PUNCTUATION, SketchTextEncoder
from model_runtime.video.transformer import SketchTransformer

STILLS, CLIPS = 16, 10  # batch sizes; the number of steps is the limit, not their size
STILLS_UNTIL = 0.42  # share of the budget spent on stills alone
STILL_EVERY = 3  # afterwards every so many steps is one of stills
FIGURE_WEIGHT = 2.5  # of a token that a figure covers, beside 1 for one of background
DROP_TEXT, GIVE_FIRST = 0.1, 0.3
TIME_MEAN = 0.4
RATE = 1.4e-3
SHEET_EVERY_S = 300.0
SHEET_PROMPTS = (
    "wide shot, static. pier, night, rain. woman with black hair in a yellow raincoat, hood up, left, "
    "facing right, walking.",
    "close-up, static. pier, night, rain. woman with black hair in a yellow raincoat, hood up, centre, "
    "facing us, talking.",
    "medium shot, static. ferry deck, dawn, clear. man with brown hair in a dark coat, red scarf, right, "
    "facing left, standing.",
    "medium shot, pan left. street, day, clear. woman with red hair in a green jacket, left, facing right, "
    "waving. man with grey hair in a white sweater, right, facing left, pointing.",
    "wide shot, static. beach, dusk, clear. man with blond hair in a blue sweater, centre, facing us, running.",
    "close-up, static. kitchen, day, clear. woman with grey hair in a red sweater, right, facing left, talking.",
    "wide shot, push in. forest, dawn, rain. nobody.",
    "wide shot, static. ferry deck, dawn, clear. woman with black hair in a yellow raincoat, left, facing right, "
    "standing. man with brown hair in a dark coat, red scarf, right, facing left, sitting.",
)


def vocabulary_words() -> list[str]:
    """Every single word and mark that captions are made of, in a fixed order."""
    words = load_words()
    form = words.caption
    camera_and_place = [words.size, words.move, words.location, words.time, words.weather]
    people = [words.kind, words.hair, words.colour, words.garment, words.side, words.facing, words.action]
    phrases = [phrase for each in camera_and_place + people for phrase in each]
    phrases += [part for text in vars(form).values() for part in _without_fields(text)]
    single = [word for phrase in phrases for word in phrase.replace(",", " ").replace(".", " ").split()]
    return [*PUNCTUATION, *dict.fromkeys(single)]


def _without_fields(text: str) -> list[str]:
    from string import Formatter

    return [literal for literal, *_ in Formatter().parse(text)]


class Networks(nn.Module):
    """The two networks trained together."""

    def __init__(self, preset: SketchPreset) -> None:
        super().__init__()
        self.text_encoder = SketchTextEncoder(vocabulary_words(), **vars(preset.text))
        self.transformer = SketchTransformer(**vars(preset.transformer))


@dataclass(frozen=True)
class Batch:
    latents: Tensor  # normalised (b, c, t, h, w)
    weights: Tensor  # (b, 1, t, h, w), mean 1
    captions: list[str]
    first_given: Tensor  # bool (b, t)


def make_batch(views: Views, autoencoder: SketchAutoencoder, rng: np.random.Generator) -> Batch:
    """Clips are cut to 9, 17 or 25 frames, some captions dropped, some first frames given."""
    latents = autoencoder.normalise(views.latents)
    figures = views.figures
    if latents.shape[2] > 1:
        kept = int(rng.choice([2, 3, latents.shape[2]], p=[0.12, 0.13, 0.75]))
        latents, figures = latents[:, :, :kept], figures[:, :kept]
    weights = 1 + (FIGURE_WEIGHT - 1) * figures[:, None].clamp(0, 1).pow(0.5)
    weights = weights.repeat_interleave(2, dim=3).repeat_interleave(2, dim=4)
    given = torch.zeros(latents.shape[0], latents.shape[2], dtype=torch.bool)
    if latents.shape[2] > 1:
        given[:, 0] = torch.from_numpy(rng.random(len(given)) < GIVE_FIRST)
    captions = ["" if rng.random() < DROP_TEXT else each for each in views.captions]
    return Batch(latents, weights / weights.mean(), captions, given)


def flow_loss(networks: Networks, batch: Batch, times: Tensor, noise: Tensor) -> Tensor:
    """Weighted squared error of the velocity where nothing is given, (b,)."""
    given = Given.frames(batch.latents, batch.first_given)
    noisy = mixed(batch.latents, noise, times)
    with torch.autocast("cpu", torch.bfloat16):
        text, mask = networks.text_encoder.encode(batch.captions)
        keys = networks.transformer.text_keys(text, mask)
        velocity = networks.transformer(given.model_input(noisy), times, keys)
    error = (velocity.float() - (noise - batch.latents)).square()
    counted = batch.weights * (1 - given.mask)
    return (error * counted).mean(dim=(1, 2, 3, 4)) / counted.mean(dim=(1, 2, 3, 4))


class Trainer:
    def __init__(self, preset: SketchPreset, folder: Path, minutes: float, *, seed: int = 2) -> None:
        self.preset, self.run = preset, Run(folder, minutes)
        self.autoencoder = freeze(preset, folder)
        torch.manual_seed(seed)
        self.networks = Networks(preset)
        self.optimizers = Optimizers(self.networks, lr=RATE, muon=False)
        self.ema = Ema(self.networks, decay=0.998)
        if state := self.run.resume("transformer"):
            self.networks.load_state_dict(state["networks"])
            self.ema.load_state_dict(state["ema"])
            self.optimizers.load_state_dict(state["optimizers"])
        torch.manual_seed(seed + self.run.step)
        self.rng = rng_for(seed, self.run.step)
        self.shelves = {kind: Shelf(folder, kind) for kind in ("stills", "clips")}
        self.means: dict[str, float] = {}

    def train(self) -> None:
        self._wait_for_latents()
        sheet_at = time.perf_counter() + SHEET_EVERY_S
        self.run.restart_clock()
        while not self.run.is_over:
            self._step()
            if self.run.step % 50 == 0:
                for shelf in self.shelves.values():
                    shelf.look_again()
                ready = {f"{kind}_ready": len(shelf) for kind, shelf in self.shelves.items()}
                self.run.log(**self.means, **ready)
            if time.perf_counter() > sheet_at or self.run.is_over:
                self.write_sheet()
                sheet_at = time.perf_counter() + SHEET_EVERY_S
                self.run.restart_clock()
            if self.run.is_due or self.run.is_over:
                self.save()

    def _wait_for_latents(self) -> None:
        while not len(self.shelves["stills"]):
            time.sleep(2.0)
            for shelf in self.shelves.values():
                shelf.look_again()

    def _kind(self) -> str:
        early = self.run.progress < STILLS_UNTIL
        return "stills" if early or self.run.step % STILL_EVERY == 0 or not len(self.shelves["clips"]) else "clips"

    def _step(self) -> None:
        kind = self._kind()
        views = self.shelves[kind].batch(self.rng, STILLS if kind == "stills" else CLIPS)
        batch = make_batch(views, self.autoencoder, self.rng)
        times = training_times(len(batch.captions), mean=TIME_MEAN)
        loss = flow_loss(self.networks, batch, times, torch.randn_like(batch.latents)).mean()
        loss.backward()
        self.optimizers.step(self.run.rate(decay_from=0.7))
        self.ema.follow(self.networks)
        self.run.tick()
        now = float(loss.detach())
        self.means[kind] = 0.97 * self.means.get(kind, now) + 0.03 * now

    def save(self) -> None:
        self.run.save(
            "transformer",
            networks=self.networks.state_dict(),
            ema=self.ema.state_dict(),
            optimizers=self.optimizers.state_dict(),
        )

    def sketch(self) -> Sketch:
        """The following copies as an engine."""
        following = cast(Networks, self.ema.network)
        return Sketch(self.preset, "training", self.autoencoder, following.text_encoder, following.transformer)

    def write_sheet(self) -> None:
        """One row a prompt: two stills, then, once clips are trained, three frames of a clip."""
        with_clips = self.run.progress > STILLS_UNTIL
        write_samples(self.sketch(), self.run.folder / f"sheet-{self.run.step:06d}.png", clips=with_clips)


def write_samples(sketch: Sketch, path: Path, *, clips: bool, steps: int = 20) -> None:
    def drawn(prompt: str, frames: int, seed: int) -> np.ndarray:
        request = SketchRequest(prompt, seed, frames, steps=steps)
        latents = sample(sketch, request, on_step=lambda report: None, should_stop=lambda: False)
        assert isinstance(latents, Latents)
        return decode(sketch, latents)

    rows = []
    for prompt in SHEET_PROMPTS:
        pictures = [drawn(prompt, 1, seed)[0] for seed in (1, 2)]
        if clips:
            clip = drawn(prompt, sketch.preset.max_frames, 1)
            pictures += [clip[0], clip[len(clip) // 2], clip[-1]]
        rows.append(np.concatenate(pictures, axis=1))
    Image.fromarray(np.concatenate(rows)).save(path)


def train_transformer(preset: SketchPreset, folder: Path, minutes: float) -> None:
    Trainer(preset, folder, minutes).train()
