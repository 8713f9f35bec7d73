"""What it means when asking a service fails: the kind and words for the user, and whether asking again may help.

The three client libraries raise alike: an HTTP status with its response, or a broken connection.
"""

from __future__ import annotations

import email.utils
import json
import math
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from model_runtime import protocol
from model_runtime.expanders.answer import LONGEST, WouldNot, one_line
from model_runtime.expanders.base import WriterFailed
from model_runtime.expanders.connection import TooMuch
from model_runtime.keys import Secret

SERVICES = {"openai": "OpenAI", "claude": "Claude", "gemini": "Gemini"}
MOST_OF_ITS_WORDS = 160

NO_KEY = re.compile(
    r"api[ _-]?key.{0,40}(?:not valid|invalid|expired|missing)|invalid.{0,10}api[ _-]?key|API_KEY_INVALID", re.I
)
NO_MONEY = re.compile(
    r"insufficient_quota|credit balance|billing|payment|balance is too low|arrears|余额不足|欠费", re.I
)
NO_MODEL = re.compile(
    r"model.{0,80}(?:not found|not exist|no longer|retired|unknown|unsupported|deprecated)|unknown model"
    r"|model_not_found",
    re.I,
)
NOT_ALLOWED = re.compile(r"content[ _-]?(?:filter|policy)|safety|moderation|responsible|data_inspection", re.I)
BUSY = re.compile(r"overloaded|rate[ _-]?limit|too many", re.I)


class CutOff(Exception):
    """The connection ended before the answer did."""


@dataclass(frozen=True)
class Trouble:
    failed: WriterFailed
    again: bool = False
    """Asking once more may help."""
    wait_s: float | None = None
    """How long the service asks to wait before."""


def who(writer: protocol.Writer) -> str:
    """The writer in a sentence: its model and where it is."""
    host = urlsplit(writer.base_url).netloc.rpartition("@")[2] if writer.base_url else ""
    place = host or SERVICES[writer.adapter]
    return f"{writer.model} at {place}" if writer.model else place


def understood(error: Exception, writer: protocol.Writer, key: Secret) -> Trouble:
    """What an exception out of a client library means. What means nothing here is a bug, told without the key."""
    name = who(writer)
    if isinstance(error, WriterFailed):
        return Trouble(error)
    if isinstance(error, WouldNot):
        return Trouble(_would_not(name, str(error)))
    if isinstance(error, TooMuch) or isinstance(error.__cause__, TooMuch):
        return Trouble(_no_answer(name, f"it is longer than {LONGEST >> 10} kB"))
    if isinstance(error, CutOff):
        return Trouble(WriterFailed("unreachable", f"The connection to {name} was cut off.", "Try again."), again=True)
    status = _status(error)
    if status is not None:
        words = _its_words(error)
        return _of_status(status, words, key.hidden_in(words)[:MOST_OF_ITS_WORDS], name, _headers(error))
    if _is_connection(error):
        return _of_connection(error, name)
    if _is_told_in_stream(error):
        return _told_in_stream(error, name, key)
    if isinstance(error, (ValueError, TypeError, KeyError, IndexError, AttributeError)):
        return Trouble(_no_answer(name, f"it does not speak {SERVICES[writer.adapter]}'s protocol"))
    told = key.hidden_in(f"{type(error).__name__}: {error}")
    return Trouble(
        WriterFailed("bug", f"The program made a mistake while asking {name}: {told}"[:300], "Try it once more.")
    )


def too_late(writer: protocol.Writer) -> WriterFailed:
    return WriterFailed(
        "timeout",
        f"{who(writer)} did not answer within {writer.seconds:g} seconds.",
        "Try again, or give it more time in Prompt writers.",
    )


def no_answer(writer: protocol.Writer, why: str) -> WriterFailed:
    return _no_answer(who(writer), why)


def _no_answer(name: str, why: str) -> WriterFailed:
    return WriterFailed("answer", f"The answer of {name} cannot be used: {why}.", "Try again, or choose another model.")


def _would_not(name: str, words: str) -> WriterFailed:
    return WriterFailed(
        "refused",
        f"{name} would not write this{': ' + words if words else '.'}",
        "Change the prompt, or choose another writer.",
    )


# --- told by an HTTP status ---------------------------------------------------------------------------------------


def _of_status(status: int, words: str, shown: str, name: str, headers: Mapping[str, str]) -> Trouble:
    said = f"It says: {shown}" if shown else ""
    if status in (401, 403) or (status == 400 and NO_KEY.search(words)):
        return Trouble(WriterFailed("key", f"{name} refuses the key.", "Enter the key again in Prompt writers."))
    if status == 402 or (status in (400, 429) and NO_MONEY.search(words)):
        return Trouble(WriterFailed("payment", f"{name} asks to be paid first.", said or "Look at your account there."))
    if (status in (404, 410) and "model" in words.lower()) or (status == 400 and NO_MODEL.search(words)):
        hint = "Ask for the list of models in Prompt writers and choose another."
        return Trouble(WriterFailed("model", f"{name} does not know this model, or no longer has it.", hint))
    if status in (404, 405, 410) or 300 <= status < 400:
        hint = "Look at its address in Prompt writers; many end with /v1."
        return Trouble(WriterFailed("unreachable", f"There is no prompt writer at the address of {name}.", hint))
    if status == 429:
        return _busy(name, _retry_after(headers))
    if status == 400 and NOT_ALLOWED.search(words):
        return Trouble(_would_not(name, shown))
    if status in (408, 409) or status >= 500:
        failed = WriterFailed("service", f"{name} is out of order (status {status}).", said or "Try again later.")
        return Trouble(failed, again=True, wait_s=_retry_after(headers))
    return Trouble(WriterFailed("service", f"{name} did not take the question (status {status}).", said))


def _busy(name: str, wait_s: float | None) -> Trouble:
    hint = f"Try again in {math.ceil(wait_s)} s." if wait_s else "Try again in a minute."
    return Trouble(WriterFailed("busy", f"{name} has been asked too often.", hint), again=True, wait_s=wait_s)


def _status(error: Exception) -> int | None:
    for name in ("status_code", "code"):
        found = getattr(error, name, None)
        if isinstance(found, int) and 300 <= found < 600:
            return found
    return None


def _headers(error: Exception) -> Mapping[str, str]:
    found = getattr(getattr(error, "response", None), "headers", None)
    return found if isinstance(found, Mapping) else {}


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds the service asks to wait, which it tells as a number or as a date; None where it tells nothing of use."""
    told = str(headers.get("retry-after", "")).strip()
    try:
        seconds = float(told)
    except ValueError:
        try:
            seconds = email.utils.parsedate_to_datetime(told).timestamp() - time.time()
        except (ValueError, TypeError):
            return None
        return max(0.0, seconds)
    return seconds if 0 <= seconds < math.inf else None


def _its_words(error: Exception) -> str:
    """What the service says is wrong, on one line."""
    body = getattr(error, "body", None) or getattr(error, "details", None) or str(error)
    found = _message_in(body)
    return one_line(found or (body if isinstance(body, str) else json.dumps(body, default=str)))


def _message_in(body: Any) -> str:
    """The message in the usual forms of an error, with its code where it has one."""
    inner = body.get("error", body) if isinstance(body, Mapping) else None
    if isinstance(inner, Mapping):
        told = [inner.get(name) for name in ("message", "code", "type")]
        return " ".join(dict.fromkeys(one for one in told if isinstance(one, str)))
    return inner if isinstance(inner, str) else ""


# --- told otherwise -----------------------------------------------------------------------------------------------


def _is_connection(error: Exception) -> bool:
    names = {kind.__name__ for kind in type(error).__mro__}
    return bool(names & {"APIConnectionError", "TransportError"}) or isinstance(error, (OSError, EOFError))


def _of_connection(error: Exception, name: str) -> Trouble:
    names = {kind.__name__ for one in _causes(error) for kind in type(one).__mro__}
    if names & {"ConnectError", "ConnectTimeout", "UnsupportedProtocol"}:
        hint = "See that it runs and that its address is right."
        return Trouble(WriterFailed("unreachable", f"{name} cannot be reached.", hint), again=True)
    return Trouble(WriterFailed("unreachable", f"The connection to {name} was cut off.", "Try again."), again=True)


def _causes(error: BaseException) -> list[BaseException]:
    found = [error]
    while (cause := found[-1].__cause__) is not None and cause not in found:
        found.append(cause)
    return found


def _is_told_in_stream(error: Exception) -> bool:
    return any(kind.__name__ == "APIError" for kind in type(error).__mro__)


def _told_in_stream(error: Exception, name: str, key: Secret) -> Trouble:
    """An error in the midst of a stream that began well."""
    words = _its_words(error)
    if BUSY.search(words):
        return _busy(name, None)
    said = f"It says: {key.hidden_in(words)[:MOST_OF_ITS_WORDS]}"
    return Trouble(WriterFailed("service", f"{name} broke off its answer.", said), again=True)
