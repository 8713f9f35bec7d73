"""How the recogniser came to be: the network of studio/sight/recogniser.py in torch, taught and written out.

It learns to find, among all people of a batch, the one who is in two scenes; attributes help it begin.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from torch import Tensor, nn
from torch.nn import functional

from model_runtime.training.drawings import to_signal
from model_runtime.training.evaluation.attributes import APPEARANCE, Attribute, attribute, labels_of
from model_runtime.training.evaluation.scorer import loss_of
from model_runtime.training.optimizers import Optimizers
from model_runtime.video.weights import load_sketch
from studio.sight.recogniser import FOLD, GRID, GROUPS, SEEN_FROM, STRIDES, WEIGHTS_FILE
from tests.continuity.lessons import LESSON_SEED, Lesson, Through, lesson

CHANNELS = (48, 48, 64, 96, 128)
PLACES, NUMBERS = 24, 64
DRAWN, ROUND_TRIPS = 7000, 1500  # casts
SIZE = (288, 160)
STEPS, PEOPLE = 1200, 48  # a step sees so many subjects twice
RATE, WARM_UP = 4e-3, 60
ATTRIBUTES_WEIGH = 0.5
ROUND_TRIP_AT_ONCE = 16


def appearance() -> tuple[Attribute, ...]:
    return tuple(attribute(name) for name in APPEARANCE)


class Network(nn.Module):
    """Recogniser, with a line for each attribute of a person that only learning needs."""

    def __init__(self) -> None:
        super().__init__()
        pairs = zip(CHANNELS, CHANNELS[1:], STRIDES, strict=False)
        self.layers = nn.ModuleList(nn.Conv2d(a, b, 3, stride=stride, padding=1) for a, b, stride in pairs)
        self.norms = nn.ModuleList(nn.GroupNorm(GROUPS, each) for each in CHANNELS[1:])
        self.where = nn.Conv2d(CHANNELS[-1], PLACES, 1, bias=False)
        features = 2 * sum(CHANNELS[1 + SEEN_FROM :]) + PLACES * GRID[0] * GRID[1]
        self.head = nn.Linear(features, NUMBERS, bias=False)
        self.attributes = nn.ModuleList(nn.Linear(features, len(each.answers)) for each in appearance())
        self.sharpness = nn.Parameter(torch.tensor(2.0))

    def forward(self, windows: Tensor) -> tuple[Tensor, list[Tensor]]:
        """(n, 3, h, w) in -1..1 -> (n, 64) of length 1, and logits of attributes"""
        x = functional.pixel_unshuffle(windows, FOLD)
        seen: list[Tensor] = []
        for number, (layer, norm) in enumerate(zip(self.layers, self.norms, strict=True)):
            x = functional.relu(norm(layer(x)))
            if number >= SEEN_FROM:
                seen += [x.mean(dim=(2, 3)), x.amax(dim=(2, 3))]
        seen.append(functional.adaptive_avg_pool2d(functional.relu(self.where(x)), GRID).flatten(1))
        features = torch.cat(seen, dim=1)
        return functional.normalize(self.head(features).float(), dim=1), [each(features) for each in self.attributes]

    def exported(self) -> dict[str, np.ndarray]:
        """Half precision, by the names that studio/sight/recogniser.py reads."""
        named = {"where": self.where.weight[:, :, 0, 0], "head": self.head.weight}
        for number, (layer, norm) in enumerate(zip(self.layers, self.norms, strict=True)):
            named |= {f"{number}.weight": layer.weight, f"{number}.bias": layer.bias}
            named |= {f"{number}.scale": norm.weight, f"{number}.shift": norm.bias}
        return {name: each.detach().half().contiguous().numpy() for name, each in named.items()}


def learn(weights: Path, out: Path, *, drawn: int = DRAWN, round_trips: int = ROUND_TRIPS, steps: int = STEPS) -> None:
    """Write the recogniser's weights to the folder `out`; `weights` are the sketch engine's, for round trips."""
    parts = [
        lesson(drawn, LESSON_SEED, SIZE),
        lesson(round_trips, LESSON_SEED + 1, (144, 80), _round_trip(weights)),
    ]
    network = taught(parts, steps)
    out.mkdir(parents=True, exist_ok=True)
    save_file(network.exported(), out / WEIGHTS_FILE)


def taught(parts: list[Lesson], steps: int) -> Network:
    torch.manual_seed(LESSON_SEED)
    began, network, rng = time.perf_counter(), Network(), np.random.default_rng(LESSON_SEED + 2)
    windows = np.concatenate([each.windows for each in parts])
    shown = [pair for each in parts for pair in each.scenes]
    labels = torch.from_numpy(labels_of(appearance(), [one for pair in shown for one in pair]))
    labels = labels.unflatten(1, (-1, 2))  # (attributes, people, 2)
    # round trips as often as drawings, though there are fewer of them
    shares = np.concatenate([np.full(len(each.windows), 1 / len(each.windows)) for each in parts]) / len(parts)
    optimizers = Optimizers(network, lr=RATE, adam_lr=RATE / 2)
    for step in range(steps):
        rows = rng.choice(len(windows), PEOPLE, replace=False, p=shares)
        seen = varied(to_signal(windows[rows].reshape(-1, 1, *windows.shape[2:]))[:, :, 0], rng)
        with torch.autocast("cpu", torch.bfloat16):
            numbers, logits = network(seen)
        found = loss_of([each.float() for each in logits], labels[:, torch.from_numpy(rows)].flatten(1))
        loss = found_again(numbers, network.sharpness) + ATTRIBUTES_WEIGH * found / len(logits)
        loss.backward()
        optimizers.step(min(1.0, (step + 1) / WARM_UP, 1.5 * (1 - step / steps)))
        if step % 100 == 0 or step == steps - 1:
            print(f"step {step}: {loss.item():.3f}, {time.perf_counter() - began:.0f} s", flush=True)
    return network.eval()


def found_again(numbers: Tensor, sharpness: Tensor) -> Tensor:
    """Each of (2 * people, 64) should be nearest to the same person's other one: cross-entropy over all others."""
    alike = numbers @ numbers.T * sharpness.exp()
    alike = alike.masked_fill(torch.eye(len(numbers), dtype=torch.bool), -1e4)
    return functional.cross_entropy(alike, torch.arange(len(numbers)) ^ 1)


def varied(windows: Tensor, rng: np.random.Generator) -> Tensor:
    """Shifted, mirrored, in other light and a little noisy; mirror and light are each one's own."""
    down, right = int(rng.integers(-5, 6)), int(rng.integers(-8, 9))
    moved = torch.roll(windows, (down, right), dims=(2, 3))
    mirrored = torch.from_numpy(rng.random(len(windows)) < 0.5)
    moved[mirrored] = moved[mirrored].flip(-1)
    light = torch.empty(len(windows), 1, 1, 1).uniform_(0.8, 1.2)
    gain = light * torch.empty(len(windows), 3, 1, 1).uniform_(0.94, 1.06)
    noise = 0.03 * torch.randn(1, *windows.shape[1:])  # one for all: to draw it takes as long as to learn from it
    return moved.add_(1).mul_(gain).sub_(1).clamp_(-1, 1).add_(noise)


def _round_trip(weights: Path) -> Through:
    """Pictures as the engine's autoencoder gives them back."""
    autoencoder = load_sketch(weights).autoencoder

    @torch.no_grad()
    def through(pictures: np.ndarray) -> np.ndarray:
        back = []
        for start in range(0, len(pictures), ROUND_TRIP_AT_ONCE):
            with torch.autocast("cpu", torch.bfloat16):
                signal = to_signal(pictures[start : start + ROUND_TRIP_AT_ONCE, None])
                decoded = autoencoder.decode(autoencoder.encode(signal))
            back.append(((decoded[:, :, 0].float().clamp(-1, 1) + 1) * 127.5).round().byte().movedim(1, -1).numpy())
        return np.concatenate(back)

    return through
