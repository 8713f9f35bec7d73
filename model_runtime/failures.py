"""What went wrong, told to the user: an exception as a kind, a sentence and a way out, and a trace of our own bugs."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path

from model_runtime import safe_files

TRACE_FILE = "trace.txt"
MEMORY_NAMES = ("OutOfMemoryError",)
MEMORY_PHRASES = ("out of memory", "not enough memory", "can't allocate memory", "cannot allocate memory")


class BadInput(ValueError):
    """The request cannot be carried out as it stands. Carries a sentence and a hint for the user."""

    kind = "input"

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.hint = sentence, hint


@dataclass(frozen=True)
class Failure:
    kind: str
    sentence: str
    hint: str = ""
    trace: str = ""


def describe(error: BaseException, folder: Path | None = None) -> Failure:
    """The failure to report. A bug's trace is written into `folder` where one is given and can be written to."""
    if isinstance(error, safe_files.NoSpace):
        return Failure("space", error.sentence, error.hint)
    if _is_memory(error):
        return Failure(
            "memory",
            "There is not enough memory to draw this.",
            "Close other programs, or ask for a shorter clip or a smaller film size.",
        )
    sentence = getattr(error, "sentence", "")
    if sentence:
        kind = getattr(error, "kind", "weights")
        return Failure(str(kind), str(sentence), str(getattr(error, "hint", "")))
    return _bug(error, folder)


def _is_memory(error: BaseException) -> bool:
    if isinstance(error, MemoryError) or type(error).__name__ in MEMORY_NAMES:
        return True
    # torch on the CPU raises a plain RuntimeError, OpenCV its own; only their words tell.
    text = str(error).lower()
    return isinstance(error, (RuntimeError, OSError)) and any(phrase in text for phrase in MEMORY_PHRASES)


def _bug(error: BaseException, folder: Path | None) -> Failure:
    text = "".join(traceback.format_exception(error))
    return Failure(
        "bug",
        f"The program made a mistake while working on this job: {_one_line(error)}",
        "Try it once more; if it fails again, send the trace with a report.",
        _write_trace(text, folder),
    )


def _one_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:300]


def _write_trace(text: str, folder: Path | None) -> str:
    if folder is None or not folder.is_dir():
        return ""
    try:
        safe_files.write_text(folder / TRACE_FILE, text)
    except OSError:
        # The failure itself must still be reported; the trace is in the log as well.
        return ""
    return str(folder / TRACE_FILE)
