"""Frozen records of prompt expansion: a proposed text, its parts, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass

PARTS = {
    "caption": "Subject and action",
    "shot": "Shot",
    "place": "Location and light",
    "camera": "Camera",
    "motion": "Motion",
    "subjects": "Who is seen",
    "wardrobe": "Wardrobe",
    "continuity": "Continuity",
    "style": "Look",
    "text": "Text in the picture",
    "negative": "Keep out",
}
"""Every kind of part and its heading; `negative` is sent apart from the others."""

UNDECIDED, ACCEPTED, EDITED, REFUSED = "proposed", "accepted", "edited", "refused"


@dataclass(frozen=True)
class PromptPart:
    kind: str
    """A key of PARTS."""
    text: str
    state: str = UNDECIDED
    """proposed, accepted, edited or refused; a refused part is not sent"""
    locked: bool = False
    """Stays word for word in the next variant."""
    proposed: str = ""
    """What was proposed, where the text was edited since."""

    @property
    def in_use(self) -> bool:
        return self.state != REFUSED


@dataclass(frozen=True)
class ExpansionCard:
    id: str
    shot: str
    draft: str
    """As it was when the text was written."""
    text: str
    """What the parts that are in use come to, in the engine's form; the negative is apart."""
    negative: str
    parts: tuple[PromptPart, ...]
    provider: str
    """`grammar`, or the id of a prompt writer the user set up"""
    model: str
    style: str
    """Caption style it was written in."""
    language: str
    variant: int
    state: str
    """proposed, accepted, edited or refused: of the whole; accepted with a part edited or refused is `edited`"""
    warnings: tuple[str, ...]
    unknown: tuple[str, ...]
    made_at: str
    decided_at: str
    used: bool = False
    """It is the text the shot's next takes are drawn from."""
