"""A cut as one movie with its sound, frame by frame as the viewer shows it, exactly as long as the cut."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from model_runtime import safe_files
from studio.errors import ProjectError, StudioError
from studio.interchange import read_back
from studio.interchange.cut_pictures import cut_pictures
from studio.interchange.encoder import Encoder
from studio.interchange.shown_cut import ShownCut, refuse_to_export
from studio.interchange.sound_mix import Mix
from studio.project.timing import FilmTimecode


class ExportStopped(StudioError):
    """The export was stopped on purpose; nothing was written."""

    def __init__(self, out: Path) -> None:
        super().__init__(f"The export was stopped; {out.name} was not written.", "Export again when you like.")


def export_movie(
    cut: ShownCut,
    out: Path,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Path:
    """Write the cut to `out`: H.264 High, BT.709, the film's size, rate and start timecode; returns `out`.

    Where anything is heard in the cut, its sound goes along as AAC, 48 kHz stereo, exactly as long as the film.
    `on_progress(done, total)` counts film frames and is called on the caller's thread, as is `should_stop`, which is
    asked at each frame; a stop raises ExportStopped. Whatever goes wrong, a file that had the name stays as it was.
    The finished file is read again and compared with the cut before this returns.
    """
    film = cut.film
    refuse_to_export(cut, out)
    refuse_without_sound(cut)
    safe_files.make_folder(out.parent)
    sound = cut_sound(cut) if cut.audible else None
    start = FilmTimecode.of(film.start_timecode, film.rate).at(0)
    with Encoder(out, film.width, film.height, film.rate, start, sound) as encoder:
        for done, planes in enumerate(cut_pictures(cut), 1):
            if should_stop():
                raise ExportStopped(out)
            encoder.write(planes)
            on_progress(done, cut.frames)
    read_back.check_movie(cut, out)
    return out


def refuse_without_sound(cut: ShownCut) -> None:
    """ProjectError where a clip that would be heard has no file: the movie would be silent there, and nobody told."""
    for sound in cut.audible:
        if not sound.source_samples:
            raise ProjectError(f"The file of the sound {sound.name} is missing or cannot be read.",
                               "Run shotwright check on the film; then bring the sound in again or mute its lane.")


def cut_sound(cut: ShownCut) -> Iterator[bytes]:
    """All sound of the cut as float32 stereo of 48 kHz, a second of film at a time."""
    second = cut.film.rate.nominal
    with contextlib.closing(Mix(cut.lanes, cut.sounds, cut.film.rate)) as mix:
        for first in range(0, cut.frames, second):
            yield mix.frames(first, min(second, cut.frames - first)).tobytes()
