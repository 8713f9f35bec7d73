"""Questions to the words runtime: asks, waits, hears what is written meanwhile, and answers once."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from model_runtime import protocol
from studio.errors import BadValue, RuntimeFailed, StudioError
from studio.runtime.client import ClientState, RuntimeClient
from studio.runtime.process import RuntimeOutcome

PATIENCE_S = 60.0
"""For one question to what is built in, the start of the words runtime included."""

Question = protocol.ExpandPrompt | protocol.AskModels | protocol.TryWriter | protocol.FindServers
Result = protocol.Expanded | protocol.Models | protocol.Tried | protocol.Servers
Answer = Callable[[Result | StudioError], None]
Hear = Callable[[str], None]


@dataclass
class _Open:
    wanted: Question
    answer: Answer
    hear: Hear | None
    sent: bool = False


class Expansion(QObject):
    """Asks the words runtime, starting it when it is first needed. Lives on the GUI thread."""

    def __init__(self, words: RuntimeClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._numbers = itertools.count(1)
        self._open: dict[str, _Open] = {}
        self._closed = False
        words.reported.connect(self._handle)
        words.lost.connect(self._lost)

    def ask(
        self, wanted: Question, answer: Answer, *, hear: Hear | None = None, patience_s: float = PATIENCE_S
    ) -> str:
        """`answer` is called once: later, or at once where nothing can be sent. Returns the name of the question.

        It is handed what was asked for, or what went wrong.

        `hear` is called with all that is written so far, each time there is more of it.
        """
        name = f"text_{next(self._numbers)}"
        if self._closed:
            return name
        self._open[name] = _Open(dataclasses.replace(wanted, job=name, attempt=1), answer, hear)
        QTimer.singleShot(int(patience_s * 1000), self, lambda: self._too_late(name))
        if self._words.state is ClientState.READY:
            self._send_open()
        else:
            self._words.start()
        return name

    def cancel(self, name: str) -> None:
        """Forget a question; its answer is never called. What is being written for it is stopped."""
        question = self._open.pop(name, None)
        if question is not None and question.sent and self._words.state is ClientState.READY:
            self._words.send(protocol.Cancel(name, question.wanted.attempt))

    def close(self) -> None:
        """Called before the words runtime is shut down: nothing is answered any more, and nothing starts it again."""
        self._closed = True
        self._open.clear()

    def _send_open(self) -> None:
        for name, question in list(self._open.items()):
            if question.sent:
                continue
            question.sent = True
            try:
                self._words.send(question.wanted)
            except protocol.BadMessage:
                self._close(name, BadValue("The prompt is too long to be sent.", "Shorten it."))

    def _handle(self, report: protocol.Up) -> None:
        match report:
            case protocol.Ready():
                self._send_open()
            case protocol.Expanding():
                self._hear(report)
            case protocol.Expanded() | protocol.Models() | protocol.Tried() | protocol.Servers():
                self._close(report.job, report)
            case protocol.Failed():
                kind = BadValue if report.kind == "input" else StudioError
                self._close(report.job, kind(report.sentence, report.hint))
            case protocol.Cancelled() | protocol.Held():
                self._close(report.job, RuntimeFailed("The prompt was not composed.", "Try again."))

    def _hear(self, report: protocol.Expanding) -> None:
        question = self._open.get(report.job)
        if question is not None and question.hear is not None and report.attempt == question.wanted.attempt:
            question.hear(report.text)

    def _lost(self, outcome: RuntimeOutcome) -> None:
        """Asked again of the next process, as another attempt."""
        for name, question in list(self._open.items()):
            if outcome.given_up:
                self._close(name, RuntimeFailed(outcome.sentence, outcome.hint))
            else:
                question.wanted = dataclasses.replace(question.wanted, attempt=question.wanted.attempt + 1)
                question.sent = False

    def _too_late(self, name: str) -> None:
        if name in self._open:
            answer = self._open[name].answer
            self.cancel(name)
            sentence = "The words runtime did not answer in time."
            answer(RuntimeFailed(sentence, "Try again; `shotwright doctor` tells what may be missing."))

    def _close(self, name: str, result: Result | StudioError) -> None:
        question = self._open.pop(name, None)
        if question is not None:
            question.answer(result)
