"""What a prompt writer answered, read as the JSON it was asked for: thoughts and fences taken off, everything checked.

Nothing is guessed: what could be read in two ways is no answer.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

KEYS = ("caption", "camera", "motion", "subjects", "negative", "on_screen_text")
LISTS = ("subjects", "on_screen_text")
LONGEST = 64 << 10
"""Characters of an answer; a longer one is given up while it is still coming."""

THOUGHT_TAGS = "think|thinking|thought|reasoning|reflection"
THOUGHT = re.compile(rf"<({THOUGHT_TAGS})\b[^>]*>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
THOUGHT_END = re.compile(rf"</(?:{THOUGHT_TAGS})\s*>", re.IGNORECASE)
CHANNEL = re.compile(r"<\|channel\|>final<\|message\|>")
"""Where a server hands on a model's own marks, the answer begins here."""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u2028\u2029\ufeff]")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)("|\\?\Z)', re.DOTALL)
TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)
"""One too many, or a whole string, in which nothing is taken out."""

REFUSAL = re.compile(
    r"^\W*(?:(?:i['’]m|i am|we['’]re)\s+(?:very\s+|really\s+)?(?:sorry|unable|not able)|sorry\b|i apologi[sz]e"
    r"|unfortunately\b"
    r"|i\s+(?:can(?:no|['’])?t|cannot|won['’]t|will not|must decline|do not feel|don['’]t feel)|as an ai\b"
    r"|(?:很|非常)?(?:抱歉|对不起)|(?:我)?(?:无法|不能|拒绝)|作为(?:一个|一名)?(?:ai|人工智能))",
    re.IGNORECASE,
)


class NoAnswer(ValueError):
    """The answer cannot be used; the text says why, for the second question."""


class WouldNot(ValueError):
    """The prompt writer would not write it, and said so."""


@dataclass(frozen=True)
class Answer:
    caption: str
    camera: str = ""
    motion: str = ""
    subjects: tuple[str, ...] = ()
    negative: str = ""
    on_screen_text: tuple[str, ...] = ()


def read(text: str, needs_caption: bool = True) -> Answer:
    """The answer in a text. Raises NoAnswer where there is none that is whole, WouldNot where it is a refusal."""
    said = spoken(text)
    content = _object(said)
    if content is None:
        if REFUSAL.match(said):
            raise WouldNot(_first_sentence(said))
        raise NoAnswer("it was no JSON object" if "{" not in said else "its JSON was broken or cut off")
    if not content.get("caption") and isinstance(content.get("refusal"), str):
        raise WouldNot(_first_sentence(content["refusal"]))
    return _checked(content, needs_caption)


def spoken(text: str) -> str:
    """`text` without what the model thought aloud."""
    without = THOUGHT.sub("", CHANNEL.split(text)[-1])
    # Some chat templates open the thought themselves, so that only its end is written.
    return THOUGHT_END.split(without)[-1].strip()


def readable(text: str) -> str:
    """What a text that is still coming says so far, without braces, keys and thoughts."""
    said = spoken(text)
    start = said.find("{")
    if start < 0:
        return ""
    key, in_list, end, shown = "", False, start, []
    for found in STRING.finditer(said, start):
        between = said[end : found.start()]
        in_list = (in_list or "[" in between) and "]" not in between
        if ":" in between or in_list:
            if key in KEYS and key != "negative":
                shown.append(_unescaped(found[1]))
        else:
            key = found[1]
        end = found.end()
    return " ".join(one for one in map(one_line, shown) if one)


# --- finding the object -------------------------------------------------------------------------------------------


def _object(said: str) -> dict[str, Any] | None:
    """The one object with our keys; None where there is none, or two that differ."""
    found = _objects(said)
    if not found:
        body, was_open = _mended(said)
        # Where the end is missing, more than brackets may be: then all that was asked for must be there.
        found = [one for one in _objects(body) if not was_open or set(KEYS) <= set(one)]
    return found[0] if found and all(one == found[0] for one in found) else None


def _objects(said: str) -> list[dict[str, Any]]:
    decoder, found, at = json.JSONDecoder(strict=False), [], said.find("{")
    while at >= 0:
        try:
            content, end = decoder.raw_decode(said, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            named = {str(key).strip().casefold(): value for key, value in content.items()}
            if named.keys() & {*KEYS, "refusal"}:
                found.append(named)
        at = said.find("{", end)
    return found


def _mended(said: str) -> tuple[str, bool]:
    """(`said` from its first brace on without commas too many and with missing brackets at its end, whether any were)

    Only what can be meant in one way: a text that ends inside a string stays as it is.
    """
    body = TRAILING_COMMA.sub(lambda found: found[1] or "", said[max(0, said.find("{")) :].removesuffix("```"))
    missing: list[str] = []
    for token in re.finditer(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', body, re.DOTALL):
        if token[0] in "{[":
            missing.append("}" if token[0] == "{" else "]")
        elif token[0] in "}]" and missing:
            missing.pop()
    return body.rstrip().rstrip(",") + "".join(reversed(missing)), bool(missing)


# --- checking it --------------------------------------------------------------------------------------------------


def _checked(content: dict[str, Any], needs_caption: bool) -> Answer:
    texts = {key: _texts(key, content.get(key)) for key in KEYS}
    if needs_caption and not texts["caption"]:
        raise NoAnswer("its caption was empty")
    single = {key: " ".join(texts[key]) for key in KEYS if key not in LISTS}
    return Answer(**single, subjects=tuple(texts["subjects"]), on_screen_text=tuple(texts["on_screen_text"]))


def _texts(key: str, value: Any) -> list[str]:
    if value is None:
        return []
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) for one in values):
        raise NoAnswer(f"its {key} was not text")
    return [text for one in values if (text := one_line(one))]


def one_line(text: str) -> str:
    """One line; half characters, which could not be written on, and control characters taken out."""
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    return " ".join(CONTROL.sub(" ", whole).split())


def _unescaped(raw: str) -> str:
    """The text of a JSON string whose end, maybe in the middle of an escape, has not come yet."""
    whole = re.sub(r"\\(?:u[0-9a-fA-F]{0,3})?\Z", "", raw)
    try:
        return str(json.loads(f'"{whole}"', strict=False))
    except ValueError:
        return whole


def _first_sentence(text: str) -> str:
    said = one_line(text)
    end = re.search(r"[.!?。！？](?=\s|\Z)|[。！？]", said)
    return said[: end.end() if end else len(said)][:200]
