"""What a character wears in a shot: one change of each aspect, by exception or by story day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

ASPECTS = ("clothes", "hair", "state")
"""In the order they are told."""

_FIGURE = ("", "front", "side", "back")
_REPLACED = {"clothes": _FIGURE, "hair": ("face",), "state": ()}
"""General views that show something else once a worn change of the aspect has such a view of its own."""

Says = Mapping[str, bool]
"""Id of a change to whether it is worn, as the exceptions of one scene or shot say."""


class Change(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def aspect(self) -> str: ...
    @property
    def story_day(self) -> int: ...
    @property
    def last_day(self) -> int | None: ...


class View(Protocol):
    @property
    def wardrobe_id(self) -> str | None: ...
    @property
    def view(self) -> str: ...


C = TypeVar("C", bound=Change)
V = TypeVar("V", bound=View)


def worn(changes: Iterable[C], story_day: int, scene: Says, shot: Says) -> tuple[C, ...]:
    """The changes of one subject that are worn, at most one of each aspect, in the order of ASPECTS.

    The shot's exception counts before the scene's, and that before the days: of the changes begun by the story day
    and not over, the one begun last. A change that is said not to be worn is as if it were not there.
    """
    by_aspect: dict[str, list[C]] = {}
    for one in changes:
        by_aspect.setdefault(one.aspect, []).append(one)
    found = (_of_aspect(by_aspect.get(aspect, ()), story_day, scene, shot) for aspect in ASPECTS)
    return tuple(one for one in found if one is not None)


def fitting(views: Sequence[V], changes: Sequence[Change]) -> list[V]:
    """The views, given in order, that show a subject as it wears `changes`: general ones and those of what is worn.

    Clothes with a full figure of their own (front, side, back, or not said) stand in the place of the general full
    figures, which show other clothes; faces and details stay. Hair with a face of its own stands in the place of the
    general faces.
    """
    aspects = {one.id: one.aspect for one in changes}
    own = [one for one in views if one.wardrobe_id in aspects and one.view in _REPLACED[aspects[one.wardrobe_id or ""]]]
    gone = {kind for one in own for kind in _REPLACED[aspects[one.wardrobe_id or ""]]}
    found: list[V] = []
    for one in views:
        if one.wardrobe_id is None and one.view in gone:
            found += [other for other in own if one.view in _REPLACED[aspects[other.wardrobe_id or ""]]]
        elif one.wardrobe_id is None or one.wardrobe_id in aspects:
            found.append(one)
    return list(dict.fromkeys(found))


def title(number: int, name: str) -> str:
    """`Change 2, the wedding dress`."""
    return f"Change {number}" + (f", {name}" if name else "")


def _of_aspect(changes: Iterable[C], story_day: int, scene: Says, shot: Says) -> C | None:
    some = list(changes)
    said = {one.id: shot.get(one.id, scene.get(one.id)) for one in some}
    by_shot = [one for one in some if shot.get(one.id)]
    by_scene = [one for one in some if said[one.id]]
    begun = [
        one
        for one in some
        if said[one.id] is not False
        and one.story_day <= story_day
        and (one.last_day is None or story_day <= one.last_day)
    ]
    return max(by_shot or by_scene or begun, key=lambda one: (one.story_day, one.number), default=None)
