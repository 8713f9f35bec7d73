"""Scenes for the tests of the stage: one plain scene, changed by naming what differs."""

from __future__ import annotations

from dataclasses import replace

from model_runtime.stage.scene import Person, Scene, Thing

MARA = Person("woman", "black", "yellow", "raincoat", True, None, "left", "right", "standing")
JON = Person("man", "brown", "dark", "coat", False, "red", "right", "left", "standing")
DOG = Thing("dog", "brown", "right", "left", "standing")
BEACH = Scene("wide shot", "static", "beach", "day", "clear", (MARA,), seed=7)


def a_person(**changes: object) -> Person:
    return replace(MARA, **changes)


def a_thing(**changes: object) -> Thing:
    return replace(DOG, **changes)


def a_scene(**changes: object) -> Scene:
    return replace(BEACH, **changes)
