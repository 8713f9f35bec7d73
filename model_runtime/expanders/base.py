"""What a prompt writer is to the worker: a draft and the shot's fields in, a full prompt out."""

from __future__ import annotations

from typing import Protocol

from model_runtime import protocol


class Expander(Protocol):
    """One way to write prompts. Called on the worker's thread; refuses with failures.BadInput."""

    def expand(self, request: protocol.ExpandPrompt) -> protocol.Expanded: ...
