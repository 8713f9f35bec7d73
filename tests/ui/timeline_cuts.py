"""Cuts of invented cards for the timeline: no film, no files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from studio.project.cut_cards import EventCard, LaneCard, MarkerCard, SoundCard
from studio.project.sound_time import sample_of
from studio.project.timing import FrameRate
from studio.ui.storyboard.timeline.cut import TimelineCut

RATE = FrameRate(24)


def an_event(name: str, film_frame: int, frames: int, scene: str = "one", *, take: int = 0, **fields: Any) -> EventCard:
    """`take`: frames of the take it shows; 0 for none."""
    given: dict[str, Any] = {
        "id": f"event_{name}", "shot": f"shot_{name}", "shot_number": name, "scene": scene, "film_frame": film_frame,
        "frames": frames, "take": "take" if take else None, "take_name": "1" if take else "",
        "media": Path("take.mp4") if take else None, "take_in": 0, "take_frames": take,
    }  # fmt: skip
    return EventCard(**given | fields)


def a_sound(name: str, lane: str, film_frame: int, frames: int, **fields: Any) -> SoundCard:
    """A whole file of ten seconds more than is heard of it."""
    samples = sample_of(frames, RATE)
    given: dict[str, Any] = {
        "id": f"sound_{name}", "lane": lane, "name": name, "media": Path("sound.wav"), "film_frame": film_frame,
        "frames": frames, "source_start": 0, "source_length": samples, "source_samples": samples + 480_000,
        "gain": 0.0, "event": None,
    }  # fmt: skip
    return SoundCard(**given | fields)


def a_lane(name: str, **fields: Any) -> LaneCard:
    given: dict[str, Any] = {"follows": True, "gain": 0.0, "mute": False, "solo": False, "audible": True}
    return LaneCard(id=f"lane_{name}", name=name, **given | fields)


def a_cut(*lengths: int, take: int = 0, **fields: Any) -> TimelineCut:
    """Events A, B, C… one after the other, two to a scene; two lanes with a clip on the first; markers on request."""
    events, frame = [], 0
    for place, frames in enumerate(lengths):
        events.append(an_event(chr(65 + place), frame, frames, f"scene_{place // 2}", take=take))
        frame += frames
    given: dict[str, Any] = {
        "lanes": [a_lane("one"), a_lane("two")], "sounds": [a_sound("storm", "lane_one", 10, 40)],
        "markers": [MarkerCard("marker_horn", 60, "Horn")],
    }  # fmt: skip
    return TimelineCut(RATE, events, **given | fields)
