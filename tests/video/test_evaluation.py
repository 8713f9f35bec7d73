"""Measuring from end to end at preset tiny with untrained networks, and the parts that measure without learning."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from model_runtime.stage.draw import render
from model_runtime.stage.held_out import is_held_out
from model_runtime.stage.scene import Person, Scene
from model_runtime.training.drawings import rng_for
from model_runtime.training.evaluation import bench, cost, pixel_check
from model_runtime.training.evaluation.attributes import (
    UNTOLD,
    attribute,
    is_pair,
    labels_of,
    move_attributes,
    person_attributes,
    still_attributes,
)
from model_runtime.training.evaluation.card import CARD, card_text
from model_runtime.training.evaluation.contact_sheets import write_contact_sheets
from model_runtime.training.evaluation.evaluate import ALL, COSTS, FIGURES, SHEETS, evaluate
from model_runtime.training.evaluation.fidelity import correlation, edges
from model_runtime.training.evaluation.given import seam_steps
from model_runtime.training.evaluation.idea_sheet import write_idea_sheet
from model_runtime.training.evaluation.lots import (
    acting,
    any_scene,
    dressed_as,
    looks_of_person,
    moving_camera,
    pair,
    scenes_of,
    single,
    walking_or_standing,
)
from model_runtime.training.evaluation.references import likeness
from model_runtime.training.evaluation.rows import ROWS_FILE, read_rows
from model_runtime.training.evaluation.scorer import (
    ACTION,
    PERSON,
    SEEN_SIZE,
    STILL,
    Scorer,
    lessons,
    look_places,
    mirrored,
    window,
)
from model_runtime.training.export import write_weights
from model_runtime.training.networks import Networks
from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.presets import TINY
from model_runtime.video.weights import load_sketch

WALKER = Person("woman", "black", "red", "coat", False, None, "left", "right", "walking")
BEACH = Scene("wide shot", "static", "beach", "day", "clear", (WALKER,), seed=5)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    torch.manual_seed(1)
    networks = Networks(TINY)
    parts = {
        "autoencoder": SketchAutoencoder(**vars(TINY.autoencoder)),
        "text_encoder": networks.text_encoder,
        "transformer": networks.transformer,
    }
    trained = {"transformer": {"steps": 1, "minutes": 0.1}}
    write_weights(tmp_path / "weights", TINY, parts, trained)
    return tmp_path / "weights"


@pytest.fixture
def quick_scorers(monkeypatch: pytest.MonkeyPatch) -> None:
    torch.set_num_threads(1)
    for name in ("STILL", "PERSON", "ACTION", "MOVE"):
        course = getattr(bench, name)
        monkeypatch.setattr(bench, name, replace(course, drawings=4, round_trips=4, steps=2, batch=4))


def test_every_figure_is_measured_with_a_row_a_clip_and_the_card_is_written(
    weights: Path, quick_scorers: None, tmp_path: Path
) -> None:
    evaluate(weights, tmp_path / "run", figures=list(FIGURES), count=2)
    rows = read_rows(weights / ROWS_FILE)
    assert {row.figure for row in rows} == set(FIGURES)
    assert len([row for row in rows if row.figure == "casts"]) == 3 * 2
    card = (weights / CARD).read_text("utf-8")
    for told in (
        "| location |",
        "| top colour from a reference |",
        "step from a loop's end",
        "scorer and pixel check agree",
    ):
        assert told in card


def test_the_sheet_of_ideas_shows_each_beside_its_expansion(weights: Path, tmp_path: Path) -> None:
    write_idea_sheet(load_sketch(weights), tmp_path, every=50, steps=1)
    with Image.open(tmp_path / "ideas.png") as sheet:
        assert sheet.size == (6 * 220 + 4, 2 * 124 + 4), "ideas 1, 51, 101 and 151"


def test_contact_sheets_are_small_and_show_every_scene(weights: Path, tmp_path: Path) -> None:
    write_contact_sheets(load_sketch(weights), tmp_path, scenes=2, tasks=1, steps=1)
    sizes = {}
    for path in tmp_path.glob("*.png"):
        with Image.open(path) as sheet:
            sizes[path.name] = sheet.size
    assert sizes == {"drawings.png": (6 * 220 + 4, 2 * 124 + 4), "words.png": (1104, 252), "tasks.png": (1544, 128)}
    assert sum(path.stat().st_size for path in tmp_path.glob("*.png")) < 2_000_000


def test_costs_are_measured_apart_and_shown_on_the_card(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cost, "KINDS", ("clip with references",))
    cost.measure_costs(weights)
    (measured,) = json.loads((weights / cost.TIMING_FILE).read_text("utf-8"))["costs"]
    assert measured["references"] == 2 and measured["guidances"] == "text and references"
    assert measured["seconds"] > 0 and 50 < measured["megabytes"] < 4000
    assert "| one clip with references |" in card_text(weights)


def test_one_figure_measured_again_leaves_the_others_and_the_scorers(
    weights: Path, quick_scorers: None, tmp_path: Path
) -> None:
    run = tmp_path / "run"
    evaluate(weights, run, figures=["stills", "losses"], count=2)
    before = {path: path.stat().st_mtime_ns for path in run.iterdir()}
    first = read_rows(weights / ROWS_FILE)
    evaluate(weights, run, figures=["stills"], count=2)
    assert before == {path: path.stat().st_mtime_ns for path in run.iterdir()} and before
    assert sorted(read_rows(weights / ROWS_FILE), key=str) == sorted(first, key=str)


def test_unknown_figures_are_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'stlls'"):
        evaluate(tmp_path, tmp_path, figures=["stlls"])
    assert {COSTS, SHEETS} < set(ALL)


@pytest.mark.parametrize("lot", [any_scene, single, pair, walking_or_standing, acting, moving_camera])
def test_only_held_out_combinations_are_measured_the_same_ones_every_time(lot) -> None:
    scenes = scenes_of("a figure", lot, 3)
    assert all(is_held_out(scene) for scene in scenes)
    assert scenes == scenes_of("a figure", lot, 3) != scenes_of("another", lot, 3)


def test_pairs_differ_in_colour_and_stand_side_by_side() -> None:
    for scene in scenes_of("pairs", pair, 3):
        assert is_pair(scene) and scene.people[0].colour != scene.people[1].colour


def test_a_person_dressed_as_another_keeps_place_and_doing() -> None:
    other = replace(WALKER, colour="green", hat="cap", hat_colour="blue", side="right", action="sitting")
    shown = dressed_as(BEACH, other).people[0]
    assert looks_of_person(shown) == looks_of_person(other)
    assert (shown.side, shown.action) == ("left", "walking")


def test_attributes_are_asked_only_where_pictures_tell_them() -> None:
    empty, close = replace(BEACH, people=()), replace(BEACH, size="close-up")
    labels = labels_of(still_attributes() + person_attributes(), [BEACH, empty, close])
    names = [each.name for each in still_attributes() + person_attributes()]
    told = dict(zip(names, labels, strict=True))
    assert list(told["top colour"]) == [attribute("top colour").answers.index("red"), UNTOLD, told["top colour"][0]]
    assert told["shot size"][1] == UNTOLD and told["garment"][2] == UNTOLD and told["garment"][0] != UNTOLD
    assert list(told["people"]) == [1, 0, 1]


def test_a_scorer_of_people_sees_each_of_a_pair_in_a_window_of_their_own() -> None:
    torch.set_num_threads(1)
    pairs = replace(PERSON, lot=pair, drawings=2, round_trips=1)
    drawn, _ = lessons(pairs, SketchAutoencoder(**vars(TINY.autoencoder)), (48, 32))
    assert drawn.looks.shape == (4, 1, SEEN_SIZE[0], 64, 3)
    colours = drawn.labels[0]
    assert colours[0] != colours[1] and colours[2] != colours[3]
    with pytest.raises(ValueError, match="where to look"):
        Scorer(PERSON).answers(torch.zeros(3, 1, *SEEN_SIZE))


def test_what_is_outside_the_window_is_not_read() -> None:
    torch.manual_seed(2)
    scorer, clip = Scorer(PERSON), torch.randn(3, 1, *SEEN_SIZE)
    changed = clip.clone()
    changed[..., 100:] = 0
    one, other = scorer.chances(clip, "left")["facing"], scorer.chances(changed, "left")["facing"]
    assert torch.equal(one, other)
    assert not torch.equal(scorer.chances(clip, "right")["facing"], scorer.chances(changed, "right")["facing"])
    assert window(clip[None], "left").shape[-1] == 64


def test_a_mirrored_drawing_is_labelled_with_left_and_right_exchanged() -> None:
    known = (*person_attributes(), *move_attributes())
    facing, move = attribute("facing").answers, attribute("camera move").answers
    labels = torch.full((len(known), 2), UNTOLD)
    labels[1] = torch.tensor([facing.index("left"), facing.index("away")])
    labels[-1] = torch.tensor([move.index("pan right"), move.index("push in")])
    found = mirrored(labels, known)
    assert found[1].tolist() == [facing.index("right"), facing.index("away")]
    assert found[-1].tolist() == [move.index("pan left"), move.index("push in")]
    assert (found[0] == UNTOLD).all() and torch.equal(mirrored(found, known), labels)


def test_a_scorer_sees_a_clips_first_and_last_drawing() -> None:
    assert look_places(9, ACTION.looks).tolist() == [0, 2, 4, 6, 8] and look_places(1, STILL.looks).tolist() == [0]


def test_seam_steps_are_measured_apart_from_the_clips_own() -> None:
    levels = [0, 10, 11, 12, 13, 33]
    frames = np.stack([np.full((4, 4, 3), level, np.uint8) for level in levels])
    found = seam_steps(frames, {"first seam": (0, 1), "loop seam": (5, 0)})
    assert found["first seam"] == 10 and found["loop seam"] == 33
    assert found["own steps"] == pytest.approx(np.percentile([1, 1, 1, 20], 95))


def test_likeness_is_highest_for_who_agrees_in_every_attribute() -> None:
    def seen(*answers: int) -> dict[str, torch.Tensor]:
        sure = torch.eye(9) * 0.91 + 0.01
        names = ("top colour", "garment", "kind", "hair", "hat", "hat colour", "scarf", "hood")
        return dict(zip(names, (sure[answer] for answer in answers), strict=True))

    shown = seen(0, 1, 2, 3, 4, 5, 6, 7)
    assert (
        likeness(shown, shown)
        > likeness(shown, seen(0, 1, 2, 3, 4, 5, 6, 8))
        > likeness(shown, seen(1, 1, 2, 3, 4, 5, 6, 8))
    )


def test_edges_lie_where_they_lie_and_not_elsewhere() -> None:
    here = render(BEACH, frames=3).frames
    there = render(replace(BEACH, people=(replace(WALKER, side="right"),)), frames=3).frames
    assert correlation(edges(here), edges(here)) == pytest.approx(1.0)
    assert correlation(edges(here), edges(there)) < 0.95


@pytest.mark.parametrize(
    ("time", "angle"),
    [(time, "eye level") for time in ("day", "dawn", "dusk", "night")] + [("day", "high angle"), ("day", "low angle")],
)
def test_sky_and_horizon_tell_time_and_angle_of_an_open_place(time: str, angle: str) -> None:
    picture = render(replace(BEACH, time=time, angle=angle), frames=1).frames[0]
    assert pixel_check.sky(picture) == (time, angle)


def test_separate_figures_are_counted_even_where_the_place_stands_aside() -> None:
    partner = replace(WALKER, side="right", facing="left", colour="blue", action="standing")
    empty = np.roll(render(replace(BEACH, people=()), frames=1).frames[0], (1, 2), (0, 1))
    for people in ((), (WALKER,), (WALKER, partner)):
        picture = render(replace(BEACH, people=people), frames=1).frames[0]
        assert pixel_check.figures(picture, empty) == len(people)


def test_pixel_check_reads_most_real_drawings_right() -> None:
    rng = rng_for(4)
    right = dict.fromkeys(pixel_check.ASKED, 0)
    for _ in range(30):
        scene = pixel_check._open_place(rng)
        picture = render(scene, frames=1).frames[0]
        empty = render(replace(scene, people=()), frames=1).frames[0]
        told = {"time of day": scene.time, "angle": scene.angle, "people": str(len(scene.people))}
        found = pixel_check.answers(picture, empty)
        for name in right:
            right[name] += found[name] == told[name]
    assert min(right.values()) >= 22, right
