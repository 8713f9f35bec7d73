"""What the parts of a prompt come to: the one rule of it. Standard library only: the studio reads it too."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WRITES_ON = re.compile("(?:[。，、；：！？）」』】]|[。，！？…\u3400-\u9fff]”)\\Z")
"""After these Chinese and Japanese write on without a space; an English quotation ends with the same mark."""


def joined(texts: Iterable[str]) -> str:
    """The texts in order, each as it was written, one space apart where their writing has spaces; no empty one."""
    whole = ""
    for one in texts:
        if one.strip():
            runs_on = not whole or whole[-1].isspace() or one[0].isspace() or _WRITES_ON.search(whole)
            whole += one if runs_on else f" {one}"
    return whole.strip()
