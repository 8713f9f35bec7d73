"""What people write for the words an engine knows: phrases, their meanings, and finding them in a text."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model_runtime.expanders.captions import load_form
from model_runtime.expanders.kept_files import kept
from model_runtime.mentions import NAME, name_key
from model_runtime.quotes import QUOTED

HAN = "\u3400-\u9fff\uf900-\ufaff"
ADDRESS = re.compile(r"\S*@\S*")
"""Whatever has an @ and is no name: an address."""
# A Chinese character is a token by itself, since nothing parts words there.
TOKEN = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:['’][^\W_{HAN}]+)*")
CHINESE = re.compile(f"[{HAN}]")
OF = "的"
"""Chinese for "of": it may stand between a colour and what has it, and means nothing by itself."""
POSSESSIVE = re.compile(r"'s?\b(?!\w)")
SPOKEN = "spokenwords"
"""Token that stands for quoted text."""

NEGATIONS = frozenset({"no", "without", "not", "没", "沒", "无", "無", "不"})
# After one of these a word like "waves" or "walk" is a thing, not something somebody does.
DETERMINERS = frozenset({"the", "a", "an", "of", "its", "some", "high", "big", "small", "long", "short"})
OWN_WORDS = (
    "size",
    "angle",
    "move",
    "location",
    "time",
    "weather",
    "kind",
    "garment",
    "hat",
    "action",
    "thing",
    "motion",
)
VERBS = ("action", "motion")
NOUNS = ("location", "kind", "garment", "hat", "thing")
"""What is known in its plural as well."""
SETTINGS = (
    "version",
    "defaults",
    "variants",
    "indoors",
    "drawn_at",
    "unseen",
    "turned",
    "usual_colour",
    "colours",
    "ignored",
)
"""Tables that hold no phrases."""

WAYS = frozenset({"left", "right", "away"})
STILL = frozenset({"standing", "sitting", "lying", "kneeling"})
UNHURRIED = frozenset({"talking", "drinking", "reading", "phoning", "hugging", "opening a door"})
"""Doing these, nobody goes anywhere: "says right away" is no direction."""
COMING_IN = ("enter", "come", "came", "coming", "arriv")
"""After these, left is the side somebody comes from."""
NO_WAY_BEFORE = frozenset(
    {
        "a",
        "an",
        "the",
        "next",
        "behind",
        "beside",
        "past",
        "by",
        "at",
        "in",
        "on",
        "into",
        "up",
        "away",
        "there",
        "here",
    }
    | {"before", "after", "now"}
)
"""Words before which "right" and "left" mean something else."""


@dataclass(frozen=True)
class Meaning:
    field: str
    word: str


SOMEBODY, SEVERAL = Meaning("crowd", "one"), Meaning("crowd", "two")
"""People nobody names; of several no more than two are drawn."""


@dataclass(frozen=True)
class Found:
    """A phrase found in a text: its meaning and the tokens it covers."""

    start: int
    end: int
    field: str
    word: str


class Lexicon:
    """The phrases of one lexicon and of the words they stand for."""

    def __init__(self, content: Mapping[str, Any], words: Mapping[str, tuple[str, ...]]) -> None:
        self.defaults: Mapping[str, str] = content["defaults"]
        self.variants = _tuples(content["variants"])
        """What may be told in turn where nothing tells it, the usual first."""
        self.indoors = frozenset(content["indoors"]["places"])
        self.drawn_at = _tuples(content["drawn_at"])
        """Places by action or thing; what is missing here is drawn everywhere."""
        self.unseen, self.turned = _tuples(content["unseen"]), _tuples(content["turned"])
        """Actions that a size does not show; the ways somebody may face while doing something."""
        self.usual_colour: Mapping[str, str] = content["usual_colour"]
        self.colours: Mapping[str, tuple[str, str]] = {name: (a, b) for name, (a, b) in content["colours"].items()}
        self.ignored = frozenset(token for word in content["ignored"]["words"].split() for token in tokens(word))
        self.meanings: dict[tuple[str, ...], Meaning] = {(SPOKEN,): Meaning("spoken", "talking")}
        # Earlier entries win: own words before synonyms, colours before everything they may also be.
        for name in self.colours:
            self._add(name, Meaning("colour", name))
        for field in OWN_WORDS:
            for word in words[field]:
                self._add(word, Meaning(field, word))
        for field in NOUNS:
            for word in words[field]:
                self._add(plural(word), Meaning(field, word))
        for field, table in content.items():
            if field not in SETTINGS:
                self._add_table(field, table)
        self.longest = max(map(len, self.meanings))

    def _add_table(self, field: str, table: Mapping[str, Sequence[str]]) -> None:
        for word, phrases in table.items():
            meaning = Meaning(field, word)
            for phrase in phrases:
                for form in verb_forms(phrase) if field in VERBS else (phrase,):
                    self._add(form, meaning)
                if field in NOUNS and phrase.isascii():
                    self._add(plural(phrase), meaning)
                if meaning == SOMEBODY and phrase.isascii() and " " not in phrase:
                    self._add(plural(phrase), SEVERAL)

    def _add(self, phrase: str, meaning: Meaning) -> None:
        self.meanings.setdefault(tuple(tokens(phrase)), meaning)

    def find(self, text: Sequence[str]) -> list[Found]:
        """Every known phrase in the tokens, in order, none overlapping; the longest at each place."""
        found: list[Found] = []
        at = 0
        while at < len(text):
            one = self._longest_at(text, at) or _way(text, at, found)
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

    def knows(self, word: str) -> bool:
        """Whether a single word means something or needs no meaning."""
        read = tuple(tokens(word))
        return read in self.meanings or self.ignored.issuperset(read)

    def unknown(self, text: Sequence[str], names: Iterable[str] = ()) -> tuple[str, ...]:
        """Words of the text that mean nothing here, each once, in order. `names` are known besides."""
        covered: set[int] = set()
        at = 0
        while at < len(text):
            one = self._longest_at(text, at)
            covered.update(range(at, one.end) if one else ())
            at = one.end if one else at + 1
        known = self.ignored | set(names)
        left = [i for i, word in enumerate(text) if i not in covered and word not in known and not word.isdigit()]
        return tuple(dict.fromkeys(_joined(text, left)))


def tokens(text: str) -> list[str]:
    """Lower-case words and Chinese characters, @names kept whole, hyphens as spaces, quoted text as one token."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'")
    plain = QUOTED.sub(f" {SPOKEN} ", plain).casefold()
    plain = POSSESSIVE.sub("", plain).replace(OF, "")
    found, at = list[str](), 0
    for name in NAME.finditer(plain):
        found += [*_words(plain[at : name.start()]), name_token(name[0].rstrip("-"))]
        at = name.end()
    return found + _words(plain[at:])


def name_token(name: str) -> str:
    """The token of a subject's name, with or without its @, however it is written."""
    return f"@{name_key(name)}"


def _words(text: str) -> list[str]:
    return TOKEN.findall(ADDRESS.sub(" ", text).replace("-", " "))


def verb_forms(verb: str) -> tuple[str, ...]:
    """A verb's plain form and its forms in -s, -ing and -ed; of a phrase the first word changes."""
    first, space, rest = verb.partition(" ")
    if not first.isascii() or not first.isalpha() or first.endswith("ing") or len(first) < 2:
        return (verb,)
    if first.endswith("y") and first[-2] not in "aeiou":
        return tuple(f"{form}{space}{rest}" for form in (first, f"{first[:-1]}ies", f"{first}ing", f"{first[:-1]}ied"))
    stem = first[:-1] if first.endswith("e") else first + first[-1] if _doubles(first) else first
    plural = first + ("es" if first.endswith(("s", "sh", "ch", "x", "o")) else "s")
    return tuple(f"{form}{space}{rest}" for form in (first, plural, f"{stem}ing", f"{stem}ed"))


def plural(noun: str) -> str:
    """The regular plural of a noun, or of the last word of a phrase."""
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es"
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"


def _doubles(word: str) -> bool:
    """run -> running: one vowel before one consonant in a word of one syllable."""
    vowels = [letter in "aeiou" for letter in word]
    return len(word) >= 3 and sum(vowels) == 1 and vowels[-2] and word[-1] not in "aeiouwxy"


def _way(text: Sequence[str], at: int, found: Sequence[Found]) -> Found | None:
    """ "walks left", "runs away": where somebody goes and faces; "sits right", "enters left": where somebody is."""
    verb = found[-1] if found else None
    if verb is None or verb.end != at or verb.field not in VERBS or text[at] not in WAYS:
        return None
    if (text[at + 1] if at + 1 < len(text) else "") in NO_WAY_BEFORE or verb.word in UNHURRIED:
        return None
    comes_in = text[verb.start].startswith(COMING_IN) and text[at] != "away"
    if verb.word not in STILL and not comes_in:
        return Found(at, at + 1, "facing", text[at])
    return Found(at, at + 1, "side", text[at]) if text[at] != "away" else None


def _joined(text: Sequence[str], places: Sequence[int]) -> list[str]:
    """The tokens at these places; Chinese characters that stand side by side as one word."""
    words: list[str] = []
    for number, at in enumerate(places):
        beside = number > 0 and places[number - 1] == at - 1 and CHINESE.match(text[at - 1])
        if beside and CHINESE.match(text[at]):
            words[-1] += text[at]
        else:
            words.append(text[at])
    return words


def _denied(text: Sequence[str], found: Found) -> bool:
    before = text[found.start - 1] if found.start else ""
    return before in NEGATIONS or (found.field == "action" and before in DETERMINERS and found.word != "standing")


def _tuples(table: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {word: tuple(some) for word, some in table.items()}


def _merged(contents: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One lexicon of several files: the lists of the later ones follow those of the first."""
    merged: dict[str, Any] = {}
    for content in contents:
        for field, table in content.items():
            if not isinstance(table, dict):
                continue
            into = merged.setdefault(field, {})
            for word, entry in table.items():
                into[word] = entry if word not in into else into[word] + _apart(entry)
    return merged


def _apart(entry: Any) -> Any:
    return f" {entry}" if isinstance(entry, str) else entry


def load_lexicon(folder: Path) -> Lexicon:
    """The lexicon of a folder such as assets/prompts: lexicon.toml and what other languages add to it."""
    return kept(_read, folder / "sketch.toml", folder / "lexicon.toml", *sorted(folder.glob("lexicon.*.toml")))


def _read(form: Path, *files: Path) -> Lexicon:
    contents = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    return Lexicon(_merged(contents), load_form(form).words)
