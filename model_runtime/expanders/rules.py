"""The rules every written prompt is held to: what it breaks is told, one sentence each, and never mended in silence."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from model_runtime import protocol
from model_runtime.expanders.captions import NoCaption, load_form
from model_runtime.expanders.kept_files import kept
from model_runtime.expanders.prompting import LANGUAGES
from model_runtime.expanders.styles import CAPTION, Style
from model_runtime.mentions import NAME, mentions, name_key
from model_runtime.quotes import quoted, without

WORD = re.compile(r"[^\W\d_][\w'’-]*", re.UNICODE)
CAPITALISED = re.compile(r"(?<![\w@'’-])[A-Z][a-z]{2,}(?:['’]s)?(?!\w)")
SENTENCE_START = re.compile(r"(?:\A|[.!?:;\n]\s*|[\"“«(]\s*)\Z")
CHINESE_PER_WORD = 1.7
"""Characters of Chinese that say as much as one English word."""

LEAST_ENGLISH = 0.1
"""Share of the commonest words among an English text's; any English prose has three times as many."""
ENOUGH_WORDS = 8


def warnings(
    request: protocol.ExpandPrompt, style: Style, language: str, parts: Iterable[protocol.PromptPart], folder: Path
) -> tuple[str, ...]:
    """Every rule broken by the parts of one prompt. `folder`: assets/prompts."""
    every = tuple(parts)
    text = " ".join(one.text for one in every if one.kind != "negative")
    whole = " ".join(one.text for one in every)
    given = _given(request)
    return (
        *_lost_names(request, style, text),
        *_lost_quotes(request, text),
        *_new_names(given, whole),
        *_new_people(f"{given} {style.instruction} {style.example}", whole, folder),
        *_too_long(request, style, text),
        *(_no_caption(text, folder) if style.form == CAPTION else _other_language(text, language, folder)),
    )


def _given(request: protocol.ExpandPrompt) -> str:
    """Everything the writer was told of the film."""
    subjects = (str(value) for one in request.subjects for value in one.values())
    told = (*request.fields.values(), *request.before.values(), *(one.text for one in request.locked), *subjects)
    return " ".join((request.draft, request.style_notes, *map(str, told)))


# --- @names -------------------------------------------------------------------------------------------------------


def _lost_names(request: protocol.ExpandPrompt, style: Style, text: str) -> Iterator[str]:
    there = {name_key(one) for one in mentions(text)}
    for name in _wanted_names(request, style):
        if name_key(name) not in there:
            yield f"{name} is missing from the text."


def _wanted_names(request: protocol.ExpandPrompt, style: Style) -> Iterator[str]:
    """Names in the draft, and of who or what is in the shot; each once."""
    cast = {str(one.get("name", "")): one for one in request.subjects if one.get("kind") in (None, "character", "prop")}
    told = {name_key(one): one for one in (*mentions(request.draft), *filter(None, cast))}
    shown = {name_key(name) for name, one in cast.items() if str(one.get("pictures", "0")) not in ("", "0")}
    for key, name in told.items():
        # In a fixed form a subject without pictures is told by its looks alone.
        if style.form != CAPTION or key in shown:
            yield name


def _new_names(given: str, text: str) -> Iterator[str]:
    known = {name_key(one) for one in mentions(given)}
    new = {name_key(one): one for one in mentions(text) if name_key(one) not in known}
    for name in new.values():
        yield f"{name} is new: nobody of that name was asked for."


# --- quoted words -------------------------------------------------------------------------------------------------


def _lost_quotes(request: protocol.ExpandPrompt, text: str) -> Iterator[str]:
    for words in dict.fromkeys(quoted(request.draft)):
        if words not in text:
            yield f"The quoted words “{_short(words)}” are missing or changed."


# --- new people ---------------------------------------------------------------------------------------------------


def _new_people(given: str, text: str, folder: Path) -> Iterator[str]:
    """Capitals in the midst of a sentence, and given names at its start, that nothing told of before."""
    words = _words(folder)
    known = {word.casefold() for word in WORD.findall(given)} | words["no_names"]
    bare = NAME.sub(" ", without(text))
    new: dict[str, None] = {}
    for found in CAPITALISED.finditer(bare):
        word = re.sub(r"['’]s\Z", "", found[0])
        starts = SENTENCE_START.search(bare[: found.start()]) is not None
        if word.casefold() not in known and (word.casefold() in words["given"] or not starts):
            new[word] = None
    for word in new:
        yield f"The name {word} is new: the shot does not tell of it."


def _words(folder: Path) -> Mapping[str, frozenset[str]]:
    return kept(_read_words, folder / "names.toml")


def _read_words(file: Path) -> Mapping[str, frozenset[str]]:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in content.items() if isinstance(words, list)}


# --- length and language ------------------------------------------------------------------------------------------


def word_count(text: str) -> int:
    """Words of a text; Chinese counts by what its characters say."""
    chinese = sum(_is_chinese(one) for one in text)
    others = sum(not _is_chinese(word[0]) for word in WORD.findall(re.sub(r"[\u3400-\u9fff]+", " ", text)))
    return others + round(chinese / CHINESE_PER_WORD)


def _too_long(request: protocol.ExpandPrompt, style: Style, text: str) -> Iterator[str]:
    words = word_count(text)
    if words > style.most_words:
        yield f"The text has {words} words; {style.title} reads about {style.most_words}."
    if request.max_length and len(text) > request.max_length:
        yield f"The text has {len(text)} characters; the engine reads {request.max_length}."


def _other_language(text: str, language: str, folder: Path) -> Iterator[str]:
    bare = NAME.sub(" ", without(text))
    if not _is_written_in(bare, language, _words(folder)["english"]):
        yield f"The text does not seem to be written in {LANGUAGES[language].partition(' ')[0]}."


def _is_written_in(text: str, language: str, usual: frozenset[str]) -> bool:
    letters = [one for one in text if one.isalpha()]
    if not letters:
        return True
    chinese = sum(map(_is_chinese, letters))
    kana = sum(unicodedata.name(one, "").startswith(("HIRAGANA", "KATAKANA")) for one in letters)
    if language == "zh":
        return kana * 10 < chinese and chinese * 3 > len(letters) - chinese
    latin = sum(one.isascii() for one in letters)
    words = [word.casefold() for word in WORD.findall(text)]
    english = sum(word in usual for word in words)
    return latin * 10 >= len(letters) * 8 and (len(words) < ENOUGH_WORDS or english >= LEAST_ENGLISH * len(words))


def _is_chinese(one: str) -> bool:
    return "\u3400" <= one <= "\u9fff"


def _no_caption(text: str, folder: Path) -> Iterator[str]:
    try:
        load_form(folder / "sketch.toml").parse(text)
    except NoCaption:
        yield "The text is not in the form this engine was made for: it may show less of it."


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"
