"""What is in somebody's hands in the shot before, so that it is there still in this one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from model_runtime.expanders.introduced import mention_of

_THING = r"[\w-]+(?:\s+[\w-]+){0,3}"
HELD = re.compile(
    rf"\bcarr(?:y|ies|ying|ied)\s+((?:a|an|the|her|his|their)\s+{_THING})"
    rf"|\b(?:hold(?:s|ing)?|held|clutch(?:es|ing)?|grip(?:s|ping)?|grasp(?:s|ing)?)\s+((?:a|an|her|his|their)\s+{_THING})",
    re.IGNORECASE,
)
"""Who holds *the* rail or *the* door takes neither along."""
NO_THINGS = frozenset({"breath", "hand", "hands", "gaze", "head", "tongue", "arm", "arms", "smile", "place", "ground"})
HELD_IN_CHINESE = re.compile(r"(?:拿着|提着|抱着|举着|握着|拎着|捧着)([^\s，。；、,.;@]{1,8})")
ENDS = re.compile(r"\s+(?:in|on|at|to|and|as|while|with|from|by|into|up|out|over|under|against|for|close|tight|high)\b")
CLAUSE_ENDS = re.compile(r"[.;。；\n]|@")


def carried(before: Mapping[str, str], names: Sequence[str], now: str, language: str) -> list[tuple[str, str]]:
    """(name, thing) for everybody here who held something in the shot before that this shot says nothing of.

    `before`: as in an ExpandPrompt. `now`: what this shot itself tells.
    """
    texts = [before.get("action", ""), before.get("prompt", "")]
    found: dict[str, str] = {}
    for name in names:
        for text in texts:
            for thing in _things(text, name, language):
                if not _spoken_of(thing, now, language):
                    found.setdefault(name, thing)
    return list(found.items())


def _things(text: str, name: str, language: str) -> Iterator[str]:
    """What `name` is said to hold, up to the next stop or the next name."""
    for mention in mention_of(name, text):
        clause = CLAUSE_ENDS.split(text[mention.end() :], maxsplit=1)[0]
        if language == "zh":
            yield from HELD_IN_CHINESE.findall(clause)
        else:
            held = (ENDS.split(one[1] or one[2], maxsplit=1)[0] for one in HELD.finditer(clause))
            yield from (thing for thing in held if thing.split()[-1].casefold() not in NO_THINGS)


def _spoken_of(thing: str, now: str, language: str) -> bool:
    noun = thing if language == "zh" else thing.split()[-1]
    return noun.casefold() in now.casefold()
