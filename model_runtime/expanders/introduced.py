"""Names in prose: each subject is described once, after its @name, so that an engine without names can draw it.

The @name stays in the text, as in every prompt a user sees and edits. What becomes of it for an engine that reads no
names is decided when a job is planned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from model_runtime.expanders.clothes import dressed_last
from model_runtime.expanders.lexicon import Lexicon, tokens
from model_runtime.expanders.people import looks_of, word_in
from model_runtime.expanders.phrases import CHINESE_LANGUAGE, ENGLISH, Phrases, language_of, with_article
from model_runtime.expanders.things import ThingWish, colour_in
from model_runtime.mentions import NAME, name_key

MOST_INLINE = 24
"""Words of a description that a sentence can carry; a longer one stands after it."""
WHOLE_SENTENCE = re.compile(r"(she|he|they|it|her|his|this|@\S+)\b", re.IGNORECASE)
POSSESSIVE = re.compile(r"['’]s?\b")
STOPS = re.compile(r"\s*[.。;；]+\s*")
CHANGE = re.compile(r"\s*change \d+\s*[,:]?\s*", re.IGNORECASE)

Subject = Mapping[str, str]


class Introducer:
    """Describes subjects in the words of one language; knows whom it has introduced."""

    def __init__(self, subjects: Sequence[Subject], phrases: Phrases, lexicon: Lexicon) -> None:
        self._subjects = [one for one in subjects if name_of(one)]
        self._phrases, self._lexicon = phrases, lexicon
        self.mentioned: set[str] = set()
        self.described: set[str] = set()

    def introduced(self, text: str) -> str:
        """The text with every subject described after its first mention that stands by itself."""
        for subject in self._subjects:
            text = self._in_text(text, subject)
        return text

    def by_name(self, subject: Subject) -> str:
        """ "@mara, a woman in a red coat," as the subject of a sentence; her name alone the second time."""
        name = name_of(subject)
        self.mentioned.add(name)
        told = self._inline(subject) if name not in self.described else ""
        if not told:
            return name
        self.described.add(name)
        return f"{name}（{told}）" if self._is_chinese else f"{name}, {told},"

    def afterwards(self) -> list[str]:
        """Sentences about those who were named and whose description no sentence could carry."""
        sentences = []
        for subject in self._subjects:
            name, told = name_of(subject), self.description(subject)
            if name in self.mentioned and name not in self.described and told:
                self.described.add(name)
                form = "about" if WHOLE_SENTENCE.match(told) else "is"
                sentences.append(self._phrases.frame(form, who=name, description=told))
        return sentences

    def description(self, subject: Subject) -> str:
        """What is told of a subject, as one phrase without a stop; empty where the language has no words for it."""
        told = " ".join(str(subject.get("description", "")).split())
        if not told:
            return ""
        if subject.get("worn"):
            told = dressed_last(told, self._lexicon)
        if language_of(told) not in (self._phrases.language, ""):
            return self._in_other_words(told)
        phrase = self._phrases.joined([self._begun_small(piece) for piece in STOPS.split(told)])
        whole = WHOLE_SENTENCE.match(phrase) is not None
        return with_article(phrase) if self._phrases.language == ENGLISH and not whole else phrase

    def worn(self, subject: Subject) -> str:
        """Titles of what it wears in this shot, where its description does not tell the same."""
        titles = [CHANGE.sub("", title).strip() for title in re.split(r"[;；\n]", str(subject.get("worn", "")))]
        told = str(subject.get("description", "")).casefold()
        return self._phrases.joined([title for title in titles if title and title.casefold() not in told])

    @property
    def _is_chinese(self) -> bool:
        return self._phrases.language == CHINESE_LANGUAGE

    def _inline(self, subject: Subject) -> str:
        told = self.description(subject)
        too_long = len(tokens(told)) > MOST_INLINE * (2 if self._is_chinese else 1)
        return "" if too_long or WHOLE_SENTENCE.match(told) else told

    def _in_text(self, text: str, subject: Subject) -> str:
        name = name_of(subject)
        found = mention_of(name, text)
        if not found:
            return text
        self.mentioned.add(name)
        alone = next(
            (one.start() + len(one[0].rstrip("-")) for one in found if not POSSESSIVE.match(text, one.end())), None
        )
        told = self._inline(subject)
        if alone is None or not told or name in self.described:
            return text
        self.described.add(name)
        before, after = text[:alone], text[alone:]
        if self._is_chinese:
            return f"{before}（{told}）{after}"
        goes_on = re.match(r"\s+\S", after) is not None
        return f"{before}, {told}{',' if goes_on else ''}{after}"

    def _in_other_words(self, told: str) -> str:
        """What the lexicon reads of a description, said in this language."""
        found = self._lexicon.find(tokens(told))
        if thing := word_in(found, "thing"):
            return self._phrases.thing(ThingWish("", thing, colour_in(found, self._lexicon)))
        looks = looks_of(found, self._lexicon)
        return self._phrases.looks(looks) if looks.kind or looks.told else ""

    def _begun_small(self, piece: str) -> str:
        """ "Dark coat" within a sentence; a name keeps its capital."""
        first, _, _ = piece.partition(" ")
        return piece[:1].lower() + piece[1:] if first.istitle() and self._lexicon.knows(first) else piece


def name_of(subject: Subject) -> str:
    """With its @; empty where it has none."""
    name = str(subject.get("name", "")).removeprefix("@")
    return f"@{name}" if name else ""


def mention_of(name: str, text: str) -> list[re.Match[str]]:
    """Where a text names the subject, whatever case and accents."""
    return [one for one in NAME.finditer(text) if name_key(one[0].rstrip("-")) == name_key(name)]
