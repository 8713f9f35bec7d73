"""Briefs for planning tests: a shot as the film tells it, with sensible defaults."""

from __future__ import annotations

from typing import Any

from model_runtime.protocol import Ready
from studio.project.cards import BriefPanel, BriefScene, BriefSubject, ShotBrief
from studio.project.timing import FrameRate
from tests.fakes import SKETCH, SLATE

MARA = BriefSubject(
    "subject_mara", "@mara", "character", "woman, black hair, yellow raincoat", "left", "right", "waving"
)
PANEL = BriefPanel("panel_a", "a" * 64, "a" * 64 + ".png")


def a_brief(**changes: Any) -> ShotBrief:
    values: dict[str, Any] = {
        "id": "shot_a",
        "film": "film_a",
        "number": "1_0040",
        "frames": 48,
        "fields": {"size": "wide shot", "move": "static", "action": "Mara waits", "dialogue": "", "notes": ""},
        "draft": "Mara on the pier",
        "expansion": None,
        "scene": BriefScene("scene_a", "1", "EXT. PIER - NIGHT", "pier", "night", "rain", 1),
        "subjects": (MARA,),
        "approved": False,
        "omitted": False,
        "chosen_panel": None,
        "chosen_take": None,
        "rate": FrameRate(24),
        "width": 1280,
        "height": 720,
        "takes": 0,
        "next_take": 1,
        "next_reel": "1_0040_v001",
        "next_timecode": "00:00:00:00",
        "fed": {"action": "Mara waits"},
    }
    return ShotBrief(**(values | changes))


def ready(*engines: Any) -> Ready:
    return Ready(1, "frames", "shotwright 0.1.0", engines or (SKETCH, SLATE), (), {"torch": "2.13.0"})
