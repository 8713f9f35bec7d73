"""What a prompt writer is asked: the rules, the style of the engine that reads the prompt, and all the shot tells."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from model_runtime import prompt_text, protocol
from model_runtime.expanders.answer import LISTS
from model_runtime.expanders.base import Question, ShownPicture, Turn
from model_runtime.expanders.kept_files import kept
from model_runtime.expanders.styles import CAPTION, Style
from model_runtime.failures import BadInput
from model_runtime.quotes import without

LANGUAGES = {"en": "English", "zh": "Chinese (简体中文)"}
CHINESE = re.compile(r"[\u3400-\u9fff]")
KEY_OF_PART = {
    "caption": "caption",
    "camera": "camera",
    "motion": "motion",
    "subjects": "subjects",
    "text": "on_screen_text",
    "negative": "negative",
}
"""Kinds of parts and the key of the answer each comes from."""
ORDER = ("caption", "subjects", "motion", "camera", "text")
"""Of the parts, where a style names no order."""
LONGEST = 40_000
"""Characters of what one question tells of the shot."""


def language_of(request: protocol.ExpandPrompt, style: Style) -> str:
    """en or zh: as asked, else as the draft is written but for what it quotes, as far as the style allows it."""
    told = without(request.draft).strip() or request.draft.strip() or " ".join(map(str, request.fields.values()))
    wanted = request.language or ("zh" if CHINESE.search(told) else "en")
    return wanted if wanted in style.languages else style.languages[0]


def order_of(style: Style) -> tuple[str, ...]:
    """Kinds of parts as they stand in the prompt, every one this module asks for among them."""
    return tuple(dict.fromkeys((*style.order, *ORDER)))


def question(
    request: protocol.ExpandPrompt, style: Style, folder: Path, pictures: tuple[ShownPicture, ...] = ()
) -> Question:
    """The first question. `folder`: assets/prompts. Raises BadInput where the shot says nothing, or too much."""
    words = _words(folder)
    told = "\n\n".join(_told(request, words, bool(pictures)))
    if not told.strip():
        raise BadInput(
            "There is nothing to write of yet: the prompt is empty and no field says anything.",
            "Write what the shot shows, or choose a place, a size or a subject.",
        )
    if len(told) > LONGEST:
        raise BadInput(
            f"The shot and its notes have {len(told):,} characters; {LONGEST:,} are the most.", "Shorten the prompt."
        )
    return Question(_system(request, style, words), (Turn("user", told),), pictures, request.variant)


def again(asked: Question, answer: str, reason: str, folder: Path) -> Question:
    """The second question, after an answer that cannot be used."""
    more = Turn("user", _words(folder)["again"].replace("{reason}", reason).strip())
    # An answer that is all thought is no turn: some services refuse an empty one.
    said = (Turn("assistant", answer), more) if answer.strip() else (more,)
    turns = (*asked.turns, *said) if answer.strip() else (Turn("user", f"{asked.turns[0].text}\n\n{more.text}"),)
    return Question(asked.system, turns, asked.pictures, asked.variant)


def trial(folder: Path) -> Question:
    """The short question that shows whether address, key and model are right."""
    return Question("", (Turn("user", _words(folder)["trial"]),), structured=False)


def _words(folder: Path) -> Mapping[str, str]:
    return kept(_read, folder / "instruction.toml")


def _read(file: Path) -> Mapping[str, str]:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    return {name: text for name, text in content.items() if isinstance(text, str)}


def _system(request: protocol.ExpandPrompt, style: Style, words: Mapping[str, str]) -> str:
    characters = f" and {request.max_length} characters" if request.max_length else ""
    fill = {
        "{language}": LANGUAGES[language_of(request, style)],
        "{words}": str(style.most_words),
        "{characters}": characters,
        "{style}": style.instruction,
        "{example}": style.example,
        "{keys}": words["keys_caption" if style.form == CAPTION else "keys_prose"].strip(),
        "{order}": ", ".join(KEY_OF_PART[kind] for kind in order_of(style) if kind in KEY_OF_PART),
    }
    text = words["system"].strip()
    for name, value in fill.items():
        text = text.replace(name, value)
    return text


# --- what the shot tells ------------------------------------------------------------------------------------------


def _told(request: protocol.ExpandPrompt, words: Mapping[str, str], shows: bool) -> Iterator[str]:
    if request.draft.strip():
        yield f"IDEA:\n{request.draft.strip()}"
    if fields := _listed(request.fields):
        yield f"FIELDS OF THE SHOT:\n{fields}"
    if request.subjects:
        yield "SUBJECTS:\n" + "\n".join(f"- {_subject(one)}" for one in request.subjects)
    if before := _listed(request.before):
        yield f"THE SHOT BEFORE, in the same scene:\n{before}"
    if request.style_notes.strip():
        yield f"FILM NOTES, which hold for every shot:\n{request.style_notes.strip()}"
    if request.locked:
        yield "\n".join((words["fixed"], *(f"- {_key_of(one)}: {one.text}" for one in request.locked)))
    if shows:
        yield words["pictures"]
    if request.variant > 1:
        yield words["another"].replace("{variant}", str(request.variant))


def _listed(texts: Mapping[str, str]) -> str:
    return "\n".join(f"- {name}: {text}" for name, value in texts.items() if (text := str(value).strip()))


def _key_of(part: protocol.PromptPart) -> str:
    return KEY_OF_PART.get(part.kind, part.kind)


def _subject(one: Mapping[str, str]) -> str:
    """`@mara (character): a courier of thirty. Worn: yellow raincoat. Stands left, facing right. Does: waits.`"""
    told = {name: str(one.get(name, "")).strip().rstrip(".") for name in ("description", "worn", "action")}
    place = [
        f"stands {side}" if (side := str(one.get("side", "")).strip()) else "",
        f"facing {facing}" if (facing := str(one.get("facing", "")).strip()) else "",
    ]
    sentences = [
        told["description"],
        f"Worn: {told['worn']}" if told["worn"] else "",
        ", ".join(filter(None, place)).capitalize(),
        f"Does: {told['action']}" if told["action"] else "",
    ]
    return f"{one.get('name', '')} ({one.get('kind', 'character')}): " + ". ".join(filter(None, sentences)) + "."


def parts(
    told: Mapping[str, str | tuple[str, ...]], request: protocol.ExpandPrompt, style: Style, language: str
) -> tuple[protocol.PromptPart, ...]:
    """The answer's keys as parts, in the style's order; locked ones as they were, in place of the answer's own."""
    locked = {one.kind for one in request.locked}
    found = list(request.locked)
    for kind, key in KEY_OF_PART.items():
        if kind in locked or (style.form == CAPTION and kind != "caption"):
            continue
        values = told[key]
        texts = values if isinstance(values, tuple) else (values,)
        if kind == "text":
            texts = tuple(_on_screen(one, language) for one in texts if not _is_told(one, told))
        found += [protocol.PromptPart(kind, _ended(" ".join(texts), kind, language))] if any(texts) else []
    order = (*order_of(style), "negative")
    return tuple(sorted(found, key=lambda one: order.index(one.kind) if one.kind in order else len(order) - 2))


def joined(every: tuple[protocol.PromptPart, ...]) -> str:
    """The prompt the parts come to, without what must not be seen."""
    return prompt_text.joined(one.text for one in every if one.kind != "negative")


def _is_told(words: str, told: Mapping[str, str | tuple[str, ...]]) -> bool:
    """These words stand in another part of the answer already."""
    others = [value for key, value in told.items() if key not in LISTS] + list(told["subjects"])
    return any(words in one for one in others if isinstance(one, str))


def _on_screen(words: str, language: str) -> str:
    bare = words.strip("\"“”「」『』'")
    return f"画面上的文字：“{bare}”。" if language == "zh" else f'In the picture is written: "{bare}".'


def _ended(text: str, kind: str, language: str) -> str:
    """With its full stop: parts stand one after the other."""
    if kind == "negative" or text.endswith((".", "!", "?", "。", "！", "？", "”", '"', "」")):
        return text
    return text + ("。" if language == "zh" else ".")
