"""The ids an edit touched, by kind of thing: what `OpenProject.changed` announces and lists refresh by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Kind = str
"""A domain word in lower case: film, scene, shot, panel, take, cut, event, subject, reference, note, job, ..."""


def _frozen(ids: Mapping[Kind, Iterable[str]]) -> Mapping[Kind, frozenset[str]]:
    return MappingProxyType({kind: frozenset(some) for kind, some in ids.items() if some})


@dataclass(frozen=True)
class Changes:
    """`touched` holds every id that was added, altered or removed; `created` the new ones, in order."""

    touched: Mapping[Kind, frozenset[str]] = field(default_factory=dict)
    created: tuple[tuple[Kind, str], ...] = ()
    note: str = ""
    """What the user should know: an undo left something alone, a number reads like another; empty otherwise."""

    @classmethod
    def of(cls, *, created: Iterable[tuple[Kind, str]] = (), **ids: Iterable[str]) -> Changes:
        """`Changes.of(shot=[shot.id], event=[event.id], created=[("shot", shot.id)])`"""
        made = tuple(created)
        touched = {kind: set(some) for kind, some in ids.items()}
        for kind, one in made:
            touched.setdefault(kind, set()).add(one)
        return cls(_frozen(touched), made)

    def __getitem__(self, kind: Kind) -> frozenset[str]:
        return self.touched.get(kind, frozenset())

    def __or__(self, other: Changes) -> Changes:
        kinds = {*self.touched, *other.touched}
        note = " ".join(filter(None, (self.note, other.note)))
        return Changes(_frozen({k: self[k] | other[k] for k in kinds}), self.created + other.created, note)

    def __bool__(self) -> bool:
        return any(self.touched.values())

    def without(self, kind: Kind) -> Changes:
        """The same but for one kind of thing."""
        kept = {one: ids for one, ids in self.touched.items() if one != kind}
        return Changes(_frozen(kept), tuple(one for one in self.created if one[0] != kind), self.note)

    def new(self, kind: Kind) -> str:
        """The id of the first thing of this kind the edit created."""
        return next(one for made, one in self.created if made == kind)
