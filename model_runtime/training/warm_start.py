"""Starts networks from weights made for another shape of them: what overlaps is taken over, the rest begins anew."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from safetensors.torch import load_file
from torch import Tensor

from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.conditioning import input_channels
from model_runtime.video.presets import PATCH
from model_runtime.video.text import WORDS_FROM, SketchTextEncoder
from model_runtime.video.transformer import SketchTransformer
from model_runtime.video.weights import CONFIG, MANIFEST, TENSORS

EARLIER = "earlier.json"
NEW_SCALE = 0.1  # of the usual size of new rows and columns, so that a network first does what it did before


def overlap(
    fresh: Mapping[str, Tensor], earlier: Mapping[str, Tensor], *, new_scale: float = NEW_SCALE
) -> dict[str, Tensor]:
    """The state of a network: `earlier` values in their corner of each tensor, smaller `fresh` ones around it.

    A tensor `earlier` lacks stays fresh.
    """
    state = {}
    for name, value in fresh.items():
        old = earlier.get(name)
        state[name] = value.clone() if old is None else _grown(value, old, new_scale)
    return state


def _grown(fresh: Tensor, earlier: Tensor, new_scale: float) -> Tensor:
    if fresh.ndim != earlier.ndim:
        return fresh.clone()
    grown = fresh.clone() if earlier.shape == fresh.shape else fresh * new_scale
    corner = tuple(slice(0, min(mine, theirs)) for mine, theirs in zip(fresh.shape, earlier.shape, strict=True))
    grown[corner] = earlier[corner].to(fresh.dtype)
    return grown


def _tensors(weights: Path, part: str) -> dict[str, Tensor]:
    return dict(load_file(weights / part / TENSORS))


def _config(weights: Path, part: str) -> dict[str, object]:
    facts: dict[str, object] = json.loads((weights / part / CONFIG).read_text("utf-8"))
    return facts


# --- what went before -------------------------------------------------------------------------------------------


def remember_start(weights: Path, folder: Path) -> None:
    """Keep in a run's folder how the weights it starts from were trained, for the manifest of what comes out of it."""
    manifest = weights / MANIFEST
    if not (folder / EARLIER).exists() and manifest.exists():
        (folder / EARLIER).write_text(json.dumps(json.loads(manifest.read_text("utf-8")).get("training", {})), "utf-8")


def with_earlier(facts: Mapping[str, Mapping[str, Any]], folder: Path) -> dict[str, Any]:
    """Steps and minutes of a run's parts together with those of the weights it started from."""
    path = folder / EARLIER
    earlier: dict[str, dict[str, Any]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    together = {name: dict(before) for name, before in earlier.items()}
    for name, now in facts.items():
        before = together.get(name, {"steps": 0, "minutes": 0.0})
        minutes = round(before["minutes"] + now["minutes"], 1)
        together[name] = {**before, **now, "steps": before["steps"] + now["steps"], "minutes": minutes}
    return together


# --- the autoencoder -------------------------------------------------------------------------------------------


def start_autoencoder(network: SketchAutoencoder, weights: Path) -> None:
    """Take over shipped weights, also where they have fewer latent channels than this network."""
    earlier, fresh = _tensors(weights, "autoencoder"), network.state_dict()
    state = overlap(fresh, earlier)
    # the encoder's last layer holds means, then log variances: each half has its own corner
    for name in ("encoder.head.weight", "encoder.head.bias"):
        state[name] = _halves(fresh[name], earlier[name])
    network.load_state_dict(state)


def _halves(fresh: Tensor, earlier: Tensor) -> Tensor:
    grown = fresh.clone()
    for before, now in zip(earlier.chunk(2), grown.chunk(2), strict=True):
        now[: before.shape[0]] = before.to(now.dtype)
    return grown


# --- text encoder and transformer ------------------------------------------------------------------------------


def start_text_encoder(network: SketchTextEncoder, weights: Path) -> None:
    """Words keep their vectors by what they are, wherever they stand in the vocabulary."""
    earlier = _tensors(weights, "text_encoder")
    fresh = network.state_dict()
    state = overlap(fresh, {name: value for name, value in earlier.items() if name != "embed_token.weight"})
    words = _config(weights, "text_encoder")["words"]
    assert isinstance(words, list)
    state["embed_token.weight"] = by_word(
        fresh["embed_token.weight"], network.vocabulary.words, earlier["embed_token.weight"], words
    )
    network.load_state_dict(state)


def by_word(fresh: Tensor, words: Sequence[str], earlier: Tensor, earlier_words: Sequence[str]) -> Tensor:
    """Token vectors (v, d): pad, start and bytes as they were, words from where they stood; new words stay fresh."""
    table = fresh.clone()
    table[:WORDS_FROM] = earlier[:WORDS_FROM].to(fresh.dtype)
    rows = {word: WORDS_FROM + number for number, word in enumerate(earlier_words)}
    for number, word in enumerate(words):
        if word in rows:
            table[WORDS_FROM + number] = earlier[rows[word]].to(fresh.dtype)
    return table


def start_transformer(network: SketchTransformer, weights: Path, *, new_scale: float = NEW_SCALE) -> None:
    """Everything by name; the first layer's columns by what its channels mean."""
    earlier, fresh = _tensors(weights, "transformer"), network.state_dict()
    state = overlap(
        fresh, {name: value for name, value in earlier.items() if name != "patch_in.weight"}, new_scale=new_scale
    )
    before = _config(weights, "transformer")["latent_channels"]
    assert isinstance(before, int)
    state["patch_in.weight"] = by_channel(
        fresh["patch_in.weight"],
        network.config.latent_channels,
        earlier["patch_in.weight"],
        before,
        new_scale=new_scale,
    )
    network.load_state_dict(state)


def by_channel(fresh: Tensor, channels: int, earlier: Tensor, earlier_channels: int, *, new_scale: float) -> Tensor:
    """The first layer's weights (d, inputs * PATCH²) for more latent channels, and a guide where there was none.

    Inputs are noisy latents, given latents, where given (`conditioning.model_input`), then what earlier weights lack.
    """
    mine = (fresh * new_scale).unflatten(1, (input_channels(channels), PATCH**2)).clone()
    theirs = earlier.to(fresh.dtype).unflatten(1, (-1, PATCH**2))
    shared = min(channels, earlier_channels)
    for group in (0, 1):
        at, was = group * channels, group * earlier_channels
        mine[:, at : at + shared] = theirs[:, was : was + shared]
    mine[:, 2 * channels] = theirs[:, 2 * earlier_channels]
    if theirs.shape[1] == input_channels(earlier_channels):  # these had a guide already
        at, was = 2 * channels + 1, 2 * earlier_channels + 1
        mine[:, at : at + shared] = theirs[:, was : was + shared]
        mine[:, -1] = theirs[:, -1]
    return mine.flatten(1)


def start_networks(text_encoder: SketchTextEncoder, transformer: SketchTransformer, weights: Path) -> None:
    start_text_encoder(text_encoder, weights)
    start_transformer(transformer, weights)
