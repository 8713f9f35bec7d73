"""The training kit at preset tiny: every stage runs, stops and resumes, and what it ships can draw."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from model_runtime.stage.caption import caption
from model_runtime.stage.held_out import is_held_out
from model_runtime.stage.scene import random_scene
from model_runtime.training import autoencoder as autoencoder_training
from model_runtime.training import latents as latents_training
from model_runtime.training.autoencoder import outlier_penalty, psnr, train_autoencoder
from model_runtime.training.drawings import rng_for, smaller, validation_clips
from model_runtime.training.evaluate import interval
from model_runtime.training.latents import Views, figure_weights, write_latents
from model_runtime.training.optimizers import Ema, Muon, Optimizers, orthogonalise
from model_runtime.training.runs import Run
from model_runtime.training.ship import ship
from model_runtime.training.transformer import Trainer, flow_loss, make_batch, vocabulary_words
from model_runtime.video.pipeline import Latents, SketchRequest, decode, sample
from model_runtime.video.presets import TINY
from model_runtime.video.text import WORDS_FROM, Vocabulary
from model_runtime.video.weights import load_sketch

SHORT = 0.01  # minutes


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    torch.set_num_threads(1)
    for name in ("STILLS_IN_SHARD", "CLIPS_IN_SHARD", "STATS_STILLS", "STATS_CLIPS"):
        monkeypatch.setattr(latents_training, name, 8)
    monkeypatch.setattr(autoencoder_training, "POOL", 4)
    monkeypatch.setattr(autoencoder_training, "FIRST_CLIPS", 4)
    monkeypatch.setattr(autoencoder_training, "MEASURED", 1)


def test_every_stage_runs_resumes_and_what_is_shipped_draws(small_shards: None, tmp_path: Path) -> None:
    run, weights = tmp_path / "run", tmp_path / "weights"
    train_autoencoder(TINY, run, SHORT)
    first = torch.load(run / "autoencoder.pt", weights_only=True)["step"]
    train_autoencoder(TINY, run, 2 * SHORT)
    assert torch.load(run / "autoencoder.pt", weights_only=True)["step"] > first > 0
    write_latents(TINY, run, still_shards=2, clip_shards=1)
    encoder = torch.load(run / "frozen.pt", weights_only=True)
    Trainer(TINY, run, SHORT).train()
    resumed = Trainer(TINY, run, 2 * SHORT)
    assert resumed.run.step > 0
    resumed.train()
    train_autoencoder(TINY, run, SHORT)  # now the decoder alone
    ship(TINY, run, weights)
    sketch = load_sketch(weights)
    frozen = encoder["encoder.stem.weight"].to(torch.bfloat16).float()
    assert torch.equal(sketch.autoencoder.encoder.stem.weight, frozen)
    request = SketchRequest("pier, night.", 1, 9, steps=2)
    latents = sample(sketch, request, on_step=lambda report: None, should_stop=lambda: False)
    assert isinstance(latents, Latents) and decode(sketch, latents).shape == (9, 64, 96, 3)


def test_run_counts_its_budget_over_resumptions(tmp_path: Path) -> None:
    run = Run(tmp_path, minutes=1.0, spent_s=59.0, step=7)
    run.save("thing", value=torch.ones(1))
    again = Run(tmp_path, minutes=1.0)
    state = again.resume("thing")
    assert state is not None and again.step == 7 and 0.98 < again.progress < 1.0
    assert again.resume("other") is None


def test_rate_warms_up_and_ends_near_nothing(tmp_path: Path) -> None:
    assert Run(tmp_path, minutes=1.0).rate() == pytest.approx(0.01)
    assert Run(tmp_path, minutes=1.0, step=500).rate() == pytest.approx(1.0)
    assert Run(tmp_path, minutes=1.0, step=500, spent_s=60.0).rate() == pytest.approx(0.02)


def test_captions_are_made_of_the_vocabulary_alone() -> None:
    vocabulary = Vocabulary(vocabulary_words())
    rng = np.random.default_rng(0)
    for _ in range(200):
        tokens = vocabulary.tokens(caption(random_scene(rng)), 96)
        assert len(tokens) < 96 and all(token >= WORDS_FROM for token in tokens[1:])


def test_training_never_draws_a_held_out_combination_and_measuring_draws_only_such() -> None:
    rng = rng_for(11, 0)
    assert not any(is_held_out(random_scene(rng)) for _ in range(500))
    assert all(is_held_out(scene) for scene, _ in validation_clips(TINY, 2, held_out=True))


def test_orthogonalise_brings_singular_values_near_one() -> None:
    values = torch.linalg.svdvals(orthogonalise(torch.randn(2, 24, 60)).float())
    assert float(values.min()) > 0.5 and float(values.max()) < 1.5


@pytest.mark.parametrize("muon", [True, False])
def test_optimizers_learn_and_continue_from_their_state(muon: bool) -> None:
    torch.manual_seed(0)
    network, inputs = torch.nn.Linear(8, 8), torch.randn(64, 8)
    optimizers = Optimizers(network, lr=0.05, muon=muon)
    losses = []
    for _ in range(120):
        loss = (network(inputs) - inputs.flip(1)).square().mean()
        loss.backward()
        optimizers.step(1.0)
        losses.append(float(loss.detach()))
    assert losses[-1] < losses[0] / 3
    other = Optimizers(network, lr=0.05, muon=muon)
    other.load_state_dict(optimizers.state_dict())
    assert any(state for state in other.parts[-1][0].state.values())


def test_muon_flattens_convolutions() -> None:
    convolution = torch.nn.Conv2d(3, 4, 3)
    before = convolution.weight.detach().clone()
    convolution(torch.randn(1, 3, 5, 5)).sum().backward()
    Muon([convolution.weight], lr=0.1).step()
    assert not torch.equal(before, convolution.weight)


def test_following_copy_moves_toward_the_network() -> None:
    network = torch.nn.Linear(2, 2)
    ema = Ema(network)
    network.weight.data += 1.0
    before = (ema.network.weight - network.weight).abs().max()
    ema.follow(network)
    assert (ema.network.weight - network.weight).abs().max() < before


def test_figures_weigh_their_tokens_over_the_frames_of_a_latent() -> None:
    masks = np.zeros((1, 9, 32, 48), np.uint8)
    masks[0, 3, :16, :16] = 1
    weights = figure_weights(masks)
    assert weights.shape == (1, 2, 2, 3)
    assert float(weights[0, 0].sum()) == 0.0 and float(weights[0, 1, 0, 0]) == 1.0


def test_loss_does_not_count_what_is_given(small_shards: None, tmp_path: Path) -> None:
    train_autoencoder(TINY, tmp_path, SHORT)
    write_latents(TINY, tmp_path, still_shards=2, clip_shards=1)
    trainer = Trainer(TINY, tmp_path, SHORT)
    views = Views(torch.randn(2, 16, 4, 4, 6), torch.zeros(2, 4, 2, 3), ["", ""])
    batch = make_batch(views, trainer.autoencoder, np.random.default_rng(1))
    batch.first_given[:, 0] = True
    noise, times = torch.randn_like(batch.latents), torch.full((2,), 0.5)
    other = noise.clone()
    other[:, :, 0] = 9.0
    with torch.no_grad():
        mine, theirs = (flow_loss(trainer.networks, batch, times, each) for each in (noise, other))
    assert torch.allclose(mine, theirs, atol=1e-3)


def test_outlier_penalty_sees_a_lonely_large_value() -> None:
    quiet = torch.randn(1, 2, 1, 8, 8).clamp(-1, 1)
    loud = quiet.clone()
    loud[0, 0, 0, 3, 3] = 40.0
    assert float(outlier_penalty(quiet)) == 0.0 and float(outlier_penalty(loud)) > 0.0


def test_psnr_of_a_known_error() -> None:
    assert psnr(torch.full((1, 3, 1, 2, 2), 0.2), torch.zeros(1, 3, 1, 2, 2)) == pytest.approx(20.0)


def test_smaller_is_the_mean_of_the_pixels() -> None:
    assert float(smaller(torch.tensor([[0.0, 1.0], [2.0, 3.0]]).view(1, 1, 1, 2, 2), 2)) == 1.5


def test_interval_holds_the_share_and_narrows() -> None:
    low, high = interval(80, 100)
    assert 71 < low < 80 < high < 87
    assert interval(800, 1000)[0] > low
