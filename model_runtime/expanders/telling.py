"""What every sentence of a prose prompt is made with: the shot's words, one style, one language, and the notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from model_runtime.expanders.phrases import CHINESE_LANGUAGE, Phrases, language_of, sentence_case
from model_runtime.expanders.shot_words import LABEL, ShotWords
from model_runtime.expanders.styles import Style, filled
from model_runtime.expanders.variants import turn

STOPS = ".!?…。！？"
ENDED = re.compile(rf"[{re.escape(STOPS)}][”\"」』)）]*$")


class Telling:
    """`notes` gathers what is not told, one sentence each."""

    def __init__(self, words: ShotWords, style: Style, phrases: Phrases) -> None:
        self.words, self.style, self.phrases = words, style, phrases
        self.request, self.fields = words.request, words.fields
        self.draft = one_line(self.request.draft)
        self.notes: list[str] = []

    @property
    def is_chinese(self) -> bool:
        return self.phrases.language == CHINESE_LANGUAGE

    @property
    def unlabelled(self) -> str:
        """The draft without the shot size that may stand before a colon."""
        label = LABEL.match(self.draft)
        return self.draft[label.end() :].strip() if label and self.words.is_label(label[1]) else self.draft

    def is_own(self, text: str) -> bool:
        """Whether a text can stand in the prompt as it is."""
        return language_of(text) in (self.phrases.language, "")

    def draft_says(self, name: str) -> bool:
        """Whether the draft stands in the prompt and says it."""
        return self.is_own(self.draft) and self.words.in_draft(name)

    def is_said(self, name: str, word: str, written: str) -> bool:
        """Whether the draft says it already: what a field tells, or where no field tells anything, anything."""
        said = {one.word for one in self.words.cast.draft_found if one.field in (name, f"weak_{name}")}
        return self.is_own(self.draft) and bool(said) and (not written or word in said)

    def field(self, name: str, value: str, *, inside: bool = False) -> str:
        """A field as prose says it; noted where this language has no words for it."""
        said = self.phrases.field(name, value, inside=inside) if value else ""
        if value and not said and not self.phrases.is_silent(name, value, inside=inside):
            self.leave_out(name, value)
        return said

    def leave_out(self, name: str, value: str) -> None:
        self.notes.append(f"The {name} {one_line(value)!r} is left out: the prompt is in another language.")

    # --- sentences ---------------------------------------------------------------------------------------------

    def sentence(self, kind: str, **values: str) -> str:
        """The style's own, said the way that is this variant's turn."""
        ways = self.style.sentences[self.phrases.language][kind]
        told = {key: self.phrases.apart(value) for key, value in values.items()}
        return sentence_case(filled(ways[turn(self.request.variant, len(ways))], told))

    def finished(self, text: str) -> str:
        """With a capital at its start and a stop at its end."""
        text = text.strip()
        if not text:
            return ""
        stop = "" if ENDED.search(text) else self.phrases.frame("stop")
        return sentence_case(text.rstrip(",，;；:：")) + stop

    def sentences(self, sentences: Sequence[str]) -> str:
        return ("" if self.is_chinese else " ").join(filter(None, sentences))


def one_line(text: str) -> str:
    return " ".join(text.split())
