"""@names in a prompt for an engine that does not read them: each is said by what the subject looks like."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from model_runtime.mentions import NAME
from studio.project.cards import BriefSubject

MARKING_STYLES = ("sketch",)
"""Caption styles in which an @name ties the words to the pictures of a subject."""
_FOLLOWED = re.compile(r"(?P<gap>,?\s+)(?:(?:an?|the)\s+)?(?P<word>\w+)", re.IGNORECASE)
_CLAUSE = re.compile(r"\s*(?:[,;.，；。]|\b(?:with|in|wearing|who|holding|carrying|of)\b)", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:an?|the)\s+", re.IGNORECASE)


def as_read(prompt: str, subjects: Sequence[BriefSubject], style: str, shown: Collection[str]) -> str:
    """`prompt` as an engine reads it. `shown`: @names of the subjects whose pictures are sent with it.

    Where the style ties names to pictures, those who are shown keep theirs. Every other name is said by the subject's
    description the first time, and briefly after that: `@jon waits. @jon smokes.` is `A man in a dark coat waits. The
    man smokes.` Names of nobody in the shot stay.
    """
    marked = style in MARKING_STYLES
    known = {one.name.casefold(): one for one in subjects if not (marked and one.name in shown)}
    said: set[str] = set()
    parts, end = [], 0
    for found in NAME.finditer(prompt):
        name = found[0].rstrip("-")
        one = known.get(name.casefold())
        if one is None:
            continue
        parts.append(prompt[end : found.start()])
        end = found.start() + len(name)
        described = _described_after(prompt[end:], one)
        if described is not None:
            end += described
        else:
            words = _words(one, one.name in said)
            parts.append(words if marked else _begun(words, "".join(parts)))
        said.add(one.name)
    return "".join((*parts, prompt[end:]))


def _described_after(rest: str, one: BriefSubject) -> int | None:
    """How much of `rest` to leave out where the subject's own description follows its name; None where it does not."""
    found = _FOLLOWED.match(rest)
    if found is None or found["word"].casefold() not in one.description.casefold().split():
        return None
    return len(found["gap"])


def _words(one: BriefSubject, again: bool) -> str:
    if not one.description:
        return one.name.removeprefix("@").replace("_", " ")
    if not again:
        return one.description.rstrip(" .")
    return f"the {_ARTICLE.sub('', _CLAUSE.split(one.description, maxsplit=1)[0].strip(), count=1)}"


def _begun(words: str, before: str) -> str:
    """With a capital where a sentence begins."""
    starts = not before.strip() or before.rstrip().endswith((".", "!", "?"))
    return words[:1].upper() + words[1:] if starts else words
