"""@names in a prompt for an engine that does not read them: each is said by what the subject looks like."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from model_runtime.mentions import NAME, name_key
from studio.project.cards import BriefSubject

MARKING_STYLES = ("sketch",)
"""Caption styles in which an @name ties the words to the pictures of a subject."""
SMALL_WORDS = frozenset(("and", "for", "from", "has", "her", "his", "the", "their", "who", "with"))
_GAP = re.compile(r",?\s+|，\s*")
_ARTICLE = re.compile(r"(?:an?|the)\s+", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_CLAUSE = re.compile(r"\s*(?:[,;.，；。]|\b(?:with|in|wearing|who|holding|carrying|of)\b)", re.IGNORECASE)
_STOP = re.compile(r"(?<=\w\w\w)\.\s+(\w)|。\s*(?=\w)")
"""Between two sentences; `Mr.` and `ca.` end none."""
_ENDS = (".", "!", "?", "。")


def as_read(prompt: str, subjects: Sequence[BriefSubject], style: str, shown: Collection[str]) -> str:
    """`prompt` as an engine reads it. `shown`: @names of the subjects whose pictures are sent with it.

    Where the style ties names to pictures, those who are shown keep theirs. Every other name is said by the subject's
    description the first time, and briefly after that: `@jon waits. @jon smokes.` is `A man in a dark coat waits. The
    man smokes.` A name that its description follows is left out. Names of nobody in the shot stay.
    """
    marked = style in MARKING_STYLES
    known = {name_key(one.name): one for one in subjects if not (marked and one.name in shown)}
    said: set[str] = set()
    read, end = "", 0
    for found in NAME.finditer(prompt):
        name = found[0].rstrip("-")
        one = known.get(name_key(name))
        if one is None:
            continue
        read += prompt[end : found.start()]
        end = found.start() + len(name)
        gap = 0 if one.name in said else _gap_before_description(prompt[end:], one)
        words = prompt[end + gap :][:1] if gap else _words(one, one.name in said)
        read += words if marked or not _begins(read) else words[:1].upper() + words[1:]
        end += gap + 1 if gap else 0
        said.add(one.name)
    return read + prompt[end:]


def _gap_before_description(rest: str, one: BriefSubject) -> int:
    """How many characters stand between a name and the subject's own description; 0 where that does not follow."""
    gap = _GAP.match(rest)
    if gap is None:
        return 0
    article = _ARTICLE.match(rest, gap.end())
    word = _WORD.match(rest, article.end() if article else gap.end())
    return gap.end() if word is not None and _is_of(word[0].casefold(), one.description.casefold()) else 0


def _is_of(word: str, description: str) -> bool:
    """Whether a word is one of a description's own; of Chinese, which has no spaces, whether they share two letters."""
    if word.isascii():
        return len(word) > 2 and word not in SMALL_WORDS and word in _WORD.findall(description)
    return any(word[place : place + 2] in description for place in range(len(word) - 1))


def _words(one: BriefSubject, again: bool) -> str:
    if not one.description:
        return one.name.removeprefix("@").replace("_", " ")
    if not again:
        return _STOP.sub(_comma, one.description.rstrip(" .。"))
    short = _ARTICLE.sub("", _CLAUSE.split(one.description, maxsplit=1)[0].strip(), count=1)
    return f"the {short}" if short.isascii() else short


def _comma(stop: re.Match[str]) -> str:
    """In place of a stop: what is described in several sentences stands inside of one."""
    return f", {stop[1].lower()}" if stop[1] else "，"


def _begins(before: str) -> bool:
    """Whether a sentence begins here."""
    return not before.strip() or before.rstrip().endswith(_ENDS)
