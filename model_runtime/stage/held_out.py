"""Which combinations of attributes are never trained on, so that prompt following can be measured on them."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model_runtime.stage.scene import Scene

HELD_OUT_PERCENT = 12


def is_held_out(scene: Scene) -> bool:
    """Decided by a hash of place, time, weather, shot size and first action.

    Stays as it is for the life of the model: a change would mix what was trained on with what is measured on.
    A later attribute may hold out more combinations; it frees none of these.
    """
    action = scene.people[0].action if scene.people else "nobody"
    combination = "|".join((scene.location, scene.time, scene.weather, scene.size, action))
    digest = blake2b(combination.encode("utf-8"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % 100 < HELD_OUT_PERCENT
