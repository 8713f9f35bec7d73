"""The film as one OpenTimelineIO timeline: one video track whose clips are the cut, in order.

A clip with a take refers to the take's movie by a path relative to the .otio file, written as a URL reference
(RFC 3986: forward slashes, UTF-8, percent-encoded, e.g. `../media/3f…a1.mp4`), the form in which OpenTimelineIO keeps
links that move with their folder; where no relative path exists (another drive) it is a `file://` URL.
`available_range` is the whole take in the take's own source timecode, `source_range` exactly what the cut shows of it.
Where no take stands, the clip has a MissingReference and its time counts from 0.
"""

from __future__ import annotations

import hashlib
import os
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange

from studio.interchange.shown_cut import ShownCut, Stretch, stretches
from studio.project.cards import SceneCard, TakeCard
from studio.project.timing import FrameRate, parse_timecode

KEY = "shotwright"
"""Under which our facts stand in every `metadata`."""
VERSION = 1


def to_otio(cut: ShownCut, folder: Path) -> otio.schema.Timeline:
    """The cut as a timeline whose relative links start in `folder`, where the file will lie."""
    film = cut.film
    start = frames_time(parse_timecode(film.start_timecode, film.rate), film.rate)
    timeline = otio.schema.Timeline(name=film.title, global_start_time=start)
    timeline.metadata[KEY] = {
        "version": VERSION, "film": film.id, "cut": film.current_cut, "cut_name": film.cut_name,
        "rate": str(film.rate), "width": film.width, "height": film.height, "start_timecode": film.start_timecode,
    }
    track = otio.schema.Track(name="V1", kind=otio.schema.TrackKind.Video)
    track.extend([_clip(cut, stretch, folder) for stretch in stretches(cut)])
    timeline.tracks.append(track)
    timeline.tracks.markers.extend(_scene_markers(cut))
    return timeline


def frames_time(frames: int, rate: FrameRate) -> RationalTime:
    """`frames` at exactly this rate; 24000/1001 is divided here and nowhere rounded."""
    return RationalTime(frames, rate.num / rate.den)


def link(target: Path, folder: Path) -> str:
    """How a file in `folder` refers to `target`."""
    try:
        relative = os.path.relpath(target.resolve(), folder.resolve())
    except ValueError:
        return target.resolve().as_uri()
    return urllib.parse.quote(Path(relative).as_posix())


def linked_file(url: str, folder: Path) -> Path:
    """The file that `link` meant."""
    if url.startswith("file:"):
        return Path(otio.url_utils.filepath_from_url(url))
    return folder / urllib.parse.unquote(url)


def _clip(cut: ShownCut, stretch: Stretch, folder: Path) -> otio.schema.Clip:
    event, film_rate = stretch.event, cut.film.rate
    facts = {
        "event": event.id, "shot": event.shot, "shot_number": event.shot_number, "scene": event.scene,
        "action": event.action, "dialogue": event.dialogue, "film_frame": stretch.film_frame,
    }
    if stretch.take is None:
        source = TimeRange(frames_time(0, film_rate), frames_time(stretch.frames, film_rate))
        missing = otio.schema.MissingReference(name="missing-shot card", metadata={KEY: {"length": stretch.frames}})
        return otio.schema.Clip(event.shot_number, missing, source, metadata={KEY: facts})
    clip = otio.schema.Clip(
        f"{event.shot_number} {stretch.take.name}", _reference(stretch.take, folder), _source(stretch, film_rate),
        metadata={KEY: {**facts, "take": stretch.take.id, "flop": event.flop}},
    )
    if stretch.step == 0:
        clip.effects.append(otio.schema.FreezeFrame("hold"))
    elif event.speed_num != event.speed_den:
        clip.effects.append(otio.schema.LinearTimeWarp("speed", event.speed_num / event.speed_den))
    return clip


def _reference(take: TakeCard, folder: Path) -> otio.schema.ExternalReference:
    start = frames_time(_first_timecode(take), take.rate)
    reference = otio.schema.ExternalReference(
        link(take.media, folder), TimeRange(start, frames_time(take.frames, take.rate)), metadata={KEY: _facts(take)}
    )
    reference.name = take.reel or take.name
    return reference


def _source(stretch: Stretch, film_rate: FrameRate) -> TimeRange:
    assert stretch.take is not None
    start = frames_time(_first_timecode(stretch.take) + stretch.take_frame, stretch.take.rate)
    return TimeRange(start, frames_time(stretch.frames, film_rate))


def _first_timecode(take: TakeCard) -> int:
    return parse_timecode(take.timecode, take.rate) if take.timecode else 0


def _facts(take: TakeCard) -> dict[str, Any]:
    return {
        "take": take.id, "shot": take.shot, "version": take.name, "reel": take.reel, "timecode": take.timecode,
        "engine": take.engine, "weights": take.weights, "seed": str(take.seed), "origin": take.origin,
        "recipe_sha256": hashlib.sha256(take.recipe.encode()).hexdigest() if take.recipe else "",
    }


def _scene_markers(cut: ShownCut) -> Iterator[otio.schema.Marker]:
    """One marker over every run of events of one scene, on the clock of the whole cut."""
    scenes = {scene.id: scene for scene in cut.scenes}
    for scene, first, frames in _runs(cut):
        yield otio.schema.Marker(
            _scene_title(scenes.get(scene)), TimeRange(frames_time(first, cut.film.rate),
                                                       frames_time(frames, cut.film.rate)),
            otio.schema.MarkerColor.CYAN, {KEY: {"scene": scene}},
        )


def _runs(cut: ShownCut) -> Iterator[tuple[str, int, int]]:
    first = film_frame = 0
    for place, event in enumerate(cut.events):
        film_frame += event.frames
        if place + 1 == len(cut.events) or cut.events[place + 1].scene != event.scene:
            yield event.scene, first, film_frame - first
            first = film_frame


def _scene_title(scene: SceneCard | None) -> str:
    return " ".join(filter(None, (scene.number, scene.heading))) if scene else "no scene"
