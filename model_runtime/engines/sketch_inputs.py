"""What a request gives the sketch engine, read and checked: drawings, mask, guide, references, and the prompt's slots.

Everything that can be refused is refused here, before the first step is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from pathlib import Path

import numpy as np

from model_runtime import protocol
from model_runtime.engines import enlarge, take_latents
from model_runtime.engines.base import JobFolder, film_frames
from model_runtime.engines.reading import Movie, Tell, read_mask, read_picture, read_reference
from model_runtime.failures import BadInput
from model_runtime.mentions import NAME, name_key
from model_runtime.video.detail import sources
from model_runtime.video.networks import Sketch
from model_runtime.video.pictures import REDRAWN
from model_runtime.video.request import Reference

MOVIES = (".mp4",)
ASPECT_SLACK = 0.02
"""By how much, relatively, two pictures may differ in aspect and still count as the same."""


@dataclass(frozen=True)
class MovieFrame:
    """Where the large picture of a given drawing is read again when the take is written."""

    path: Path
    number: int


@dataclass
class Inputs:
    prompt: str
    """With the slot words of the subjects that references show."""
    size: tuple[int, int]
    """Native (width, height) to draw at."""
    given: dict[int, np.ndarray] = field(default_factory=dict)
    """Given drawings at the decoder's size, RGB uint8."""
    pictures: dict[int, np.ndarray] = field(default_factory=dict)
    """Of those, the ones given as pictures, as large as they came."""
    frames: dict[int, MovieFrame] = field(default_factory=dict)
    """Of those, the ones given as frames of a movie; what is in neither was decoded from latents."""
    mask: np.ndarray | None = None
    """As it came, over pictures of the film's aspect."""
    drawn_mask: np.ndarray | None = None
    """The same at the decoder's size, 255 where anything is redrawn."""
    guide: np.ndarray | None = None
    """(t, h, w, 3) uint8, one picture for each drawing."""
    references: tuple[Reference, ...] = ()

    def holding_given(self, count: int, *, loops: bool) -> set[int]:
        """Of `count` drawings those that stand as given, in whole or outside a mask, or hold detail of large ones."""
        large = {*self.pictures, *self.frames} if self.mask is None else set()
        if loops and 0 in large:
            large.add(count)
        return set(self.given) | {one for one in range(count) if any(sources(one, large).values())}

    def large(self) -> Iterator[tuple[int, np.ndarray]]:
        """(drawing, picture) of every given drawing that has one larger than the decoder's, in rising order."""
        movies: dict[Path, Movie] = {}
        try:
            for number in sorted({*self.pictures, *self.frames}):
                if number in self.pictures:
                    yield number, self.pictures[number]
                else:
                    frame = self.frames[number]
                    yield number, movies.setdefault(frame.path, Movie(frame.path)).frame(frame.number)
        finally:
            for movie in movies.values():
                movie.close()


def read_inputs(request: protocol.Generate, sketch: Sketch, folder: JobFolder, tell: Tell) -> Inputs:
    """Read and check everything the request gives; BadInput says in one sentence what cannot be used."""
    slots = slots_of(request.references)
    found = Inputs(with_slots(request.prompt, slots), native_size(request, sketch))
    for given in request.given:
        _read_given(given, request, sketch, folder, found, tell)
    found.mask = _read_mask(request, folder)
    if found.mask is not None:
        marked = np.where(found.mask >= REDRAWN, np.uint8(255), np.uint8(0))
        small = enlarge.reduced(marked, film_size(request), sketch.drawn_size(found.size))
        found.drawn_mask = np.where(small > 0, np.uint8(255), np.uint8(0))
    found.guide = _read_guide(request, found.size, folder, tell)
    found.references = tuple(
        Reference(read_reference(folder.input_path(one), tell, f"The picture of {one.subject}"), slots[one.subject])
        for one in request.references
    )
    return found


def film_size(request: protocol.Generate) -> tuple[int, int]:
    return request.width, request.height


def native_size(request: protocol.Generate, sketch: Sketch) -> tuple[int, int]:
    """The networks' (width, height) for the size the request names."""
    if not request.draw_width and not request.draw_height:
        return sketch.size
    wanted = (request.draw_width, request.draw_height)
    sizes = {sketch.drawn_size(size): size for size in sketch.preset.sizes}
    if wanted not in sizes:
        known = ", ".join(f"{width}x{height}" for width, height in sizes)
        raise BadInput(f"The sketch engine cannot draw at {wanted[0]}x{wanted[1]}.", f"It draws at {known}.")
    return sizes[wanted]


# --- the prompt --------------------------------------------------------------------------------------------------


def slots_of(references: Sequence[protocol.Reference]) -> dict[str, int]:
    """A slot, counted from 1, for each subject in order; its pictures share it."""
    return {name: slot for slot, name in enumerate(dict.fromkeys(one.subject for one in references), 1)}


def with_slots(prompt: str, slots: dict[str, int]) -> str:
    """`@mara walks` as `<s1> walks`; names without references stay as they are."""
    known = {name_key(name): slot for name, slot in slots.items()}

    def slot_of(found: re.Match[str]) -> str:
        name = found[0].rstrip("-")
        slot = known.get(name_key(name))
        return found[0] if slot is None else f"<s{slot}>{found[0][len(name) :]}"

    return NAME.sub(slot_of, prompt)


# --- given drawings ----------------------------------------------------------------------------------------------


def _read_given(
    given: protocol.GivenFrames,
    request: protocol.Generate,
    sketch: Sketch,
    folder: JobFolder,
    found: Inputs,
    tell: Tell,
) -> None:
    path = folder.input_path(given.file)
    drawn_size = sketch.drawn_size(found.size)
    if path.suffix.lower() in MOVIES:
        _read_take(path, given, request, sketch, found, tell)
    else:
        picture = read_picture(path, tell)
        _tell_of_aspect(path.name, picture, request, tell)
        for number in range(given.first, given.first + given.count):
            found.pictures[number] = picture
            found.given[number] = enlarge.reduced(picture, film_size(request), drawn_size)


def _read_take(
    path: Path, given: protocol.GivenFrames, request: protocol.Generate, sketch: Sketch, found: Inputs, tell: Tell
) -> None:
    drawn_size = sketch.drawn_size(found.size)
    wanted = range(given.file_first, given.file_first + given.count)
    try:
        known = take_latents.read(path, wanted, sketch)
    except ValueError as error:
        tell(f"{path.name} is read from its movie: {error}.")
        known = {}
    shift, movie = given.first - given.file_first, Movie(path)
    try:
        for number in wanted:
            if number in known and known[number].shape[1::-1] == drawn_size:
                found.given[number + shift] = known[number]
            else:
                picture = movie.frame(number * request.hold)
                _tell_of_aspect(path.name, picture, request, tell)
                found.given[number + shift] = enlarge.reduced(picture, film_size(request), drawn_size)
                found.frames[number + shift] = MovieFrame(path, number * request.hold)
    finally:
        movie.close()


def _tell_of_aspect(name: str, picture: np.ndarray, request: protocol.Generate, tell: Tell) -> None:
    height, width = picture.shape[:2]
    if not same_aspect((width, height), (request.width, request.height)):
        tell(f"{name} of {width}x{height} is cropped to the film's {request.width}x{request.height}.")


def same_aspect(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return abs(one[0] * other[1] / (one[1] * other[0]) - 1) <= ASPECT_SLACK


def _read_mask(request: protocol.Generate, folder: JobFolder) -> np.ndarray | None:
    """A mask of any size, as long as it has the film's aspect: it is scaled with the pictures it lies over."""
    if request.mask is None:
        return None
    path = folder.input_path(request.mask)
    mask = read_mask(path)
    height, width = mask.shape
    if not same_aspect((width, height), (request.width, request.height)):
        raise BadInput(
            f"The mask {path.name} of {width}x{height} does not lie over pictures of {request.width}x{request.height}.",
            "Paint it at the film's size.",
        )
    if int(mask.max(initial=0)) < REDRAWN:
        raise BadInput(f"The mask {path.name} marks nothing.", "Paint white what is to be redrawn.")
    return mask


# --- the guide ---------------------------------------------------------------------------------------------------


def _read_guide(request: protocol.Generate, size: tuple[int, int], folder: JobFolder, tell: Tell) -> np.ndarray | None:
    """One picture for each drawing, at the moment the drawing is first shown; the last goes on to the clip's end."""
    if request.guide is None:
        return None
    path = folder.input_path(request.guide)

    def small(picture: np.ndarray) -> np.ndarray:
        _tell_of_aspect(path.name, picture, request, tell)
        return enlarge.reduced(picture, film_size(request), size)

    if path.suffix.lower() not in MOVIES:
        if request.kind == "clip":
            raise BadInput(f"The guide {path.name} is one picture, shorter than the clip.", "Give a movie as guide.")
        return small(read_picture(path, tell))[None]
    movie = Movie(path)
    try:
        numbers = guide_frames(request, movie, path.name)
        return np.stack([small(movie.frame(number)) for number in numbers])
    finally:
        movie.close()


def guide_frames(request: protocol.Generate, movie: Movie, name: str) -> list[int]:
    """For each drawing the guide's frame; BadInput where the guide ends before the finished clip does."""
    facts, film_rate = movie.facts(), Fraction(*request.rate)
    shown = film_frames(request)
    lasts = floor(facts.frames / facts.rate * film_rate)
    if lasts < shown:
        raise BadInput(
            f"The guide {name} lasts {lasts} frames, shorter than the clip of {shown}.",
            "Give a longer guide, or shorten the shot.",
        )
    times = (max(0, number * request.hold - request.skip) / film_rate for number in range(request.engine_frames))
    return [min(facts.frames - 1, floor(time * facts.rate)) for time in times]
