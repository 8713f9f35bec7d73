"""Which combinations of attributes are never trained on, so that prompt following can be measured on them."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model_runtime.stage.scene import Scene

HELD_OUT_PERCENT = 12
LATER_HELD_OUT_PERCENT = 4
FIRST_GARMENTS = ("raincoat", "coat", "sweater", "jacket")  # those of the first rule's days


def is_held_out(scene: Scene) -> bool:
    """Decided by hashes of what the scene tells.

    Stays as it is for the life of the model: a change would mix what was trained on with what is measured on.
    A later attribute may hold out more combinations by a rule of its own; it frees none of these.
    """
    return _by_place_and_action(scene) or _by_angle_and_dress(scene)


def _by_place_and_action(scene: Scene) -> bool:
    action = scene.people[0].action if scene.people else "nobody"
    return _hashed(scene.location, scene.time, scene.weather, scene.size, action) < HELD_OUT_PERCENT


def _by_angle_and_dress(scene: Scene) -> bool:
    """Of scenes with an angle, an animal, a vehicle, a hat or a garment that the first rule did not know."""
    first = scene.people[0] if scene.people else None
    dressed_anew = first is not None and (first.garment not in FIRST_GARMENTS or first.hat != "")
    if scene.angle == "eye level" and not scene.things and not dressed_anew:
        return False
    if scene.things:
        who = f"{scene.things[0].colour} {scene.things[0].thing}"
    else:
        who = f"{first.colour} {first.garment}" if first else "nobody"
    return _hashed(scene.location, scene.angle, scene.move, who) < LATER_HELD_OUT_PERCENT


def _hashed(*words: str) -> int:
    """0 to 99."""
    digest = blake2b("|".join(words).encode("utf-8"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % 100
