"""@names in texts: the one rule of what counts as naming a subject. Standard library only: the studio reads it too."""

from __future__ import annotations

import re

NAME = re.compile(r"(?<![\w@.+-])@[^\W_][\w-]*", re.UNICODE)
"""`@mara` in `(@mara)` and at the start of a line; not in `jon@mara.com`, `@@mara` or `a.@mara`."""


def mentions(text: str) -> list[str]:
    """Every @name in the order it stands, as written, repeated ones included; without a hyphen at the end."""
    return [found[0].rstrip("-") for found in NAME.finditer(text)]


def names(text: str, name: str) -> bool:
    """Whether `text` names the subject `name` (with its @), whatever case."""
    wanted = name.casefold()
    return any(one.casefold() == wanted for one in mentions(text))
