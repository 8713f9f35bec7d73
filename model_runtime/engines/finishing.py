"""Drawings at the film's size, one after another: what was given as it came, what was drawn enlarged, masks over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from model_runtime.engines import enlarge
from model_runtime.engines.sketch_inputs import Inputs
from model_runtime.video.detail import carried
from model_runtime.video.pictures import FEATHER, blended, fit, inner_share, redrawn


def large_drawings(
    drawings: Mapping[int, np.ndarray],
    inputs: Inputs,
    numbers: range,
    size: tuple[int, int],
    *,
    keeps_given: bool = True,
    loops_at: int | None = None,
) -> Iterator[np.ndarray]:
    """Drawings `numbers` at the film's (width, height).

    A given one that came larger than the decoder draws stands as it came, cropped where needed, and its detail goes on
    into those around it; under a mask only the region is drawn. Without `keeps_given` nothing stays as it came: all of
    it is restyled. `loops_at`: the number of drawings after which a loop is at its first again.
    """
    around = GivenAround(_covering(inputs, size, loops_at) if keeps_given else iter(()))
    region = None if inputs.mask is None else redrawn(inputs.mask, size)
    scale = enlarge.factor(next(iter(drawings.values())), *size)
    share = None if region is None else inner_share(region, FEATHER * scale)
    small = drawings if loops_at is None else {**drawings, loops_at: drawings[0]}
    for number in numbers:
        given = around.of(number)
        stands = given.get(number)
        if stands is not None and share is None:
            yield stands
            continue
        drawn = enlarge.enlarged(drawings[number], *size)
        if share is not None:
            yield drawn if stands is None else blended(drawn, stands, share)
        elif number in inputs.given:
            yield drawn  # what was given at the decoder's size is as it was, too
        else:
            yield carried(drawn, number, small, given)


def _covering(inputs: Inputs, size: tuple[int, int], loops_at: int | None) -> Iterator[tuple[int, np.ndarray]]:
    """(drawing, picture at the film's size) of what came large, in rising order; of a loop the first once more."""
    start = None
    for number, picture in inputs.large():
        covering = fit(picture, size)
        start = covering if number == 0 else start
        yield number, covering
    if loops_at is not None and start is not None:
        yield loops_at, start


class GivenAround:
    """The given pictures around each drawing, read as they are needed: no more than two are kept here at a time."""

    def __init__(self, large: Iterator[tuple[int, np.ndarray]]) -> None:
        """`large` in rising order."""
        self.large = large
        self.before: tuple[int, np.ndarray] | None = None
        self.after = next(large, None)

    def of(self, number: int) -> dict[int, np.ndarray]:
        """The last one up to drawing `number` and the next; to be asked in rising order."""
        while self.after is not None and self.after[0] <= number:
            self.before, self.after = self.after, next(self.large, None)
        return dict(one for one in (self.before, self.after) if one is not None)


def held(pictures: Iterator[np.ndarray], hold: int, count: int, skip: int = 0) -> Iterator[np.ndarray]:
    """Each picture exactly `hold` times, without the first `skip` of those frames, `count` frames in all."""
    left = count
    for picture in pictures:
        times = min(hold - skip, left)
        skip = 0
        for _ in range(times):
            yield picture
        left -= times
        if left <= 0:
            return


@dataclass
class Poster:
    """Passes pictures on and keeps the first, which stands for the take."""

    pictures: Iterator[np.ndarray]
    first: np.ndarray | None = None

    def __iter__(self) -> Iterator[np.ndarray]:
        return self

    def __next__(self) -> np.ndarray:
        picture = next(self.pictures)
        if self.first is None:
            self.first = picture
        return picture

    def picture(self) -> np.ndarray:
        assert self.first is not None
        return self.first
