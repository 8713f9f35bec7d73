"""@names put in place of others in texts, by the one rule of what names a subject."""

from __future__ import annotations

from re import Match

from model_runtime.mentions import NAME, mentions, name_key, names

__all__ = ["mentions", "name_key", "names", "renamed"]


def renamed(text: str, old: str, new: str) -> str:
    """`text` with every @name that names `old`, whatever case and accents, written `new`; all else as it was."""
    if "@" not in text:
        return text
    wanted, written = name_key(old), f"@{new.removeprefix('@')}"

    def other(found: Match[str]) -> str:
        name = found[0].rstrip("-")
        return written + found[0][len(name) :] if name_key(name) == wanted else found[0]

    return NAME.sub(other, text)
