"""A cut as one OpenTimelineIO timeline: a video track whose clips are the cut in order, and its lanes of sound.

A clip with a take refers to the take's movie by a path relative to the .otio file, written as a URL reference
(RFC 3986: forward slashes, UTF-8, percent-encoded, e.g. `../media/3f…a1.mp4`), the form in which OpenTimelineIO keeps
links that move with their folder; where no relative path exists (another drive) it is a `file://` URL.
`available_range` is the whole take in the take's own source timecode; `source_range` begins at the earliest frame of it
that the cut shows and lasts as long as the clip does in the film. Another speed is a LinearTimeWarp, below 0 backwards;
one frame held, on purpose or because the take has no more, is a FreezeFrame. A panel is a reference to its picture.
Where nothing stands, the clip has a MissingReference. Panels' and missing clips' times count from 0.

What OpenTimelineIO has no form for (flop, framing and ease, drawn lines, loudness) stands in the metadata; `losses.py`
tells the user so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import opentimelineio as otio
from opentimelineio.opentime import TimeRange

from studio.interchange import timeline_sound
from studio.interchange.links import KEY, frames_time, link
from studio.interchange.shown_cut import ShownCut, Stretch, stretches
from studio.project.cards import SceneCard, TakeCard
from studio.project.shown import Framing
from studio.project.timing import parse_timecode

VERSION = 2


def to_otio(cut: ShownCut, folder: Path) -> otio.schema.Timeline:
    """The cut as a timeline whose relative links start in `folder`, where the file will lie."""
    film = cut.film
    start = frames_time(parse_timecode(film.start_timecode, film.rate), film.rate)
    timeline = otio.schema.Timeline(name=film.title, global_start_time=start, metadata={KEY: cut_facts(cut)})
    track = otio.schema.Track(name="V1", kind=otio.schema.TrackKind.Video)
    track.extend([_clip(cut, stretch, folder) for stretch in stretches(cut)])
    timeline.tracks.append(track)
    timeline.tracks.extend(timeline_sound.tracks(cut, folder))
    timeline.tracks.markers.extend(markers(cut))
    return timeline


def cut_facts(cut: ShownCut) -> dict[str, Any]:
    film, version = cut.film, cut.version
    return {
        "version": VERSION, "film": film.id, "cut": version.id if version else film.current_cut,
        "cut_name": version.name if version else film.cut_name, "rate": str(film.rate), "width": film.width,
        "height": film.height, "start_timecode": film.start_timecode, "frames": cut.frames,
    }


def clip_facts(stretch: Stretch) -> dict[str, Any]:
    """Everything of a clip that OpenTimelineIO has no field for, or only a float."""
    event, piece = stretch.event, stretch.piece
    facts: dict[str, Any] = {
        "event": event.id, "shot": event.shot, "shot_number": event.shot_number, "scene": event.scene,
        "action": event.action, "dialogue": event.dialogue, "film_frame": stretch.film_frame,
        "shows": shows(stretch), "flop": piece.flop,
    }
    if stretch.take is not None:
        facts |= {"take": stretch.take.id, "take_in": str(piece.take_in), "step": str(piece.step), "held": piece.held,
                  "hold": event.hold, "speed": f"{event.speed_num}/{event.speed_den}"}
    elif piece.panel is not None:
        facts |= {"panel": piece.panel, "missing_shot": True}
    if piece.grade is not None:
        facts["cdl"] = {"asc_sop": {name: list(getattr(piece.grade, name)) for name in ("slope", "offset", "power")},
                        "asc_sat": 1.0}
    if piece.framings:
        facts["framings"] = [_framing(framing) for framing in piece.framings]
    if piece.strokes:
        facts["strokes"] = [{**asdict(one), "points": [list(point) for point in one.points]} for one in piece.strokes]
    return facts


def shows(stretch: Stretch) -> str:
    """take, panel or card"""
    if stretch.piece.source is None:
        return "card"
    return "panel" if stretch.piece.still else "take"


def first_take_frame(stretch: Stretch) -> int:
    """The earliest frame of the take's movie that is shown, whichever way it plays."""
    piece = stretch.piece
    return min(piece.take_frame(piece.start), piece.take_frame(piece.end - 1))


def time_scalar(stretch: Stretch) -> float:
    """How fast the take plays: 1 as it was made, 0 where one frame stands, below 0 backwards."""
    piece, event = stretch.piece, stretch.event
    return event.speed_num / event.speed_den if piece.step else 0.0


def markers(cut: ShownCut) -> Iterator[otio.schema.Marker]:
    """The cut's own markers, and one over every run of events of one scene, on the clock of the whole cut."""
    rate, scenes = cut.film.rate, {scene.id: scene for scene in cut.scenes}
    for scene, first, frames in _runs(cut):
        yield otio.schema.Marker(
            _scene_title(scenes.get(scene)), TimeRange(frames_time(first, rate), frames_time(frames, rate)),
            otio.schema.MarkerColor.CYAN, {KEY: {"scene": scene}},
        )
    for marker in cut.markers:
        yield otio.schema.Marker(
            marker.name, TimeRange(frames_time(marker.film_frame, rate), frames_time(0, rate)),
            otio.schema.MarkerColor.GREEN, {KEY: {"marker": marker.id}},
        )


def _clip(cut: ShownCut, stretch: Stretch, folder: Path) -> otio.schema.Clip:
    event, film_rate = stretch.event, cut.film.rate
    name = f"{event.shot_number} {stretch.take.name}" if stretch.take else event.shot_number
    length = frames_time(stretch.frames, film_rate)
    if stretch.take is None:
        source = TimeRange(frames_time(0, film_rate), length)
        return otio.schema.Clip(name, _without_take(stretch, source, folder), source,
                                metadata={KEY: clip_facts(stretch)})
    start = frames_time(_first_timecode(stretch.take) + first_take_frame(stretch), stretch.take.rate)
    clip = otio.schema.Clip(name, _reference(stretch.take, folder), TimeRange(start, length),
                            metadata={KEY: clip_facts(stretch)})
    if not stretch.piece.step:
        clip.effects.append(otio.schema.FreezeFrame("held" if stretch.piece.held else "hold"))
    elif time_scalar(stretch) != 1:
        clip.effects.append(otio.schema.LinearTimeWarp("speed", time_scalar(stretch)))
    return clip


def _without_take(stretch: Stretch, source: TimeRange, folder: Path) -> Any:
    piece = stretch.piece
    if piece.source is None:
        return otio.schema.MissingReference(name="missing-shot card", metadata={KEY: {"length": stretch.frames}})
    picture = otio.schema.ExternalReference(link(piece.source, folder), source,
                                            metadata={KEY: {"panel": piece.panel, "still": True}})
    picture.name = f"{stretch.event.shot_number} panel"
    return picture


def _reference(take: TakeCard, folder: Path) -> otio.schema.ExternalReference:
    start = frames_time(_first_timecode(take), take.rate)
    reference = otio.schema.ExternalReference(
        link(take.media, folder), TimeRange(start, frames_time(take.frames, take.rate)), metadata={KEY: _facts(take)}
    )
    reference.name = take.reel or take.name
    return reference


def _first_timecode(take: TakeCard) -> int:
    return parse_timecode(take.timecode, take.rate) if take.timecode else 0


def _facts(take: TakeCard) -> dict[str, Any]:
    return {
        "take": take.id, "shot": take.shot, "version": take.name, "reel": take.reel, "timecode": take.timecode,
        "engine": take.engine, "weights": take.weights, "seed": str(take.seed), "origin": take.origin,
        "recipe_sha256": hashlib.sha256(take.recipe.encode()).hexdigest() if take.recipe else "",
    }


def _framing(framing: Framing) -> dict[str, Any]:
    return {"start": list(framing.start), "end": list(framing.end), "ease": framing.ease, "first": framing.first,
            "frames": framing.frames}


def _runs(cut: ShownCut) -> Iterator[tuple[str, int, int]]:
    first = film_frame = 0
    for place, event in enumerate(cut.events):
        film_frame += event.frames
        if place + 1 == len(cut.events) or cut.events[place + 1].scene != event.scene:
            yield event.scene, first, film_frame - first
            first = film_frame


def _scene_title(scene: SceneCard | None) -> str:
    return " ".join(filter(None, (scene.number, scene.heading))) if scene else "no scene"
