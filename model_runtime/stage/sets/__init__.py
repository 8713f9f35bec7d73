"""The places scenes play in, each drawn as two planes: what is far, and the ground people stand on.

Design units: 144 x 80 for the frame of a wide shot, the horizon of outdoor places at y = 34. A set is drawn far
beyond it (backdrops.LEFT to RIGHT, TOP to BOTTOM), so that extreme wide shots, tall frames and moves of the camera find
no edge. The near plane is transparent where the far one shows through. Snow and rain change what the sets draw; fog is
laid over the planes afterwards.
"""

from __future__ import annotations

from model_runtime.stage.sets.coast import COAST
from model_runtime.stage.sets.land import LAND
from model_runtime.stage.sets.plan import Glow, SetPlan
from model_runtime.stage.sets.rooms import ROOMS
from model_runtime.stage.sets.town import TOWN

SETS: dict[str, SetPlan] = {**COAST, **TOWN, **ROOMS, **LAND}

__all__ = ["SETS", "Glow", "SetPlan"]
