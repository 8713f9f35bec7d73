"""What somebody wears in a shot: the usual clothes of a description make room for those that are told after them."""

from __future__ import annotations

import re

from model_runtime.expanders.lexicon import CHINESE, Lexicon, tokens

PIECES = re.compile(r"(\s*[.;,，；。、]+\s*)")
SHORT = 4
"""A piece of so few words is about a garment alone: "yellow raincoat"."""


def dressed_last(description: str, lexicon: Lexicon) -> str:
    """The description without the garments of all pieces but the last that tells one.

    `woman with black hair in a yellow raincoat, in a red dress` is a woman with black hair, in a red dress.
    """
    pieces = PIECES.split(description)  # a text, its stop, a text, its stop, ..., a text
    texts, stops = pieces[::2], [*pieces[1::2], ""]
    dressed = [place for place, text in enumerate(texts) if _garments(text, lexicon)]
    for place, text in enumerate(texts[: dressed[-1]] if dressed else ()):
        texts[place] = "" if _is_hood(text, lexicon) else _undressed(text, lexicon) if place in dressed else text
    return "".join(text + stop for text, stop in zip(texts, stops, strict=True) if text.strip())


def _garments(text: str, lexicon: Lexicon) -> list[str]:
    """Patterns of the garments a text names, as they are written in it."""
    read = tokens(text)
    named = [read[one.start : one.end] for one in lexicon.find(read) if one.field == "garment"]
    return [("" if CHINESE.match(words[0]) else r"[\s-]+").join(map(re.escape, words)) for words in named]


def _is_hood(text: str, lexicon: Lexicon) -> bool:
    """A hood goes with the garment it is of."""
    return {one.field for one in lexicon.find(tokens(text))} == {"hood"}


def _undressed(text: str, lexicon: Lexicon) -> str:
    if len(tokens(text)) <= SHORT and not re.match(r"\s*(?:an?|the)\b", text, re.IGNORECASE):
        return ""
    for garment in _garments(text, lexicon):
        worn = rf"\s*\b(?:and\s+)?(?:in|wearing|wears|with)\s+(?:[\w'-]+\s+){{0,4}}?{garment}\b"
        text = re.sub(rf"{worn}|身?穿着?[^，。、；]{{0,6}}?{garment}的?", "", text, count=1, flags=re.IGNORECASE)
    return text
