"""The card follows from the measured rows: shares, controls, targets and weaknesses, of rows made here and shipped."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest

from model_runtime.training.evaluation.card import CARD, card_text, tier_of, write_card
from model_runtime.training.evaluation.card_lines import AnswerLine, ValueLine, answer_lines, compression, value_lines
from model_runtime.training.evaluation.cost import TIMING_FILE
from model_runtime.training.evaluation.intervals import mean, share
from model_runtime.training.evaluation.references import IN_WORDS, WITH, WITHOUT
from model_runtime.training.evaluation.rows import ROWS_FILE, Row, read_rows, replace_figure, write_rows
from model_runtime.training.evaluation.targets import Target
from model_runtime.video.presets import SMALL
from tests.video.conftest import SHIPPED

PLACES = ("pier", "street", "kitchen", "forest")


def still(clip: int, told: str, generated: str, drawing: str, figure: str = "stills", given: str = "") -> Row:
    return Row(
        figure, clip, f"wide shot. {told}.", given, {"location": told}, {"location": generated}, {"location": drawing}
    )


def cast(clip: int, told: str, generated: str, given: str) -> Row:
    colours = {"top colour": "red"}
    return Row(
        "casts",
        clip,
        "<s1>.",
        given,
        {"cast": told, **colours},
        {"cast": generated, **colours},
        {"cast": told, **colours},
    )


def swap(clip: int, after: tuple[str, str]) -> Row:
    before = {"colour left": "red", "colour right": "blue"}
    told = {**before, "exchanged left": "blue", "exchanged right": "red"}
    return Row(
        "swaps",
        clip,
        "a pair.",
        "2 references",
        told,
        {**before, "exchanged left": after[0], "exchanged right": after[1]},
        told,
    )


def seams(clip: int, step: float) -> Row:
    measured = {"first": 27.0, "first round trip": 28.0, "first seam": 3.0, "loop seam": step, "own steps": 4.0}
    return Row("loops", clip, "a loop.", "first drawing, loop", measured=measured)


def named(rows: list[Row]) -> dict[str, AnswerLine]:
    return {line.name: line for line in answer_lines(rows)}


def values(rows: list[Row]) -> dict[str, ValueLine]:
    return {line.name: line for line in value_lines(rows)}


def test_rows_come_back_as_they_were_written(tmp_path: Path) -> None:
    rows = [still(0, "pier", "ferry deck", "pier"), cast(3, "1", "8", WITH), seams(0, 2.5)]
    write_rows(tmp_path / ROWS_FILE, rows)
    assert read_rows(tmp_path / ROWS_FILE) == rows


def test_measuring_a_figure_again_replaces_its_rows_and_no_others(tmp_path: Path) -> None:
    path = tmp_path / ROWS_FILE
    write_rows(path, [still(0, "pier", "pier", "pier"), seams(0, 2.0), seams(1, 3.0)])
    replace_figure(path, "loops", [seams(0, 9.0)])
    assert read_rows(path) == [still(0, "pier", "pier", "pier"), seams(0, 9.0)]
    with pytest.raises(ValueError, match="no rows of 'loops'"):
        replace_figure(path, "loops", [still(0, "pier", "pier", "pier")])


def test_wilson_interval_is_the_textbooks() -> None:
    estimate = share(8, 10)
    assert estimate.value == 0.8
    assert estimate.low == pytest.approx(0.490, abs=1e-3) and estimate.high == pytest.approx(0.943, abs=1e-3)
    assert share(0, 10).low == 0.0 and share(10, 10).high == 1.0


def test_mean_has_the_interval_of_its_spread() -> None:
    estimate = mean([1.0, 2.0, 3.0, 4.0])
    assert estimate.value == 2.5
    assert estimate.high - estimate.value == pytest.approx(1.96 * (5 / 3 / 4) ** 0.5)


def test_generated_drawn_and_shuffled_answers_are_counted_apart() -> None:
    rows = [still(n, place, place, "pier") for n, place in enumerate(PLACES)]
    rows[3] = still(3, "forest", "pier", "forest")
    line = named(rows)["location"]
    assert line.generated.value == 3 / 4 and line.real.value == 2 / 4 and line.generated.count == 4
    # against the captions two further on only the fourth picture, a pier, could agree, and is told a street
    assert line.shuffled.value == 0.0
    assert line.confusion == "forest shown as pier (1 times)"


def test_shuffled_captions_agree_where_pictures_ignore_them() -> None:
    rows = [still(n, "pier", "pier", "pier") for n in range(4)]
    assert named(rows)["location"].shuffled.value == 1.0


def test_casts_are_counted_by_what_was_given() -> None:
    rows = [cast(0, "1", "1", WITH), cast(0, "1", "2", WITHOUT), cast(0, "1", "1", IN_WORDS)]
    lines = named(rows)
    assert lines["which of 8 casts, from a reference"].generated.value == 1.0
    assert lines["which of 8 casts, reference withheld"].generated.value == 0.0
    assert lines["which of 8 casts, told in words"].chance == 1 / 8


def test_an_exchange_counts_only_when_both_people_exchange() -> None:
    lines = named([swap(0, ("blue", "red")), swap(1, ("blue", "blue"))])
    assert lines["both colours of a pair, from references"].generated.value == 1.0
    assert lines["and exchanged with the references"].generated.value == 0.5


def test_seams_count_against_the_clips_own_steps_and_given_drawings_against_the_round_trip() -> None:
    lines = values([seams(0, 4.0), seams(1, 4.1)])
    assert lines["step from a loop's end to its start"].value.value == 0.5


def test_compression_is_counted_in_values() -> None:
    clip, one = compression(SMALL.as_dict())
    assert clip == 25 * 144 * 80 * 3 / (4 * 18 * 10 * 32) and one == 144 * 80 * 3 / (18 * 10 * 32)


def test_a_target_of_the_ceiling_moves_with_it() -> None:
    target = Target(0.9, of_ceiling=True)
    assert target.is_met(0.73, ceiling=0.8) and not target.is_met(0.73, ceiling=0.9)
    assert Target(20, at_most=True).is_met(20.0) and not Target(20, at_most=True).is_met(20.5)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A manifest, rows and a timing file, as beside weights."""
    preset = SMALL.as_dict()
    manifest = {
        "preset": preset,
        "parameters": {"autoencoder": 3_600_000, "transformer": 8_600_000},
        "training": {"autoencoder": {"steps": 10, "minutes": 5.0}, "transformer": {"steps": 20, "minutes": 6.0}},
        "files": {"a": {"bytes": 24_000_000, "sha256": "0" * 64}},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    cost = {
        "kind": "clip",
        "drawings": 25,
        "steps": 20,
        "references": 0,
        "guidances": "text",
        "seconds": 21.5,
        "megabytes": 900,
    }
    (tmp_path / TIMING_FILE).write_text(json.dumps({"machine": "a machine", "threads": 2, "costs": [cost]}), "utf-8")
    rows = [still(n, PLACES[n % 4], PLACES[n % 4] if n < 6 else "pier", PLACES[n % 4]) for n in range(8)]
    write_rows(tmp_path / ROWS_FILE, [*rows, seams(0, 3.0)])
    return tmp_path


def test_card_shows_values_targets_of_both_tiers_and_what_was_missed(folder: Path) -> None:
    write_card(folder)
    card = (folder / CARD).read_text("utf-8")
    assert "Trained in the CPU tier" in card
    row = next(line for line in card.splitlines() if line.startswith("| location |"))
    assert "| 100 % | 75 % |" in row and "85 %, missed | (90 %, missed) |" in row
    assert "| one clip | 21.5 s |" in card and "20 s, missed" in card
    assert "- Missed: location, 75 % where 85 % were asked." in card
    assert "- Missed: one clip, 21.5 s where 20 s were asked." in card
    assert "step from a loop's end to its start | 100 %" in card


def test_card_says_where_the_scorer_itself_is_blunt(folder: Path) -> None:
    assert "read little" not in card_text(folder)
    unread = [still(n, "pier", "pier", "street" if n < 5 else "pier") for n in range(8)]
    replace_figure(folder / ROWS_FILE, "stills", unread)
    assert "even off real drawings: location 38 %." in card_text(folder)


def test_another_row_gives_another_card(folder: Path) -> None:
    before = card_text(folder)
    replace_figure(folder / ROWS_FILE, "loops", [seams(0, 30.0)])
    assert card_text(folder) != before


def test_one_part_trained_on_a_gpu_puts_the_weights_in_its_tier() -> None:
    trained = {"autoencoder": {"device": "cpu"}, "transformer": {"device": "cuda:0"}}
    assert tier_of({"training": trained}) == "GPU"
    assert tier_of({"training": {"autoencoder": {}}}) == "CPU"


@pytest.fixture
def shipped_folder(tmp_path: Path) -> Path:
    if not (SHIPPED / CARD).exists():
        pytest.skip("the weights in this checkout have not been measured")
    copy = tmp_path / "sketch"
    copy.mkdir()
    for name in ("manifest.json", ROWS_FILE, TIMING_FILE):
        shutil.copy(SHIPPED / name, copy / name)
    return copy


@pytest.mark.weights
def test_the_shipped_card_is_what_its_rows_give(shipped_folder: Path) -> None:
    assert card_text(shipped_folder) == (SHIPPED / CARD).read_text("utf-8")


@pytest.mark.weights
def test_shares_of_the_shipped_card_are_counted_again_by_hand(shipped_folder: Path) -> None:
    with (shipped_folder / ROWS_FILE).open(encoding="utf-8", newline="") as file:
        rows = [line for line in csv.DictReader(file) if line["figure"] == "stills"]
    right = 0
    for line in rows:
        told, generated = (re.search(r"location=([^;]+)", line[column]) for column in ("told", "generated"))
        assert told is not None and generated is not None
        right += told.group(1) == generated.group(1)
    row = next(line for line in (SHIPPED / CARD).read_text("utf-8").splitlines() if line.startswith("| location |"))
    assert f"| {100 * right / len(rows):.0f} % |" in row and f"| {len(rows)} |" in row and len(rows) >= 200
