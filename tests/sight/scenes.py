"""Drawings whose truth is known: two shots of one place, and people in them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from model_runtime.stage.draw import render
from model_runtime.stage.scene import Person, Scene

ANNA = Person("woman", "red", "yellow", "raincoat", False, None, "left", "right", "standing")
BEN = Person("man", "black", "blue", "suit", False, None, "right", "left", "talking", hat="cap", hat_colour="red")

# Not so light that half a stop more would cut anything off.
WIDE = Scene("wide shot", "static", "pier", "dusk", "fog", (ANNA,), 1)
CLOSE = Scene("close-up", "static", "pier", "dusk", "fog", (replace(BEN, side="centre"),), 2)
ELSEWHERE = Scene("medium shot", "static", "kitchen", "night", "rain", (replace(ANNA, side="centre", facing="us"),), 3)


def drawn(scene: Scene) -> np.ndarray:
    """uint8 (160, 288, 3)"""
    return np.asarray(render(scene, frames=1, width=288, height=160).frames[0])
