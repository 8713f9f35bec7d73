"""What people write for the words an engine knows: phrases, their meanings, and finding them in a text."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from model_runtime.expanders.captions import load_form

TOKEN = re.compile(r"@[\w-]+|[^\W_]+(?:['’][^\W_]+)*")
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|„[^“”]*[“”]|«[^»]*»")
POSSESSIVE = re.compile(r"'s?\b(?!\w)")
SPOKEN = "spokenwords"
"""Token that stands for quoted text."""

NEGATIONS = frozenset({"no", "without", "not"})
# After one of these a word like "waves" or "walk" is a thing, not something somebody does.
DETERMINERS = frozenset({"the", "a", "an", "of", "its", "some", "high", "big", "small", "long", "short"})
OWN_WORDS = ("size", "move", "location", "time", "weather", "kind", "garment", "action")
VERBS = "action"


@dataclass(frozen=True)
class Meaning:
    field: str
    word: str


@dataclass(frozen=True)
class Found:
    """A phrase found in a text: its meaning and the tokens it covers."""

    start: int
    end: int
    field: str
    word: str


class Lexicon:
    """The phrases of one lexicon file and of the words they stand for."""

    def __init__(self, content: Mapping[str, Any], words: Mapping[str, tuple[str, ...]]) -> None:
        self.defaults: Mapping[str, str] = content["defaults"]
        self.colours: Mapping[str, tuple[str, str]] = {name: (a, b) for name, (a, b) in content["colours"].items()}
        self.ignored = frozenset(content["ignored"]["words"].split())
        self.meanings: dict[tuple[str, ...], Meaning] = {(SPOKEN,): Meaning("spoken", "talking")}
        # Earlier entries win: own words before synonyms, colours before everything they may also be.
        for name in self.colours:
            self._add(name, Meaning("colour", name))
        for field in OWN_WORDS:
            for word in words[field]:
                self._add(word, Meaning(field, word))
        for field, table in content.items():
            if field not in ("version", "defaults", "colours", "ignored"):
                self._add_table(field, table)
        self.longest = max(map(len, self.meanings))

    def _add_table(self, field: str, table: Mapping[str, Sequence[str]]) -> None:
        for word, phrases in table.items():
            meaning = Meaning(field, word)
            for phrase in phrases:
                for form in verb_forms(phrase) if field == VERBS else (phrase,):
                    self._add(form, meaning)

    def _add(self, phrase: str, meaning: Meaning) -> None:
        self.meanings.setdefault(tuple(tokens(phrase)), meaning)

    def find(self, text: Sequence[str]) -> list[Found]:
        """Every known phrase in the tokens, in order, none overlapping; the longest at each place."""
        found: list[Found] = []
        at = 0
        while at < len(text):
            one = self._longest_at(text, at)
            if one is None:
                at += 1
                continue
            if not _denied(text, one):
                found.append(one)
            at = one.end
        return found

    def _longest_at(self, text: Sequence[str], at: int) -> Found | None:
        for length in range(min(self.longest, len(text) - at), 0, -1):
            meaning = self.meanings.get(tuple(text[at : at + length]))
            if meaning is not None:
                return Found(at, at + length, meaning.field, meaning.word)
        return None

    def unknown(self, text: Sequence[str], names: Iterable[str] = ()) -> tuple[str, ...]:
        """Words of the text that mean nothing here, each once, in order. `names` are known besides."""
        covered: set[int] = set()
        at = 0
        while at < len(text):
            one = self._longest_at(text, at)
            covered.update(range(at, one.end) if one else ())
            at = one.end if one else at + 1
        known = self.ignored | set(names)
        left = [word for i, word in enumerate(text) if i not in covered and word not in known and not word.isdigit()]
        return tuple(dict.fromkeys(left))


def tokens(text: str) -> list[str]:
    """Lower-case words, @names kept whole, hyphens as spaces, quoted text as one token."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'")
    plain = QUOTED.sub(f" {SPOKEN} ", plain).casefold()
    plain = POSSESSIVE.sub("", plain)
    found: list[str] = []
    for match in re.finditer(r"@[\w-]+|[^@]+", plain):
        piece = match.group()
        found += [piece] if piece.startswith("@") else TOKEN.findall(piece.replace("-", " "))
    return found


def verb_forms(verb: str) -> tuple[str, ...]:
    """A verb's plain form and its forms in -s, -ing and -ed; of a phrase the first word changes."""
    first, space, rest = verb.partition(" ")
    if not first.isalpha() or first.endswith("ing") or len(first) < 2:
        return (verb,)
    stem = first[:-1] if first.endswith("e") else first + first[-1] if _doubles(first) else first
    plural = first + ("es" if first.endswith(("s", "sh", "ch", "x", "o")) else "s")
    return tuple(f"{form}{space}{rest}" for form in (first, plural, f"{stem}ing", f"{stem}ed"))


def _doubles(word: str) -> bool:
    """run -> running: one vowel before one consonant in a word of one syllable."""
    vowels = [letter in "aeiou" for letter in word]
    return len(word) >= 3 and sum(vowels) == 1 and vowels[-2] and word[-1] not in "aeiouwxy"


def _denied(text: Sequence[str], found: Found) -> bool:
    before = text[found.start - 1] if found.start else ""
    return before in NEGATIONS or (found.field == VERBS and before in DETERMINERS and found.word != "standing")


@cache
def load_lexicon(folder: Path) -> Lexicon:
    """The lexicon of a folder such as assets/prompts."""
    content = tomllib.loads((folder / "lexicon.toml").read_text(encoding="utf-8"))
    return Lexicon(content, load_form(folder / "sketch.toml").words)
