"""Prompts composed by the words runtime when a job is planned: asks, waits, and answers once."""

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

PATIENCE_MS = 60_000
"""For one text, the start of the words runtime included."""

Answer = Callable[[protocol.Expanded | StudioError], None]


@dataclass
class _Question:
    wanted: protocol.ExpandPrompt
    answer: Answer
    sent: bool = False


class Expansion(QObject):
    """Asks the words runtime for prompts, starting it when it is first needed. Lives on the GUI thread."""

    def __init__(self, words: RuntimeClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._numbers = itertools.count(1)
        self._open: dict[str, _Question] = {}
        words.reported.connect(self._handle)
        words.lost.connect(self._lost)

    def ask(self, wanted: protocol.ExpandPrompt, answer: Answer) -> None:
        """`answer` is called once, later: with the text, or with what went wrong."""
        name = f"text_{next(self._numbers)}"
        self._open[name] = _Question(dataclasses.replace(wanted, job=name, attempt=1), answer)
        QTimer.singleShot(PATIENCE_MS, self, lambda: self._too_late(name))
        if self._words.state is ClientState.READY:
            self._send_open()
        else:
            self._words.start()

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
            case protocol.Expanded():
                self._close(report.job, report)
            case protocol.Failed():
                self._close(report.job, BadValue(report.sentence, report.hint))
            case protocol.Cancelled() | protocol.Held():
                self._close(report.job, RuntimeFailed("The prompt was not composed.", "Try again."))

    def _lost(self, outcome: RuntimeOutcome) -> None:
        """Asked again of the next process, as another attempt."""
        for name, question in list(self._open.items()):
            if outcome.given_up:
                self._close(name, RuntimeFailed(outcome.sentence, outcome.hint))
            else:
                question.wanted = dataclasses.replace(question.wanted, attempt=question.wanted.attempt + 1)
                question.sent = False

    def _too_late(self, name: str) -> None:
        sentence = "The words runtime did not compose the prompt in time."
        self._close(name, RuntimeFailed(sentence, "Try again; `shotwright doctor` tells what may be missing."))

    def _close(self, name: str, result: protocol.Expanded | StudioError) -> None:
        question = self._open.pop(name, None)
        if question is not None:
            question.answer(result)
