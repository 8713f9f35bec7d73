"""Drawings at the film's size, one after another: what was given as it came, what was drawn enlarged, masks over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from model_runtime.engines import enlarge
from model_runtime.engines.sketch_inputs import Inputs
from model_runtime.video.pictures import FEATHER, blended, inner_share, redrawn


def large_drawings(
    drawings: Mapping[int, np.ndarray],
    inputs: Inputs,
    numbers: range,
    size: tuple[int, int],
    *,
    keeps_given: bool = True,
) -> Iterator[np.ndarray]:
    """Drawings `numbers` at the film's (width, height).

    A given one that came larger than the decoder draws stands as it came, cropped where needed; under a mask only the
    region is drawn. Without `keeps_given` nothing stays as it came: all of it is restyled.
    """
    large = inputs.large() if keeps_given else iter(())
    region = None if inputs.mask is None else redrawn(inputs.mask, size)
    scale = size[0] / next(iter(drawings.values())).shape[1]
    share = None if region is None else inner_share(region, FEATHER * scale)
    known = next(large, None)
    for number in numbers:
        while known is not None and known[0] < number:
            known = next(large, None)
        stands = None
        if known is not None and known[0] == number:
            stands = enlarge.covering(known[1], *size)
        if stands is not None and share is None:
            yield stands
            continue
        drawn = enlarge.enlarged(drawings[number], *size)
        yield drawn if stands is None or share is None else blended(drawn, stands, share)


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
