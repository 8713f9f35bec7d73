"""Short ideas raw against expanded: the ideas themselves, what is asked of them, and how the difference is counted."""

from __future__ import annotations

from collections import Counter

import pytest

from model_runtime.expanders.captions import load_form
from model_runtime.expanders.phrases import language_of
from model_runtime.stage.words import WORDS_FILE
from model_runtime.training.evaluation.attributes import attribute
from model_runtime.training.evaluation.card_lines import value_lines
from model_runtime.training.evaluation.expansions import FIGURE, idea_writer
from model_runtime.training.evaluation.idea_templates import held_out_ideas
from model_runtime.training.evaluation.ideas import FREE, HELD_OUT, load_ideas
from model_runtime.training.evaluation.intervals import bootstrap
from model_runtime.training.evaluation.rows import Row, read_rows
from tests.video.conftest import SHIPPED

IDEAS = load_ideas()
FORM = load_form(WORDS_FILE)


def test_there_are_as_many_ideas_of_each_kind_as_were_asked_for() -> None:
    assert Counter((idea.origin, idea.language) for idea in IDEAS) == {
        (HELD_OUT, "en"): 100,
        (FREE, "en"): 30,
        (FREE, "zh"): 30,
    }
    assert len({idea.text for idea in IDEAS}) == len(IDEAS)
    assert all(language_of(idea.text) == idea.language for idea in IDEAS)


def test_ideas_of_held_out_scenes_are_those_that_the_templates_make() -> None:
    assert [idea for idea in IDEAS if idea.origin == HELD_OUT] == held_out_ideas()


def test_every_truth_is_an_answer_a_scorer_can_give() -> None:
    for idea in IDEAS:
        assert {"location", "people"} <= set(idea.truth)
        assert all(answer in attribute(name).answers for name, answer in idea.truth.items()), idea.text


def test_no_idea_is_in_the_caption_form_and_every_expansion_is() -> None:
    expand = idea_writer()
    for idea in IDEAS:
        with pytest.raises(ValueError, match="caption form"):
            FORM.parse(idea.text)
        FORM.parse(expand(idea))


def row(clip: int, given: str, right: int, group: str = "English ideas") -> Row:
    told = {"location": "pier", "people": "1"}
    shown = {"location": "pier" if right > 0 else "street", "people": "1" if right > 1 else "2"}
    return Row(FIGURE, clip, "a prompt", f"{group}, {given}", told, shown)


def test_the_difference_is_of_pairs_and_counted_by_group() -> None:
    rows = [row(1, "raw", 0), row(1, "expanded", 2), row(2, "raw", 1), row(2, "expanded", 1)]
    rows += [row(3, "raw", 2, "Chinese ideas"), row(3, "expanded", 1, "Chinese ideas")]
    found = {line.name: line.value.value for line in value_lines(rows)}
    assert found["short ideas as they are, shown of what they tell"] == pytest.approx(0.5)
    assert found["the same expanded by the grammar"] == pytest.approx(2 / 3)
    assert found["expanded minus raw"] == pytest.approx(1 / 6)
    assert found["expanded minus raw, English ideas"] == pytest.approx(0.5)
    assert found["expanded minus raw, Chinese ideas"] == pytest.approx(-0.5)


def test_the_shipped_rows_show_that_expanding_helps_in_every_group() -> None:
    lines = value_lines([each for each in read_rows(SHIPPED / "evaluation.csv") if each.figure == FIGURE])
    gains = [line.value for line in lines if line.name.startswith("expanded minus raw")]
    assert [gain.count for gain in gains] == [160, 100, 30, 30] and all(gain.low > 0 for gain in gains)


def test_a_bootstrap_interval_holds_the_mean_and_narrows_with_more_values() -> None:
    few, many = bootstrap([0.0, 1.0] * 10), bootstrap([0.0, 1.0] * 200)
    assert few.low < few.value == 0.5 < few.high and many.high - many.low < few.high - few.low
    assert bootstrap([0.25] * 5).low == bootstrap([0.25] * 5).high == 0.25
    with pytest.raises(ValueError, match="measured"):
        bootstrap([])
