"""Prompts proposed for shots: asked for, streamed, stored, refused by name, cancelled; used once accepted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from model_runtime import protocol
from studio.errors import StudioError
from studio.generation.expanding import AT_ONCE, Expanding
from studio.generation.wish import Wish
from studio.generation.writers import PromptWriter, keep_writer
from studio.project import expansion_queries, queries
from studio.project.commands import expansion, scene, shot
from studio.project.prompt_cards import PromptPart
from studio.settings import Settings
from tests.builders import a_subject
from tests.generation.conftest import Bench, Submit

CLAUDE = PromptWriter("claude-1", "Claude", "claude", model="a-model", seconds=30.0)


class Desk:
    """Expanding on the bench's film, and what it said."""

    def __init__(self, bench: Bench, settings: Settings) -> None:
        bench.words.automatic = False
        self.bench, self.settings = bench, settings
        self.expanding = Expanding(bench.project, bench.queue, settings)
        self.streamed: list[tuple[str, str]] = []
        self.proposed: list[tuple[str, str]] = []
        self.refused: list[tuple[str, StudioError]] = []
        self.progress: list[tuple[int, int]] = []
        self.idles: list[None] = []
        self.expanding.streamed.connect(lambda *told: self.streamed.append(told))
        self.expanding.proposed.connect(lambda *told: self.proposed.append(told))
        self.expanding.refused.connect(lambda *told: self.refused.append(told))
        self.expanding.progressed.connect(lambda *told: self.progress.append(told))
        self.expanding.idle.connect(lambda: self.idles.append(None))

    @property
    def asked(self) -> list[protocol.ExpandPrompt]:
        return self.bench.words.of(protocol.ExpandPrompt)

    def run(self) -> None:
        """Everything that is due now: turns of the event loop, and runtimes that are ready when they are started."""
        for _ in range(30):
            QCoreApplication.processEvents()
            for runtime in (self.bench.frames, self.bench.words):
                if runtime.state.value == "starting":
                    runtime.greet()

    def answer(self, place: int = -1, text: str = "wide shot. pier.", **more: Any) -> None:
        one = self.asked[place]
        parts = more.pop("parts", (protocol.PromptPart("caption", text),))
        self.bench.words.say(protocol.Expanded(one.job, one.attempt, text, parts=parts, **more))
        self.run()


@pytest.fixture
def desk(bench: Bench, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(bench, Settings(tmp_path / "settings.json"))
    yield made
    made.expanding.cancel()


def cards(desk: Desk, number: int = 0) -> Any:
    return desk.bench.project.ask(expansion_queries.expansion_cards, desk.bench.shots[number])


def test_a_proposal_is_stored_and_feeds_nothing_until_it_is_accepted(desk: Desk) -> None:
    first = desk.bench.shots[0]
    desk.expanding.expand(first)
    assert desk.expanding.busy(first) and desk.asked == []
    desk.run()
    desk.answer(text="wide shot. @mara waits.", unknown=("zeppelin",))
    ((told, stored),) = desk.proposed
    assert told == first and not desk.expanding.busy(first)
    card = desk.bench.project.ask(expansion_queries.expansion_card, stored)
    assert (card.text, card.state, card.provider, card.unknown) == (
        "wide shot. @mara waits.", "proposed", "grammar", ("zeppelin",)
    )  # fmt: skip
    assert desk.bench.project.ask(queries.shot_brief, first).expansion is None
    assert desk.bench.project.undo_text() != "Propose expansion" and desk.progress[-1] == (1, 1)
    desk.bench.project.run(expansion.accept_expansion, stored)
    assert desk.bench.project.ask(queries.shot_brief, first).expansion == "wide shot. @mara waits."


def test_what_a_writer_proposed_is_never_drawn_from_without_acceptance(desk: Desk, submit: Submit) -> None:
    keep_writer(desk.settings, CLAUDE)
    desk.expanding.expand(desk.bench.shots[0], "claude-1")
    desk.run()
    desk.answer(text="a text nobody looked at")
    desk.bench.words.automatic = True
    desk.bench.words.texts = {"Mara waits 0": "composed by the grammar"}
    recipe = desk.bench.project.ask(queries.job_request, submit())[0]
    assert "composed by the grammar" in recipe and "nobody looked at" not in recipe
    desk.bench.project.run(expansion.accept_expansion, desk.proposed[0][1])
    assert "nobody looked at" in desk.bench.project.ask(queries.job_request, submit())[0]


def test_the_writer_is_told_with_the_question_and_its_key_is_not(desk: Desk) -> None:
    keep_writer(desk.settings, CLAUDE)
    desk.expanding.expand(desk.bench.shots[0], "claude-1", language="zh", style="wan")
    desk.run()
    (asked,) = desk.asked
    assert asked.writer == CLAUDE.as_message() and asked.provider == "claude-1"
    assert (asked.language, asked.style, asked.variant, asked.max_length) == ("zh", "wan", 1, 0)
    assert "key" not in protocol.encode(asked).decode()


def test_what_is_written_is_heard_while_it_is_written(desk: Desk) -> None:
    first = desk.bench.shots[0]
    desk.expanding.expand(first)
    desk.run()
    (asked,) = desk.asked
    for text in ("A wide", "A wide shot"):
        desk.bench.words.say(protocol.Expanding(asked.job, asked.attempt, text))
    assert desk.streamed == [(first, "A wide"), (first, "A wide shot")]


def test_the_next_text_of_the_same_draft_is_the_next_variant_and_locked_parts_go_along(desk: Desk) -> None:
    first = desk.bench.shots[0]
    kept = PromptPart("place", "pier, night.", locked=True)
    for number in (1, 2):
        desk.expanding.expand(first, locked=(kept,))
        desk.run()
        assert desk.asked[-1].variant == number
        assert desk.asked[-1].locked == (protocol.PromptPart("place", "pier, night."),)
        parts = (protocol.PromptPart("shot", "wide."), protocol.PromptPart("place", "pier, night."))
        desk.answer(text="wide. pier, night.", parts=parts)
    assert [part.locked for part in cards(desk)[0].parts] == [False, True]
    desk.bench.project.run(shot.edit_shot, first, prompt="Mara runs")
    desk.expanding.expand(first)
    desk.run()
    assert desk.asked[-1].variant == 1


def test_a_scene_is_written_a_few_at_a_time_and_a_failure_is_told_by_name(desk: Desk) -> None:
    for number in range(4):
        desk.bench.shots.append(desk.bench.add_shot(number + 2))
    approved = desk.bench.shots[1]
    desk.bench.project.run(shot.approve_shots, [approved])
    home = desk.bench.project.ask(queries.scene_cards)[0].id
    wanted = desk.expanding.expand_scene(home)
    assert len(wanted) == 5 and approved not in wanted
    desk.run()
    assert len(desk.asked) == AT_ONCE
    one = desk.asked[0]
    desk.bench.words.say(
        protocol.Failed(one.job, one.attempt, "refused", "The writer would not write it.", "Say less.")
    )
    desk.run()
    number = desk.bench.project.ask(queries.shot_card, wanted[0]).number
    assert desk.refused[0][0] == wanted[0]
    assert desk.refused[0][1].sentence == f"{number}: The writer would not write it."
    for place in range(1, 5):
        desk.answer(place, f"text {place}")
    assert [told for told, _ in desk.proposed] == wanted[1:]
    assert desk.progress[-1] == (5, 5) and len(desk.idles) == 1 and not desk.expanding.busy()


def test_a_cancelled_text_is_stopped_and_never_stored(desk: Desk) -> None:
    first, second = desk.bench.shots
    desk.expanding.expand(first)
    desk.expanding.expand(second)
    desk.run()
    one, other = desk.asked
    desk.expanding.cancel(first)
    assert desk.bench.words.of(protocol.Cancel) == [protocol.Cancel(one.job, one.attempt)]
    desk.bench.words.say(protocol.Expanded(one.job, one.attempt, "too late"))
    desk.bench.words.say(protocol.Expanded(other.job, other.attempt, "in time"))
    desk.run()
    assert [told for told, _ in desk.proposed] == [second] and desk.progress[-1] == (1, 1) and len(desk.idles) == 1


def test_all_can_be_cancelled_at_once(desk: Desk) -> None:
    for one in desk.bench.shots:
        desk.expanding.expand(one)
    desk.expanding.cancel()
    desk.run()
    assert desk.asked == [] and desk.refused == [] and not desk.expanding.busy() and len(desk.idles) == 1


def test_asking_again_for_a_shot_gives_up_the_text_being_written(desk: Desk) -> None:
    first = desk.bench.shots[0]
    for _ in range(2):
        desk.expanding.expand(first)
        desk.run()
    assert len(desk.asked) == 2 and len(desk.bench.words.of(protocol.Cancel)) == 1
    desk.answer()
    assert len(desk.proposed) == 1 and desk.progress[-1] == (1, 1)


def test_a_lost_runtime_is_asked_again(desk: Desk) -> None:
    desk.expanding.expand(desk.bench.shots[0])
    desk.run()
    desk.bench.words.lose()
    desk.run()
    assert [one.attempt for one in desk.asked] == [1, 2]
    desk.answer()
    assert len(desk.proposed) == 1


@pytest.mark.parametrize("spoil", ["writer", "shot"])
def test_what_cannot_be_asked_is_refused_and_the_others_go_on(desk: Desk, spoil: str) -> None:
    first, second = desk.bench.shots
    if spoil == "writer":
        desk.expanding.expand(first, "nobody")
    else:
        desk.expanding.expand("shot_gone")
    desk.expanding.expand(second)
    desk.run()
    desk.answer()
    assert len(desk.refused) == 1 and [told for told, _ in desk.proposed] == [second]
    assert desk.progress[-1] == (2, 2)


def test_an_empty_answer_is_refused_by_name_and_nothing_is_stored(desk: Desk) -> None:
    desk.expanding.expand(desk.bench.shots[0])
    desk.run()
    desk.answer(text="  ", parts=())
    assert desk.proposed == [] and desk.refused[0][1].sentence.startswith("1_0010") and cards(desk) == ()


def test_the_writer_that_sees_is_shown_pictures_of_everybody_and_a_blind_one_none(desk: Desk) -> None:
    from tests.builders import a_reference, a_subject

    project, first = desk.bench.project, desk.bench.shots[0]
    for name, kind in (("@mara", "character"), ("@pier", "location")):
        a_subject(project, name, kind=kind, references=[a_reference(project, f"{name}{n}") for n in range(2)])
    project.run(shot.set_shot_subjects, first, [("@mara", "left", "", ""), ("@pier", "", "", "")])
    for sees, told in ((True, ["@mara", "@pier", "@mara", "@pier"]), (False, [])):
        keep_writer(desk.settings, PromptWriter("claude-1", "Claude", "claude", sees=sees))
        desk.expanding.expand(first, "claude-1")
        desk.run()
        assert [one.subject for one in desk.asked[-1].pictures] == told


def test_the_shot_before_and_the_film_notes_go_along(desk: Desk) -> None:
    from studio.project.commands import film

    project, (first, second) = desk.bench.project, desk.bench.shots
    project.run(film.edit_film, style_notes="Grainy, one light.")
    project.run(scene.add_scene, "INT. CABIN - DAY")
    desk.expanding.expand(second)
    desk.run()
    asked = desk.asked[-1]
    assert asked.before["number"] == project.ask(queries.shot_card, first).number
    assert asked.before["prompt"] == "Mara waits 0" and asked.style_notes == "Grainy, one light."


def test_a_writer_is_told_of_who_is_named_without_being_in_the_shot_by_words_alone(desk: Desk) -> None:
    a_subject(desk.bench.project, "@nora", description="a girl in a red dress")
    desk.bench.project.run(shot.edit_shot, desk.bench.shots[0], prompt="@nora walks to the window.")
    desk.expanding.expand(desk.bench.shots[0])
    desk.run()
    (told,) = [one for one in desk.asked[-1].subjects if one["name"] == "@nora"]
    assert told["description"] == "a girl in a red dress" and "pictures" not in told


def test_the_budget_of_a_shot_is_told_once_the_engines_are_known(desk: Desk) -> None:
    queue, first = desk.bench.queue, desk.bench.shots[0]
    assert queue.budget(first, Wish()).engine == ""  # type: ignore[union-attr]
    desk.bench.frames.start()
    desk.bench.frames.greet()
    assert queue.budget(first, Wish()).engine == "sketch"  # type: ignore[union-attr]
    assert isinstance(queue.budget(first, Wish(engine="none")), StudioError)
    assert isinstance(queue.budget("shot_gone", Wish()), StudioError)


def test_a_question_that_cannot_even_be_sent_keeps_nobody_waiting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_long(_message: protocol.Down) -> None:
        raise protocol.BadMessage("longer than a line")

    desk.expanding.expand(desk.bench.shots[0])
    desk.run()
    desk.answer()
    monkeypatch.setattr(desk.bench.words, "send", too_long)
    desk.expanding.expand(desk.bench.shots[0])
    desk.run()
    assert len(desk.refused) == 1 and not desk.expanding.busy() and len(desk.idles) == 2


def test_where_the_engines_stay_unknown_the_waiting_are_refused(desk: Desk) -> None:
    desk.expanding.expand(desk.bench.shots[0])
    QCoreApplication.processEvents()
    assert desk.bench.frames.starts == 1 and desk.asked == []
    desk.bench.frames.lose(given_up=True)
    assert [told for told, _ in desk.refused] == [desk.bench.shots[0]] and not desk.expanding.busy()
    assert len(desk.idles) == 1


def test_a_film_opened_for_looking_gets_no_proposal(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.bench.project, "writable", False)
    desk.expanding.expand(desk.bench.shots[0])
    desk.run()
    assert desk.asked == [] and "for looking" in desk.refused[0][1].sentence
