"""@names in texts: the one rule of what counts as naming a subject. Standard library only: the studio reads it too.

Chinese, Japanese and Korean write on without spaces. So a name in other letters ends where such writing begins and may
follow it directly: `他对@mara说` names @mara. A name in such writing ends, as any other, at what is no letter.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ACCENTS = "\u0300-\u036f"
"""Accents that are characters of their own, as some systems type them."""
_CLOSE = "[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff]"
"""Writing without spaces, or whose little words hang on the name."""

# The @ comes first and what stands before it is looked at from there: texts are searched for it in one leap.
NAME = re.compile(
    rf"@(?<![@.+{_ACCENTS}-]@)(?:(?<!\w@)|(?<={_CLOSE}@))"
    rf"(?:(?!{_CLOSE})[^\W_](?:(?!{_CLOSE})[\w{_ACCENTS}-])*|(?={_CLOSE})[^\W_][\w{_ACCENTS}-]*)"
)
"""`@mara` in `(@mara)` and at the start of a line; not in `jon@mara.com`, `@@mara` or `a.@mara`."""


def mentions(text: str) -> list[str]:
    """Every @name in the order it stands, as written, repeated ones included; without a hyphen at the end."""
    return [found[0].rstrip("-") for found in NAME.finditer(text)]


def names(text: str, name: str) -> bool:
    """Whether `text` names the subject `name` (with its @), whatever case and accents."""
    wanted = name_key(name)
    return any(name_key(one) == wanted for one in mentions(text))


@lru_cache(maxsize=4_096)
def name_key(name: str) -> str:
    """The name without its @, case and accents: what makes two names the same."""
    plain = unicodedata.normalize("NFKD", name.removeprefix("@"))
    return "".join(one for one in plain if not unicodedata.combining(one)).casefold()
