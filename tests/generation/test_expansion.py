"""Prompts asked of the words runtime: each answered once, whatever happens to the runtime."""

from __future__ import annotations

from typing import Any

import pytest

from model_runtime.protocol import Cancel, Expanded, ExpandPrompt, Failed
from studio.errors import BadValue, RuntimeFailed, StudioError
from studio.generation.expansion import Expansion
from tests.fakes import FakeRuntime

Answers = list[Expanded | StudioError]


@pytest.fixture
def words(qapp: Any) -> FakeRuntime:
    return FakeRuntime(serve="words")


def a_question(draft: str = "Mara waits") -> ExpandPrompt:
    return ExpandPrompt("", 0, "grammar", draft, "sketch")


def test_a_question_starts_the_runtime_and_is_sent_when_it_is_ready(words: FakeRuntime) -> None:
    answers: Answers = []
    Expansion(words).ask(a_question(), answers.append)
    assert words.starts == 1 and words.sent == []
    words.greet()
    (sent,) = words.of(ExpandPrompt)
    assert sent.draft == "Mara waits" and sent.attempt == 1 and sent.job
    words.say(Expanded(sent.job, 1, "wide shot, static."))
    words.say(Expanded(sent.job, 1, "again"))
    assert [one.text for one in answers if isinstance(one, Expanded)] == ["wide shot, static."]


def test_two_questions_get_their_own_answers(words: FakeRuntime) -> None:
    expansion, first, second = Expansion(words), Answers(), Answers()
    expansion.ask(a_question("one"), first.append)
    expansion.ask(a_question("two"), second.append)
    words.greet()
    one, two = words.of(ExpandPrompt)
    words.say(Expanded(two.job, 1, "second"))
    words.say(Expanded(one.job, 1, "first"))
    assert [first[0].text, second[0].text] == ["first", "second"]  # type: ignore[union-attr]


def test_what_the_runtime_refuses_is_told_with_its_way_out(words: FakeRuntime) -> None:
    answers: Answers = []
    Expansion(words).ask(a_question(""), answers.append)
    words.greet()
    words.say(Failed(words.of(ExpandPrompt)[0].job, 1, "input", "Nothing to draw.", "Write something."))
    assert isinstance(answers[0], BadValue)
    assert (answers[0].sentence, answers[0].hint) == ("Nothing to draw.", "Write something.")


def test_a_lost_runtime_is_asked_again_as_another_attempt(words: FakeRuntime) -> None:
    answers: Answers = []
    Expansion(words).ask(a_question(), answers.append)
    words.greet()
    words.lose()
    words.greet()
    first, again = words.of(ExpandPrompt)
    assert again.job == first.job and again.attempt == 2
    words.say(Expanded(again.job, 2, "text"))
    assert len(answers) == 1


def test_a_runtime_that_is_given_up_answers_with_its_reason(words: FakeRuntime) -> None:
    answers: Answers = []
    Expansion(words).ask(a_question(), answers.append)
    words.lose(given_up=True)
    assert isinstance(answers[0], RuntimeFailed) and "words runtime" in answers[0].sentence


def test_once_closed_nothing_is_answered_and_nothing_starts_the_runtime(words: FakeRuntime, qtbot: Any) -> None:
    answers: Answers = []
    expansion = Expansion(words)
    expansion.ask(a_question(), answers.append, patience_s=0.01)
    words.greet()
    expansion.close()
    words.shut_down()
    expansion.ask(a_question(), answers.append, patience_s=0.01)
    qtbot.wait(30)
    assert answers == [] and words.starts == 1


def test_a_question_nobody_answers_is_given_up_and_stopped(words: FakeRuntime, qtbot: Any) -> None:
    answers: Answers = []
    expansion = Expansion(words)
    words.start()
    words.greet()
    name = expansion.ask(a_question(), answers.append, patience_s=0.01)
    qtbot.waitUntil(lambda: bool(answers))
    assert isinstance(answers[0], RuntimeFailed) and words.of(Cancel) == [Cancel(name, 1)]
