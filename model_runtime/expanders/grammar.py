"""The built-in prompt writer: the shot's fields, its place and its subjects in the caption style of the engine.

Offline, instant and repeatable. What is not in the text is named in the notes, never dropped in silence.
"""

from __future__ import annotations

from pathlib import Path

from model_runtime import prompt_text, protocol
from model_runtime.expanders.captions import CaptionForm, load_form
from model_runtime.expanders.lexicon import Lexicon, load_lexicon
from model_runtime.expanders.phrases import language_of, load_phrases
from model_runtime.expanders.prose import Prose
from model_runtime.expanders.shot_words import ShotWords
from model_runtime.expanders.styles import CAPTION, Style, load_style
from model_runtime.failures import BadInput

NOT_DRAWN_FIELDS = ("lens", "height")
"""Fields the sketch engine does not read."""
WORD_FIELDS = ("size", "angle", "move", "location", "time", "weather")
SPARED_FIRST = ("style", "continuity", "wardrobe")
"""Parts of a prose prompt that is too long that are left out, in this order."""
NEGATIVE = "negative"

Parts = tuple[protocol.PromptPart, ...]


class GrammarExpander:
    def __init__(self, assets: Path) -> None:
        self.folder = assets / "prompts"

    def expand(self, request: protocol.ExpandPrompt) -> protocol.Expanded:
        """The full prompt in parts. Raises BadInput where nothing can be drawn, or more is said than can be read."""
        style = load_style(self.folder, request.style)
        form, lexicon = load_form(self.folder / "sketch.toml"), load_lexicon(self.folder)
        words = ShotWords(request, form, lexicon, places_people=style.form == CAPTION)
        return self._caption(words, form) if style.form == CAPTION else self._prose(words, style, lexicon)

    # --- the caption form --------------------------------------------------------------------------------------

    def _caption(self, words: ShotWords, form: CaptionForm) -> protocol.Expanded:
        _check_drawable(words, form)
        told = dict(zip(("shot", "place", "subjects"), form.parts(words.caption()), strict=True))
        parts = _with_locked(told, words.request.locked)
        return _expanded(words, parts, unknown=words.unknown(), notes=_caption_notes(words), form=form)

    # --- prose -------------------------------------------------------------------------------------------------

    def _prose(self, words: ShotWords, style: Style, lexicon: Lexicon) -> protocol.Expanded:
        language = _language(words.request, style)
        prose = Prose(words, style, load_phrases(self.folder, language, lexicon))
        other = language_of(words.request.draft) not in (language, "")
        parts, notes = _within(prose.parts, words.request, prose.notes)
        return _expanded(words, parts, unknown=words.unknown() if other else (), notes=notes)


def _language(request: protocol.ExpandPrompt, style: Style) -> str:
    """What is asked for, else what the shot is written in; the style's own where it reads neither."""
    fields = (request.fields.get(name, "") for name in ("action", "location"))
    wanted = request.language or language_of(request.draft, *fields)
    return wanted if wanted in style.languages else style.languages[0]


def _with_locked(told: dict[str, str], locked: Parts) -> Parts:
    """The parts in their order, a locked one in the place of its own kind, others after them."""
    kinds = dict.fromkeys([*told, *(part.kind for part in locked)])
    found: list[protocol.PromptPart] = []
    for kind in sorted(kinds, key=lambda kind: kind == NEGATIVE):
        mine = [part for part in locked if part.kind == kind and part.text.strip()]
        found += mine or ([protocol.PromptPart(kind, told[kind])] if kind in told else [])
    return tuple(found)


def _within(parts: Parts, request: protocol.ExpandPrompt, notes: tuple[str, ...]) -> tuple[Parts, tuple[str, ...]]:
    """Without what can be spared where the text is longer than the engine reads."""
    kept, locked = list(parts), {part.kind for part in request.locked}
    for kind in SPARED_FIRST:
        spared = [part for part in kept if part.kind == kind and kind not in locked]
        if spared and _is_too_long(_text(kept), request):
            kept = [part for part in kept if part not in spared]
            notes = (*notes, f"Left out, since the engine reads {request.max_length} characters: {spared[0].text}")
    return tuple(kept), notes


def _text(parts: Parts | list[protocol.PromptPart]) -> str:
    return prompt_text.joined(part.text for part in parts if part.kind != NEGATIVE)


def _is_too_long(text: str, request: protocol.ExpandPrompt) -> bool:
    return bool(request.max_length) and len(text) > request.max_length


def _expanded(
    words: ShotWords, parts: Parts, *, unknown: tuple[str, ...], notes: tuple[str, ...], form: CaptionForm | None = None
) -> protocol.Expanded:
    request, text = words.request, _text(parts)
    if _is_too_long(text, request):
        raise BadInput(
            f"The full prompt has {len(text)} characters; the engine reads {request.max_length}.",
            "Take somebody out of the shot.",
        )
    if words.is_only_one and request.variant > 1 and form is not None:
        notes = (*notes, "Everything in this shot is told: there is no other variant of it.")
    return protocol.Expanded(
        request.job,
        request.attempt,
        text,
        unknown,
        notes,
        parts=parts,
        negative=", ".join(part.text for part in parts if part.kind == NEGATIVE),
        warnings=_warnings(request.locked, form) if form is not None else (),
    )


# --- the caption form's own rules --------------------------------------------------------------------------------


def _warnings(locked: Parts, form: CaptionForm) -> tuple[str, ...]:
    """Locked parts that are not in the form the engine was trained on."""
    nobody = f"{form.form['nobody']}."
    reads = {"shot": form.shot_of, "place": form.place_of, "subjects": form.subjects_of}
    return tuple(
        f"The locked text {_short(part.text)} is not in the form this engine reads."
        for part in locked
        if part.kind in reads and part.text.strip() and part.text != nobody and not reads[part.kind](part.text)
    )


def _caption_notes(words: ShotWords) -> tuple[str, ...]:
    fields = words.fields
    notes = [*words.staging.notes, *words.cast.left_out()]
    notes += [
        f"The {name} {value!r} is left out: this engine does not draw it."
        for name in NOT_DRAWN_FIELDS
        if (value := fields.get(name, ""))
    ]
    notes += [
        f"The {name} {fields[name]!r} is not among this engine's words."
        for name in WORD_FIELDS
        if fields.get(name) and not words.field_word(name) and not words.angle_in(name)
    ]
    if not words.location():
        notes.append(f"No place was named that this engine draws: it draws the {words.shot.location}.")
    notes += [
        f"The {name} is that of the shot before: {kept}." for name in ("time", "weather") if (kept := words.kept(name))
    ]
    return tuple(notes)


def _check_drawable(words: ShotWords, form: CaptionForm) -> None:
    if not words.is_drawable:
        raise BadInput(
            f"Nothing in the prompt {_short(words.request.draft)} can be drawn by this engine.",
            f"Name a place ({', '.join(form.words['location'][:3])}…), somebody or a shot size.",
        )


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return f"“{one_line[:60]}{'…' if len(one_line) > 60 else ''}”"
