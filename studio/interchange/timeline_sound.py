"""The lanes of a cut as audio tracks of an OpenTimelineIO timeline, in samples of 48 kHz.

A lane is one track; clips that lie over each other need more of them, named after it. Loudness stands in the metadata
in decibels; a lane that cannot be heard is a track that is not enabled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange

from studio.interchange.links import KEY, link
from studio.interchange.shown_cut import ShownCut
from studio.project.cut_cards import LaneCard, SoundCard
from studio.project.sound_time import SAMPLES, sample_of
from studio.project.timing import FrameRate


def samples_time(samples: int) -> RationalTime:
    return RationalTime(samples, SAMPLES)


def tracks(cut: ShownCut, folder: Path) -> Iterator[otio.schema.Track]:
    """The tracks of every lane that has a clip, topmost lane first."""
    for lane in cut.lanes:
        for place, row in enumerate(rows(cut, lane)):
            track = otio.schema.Track(name=lane.name if place == 0 else f"{lane.name} {place + 1}",
                                      kind=otio.schema.TrackKind.Audio, metadata={KEY: lane_facts(lane)})
            track.enabled = lane.audible
            track.extend(_children(row, cut.film.rate, folder))
            yield track


def rows(cut: ShownCut, lane: LaneCard) -> list[list[SoundCard]]:
    """The lane's clips in rows in which none lies over another, each in the first row that has room."""
    found: list[tuple[int, list[SoundCard]]] = []
    for sound in sorted((one for one in cut.sounds if one.lane == lane.id), key=lambda one: one.film_frame):
        start, length = place(sound, cut.film.rate)
        if length <= 0:
            continue
        # Clips of which one goes on where the other ended lie in whole frames and may so overlap by one sample.
        row = next((index for index, (end, _) in enumerate(found) if start >= end - 1), len(found))
        if row == len(found):
            found.append((0, []))
        found[row] = max(start, found[row][0]) + length, [*found[row][1], sound]
    return [row for _, row in found]


def place(sound: SoundCard, rate: FrameRate) -> tuple[int, int]:
    """Where a clip starts in the film and how long it is, in samples; what would sound before the film is cut off."""
    start = sample_of(sound.film_frame, rate)
    return max(0, start), sound.source_length + min(0, start)


def lane_facts(lane: LaneCard) -> dict[str, Any]:
    return {"lane": lane.id, "follows": lane.follows, "gain": lane.gain, "mute": lane.mute, "solo": lane.solo}


def sound_facts(sound: SoundCard) -> dict[str, Any]:
    return {"sound": sound.id, "film_frame": sound.film_frame, "gain": sound.gain, "event": sound.event or "",
            "source_start": sound.source_start, "source_length": sound.source_length}


def _children(row: Sequence[SoundCard], rate: FrameRate, folder: Path) -> Iterator[Any]:
    end = 0
    for sound in row:
        start, length = place(sound, rate)
        if start > end:
            yield otio.schema.Gap(source_range=TimeRange(samples_time(0), samples_time(start - end)))
        skipped = sound.source_length - length
        source = TimeRange(samples_time(sound.source_start + skipped), samples_time(length))
        yield otio.schema.Clip(sound.name, _reference(sound, folder), source, metadata={KEY: sound_facts(sound)})
        end = max(start, end) + length


def _reference(sound: SoundCard, folder: Path) -> Any:
    if not sound.source_samples:
        return otio.schema.MissingReference(name=sound.name)
    whole = TimeRange(samples_time(0), samples_time(sound.source_samples))
    reference = otio.schema.ExternalReference(link(sound.media, folder), whole)
    reference.name = sound.name
    return reference
