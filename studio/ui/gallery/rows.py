"""The lines of the gallery: kinds, under them their subjects, under those what they change into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from studio.project.gallery_cards import SubjectCard, ViewCard, WardrobeCard
from studio.project.words import counted

KINDS = {"character": "Characters", "prop": "Props", "location": "Locations", "look": "Looks"}


@dataclass(frozen=True)
class GroupRow:
    """A kind of subjects, to be folded."""

    kind: str
    count: int
    folded: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return ("group", self.kind)

    @property
    def words(self) -> str:
        return f"{KINDS[self.kind]}, {self.count}{', folded' if self.folded else ''}"


@dataclass(frozen=True)
class SubjectRow:
    """A subject over the views that are of all its changes."""

    card: SubjectCard
    views: tuple[ViewCard, ...]
    bare: bool = False
    """Named in prompts, though it has no picture."""

    @property
    def key(self) -> tuple[str, str]:
        return ("subject", self.card.id)

    @property
    def words(self) -> str:
        parts = (self.card.name, self.card.description, used(self.card), counted(len(self.card.views), "view"))
        return ", ".join(filter(None, (*parts, "named in prompts, no pictures" if self.bare else "")))


@dataclass(frozen=True)
class ChangeRow:
    """A wardrobe change of the subject above, over the views that show it."""

    card: SubjectCard
    change: WardrobeCard
    views: tuple[ViewCard, ...]

    @property
    def key(self) -> tuple[str, str]:
        return ("change", self.change.id)

    @property
    def words(self) -> str:
        return f"{self.card.name}, {self.change.title}, {counted(len(self.views), 'view')}"


Row = GroupRow | SubjectRow | ChangeRow


def used(card: SubjectCard) -> str:
    """`7 shots`, or that it is in none."""
    return counted(card.shots, "shot") if card.shots else "not used"


def subject_of(row: Row | None) -> SubjectCard | None:
    """Whose row it is; None for a kind's."""
    return None if row is None or isinstance(row, GroupRow) else row.card


def change_of(row: Row | None) -> str | None:
    """The change whose row it is."""
    return row.change.id if isinstance(row, ChangeRow) else None


def views_of(row: Row) -> tuple[ViewCard, ...]:
    return () if isinstance(row, GroupRow) else row.views


def rows_of(
    cards: Sequence[SubjectCard], folded: Iterable[str] = (), sought: str = "", bare: Iterable[str] = ()
) -> list[Row]:
    """`folded`: kinds; `sought`: words that name, description or a change must hold, which unfold every kind; `bare`:
    names, with their @, of subjects that prompts name and that have no picture.
    """
    shut = set() if sought.strip() else set(folded)
    unpictured = set(bare)
    rows: list[Row] = []
    for kind in KINDS:
        some = [card for card in cards if card.kind == kind and matches(card, sought)]
        if not some:
            continue
        rows.append(GroupRow(kind, len(some), kind in shut))
        if kind not in shut:
            for card in some:
                rows += _rows_of_one(card, bare=card.name in unpictured)
    return rows


def matches(card: SubjectCard, sought: str) -> bool:
    words = " ".join((card.name, card.description, *(f"{one.title} {one.description}" for one in card.wardrobe)))
    return all(word in words.casefold() for word in sought.casefold().split())


def _rows_of_one(card: SubjectCard, *, bare: bool) -> Iterator[Row]:
    known = {change.id for change in card.wardrobe}
    yield SubjectRow(card, tuple(view for view in card.views if view.wardrobe not in known), bare and not card.views)
    for change in card.wardrobe:
        yield ChangeRow(card, change, tuple(view for view in card.views if view.wardrobe == change.id))
