"""Every export is read again from the disk and compared with the cut it was made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import opentimelineio as otio
from av.error import FFmpegError

from studio.errors import StudioError
from studio.interchange import timeline
from studio.interchange.shown_cut import ShownCut, Stretch, stretches
from studio.project.timing import parse_timecode


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


def movie_facts(path: Path) -> MovieFacts:
    """Counts the pictures in the file without decoding them. StudioError names a file that cannot be read."""
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
                str(context.pix_fmt),
            )
    except (FFmpegError, IndexError, OSError) as error:
        raise StudioError(f"The movie {path} cannot be read: {error}.", "Export it again.") from error


def check_movie(cut: ShownCut, out: Path) -> MovieFacts:
    """Raise ReadBackDiffers unless the movie has the cut's length, size, rate, start and colours."""
    film, facts = cut.film, movie_facts(out)
    wanted = (
        ("frames", facts.frames, cut.frames),
        ("size", (facts.width, facts.height), (film.width, film.height)),
        ("frame rate", facts.rate, film.rate.fraction),
        ("start timecode", facts.timecode.replace(";", ":"), film.start_timecode.replace(";", ":")),
        ("colours", facts.colours, "bt709"),
        ("pixels", facts.pixels, "yuv420p"),
    )
    _raise_if(out, [f"its {what} is {found}, not {right}" for what, found, right in wanted if found != right])
    return facts


def check_otio(cut: ShownCut, out: Path) -> None:
    """Raise ReadBackDiffers unless the file's clips are the cut: order, times, rates, media that is there."""
    read = otio.adapters.read_from_file(str(out))
    tracks = read.video_tracks()
    clips = list(tracks[0]) if len(tracks) == 1 else []
    wanted = stretches(cut)
    differences = [] if len(clips) == len(wanted) else [f"it has {len(clips)} clips, not {len(wanted)}"]
    start = parse_timecode(cut.film.start_timecode, cut.film.rate)
    if read.global_start_time != timeline.frames_time(start, cut.film.rate):
        differences.append(f"it starts at {read.global_start_time}")
    for clip, stretch in zip(clips, wanted, strict=False):
        differences += _clip_differences(cut, clip, stretch, out.parent)
    _raise_if(out, differences)


def _clip_differences(cut: ShownCut, clip: otio.schema.Clip, stretch: Stretch, folder: Path) -> list[str]:
    rate = cut.film.rate
    checks: list[tuple[str, Callable[[], bool]]] = [
        ("stands at another place", lambda: clip.range_in_parent().start_time == timeline.frames_time(
            stretch.film_frame, rate)),
        ("has another length", lambda: clip.duration() == timeline.frames_time(stretch.frames, rate)),
        ("is another event", lambda: clip.metadata[timeline.KEY]["event"] == stretch.event.id),
        ("shows the wrong media", lambda: _media_is_right(clip, stretch, folder)),
    ]
    return [f"clip {clip.name} {wrong}" for wrong, holds in checks if not holds()]


def _media_is_right(clip: otio.schema.Clip, stretch: Stretch, folder: Path) -> bool:
    reference = clip.media_reference
    if stretch.take is None:
        return isinstance(reference, otio.schema.MissingReference)
    if not isinstance(reference, otio.schema.ExternalReference):
        return False
    file = timeline.linked_file(reference.target_url, folder)
    first = (clip.source_range.start_time - reference.available_range.start_time).to_frames()
    inside = reference.available_range.start_time <= clip.source_range.start_time
    return (
        file.is_file() and file.resolve() == stretch.take.media.resolve() and inside
        and first == stretch.take_frame and stretch.last_take_frame < movie_facts(file).frames
    )


def _raise_if(out: Path, differences: list[str]) -> None:
    if differences:
        raise ReadBackDiffers(out, differences[:5])
