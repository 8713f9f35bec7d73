"""@names put in place of others in texts, by the one rule of what names a subject."""

from __future__ import annotations

from re import Match

from model_runtime.mentions import NAME, mentions, name_key, names

__all__ = ["mentions", "name_key", "names", "renamed"]


def renamed(text: str, old: str, new: str) -> str:
    """`text` with every @name that names `old`, whatever case and accents, written `new`; all else as it was.

    Only where the new name would write on into what follows, as a Chinese one does in Chinese, a space parts them.
    """
    if "@" not in text:
        return text
    wanted, written = name_key(old), f"@{new.removeprefix('@')}"

    def other(found: Match[str]) -> str:
        name = found[0].rstrip("-")
        if name_key(name) != wanted:
            return found[0]
        hyphens = found[0][len(name) :]
        ends = mentions(written + hyphens + text[found.end() :][:1]) == [written]
        return written + hyphens if ends else f"{written} {hyphens}"

    return NAME.sub(other, text)
