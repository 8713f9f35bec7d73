"""What a person should know of the names and words in a draft, while it is written. Nothing is blocked by it. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from model_runtime.mentions import mentions, name_key
from studio.project.gallery_cards import SubjectCard

MOST_WORDS = 6
ALIKE = 0.6
"""From here on a name is taken for a slip of the keys."""


@dataclass(frozen=True)
class Hint:
    kind: str
    """unknown, uncast, bare, unnamed or words"""
    sentence: str
    names: tuple[str, ...] = ()
    """Whom the way out is about."""
    way_out: str = ""
    """Words of the button; empty: nothing is to be done."""


def hints(
    draft: str, cast: Sequence[str], subjects: Iterable[SubjectCard], unknown: Sequence[str], engine: str
) -> tuple[Hint, ...]:
    """`cast`: @names in the shot. `unknown`: words `engine` does not know."""
    known = {name_key(one.name): one for one in subjects}
    named = list(dict.fromkeys(map(name_key, mentions(draft))))
    present = set(map(name_key, cast))
    written = {name_key(name): name for name in reversed(mentions(draft))}
    return (
        *_uncast([known[one].name for one in named if one in known and one not in present]),
        *(_unknown(written[one], known.values()) for one in named if one not in known),
        *_bare([known[one].name for one in named if one in known and not known[one].views]),
        *_unnamed([name for name in cast if name_key(name) not in named], draft),
        *_words(unknown, engine),
    )


def _uncast(names: Sequence[str]) -> list[Hint]:
    if not names:
        return []
    are = "is" if len(names) == 1 else "are"
    way_out = f"Put {names[0] if len(names) == 1 else 'them'} in the shot"
    return [Hint("uncast", f"{_listed(names)} {are} named but not in the shot.", tuple(names), way_out)]


def _unknown(name: str, subjects: Iterable[SubjectCard]) -> Hint:
    close = difflib.get_close_matches(name.casefold(), [one.name for one in subjects], 1, ALIKE)
    sentence = f"Nobody in this film is called {name}."
    return Hint("unknown", sentence, (name, *close), f"Write {close[0]}" if close else f"Add {name}")


def _bare(names: Sequence[str]) -> list[Hint]:
    if not names:
        return []
    have = "has no picture yet" if len(names) == 1 else "have no pictures yet"
    return [Hint("bare", f"{_listed(names)} {have}: only the words say how to draw {_them(names)}.", tuple(names),
                 "Add pictures" if len(names) == 1 else "")]  # fmt: skip


def _unnamed(names: Sequence[str], draft: str) -> list[Hint]:
    """Of an empty draft nothing is expected: the fields alone make a prompt."""
    if not names or not draft.strip():
        return []
    are = "is" if len(names) == 1 else "are"
    return [
        Hint(
            "unnamed",
            f"{_listed(names)} {are} in the shot but not in the draft.",
            tuple(names),
            f"Name {names[0] if len(names) == 1 else 'them'}",
        )
    ]


def _words(unknown: Sequence[str], engine: str) -> list[Hint]:
    if not unknown:
        return []
    more = f" and {len(unknown) - MOST_WORDS} more" if len(unknown) > MOST_WORDS else ""
    return [Hint("words", f"{engine} does not know: {', '.join(unknown[:MOST_WORDS])}{more}.")]


def _listed(names: Sequence[str]) -> str:
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _them(names: Sequence[str]) -> str:
    return "this one" if len(names) == 1 else "them"
