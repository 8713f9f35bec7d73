"""The current cut as one movie, frame by frame from the chosen takes, exactly as long as the cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from model_runtime import safe_files
from studio.errors import Refused, StudioError
from studio.interchange import card_picture, pictures, read_back
from studio.interchange.encoder import Encoder
from studio.interchange.pictures import Planes
from studio.interchange.shown_cut import ShownCut, Stretch, refuse_to_export, stretches


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

    `on_progress(done, total)` counts film frames and is called on the caller's thread, as is `should_stop`, which is
    asked at each frame; a stop raises ExportStopped. Whatever goes wrong, a file that had the name stays as it was.
    The finished file is read again and compared with the cut before this returns.
    """
    film = cut.film
    refuse_to_export(cut, out)
    safe_files.make_folder(out.parent)
    with Encoder(out, film.width, film.height, film.rate, film.start_timecode) as encoder:
        for done, planes in enumerate(cut_pictures(cut), 1):
            if should_stop():
                raise ExportStopped(out)
            encoder.write(planes)
            on_progress(done, cut.frames)
    read_back.check_movie(cut, out)
    return out


def cut_pictures(cut: ShownCut) -> Iterator[Planes]:
    """Every frame of the cut at output size, in order."""
    for stretch in stretches(cut):
        yield from stretch_pictures(stretch, cut.film.width, cut.film.height)


def stretch_pictures(stretch: Stretch, width: int, height: int) -> Iterator[Planes]:
    """Exactly `stretch.frames` pictures."""
    if stretch.take is None:
        card = pictures.from_rgb(card_picture.draw(stretch, width, height))
        yield from (card for _ in range(stretch.frames))
        return
    wanted = map(stretch.take_frame_at, range(stretch.frames))
    shown = next(wanted)
    for number, planes in _take_frames(stretch, width, height):
        while shown == number:
            yield planes
            shown = next(wanted, -1)
    if shown != -1:
        raise Refused(f"The movie of shot {stretch.event.shot_number}, take {stretch.take.name}, ends before its frame "
                      f"{shown}.", "Run shotwright check on the film; then choose or draw another take.")


def _take_frames(stretch: Stretch, width: int, height: int) -> Iterator[tuple[int, Planes]]:
    assert stretch.take is not None
    for number, planes in pictures.frames_of(
        stretch.take.media, stretch.take_frame, stretch.last_take_frame, width, height
    ):
        yield number, pictures.flopped(planes) if stretch.event.flop else planes
