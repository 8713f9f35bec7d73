"""What a longer prompt adds to the draft it was made of: a word diff that knows @names, quoted text and Chinese."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from model_runtime.mentions import NAME
from model_runtime.quotes import QUOTED

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff"
WORD = re.compile(rf"[{HAN}]|[^\W{HAN}]+(?:['’.-][^\W{HAN}]+)*|[^\w\s]+|\s+")
HAN_LETTER = re.compile(f"[{HAN}]")
SENTENCE_END = re.compile(r"[.!?…。！？]")
LONG_WORD = 4
"""Letters from which a word, kept between added ones, is told as kept; shorter ones are everywhere."""
MOST_COMPARED = 4_000_000
"""Words times words; beyond that words are only looked up in the draft, whatever their order."""


@dataclass(frozen=True)
class Addition:
    """Text from `start` to `end` that the draft does not have."""

    start: int
    end: int


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    key: str
    """What it is compared by; empty for space and punctuation, which are never added by themselves."""
    whole: bool = False
    """A @name or quoted text: it says enough to be kept on its own."""
    ends_sentence: bool = False


def additions(text: str, draft: str) -> tuple[Addition, ...]:
    """The stretches of `text` that are not in `draft`, in order, without space or punctuation at their ends.

    @names and quoted text count as one word each, Chinese letter by letter; case is no difference.
    """
    told = _tokens(text)
    words = [one for one in told if one.key]
    known = [one.key for one in _tokens(draft) if one.key]
    kept = _kept(words, known)
    return tuple(_joined(told, {one.start for one, same in zip(words, kept, strict=True) if not same}))


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    place = 0
    for start, end in _wholes(text):
        found += _words(text, place, start)
        found.append(_Token(start, end, text[start:end].casefold(), whole=True))
        place = end
    return found + _words(text, place, len(text))


def _wholes(text: str) -> list[tuple[int, int]]:
    """Where @names and quoted texts stand; a name inside quotes is part of the quoted text."""
    quoted = [one.span() for one in QUOTED.finditer(text)]
    starts = [start for start, _end in quoted]
    named = [(one.start(), one.start() + len(one[0].rstrip("-"))) for one in NAME.finditer(text)]
    free = [one for one in named if not _inside(one[0], quoted, starts)]
    return sorted([*quoted, *free])


def _inside(place: int, spans: Sequence[tuple[int, int]], starts: Sequence[int]) -> bool:
    before = bisect_left(starts, place + 1) - 1
    return before >= 0 and place < spans[before][1]


def _words(text: str, start: int, end: int) -> list[_Token]:
    return [
        _Token(one.start(), one.end(), key, ends_sentence=not key and bool(SENTENCE_END.search(one[0])))
        for one in WORD.finditer(text, start, end) for key in [_key(one[0])]
    ]  # fmt: skip


def _key(word: str) -> str:
    return word.casefold().replace("’", "'") if any(letter.isalnum() or letter == "_" for letter in word) else ""


def _kept(words: Sequence[_Token], known: Sequence[str]) -> list[bool]:
    """For each word whether the draft has it at this place of its own order, among words that say something."""
    if len(words) * len(known) > MOST_COMPARED:
        there = set(known)
        return [one.key in there for one in words]
    kept = [False] * len(words)
    for start, length in _runs([one.key for one in words], known):
        run = words[start : start + length]
        if length in (len(words), len(known)) or _says_enough(run):
            kept[start : start + length] = [True] * length
    return kept


def _runs(words: Sequence[str], known: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Stretches of `words` that the draft has, each as (start, length); what begins and ends alike is taken first."""
    most = min(len(words), len(known))
    head = next((place for place in range(most) if words[place] != known[place]), most)
    rest = most - head
    tail = next((place for place in range(rest) if words[-1 - place] != known[-1 - place]), rest)
    middle = SequenceMatcher(None, words[head : len(words) - tail], known[head : len(known) - tail])
    found = [(0, head), *((head + one.a, one.size) for one in middle.get_matching_blocks())]
    return _together([*found, (len(words) - tail, tail)])


def _together(runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches that touch, as one."""
    joined: list[tuple[int, int]] = []
    for start, length in runs:
        if not length:
            continue
        if joined and sum(joined[-1]) == start:
            start, length = joined[-1][0], joined.pop()[1] + length
        joined.append((start, length))
    return joined


def _says_enough(run: Sequence[_Token]) -> bool:
    """Small words, such as `at the`, are in every draft: taken for kept they would break an addition apart."""
    han = sum(1 for one in run if HAN_LETTER.match(one.key))
    return han > 1 or any(one.whole or len(one.key) >= LONG_WORD for one in run)


def _joined(told: Sequence[_Token], added: set[int]) -> Iterable[Addition]:
    """Added words that only space and punctuation parts are one addition; what ends a sentence ends it too."""
    start = end = -1
    for token in told:
        if token.start in added:
            start, end = (token.start if start < 0 else start), token.end
        elif start >= 0 and (token.key or token.ends_sentence):
            yield Addition(start, end)
            start = end = -1
    if start >= 0:
        yield Addition(start, end)


def words_in(text: str) -> int:
    """Words as people count them; Chinese by its letters, since it writes no spaces."""
    return sum(len(one.key.split()) if one.whole else 1 for one in _tokens(text) if one.key)
