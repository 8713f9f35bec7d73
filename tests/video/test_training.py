"""The training kit at preset tiny: every stage runs, stops and resumes, and what it exports can draw."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from filelock import FileLock

from model_runtime.stage.caption import Mark, caption
from model_runtime.stage.held_out import is_held_out
from model_runtime.stage.scene import random_scene
from model_runtime.stage.words import load_words
from model_runtime.training import autoencoder as autoencoder_training
from model_runtime.training import draw, latents, scenes, validation
from model_runtime.training.autoencoder import outlier_penalty, train_autoencoder
from model_runtime.training.draw import Shard, order, write_shards
from model_runtime.training.drawings import smaller, validation_clips
from model_runtime.training.export import export
from model_runtime.training.latents import figure_weights
from model_runtime.training.networks import vocabulary_words
from model_runtime.training.optimizers import Ema, Muon, Optimizers, orthogonalise
from model_runtime.training.plots import Record, write_plot
from model_runtime.training.quality import psnr, ssim
from model_runtime.training.runs import Run
from model_runtime.training.scenes import draw_scene, rng_for
from model_runtime.training.transformer import Plan, Trainer
from model_runtime.training.views import Views, scene_from_json, scene_to_json
from model_runtime.video.pipeline import decode, sample
from model_runtime.video.presets import SMALL, TINY
from model_runtime.video.request import SketchRequest
from model_runtime.video.states import Latents
from model_runtime.video.text import MARKS, WORDS_FROM, Vocabulary
from model_runtime.video.weights import MANIFEST, load_sketch

SHORT = 0.01  # minutes


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    torch.set_num_threads(1)
    for name in ("STATS_STILLS", "STATS_CLIPS"):
        monkeypatch.setattr(latents, name, 8)
    monkeypatch.setattr(latents, "PREVIEW_BATCHES", 1)
    monkeypatch.setattr(draw, "SCENES", {"stills": 8, "clips": 8})
    monkeypatch.setattr(draw, "STILL_SHARDS_FIRST", 1)
    monkeypatch.setattr(validation, "SCENES", 2)
    monkeypatch.setattr(autoencoder_training, "POOL", 4)
    monkeypatch.setattr(autoencoder_training, "FIRST_CLIPS", 4)
    monkeypatch.setattr(autoencoder_training, "MEASURED", 1)


def test_training_goes_on_from_what_was_shipped_with_its_autoencoder_as_it_is(
    small_shards: None, tmp_path: Path
) -> None:
    run, weights, later = tmp_path / "run", tmp_path / "weights", tmp_path / "later"
    train_autoencoder(TINY, run, SHORT)
    write_shards(TINY, run, 1.0, shards=2)
    Trainer(TINY, run, Plan(SHORT, rows=1, sheets_every=0)).train()
    export(TINY, run, weights)
    write_shards(TINY, later, 1.0, shards=2, start=weights)
    Trainer(TINY, later, Plan(SHORT, rows=1, sheets_every=0, start=weights)).train()
    export(TINY, later, tmp_path / "again")
    before, after = load_sketch(weights), load_sketch(tmp_path / "again")
    kept, now = before.autoencoder.encoder.state_dict(), after.autoencoder.encoder.state_dict()
    assert all(torch.equal(value, now[name]) for name, value in kept.items())
    assert torch.equal(before.autoencoder.latent_std, after.autoencoder.latent_std)
    told = [json.loads((each / MANIFEST).read_text("utf-8"))["training"] for each in (weights, tmp_path / "again")]
    assert told[1]["transformer"]["steps"] > told[0]["transformer"]["steps"] > 0
    assert told[1]["autoencoder"] == told[0]["autoencoder"]


def test_every_stage_runs_resumes_and_what_is_exported_draws(small_shards: None, tmp_path: Path) -> None:
    run, weights = tmp_path / "run", tmp_path / "weights"
    train_autoencoder(TINY, run, SHORT)
    first = torch.load(run / "autoencoder.pt", weights_only=True)["step"]
    train_autoencoder(TINY, run, 2 * SHORT)
    assert torch.load(run / "autoencoder.pt", weights_only=True)["step"] > first > 0
    write_shards(TINY, run, 1.0, shards=2)
    assert sorted(path.name for path in (run / "latents").glob("*.pt")) == ["clips-0000.pt", "stills-0000.pt"]
    encoder = torch.load(run / "frozen.pt", weights_only=True)
    Trainer(TINY, run, Plan(SHORT, rows=2, sheets_every=0.0, validate_every=SHORT)).train()
    resumed = Trainer(TINY, run, Plan(2 * SHORT, rows=2, sheets_every=0.0, packed=True))
    assert resumed.run.step > 0
    resumed.train()
    assert (run / "transformer.csv").read_text("utf-8").startswith("step,minutes,") and (
        run / "transformer.png"
    ).exists()
    train_autoencoder(TINY, run, SHORT)  # now the decoder alone
    export(TINY, run, weights)
    sketch = load_sketch(weights)
    frozen = encoder["encoder.stem.weight"].to(torch.bfloat16).float()
    assert torch.equal(sketch.autoencoder.encoder.stem.weight, frozen)
    request = SketchRequest("pier, night.", 1, 9, steps=2)
    drawn = sample(sketch, request, on_step=lambda report: None, should_stop=lambda: False)
    assert isinstance(drawn, Latents) and decode(sketch, drawn).shape == (9, 64, 96, 3)


def test_a_shard_another_process_draws_is_left_to_it(small_shards: None, tmp_path: Path) -> None:
    train_autoencoder(TINY, tmp_path, SHORT)
    (tmp_path / "latents").mkdir()
    with FileLock(tmp_path / "latents" / "stills-0000.lock"):
        write_shards(TINY, tmp_path, 1.0, shards=2)
    assert [path.name for path in (tmp_path / "latents").glob("*.pt")] == ["clips-0000.pt"]


def test_stills_come_first_and_aspects_have_their_shares() -> None:
    shards = [shard for shard, _ in zip(order(), range(400), strict=False)]
    assert {shard.kind for shard in shards[: draw.STILL_SHARDS_FIRST]} == {"stills"}
    for kind, usual in (("stills", 0.8), ("clips", 0.9)):
        sizes = [shard.size(SMALL, every_aspect=True) for shard in shards if shard.kind == kind]
        assert sizes.count(SMALL.sizes[0]) / len(sizes) == pytest.approx(usual, abs=0.03)
        assert sizes.count(SMALL.sizes[1]) == pytest.approx(sizes.count(SMALL.sizes[2]), abs=2)
    assert Shard("stills", 4).size(SMALL, every_aspect=False) == SMALL.sizes[0]


def test_a_shard_gives_back_what_was_drawn(small_shards: None, tmp_path: Path) -> None:
    train_autoencoder(TINY, tmp_path, SHORT)
    write_shards(TINY, tmp_path, 1.0, shards=2)
    clips = Views.load(tmp_path / "latents" / "clips-0000.pt")
    rng = rng_for(draw.SEEDS["clips"], 0)
    drawn = [draw_scene(rng, TINY.sizes[0], TINY.max_frames) for _ in range(len(clips))]
    views = [clips.view(row) for row in range(len(clips))]
    assert [view.scene for view in views] == [each.scene for each in drawn]
    assert [view.still_frames for view in views] == [each.still_frames for each in drawn]
    for view, each in zip(views, drawn, strict=True):
        assert (view.sheets is None) == (each.sheets is None) and (view.guide is None) == (each.guide is None)
        assert view.sheets is None or len(view.sheets) == len(each.scene.subjects)
        assert view.latents.shape == (32, 4, 4, 6) and view.stills is not None and view.stills.shape == (2, 32, 4, 6)


def test_training_takes_about_two_stills_for_a_clip() -> None:
    shards = [shard.kind for shard, _ in zip(order(), range(108), strict=False)][draw.STILL_SHARDS_FIRST :]
    ratio = shards.count("stills") * draw.SCENES["stills"] / (shards.count("clips") * draw.SCENES["clips"])
    assert ratio == pytest.approx(2.0)


def test_a_drawing_past_the_last_is_only_asked_for_where_the_camera_rests() -> None:
    rng = np.random.default_rng(0)
    for move in ("static", "tilt up"):
        scene = replace(random_scene(rng), move=move)
        numbers = {scenes._another(rng, scene, 25) for _ in range(500)}
        assert (25 in numbers) == (move == "static") and {8, 9, 16, 17} < numbers and 0 not in numbers


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


def test_a_record_goes_on_where_it_stopped_and_takes_new_columns(tmp_path: Path) -> None:
    first = Record(tmp_path / "log.csv")
    first.add(step=5, minutes=1.0, loss=0.5)
    first.add(step=9, minutes=1.8, loss=0.4)  # after the last checkpoint
    record = Record(tmp_path / "log.csv")
    record.go_on_from(7)
    record.add(step=10, minutes=2.0, validation=0.25)
    assert Record(tmp_path / "log.csv").curve("loss") == [(1.0, 0.5)]
    assert Record(tmp_path / "log.csv").curve("validation") == [(2.0, 0.25)]
    write_plot(record, tmp_path / "plot.png", ("loss",), ("validation", "nothing"))
    assert (tmp_path / "plot.png").stat().st_size > 500


def test_captions_are_made_of_the_vocabulary_alone() -> None:
    vocabulary = Vocabulary(vocabulary_words())
    rng = np.random.default_rng(0)
    for number in range(200):
        scene = random_scene(rng)
        marks = {place: Mark(MARKS[number % 8], alone=bool(number % 2)) for place in range(len(scene.subjects))}
        for text in (caption(scene), caption(scene, marks)):
            tokens = vocabulary.tokens(text, SMALL.text.max_tokens)
            assert len(tokens) < SMALL.text.max_tokens and all(token >= WORDS_FROM for token in tokens[1:])


def test_vocabulary_holds_every_word_of_every_list_once() -> None:
    words = vocabulary_words()
    assert len(words) == len(set(words)) and words[-len(MARKS) :] == list(MARKS)
    lists = [value for name, value in vars(load_words()).items() if name != "caption"]
    assert {part for each in lists for phrase in each for part in phrase.split()} <= set(words)


def test_a_scene_is_the_same_after_being_written() -> None:
    rng = np.random.default_rng(2)
    for _ in range(50):
        scene = random_scene(rng)
        assert scene_from_json(scene_to_json(scene)) == scene


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


def test_outlier_penalty_sees_a_lonely_large_value() -> None:
    quiet = torch.randn(1, 2, 1, 8, 8).clamp(-1, 1)
    loud = quiet.clone()
    loud[0, 0, 0, 3, 3] = 40.0
    assert float(outlier_penalty(quiet)) == 0.0 and float(outlier_penalty(loud)) > 0.0


def test_psnr_of_a_known_error() -> None:
    assert psnr(torch.full((1, 3, 1, 2, 2), 0.2), torch.zeros(1, 3, 1, 2, 2)) == pytest.approx(20.0)


def test_ssim_is_one_of_itself_and_of_flat_pictures_what_their_light_tells() -> None:
    picture = torch.rand(1, 3, 2, 16, 16) * 2 - 1
    assert ssim(picture, picture) == pytest.approx(1.0, abs=1e-5)
    assert ssim(picture, -picture) < 0.5
    # luminance alone: (2 * 0.5 * 0.75 + C1) / (0.5² + 0.75² + C1)
    dark, light = torch.zeros(1, 3, 1, 16, 16), torch.full((1, 3, 1, 16, 16), 0.5)
    assert ssim(dark, light) == pytest.approx(0.7501 / 0.8126, abs=1e-4)


def test_smaller_is_the_mean_of_the_pixels() -> None:
    assert float(smaller(torch.tensor([[0.0, 1.0], [2.0, 3.0]]).view(1, 1, 1, 2, 2), 2)) == 1.5
