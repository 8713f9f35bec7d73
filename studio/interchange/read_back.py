"""Every export is read again from the disk and compared with the cut it was made from."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import av
import opentimelineio as otio
from av.error import FFmpegError

from studio.errors import StudioError
from studio.interchange import timeline, timeline_sound
from studio.interchange.links import KEY, frames_time, linked_file
from studio.interchange.shown_cut import ShownCut, Stretch, stretches
from studio.project.cut_cards import LaneCard, SoundCard
from studio.project.sound_time import SAMPLES, sample_of
from studio.project.timing import FilmTimecode, parse_timecode

EXACT = 1e-12
"""How far a number may be from the one that was written, as a part of it or near 0."""


class ReadBackDiffers(StudioError):
    """A written file does not hold what it should. The file is left for looking at."""

    def __init__(self, out: Path, differences: list[str]) -> None:
        super().__init__(f"{out.name} was written but differs from the cut: {'; '.join(differences)}.",
                         "Do not hand it over; run shotwright check on the film and export again.")


@dataclass(frozen=True)
class MovieFacts:
    """What a movie file says about itself, counted and not believed."""

    frames: int
    width: int
    height: int
    rate: Fraction
    timecode: str
    colours: str
    profile: str
    pixels: str
    sound: int | None
    """Samples a player plays, at 48 kHz in stereo; None without a sound track, -1 where it has another form."""


def movie_facts(path: Path) -> MovieFacts:
    """Counts pictures and samples in the file without decoding them. StudioError names a file that cannot be read."""
    try:
        with av.open(str(path)) as container:
            video = container.streams.video[0]
            context = video.codec_context
            codes = [one.metadata.get("timecode", "") for one in (*container.streams.data, video)]
            frames = sum(1 for packet in container.demux(video) if packet.size)
            colours = (context.color_primaries, context.color_trc, context.colorspace)
            return MovieFacts(
                frames, context.width, context.height, Fraction(video.average_rate or 0), next(filter(None, codes), ""),
                "bt709" if all(int(one) == 1 for one in colours) else str(colours), str(context.profile),
                str(context.pix_fmt), _sound_of(path),
            )
    except (FFmpegError, IndexError, OSError) as error:
        raise StudioError(f"The movie {path} cannot be read: {error}.", "Export it again.") from error


def _sound_of(path: Path) -> int | None:
    with av.open(str(path)) as container:
        if not container.streams.audio:
            return None
        sound = container.streams.audio[0]
        if (sound.rate, sound.channels) != (SAMPLES, 2):
            return -1
        # What lies before 0 is the encoder's run-up, which players leave out.
        spans = [(packet.pts, packet.pts + packet.duration) for packet in container.demux(sound) if packet.size]
        return int(sum(max(0, end) - max(0, start) for start, end in spans) * sound.time_base * SAMPLES)


def check_movie(cut: ShownCut, out: Path) -> MovieFacts:
    """Raise ReadBackDiffers unless the movie has the cut's length, size, rate, start, colours and sound."""
    film, facts = cut.film, movie_facts(out)
    wanted = (
        ("frames", facts.frames, cut.frames),
        ("size", (facts.width, facts.height), (film.width, film.height)),
        ("frame rate", facts.rate, film.rate.fraction),
        ("start timecode", facts.timecode, FilmTimecode.of(film.start_timecode, film.rate).at(0)),
        ("colours", facts.colours, "bt709"),
        ("pixels", facts.pixels, "yuv420p"),
        ("sound", facts.sound, sample_of(cut.frames, film.rate) if cut.audible else None),
    )
    _raise_if(out, [f"its {what} is {found}, not {right}" for what, found, right in wanted if found != right])
    return facts


def check_otio(cut: ShownCut, out: Path) -> None:
    """Raise ReadBackDiffers unless the file is the cut: order, times, media that is there, sound, markers."""
    read = otio.adapters.read_from_file(str(out))
    differences = [*_cut_differences(cut, read), *_video_differences(cut, read, out.parent),
                   *_sound_differences(cut, read, out.parent)]
    _raise_if(out, differences)


def _cut_differences(cut: ShownCut, read: Any) -> Iterator[str]:
    start = parse_timecode(cut.film.start_timecode, cut.film.rate)
    if read.global_start_time != frames_time(start, cut.film.rate):
        yield f"it starts at {read.global_start_time}"
    if not _same(read.metadata.get(KEY), timeline.cut_facts(cut)):
        yield "it is another cut"
    marked, wanted = list(read.tracks.markers), list(timeline.markers(cut))
    if len(marked) != len(wanted) or not all(map(_is_marker, marked, wanted)):
        yield "its markers are others"


def _is_marker(found: Any, right: Any) -> bool:
    same = (found.name, found.marked_range) == (right.name, right.marked_range)
    return same and found.metadata[KEY] == right.metadata[KEY]


def _video_differences(cut: ShownCut, read: Any, folder: Path) -> Iterator[str]:
    tracks, wanted = read.video_tracks(), stretches(cut)
    clips = list(tracks[0]) if len(tracks) == 1 else []
    if len(clips) != len(wanted):
        yield f"it has {len(clips)} clips, not {len(wanted)}"
    for clip, stretch in zip(clips, wanted, strict=False):
        yield from _clip_differences(cut, clip, stretch, folder)


def _clip_differences(cut: ShownCut, clip: otio.schema.Clip, stretch: Stretch, folder: Path) -> Iterator[str]:
    rate = cut.film.rate
    checks: list[tuple[str, Callable[[], bool]]] = [
        ("stands at another place", lambda: clip.range_in_parent().start_time == frames_time(
            stretch.film_frame, rate)),
        ("has another length", lambda: clip.duration() == frames_time(stretch.frames, rate)),
        ("is another event", lambda: clip.metadata[KEY]["event"] == stretch.event.id),
        ("plays at another speed", lambda: _same(_time_scalar(clip), timeline.time_scalar(stretch))),
        ("has other facts", lambda: _same(clip.metadata[KEY], timeline.clip_facts(stretch))),
        ("shows the wrong media", lambda: _media_is_right(clip, stretch, folder)),
    ]
    return (f"clip {clip.name} {wrong}" for wrong, holds in checks if not holds())


def _time_scalar(clip: otio.schema.Clip) -> float:
    warps = [effect for effect in clip.effects if isinstance(effect, otio.schema.LinearTimeWarp)]
    return float(warps[0].time_scalar) if warps else 0.0 if clip.metadata[KEY]["shows"] != "take" else 1.0


def _media_is_right(clip: otio.schema.Clip, stretch: Stretch, folder: Path) -> bool:
    reference, source = clip.media_reference, stretch.piece.source
    if source is None:
        return isinstance(reference, otio.schema.MissingReference)
    if not isinstance(reference, otio.schema.ExternalReference):
        return False
    file = linked_file(reference.target_url, folder)
    if not file.is_file() or file.resolve() != source.resolve():
        return False
    if stretch.piece.still:
        return True
    first = (clip.source_range.start_time - reference.available_range.start_time).to_frames()
    inside = reference.available_range.start_time <= clip.source_range.start_time
    piece = stretch.piece
    last = max(piece.take_frame(piece.start), piece.take_frame(piece.end - 1))
    return inside and first == timeline.first_take_frame(stretch) and last < _frames_in(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=4096)
def _frames_in(movie: Path, _changed: int) -> int:
    """A take that stands in many places is counted once, and again if its file was changed."""
    return movie_facts(movie).frames


def _sound_differences(cut: ShownCut, read: Any, folder: Path) -> Iterator[str]:
    tracks = read.audio_tracks()
    wanted = [(lane, row) for lane in cut.lanes for row in timeline_sound.rows(cut, lane)]
    if len(tracks) != len(wanted):
        yield f"it has {len(tracks)} tracks of sound, not {len(wanted)}"
    for track, (lane, row) in zip(tracks, wanted, strict=False):
        if not _lane_is_right(track, lane):
            yield f"its lane {lane.name} differs"
        clips = [one for one in track if isinstance(one, otio.schema.Clip)]
        same = len(clips) == len(row) and all(
            _sound_is_right(cut, clip, sound, folder) for clip, sound in zip(clips, row, strict=True))
        if not same:
            yield f"the sounds of lane {lane.name} differ"


def _lane_is_right(track: Any, lane: LaneCard) -> bool:
    return bool(track.enabled == lane.audible and _same(track.metadata.get(KEY), timeline_sound.lane_facts(lane)))


def _sound_is_right(cut: ShownCut, clip: otio.schema.Clip, sound: SoundCard, folder: Path) -> bool:
    start, length = timeline_sound.place(sound, cut.film.rate)
    found, source = clip.range_in_parent(), clip.source_range
    reference = clip.media_reference
    there = isinstance(reference, otio.schema.ExternalReference) and _is_file(reference, sound, folder)
    return bool(
        abs(found.start_time.value - start) <= 1 and found.duration == timeline_sound.samples_time(length)
        and source.end_time_exclusive() == timeline_sound.samples_time(sound.source_start + sound.source_length)
        and _same(clip.metadata.get(KEY), timeline_sound.sound_facts(sound))
        and there == bool(sound.source_samples)
    )


def _is_file(reference: Any, sound: SoundCard, folder: Path) -> bool:
    file = linked_file(reference.target_url, folder)
    return file.is_file() and file.resolve() == sound.media.resolve()


def _same(found: Any, right: Any) -> bool:
    """Whether facts that were read, in OpenTimelineIO's own dictionaries and lists, are those that were written.

    Its reader takes one number in ten with a fraction for its neighbour, which differs in the last of 16 digits.
    """
    if isinstance(right, float):
        return isinstance(found, (int, float)) and math.isclose(found, right, rel_tol=EXACT, abs_tol=EXACT)
    if isinstance(right, dict):
        return hasattr(found, "items") and set(found) == set(right) and all(
            _same(found[key], one) for key, one in right.items())
    if isinstance(right, list):
        return hasattr(found, "__iter__") and len(found) == len(right) and all(map(_same, found, right))
    return bool(found == right)


def _raise_if(out: Path, differences: list[str]) -> None:
    if differences:
        raise ReadBackDiffers(out, differences[:5])
