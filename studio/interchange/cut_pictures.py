"""Every frame of a cut at the film's size, with all that its events ask for: what an exported movie shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image

from studio.errors import ProjectError, Refused
from studio.interchange import card_picture, pictures
from studio.interchange.pictures import Planes
from studio.interchange.shown_cut import ShownCut, Stretch, stretches
from studio.project.cut_cards import Rect, Stroke
from studio.project.media_names import refuse_link
from studio.project.shown import LEAST, Piece, Size, window

LARGEST_STILL = 8192
"""Pixels a side: a panel that is larger is made smaller before its framing is cut out of it."""


def cut_pictures(cut: ShownCut) -> Iterator[Planes]:
    """Every frame of the cut at output size, in order."""
    for stretch in stretches(cut):
        yield from stretch_pictures(stretch, (cut.film.width, cut.film.height))


def stretch_pictures(stretch: Stretch, size: Size) -> Iterator[Planes]:
    """Exactly `stretch.frames` pictures."""
    piece = stretch.piece
    if piece.source is None:
        return _repeated(pictures.from_rgb(card_picture.draw(stretch.event, *size)), piece)
    return _of_still(stretch, piece.source, size) if piece.still else _of_take(stretch, piece.source, size)


def _repeated(planes: Planes, piece: Piece) -> Iterator[Planes]:
    return (planes for _ in range(piece.frames))


def _of_take(stretch: Stretch, movie: Path, size: Size) -> Iterator[Planes]:
    """A picture is made once for all the frames in a row that show it alike."""
    piece = stretch.piece
    wanted = [piece.take_frame(frame) for frame in range(piece.start, piece.end)]
    decoded = pictures.frames_of(movie, wanted)
    number, picture = next(decoded, (-1, None))
    made: tuple[int, Rect | None, Planes] | None = None
    for frame, take_frame in enumerate(wanted, piece.start):
        if number != take_frame:
            number, picture = next(decoded, (-1, None))
        if picture is None or number != take_frame:
            raise _ends_before(stretch, take_frame)
        framing = piece.framing(frame)
        if made is None or made[:2] != (number, framing):
            made = number, framing, _finished(picture, framing, piece, size)
        yield made[2]


def _finished(picture: pictures.VideoFrame, framing: Rect | None, piece: Piece, size: Size) -> Planes:
    if framing is None:
        planes = pictures.covering(picture, *size)
    else:
        part = window(framing, (picture.width, picture.height), size)
        planes = pictures.framed(pictures.planes_of(picture), part, *size)
    if piece.grade is not None:
        planes = pictures.graded(planes, piece.grade)
    return pictures.flopped(planes) if piece.flop else planes


def _ends_before(stretch: Stretch, take_frame: int) -> Refused:
    name = f"shot {stretch.event.shot_number}, take {stretch.event.take_name}"
    return Refused(f"The movie of {name}, ends before its frame {take_frame}.",
                   "Run shotwright check on the film; then choose or draw another take.")


def _of_still(stretch: Stretch, source: Path, size: Size) -> Iterator[Planes]:
    piece = stretch.piece
    whole = pictures.from_rgb(_still(stretch, source, size))
    seen = whole.shape[1], whole.shape[0] * 2 // 3

    def shown(frame: int) -> Planes:
        planes = pictures.framed(whole, window(piece.framing(frame), seen, size), *size)
        return pictures.flopped(planes) if piece.flop else planes

    if piece.moves:
        return map(shown, range(piece.start, piece.end))
    return _repeated(shown(piece.start), piece)


def _still(stretch: Stretch, source: Path, size: Size) -> Image.Image:
    """The whole picture with what is drawn on it, large enough for the closest framing and never smaller than that."""
    piece = stretch.piece
    try:
        with Image.open(refuse_link(source)) as opened:
            picture = opened.convert("RGB")
    except (OSError, ValueError, SyntaxError) as error:
        raise ProjectError(f"The panel {source.name} of shot {stretch.event.shot_number} cannot be read.",
                           "Run shotwright check on the film; then choose or draw another panel.") from error
    picture = _at_size(picture, size, _closest(piece))
    if piece.grade is not None:
        picture = picture.point(b"".join(piece.grade.curves()))
    return _drawn_on(picture, piece.strokes) if piece.strokes else picture


def _closest(piece: Piece) -> float:
    """The smallest part of the picture's width or height that its framings can come to."""
    part = 1.0
    for framing in piece.framings:
        part *= min(*framing.start[2:], *framing.end[2:])
    return max(LEAST, part)


def _at_size(picture: Image.Image, size: Size, closest: float) -> Image.Image:
    cover = max(size[0] / picture.width, size[1] / picture.height)
    factor = max(cover, min(1.0, cover / closest))
    wide, high = (min(LARGEST_STILL, max(2, 2 * round(side * factor / 2))) for side in picture.size)
    return picture if (wide, high) == picture.size else picture.resize((wide, high), Image.Resampling.LANCZOS)


def _drawn_on(picture: Image.Image, strokes: Sequence[Stroke]) -> Image.Image:
    # Imported here: Qt's painter is heavy, and a film without drawn lines is exported without it.
    from studio.interchange.strokes import painted

    return painted(picture, strokes)
