"""What a prompt writer is to the worker: the built-in one, and one that is asked over the network by an adapter."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from model_runtime import protocol


class Expander(Protocol):
    """A built-in way to write prompts. Called on the worker's thread; refuses with failures.BadInput."""

    def expand(self, request: protocol.ExpandPrompt) -> protocol.Expanded: ...


class WriterFailed(Exception):
    """A prompt writer gave no text: the kind of `failed`, a sentence and a way out. Never carries a key."""

    def __init__(self, kind: str, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.kind, self.sentence, self.hint = kind, sentence, hint


class Stop(threading.Event):
    """An event that can also call: an attempt that waits for a network hears of it only so."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._calls: list[Callable[[], object]] = []

    def set(self) -> None:
        with self._lock:
            super().set()
            calls, self._calls = self._calls, []
        for call in calls:
            call()

    def when_set(self, call: Callable[[], object]) -> None:
        """`call` runs once, on the thread that sets this; now, where it is set."""
        with self._lock:
            if not self.is_set():
                self._calls.append(call)
                return
        call()


@dataclass(frozen=True)
class Turn:
    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True)
class ShownPicture:
    """A reference picture for a writer that sees: a small JPEG and what it shows, in words."""

    told: str
    jpeg: bytes


@dataclass(frozen=True)
class Question:
    """What a prompt writer is asked, in no service's own form."""

    system: str
    turns: tuple[Turn, ...]
    """Beginning and ending with the user's."""
    pictures: tuple[ShownPicture, ...] = ()
    """They go with the first turn."""
    variant: int = 1
    structured: bool = True
    """The answer is to be a JSON object, by the service's own means where it has some."""


class Adapter(Protocol):
    """One protocol spoken to one service, for one question at a time, on one event loop.

    Raises what its library raises: `trouble.py` knows what that means.
    """

    finished: bool
    """The last answer was told to be at its end; false where the connection just ended."""

    def stream(self, question: Question) -> AsyncIterator[str]:
        """The answer as it comes. Raises answer.WouldNot where the service says it was blocked."""

    async def models(self) -> list[protocol.ModelInfo]: ...

    async def aclose(self) -> None: ...
