"""What is known of a shot before it is generated."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outlook:
    """What is known before generating: the text that would be sent, how long it takes, why it cannot be done."""

    text: str = ""
    text_label: str = ""
    estimate: str = ""
    refusal: str = ""
    way_out: str = ""
