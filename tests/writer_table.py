"""What must come of every way a prompt writing service may behave; `python -m tests.writer_table` prints what comes."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from model_runtime import keys, protocol
from model_runtime.expanders import hosted
from model_runtime.expanders.base import Stop, WriterFailed
from tests.writer_stub import ADAPTERS, WriterStub

KEY = "sk-planted-0123456789"
TITLES = {"openai": "OpenAI-compatible", "claude": "Claude", "gemini": "Gemini"}


@dataclass(frozen=True)
class Wanted:
    told: str
    """What the service does."""
    kind: str = "text"
    """text, or the kind of failure."""
    asked: int = 1
    """How often it is asked."""
    warnings: tuple[str, ...] = ()
    """A word of each warning."""


CASES = {
    "good": Wanted("answers as asked"),
    "fenced": Wanted("wraps its JSON in prose and a code fence"),
    "thoughts": Wanted("thinks aloud, in a block and beside the answer"),
    "malformed": Wanted("malformed JSON, twice", "answer", 2),
    "malformed_once": Wanted("malformed JSON, then well", asked=2),
    "cut_json": Wanted("JSON cut off in a word, twice", "answer", 2),
    "empty": Wanted("an empty answer, twice", "answer", 2),
    "page": Wanted("a web page with status 200", "answer"),
    "two_megabytes": Wanted("2 MB", "answer"),
    "refusal": Wanted("refuses in prose", "refused"),
    "blocked": Wanted("refuses in its protocol's own way", "refused"),
    "no_key": Wanted("401", "key"),
    "repeats_key": Wanted("401, repeating the key", "key"),
    "unpaid": Wanted("402", "payment"),
    "model_gone": Wanted("404, model gone", "model"),
    "busy": Wanted("429 with Retry-After, always", "busy", 3),
    "busy_once": Wanted("429 with Retry-After, then well", asked=2),
    "busy_for_long": Wanted("429 with a Retry-After beyond our time", "busy"),
    "out_of_order": Wanted("500, always", "service", 3),
    "out_of_order_once": Wanted("500, then well", asked=2),
    "strange": Wanted("a status nobody knows", "service"),
    "elsewhere": Wanted("leads to another address", "unreachable"),
    "slow": Wanted("a stream that never ends", "timeout"),
    "cut": Wanted("a stream cut off, always", "unreachable", 3),
    "cut_once": Wanted("a stream cut off, then well", asked=2),
    "ends_early": Wanted("a stream that ends without its end", "unreachable", 3),
    "french": Wanted("writes another language", warnings=("English",)),
    "lost": Wanted("loses @name and quoted words", warnings=("@mara", "FERRY 7")),
    "strangers": Wanted("brings in a new @name and a new person", warnings=("@jon", "Anna")),
    "long": Wanted("writes too much", warnings=("336 words",)),
}


@dataclass(frozen=True)
class Outcome:
    kind: str
    told: str
    asked: int
    warnings: tuple[str, ...] = ()
    reports: tuple[protocol.Message, ...] = ()


def the_writer(adapter: str, address: str, sees: bool = False, seconds: float = 10.0) -> protocol.Writer:
    end = "/v1" if adapter == "openai" else ""
    return protocol.Writer("mine", adapter, address + end, "test-1", sees, seconds)  # type: ignore[arg-type]


def request(adapter: str, address: str, sees: bool = False, seconds: float = 10.0) -> protocol.ExpandPrompt:
    mara = {"name": "@mara", "kind": "character", "description": "a courier of thirty"}
    return protocol.ExpandPrompt(
        "text_1",
        1,
        "mine",
        '@mara waits on the pier under a sign "FERRY 7"',
        "wan",
        {"time": "night"},
        (mara,),
        writer=the_writer(adapter, address, sees, seconds),
    )


def outcome_of(home: hosted.HostedWriters, stub: WriterStub, adapter: str, case: str) -> Outcome:
    """What comes of one question to a service that behaves as `case` says."""
    stub.asked.clear()
    told: list[protocol.Message] = []
    seconds = 0.6 if case == "slow" else 20.0
    try:
        found = home.answered(request(adapter, stub.address(case), seconds=seconds), Stop(), told.append)
    except WriterFailed as failed:
        return Outcome(failed.kind, f"{failed.sentence} {failed.hint}".strip(), stub.asked[case], (), tuple(told))
    assert isinstance(found, protocol.Expanded)
    return Outcome("text", found.text, stub.asked[case], found.warnings, tuple(told))


def head() -> list[str]:
    return [f"| the service | {' | '.join(TITLES[one] for one in ADAPTERS)} |", f"|---|{'---|' * len(ADAPTERS)}"]


def wanted_rows() -> list[str]:
    """The table as docs/prompt-writers.md shows it: what the tests hold every writer to."""
    found = head()
    for wanted in CASES.values():
        cell = _cell(Outcome(wanted.kind, "", wanted.asked, wanted.warnings))
        found.append(f"| {wanted.told} | {' | '.join([cell] * len(ADAPTERS))} |")
    return found


def rows() -> list[str]:
    """The same from a run on this machine."""
    hosted.BACK_OFF_S = (0.02, 0.05)
    found = head()
    with WriterStub() as stub, tempfile.TemporaryDirectory() as folder:
        assets = Path(__file__).resolve().parents[1] / "assets"
        home = hosted.HostedWriters(assets, Path(folder), lambda _: keys.Secret(KEY))
        for case, wanted in CASES.items():
            cells = [_cell(outcome_of(home, stub, adapter, case)) for adapter in ADAPTERS]
            found.append(f"| {wanted.told} | {' | '.join(cells)} |")
    return found


def _cell(found: Outcome) -> str:
    times = f", asked {found.asked} times" if found.asked > 1 else ""
    marked = f", {len(found.warnings)} warning{'s' if len(found.warnings) > 1 else ''}" if found.warnings else ""
    return f"{found.kind}{marked}{times}"


if __name__ == "__main__":
    sys.stdout.write("\n".join(rows()) + "\n")
