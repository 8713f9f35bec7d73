"""How prose says what fields say, and what somebody looks like and does, in one language."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from model_runtime.expanders.kept_files import kept
from model_runtime.expanders.lexicon import CHINESE, Lexicon, tokens
from model_runtime.expanders.people import Looks, Wish, word_in
from model_runtime.expanders.things import ThingWish
from model_runtime.mentions import NAME
from model_runtime.quotes import QUOTED

ENGLISH, CHINESE_LANGUAGE = "en", "zh"
LANGUAGES = (ENGLISH, CHINESE_LANGUAGE)
LETTERS = re.compile(r"[^\W\d_]+")
WRITTEN_AS_ONE = re.compile(f"{NAME.pattern}|{QUOTED.pattern}")
MOST_OF = 0.5
"""A text with at least so many Chinese characters to a Latin word is Chinese."""

Table = Mapping[str, str]


def language_of(*texts: str) -> str:
    """The language of the first of the texts that has words beside @names and quotations; empty where none has."""
    for text in texts:
        plain = WRITTEN_AS_ONE.sub(" ", text)
        chinese = len(CHINESE.findall(plain))
        others = len(LETTERS.findall(CHINESE.sub(" ", plain)))
        if chinese or others:
            return CHINESE_LANGUAGE if chinese > MOST_OF * others else ENGLISH
    return ""


class Phrases:
    """The tables of one language, such as assets/prompts/phrases.en.toml."""

    def __init__(self, language: str, tables: Mapping[str, Table], lexicon: Lexicon) -> None:
        self.language = language
        self._tables, self._lexicon = tables, lexicon

    def said(self, table: str, word: str) -> str:
        """The phrase of one of the engine's own words; empty where there is none."""
        return self._tables[table].get(word.replace("-", " "), "")

    def has(self, table: str, value: str) -> bool:
        return _key(value) in self._tables[table]

    def field(self, table: str, value: str, *, inside: bool = False) -> str:
        """A field as prose says it: by its own phrase, in its own words, or by the word they mean in the lexicon.

        Empty where it is in another language and means nothing there. `inside`: time and weather seen from a room.
        """
        for one in ([f"{table}_inside"] if inside else []) + [table]:
            if self.has(one, value):
                return self._tables[one][_key(value)]
        if language_of(value) in (self.language, ""):
            return self._in_own_words(table, value.strip(" .。"))
        word = self.meant(table, value)
        return self.field(table, word, inside=inside) if word else ""

    def is_silent(self, table: str, value: str, *, inside: bool = False) -> bool:
        """Whether nothing is said of it on purpose: the clear air of a room."""
        return inside and self._tables[f"{table}_inside"].get(_key(value)) == ""

    def meant(self, table: str, value: str) -> str:
        """The engine's word for a field's text; empty where it knows none."""
        found = self._lexicon.find(tokens(value))
        return word_in(found, table) or word_in(found, f"weak_{table}")

    def _in_own_words(self, table: str, value: str) -> str:
        first, gap, rest = value.partition(" ")
        plain = value.casefold() if value.isupper() else value
        plain = first.casefold() + gap + rest if first.casefold() in NO_ARTICLE else plain
        return with_article(plain) if table == "location" and self.language == ENGLISH else plain

    def frame(self, name: str, /, **values: str) -> str:
        """One of the language's own small sentences."""
        told = {key: self.apart(value) for key, value in values.items()}
        return sentence_case(self._tables["frame"][name].format(**told))

    def apart(self, who: str) -> str:
        """A bare @name with the space that keeps Chinese from writing on into it: `@小明 走` is no `@小明走`."""
        bare = self.language == CHINESE_LANGUAGE and NAME.fullmatch(who)
        return f"{who} " if bare else who

    def joined(self, words: Sequence[str]) -> str:
        """Phrases with a comma between."""
        return self._tables["frame"]["comma"].join(filter(None, words))

    # --- somebody and something --------------------------------------------------------------------------------

    def looks(self, looks: Looks) -> str:
        """What is told of somebody's looks, as one phrase with its noun."""
        return _looks_in_chinese(looks, self) if self.language == CHINESE_LANGUAGE else _looks_in_english(looks, self)

    def thing(self, wish: ThingWish) -> str:
        colour, noun = self.said("colour", wish.colour), self.said("thing", wish.thing)
        return f"{colour}的{noun}" if self.language == CHINESE_LANGUAGE and colour else self.noun(colour, noun)

    def noun(self, *words: str) -> str:
        told = " ".join(word for word in words if word)
        return "".join(words) if self.language == CHINESE_LANGUAGE else with_article(told)

    def staged(self, side: str, facing: str, depth: str = "") -> str:
        """Where somebody is and which way they face, as far as it is told; empty where nothing is."""
        return self.joined([self.said("depth", depth), self.said("side", side), self.said("facing", facing)])

    def doing(self, wish: Wish | ThingWish) -> str:
        if isinstance(wish, Wish):
            return self.said("action", wish.action or "standing")
        return self.said("motion", wish.motion or "standing")

    def sentence(self, who: str, wish: Wish | ThingWish) -> str:
        """ "A woman in a red coat walks on the left of the frame, facing right." """
        staged = self.staged(wish.side, wish.facing, wish.depth)
        if self.language == CHINESE_LANGUAGE:
            return f"{self.joined([self.apart(who) + self.doing(wish), staged])}。"
        gap = " " if wish.side or wish.depth else ", "
        return sentence_case(f"{who} {self.doing(wish)}{gap + staged if staged else ''}.")


def _key(value: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", value).casefold().replace("-", " ").split())


def load_phrases(folder: Path, language: str, lexicon: Lexicon) -> Phrases:
    return Phrases(language, kept(_read, folder / f"phrases.{language}.toml"), lexicon)


def _read(file: Path) -> Mapping[str, Table]:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    return {name: table for name, table in content.items() if isinstance(table, dict)}


def _looks_in_english(looks: Looks, phrases: Phrases) -> str:
    """ "a tall woman with long black hair in a yellow raincoat, hood up, wearing glasses and a red scarf" """
    said = phrases.said
    hair = " ".join(filter(None, [said("style", looks.style), said("hair", looks.hair)]))
    colour, garment = said("colour", looks.colour), said("garment", looks.garment)
    clothes = with_article(f"{colour} {garment}".strip()) if garment else colour
    extras = [phrases.noun(said("colour", looks.hat_colour), said("hat", looks.hat))] if looks.hat else []
    extras += ["glasses"] if looks.glasses else []
    extras += [phrases.noun(said("colour", looks.scarf), "scarf")] if looks.scarf else []
    told = phrases.noun(said("build", looks.build), said("kind", looks.kind))
    told += f" with {hair} hair" if hair else ""
    told += f" in {clothes}" if clothes else ""
    told += ", hood up" if looks.hood else ""
    return told + (f", wearing {' and '.join(extras)}" if extras else "")


def _looks_in_chinese(looks: Looks, phrases: Phrases) -> str:
    """一个高个子、黑色长发、穿黄色雨衣、戴着眼镜的女人"""
    said = phrases.said
    traits = [said("build", looks.build)]
    if looks.hair or looks.style:
        traits.append(said("hair", looks.hair) + said("style", looks.style))
    if looks.garment or looks.colour:
        traits.append(f"穿{said('colour', looks.colour)}{said('garment', looks.garment)}")
    traits.append("戴着兜帽" if looks.hood else "")
    traits.append(f"戴{said('colour', looks.hat_colour)}{said('hat', looks.hat)}" if looks.hat else "")
    traits.append("戴眼镜" if looks.glasses else "")
    traits.append(f"围着{said('colour', looks.scarf)}围巾" if looks.scarf else "")
    told = "、".join(filter(None, traits))
    return f"一个{told}{'的' if told else ''}{said('kind', looks.kind)}"


# --- English -----------------------------------------------------------------------------------------------------

NO_ARTICLE = frozenset({"a", "an", "the", "some", "her", "his", "their", "its", "my", "our", "two", "three", "no"})


def with_article(words: str) -> str:
    """ "a red coat", "an old jetty"; as it is where it has one, is a name or more than one."""
    first, _, _ = words.partition(" ")
    if not words or first.casefold() in NO_ARTICLE or not first[0].islower():
        return words
    last = re.split(r"\W+(?:of|in|on|at|by|with|near|behind|under|above|beside)\W+|,", words)[0].split()[-1]
    if last.endswith("s") and not last.endswith(("ss", "us", "is")):
        return words
    return f"{'an' if first[0] in 'aeiou' else 'a'} {words}"


def sentence_case(text: str) -> str:
    """With a capital at its first letter; an @name stays as it is."""
    return text[:1].upper() + text[1:]
