"""What was given, back among the decoded drawings: itself exactly, its detail around it, and a loop at its start."""

from __future__ import annotations

from collections.abc import Collection

import cv2
import numpy as np

from model_runtime.video.detail import carried, motion, moved
from model_runtime.video.pictures import blended, inner_share
from model_runtime.video.states import Kept

ARRIVAL = 1.5  # power of what is left of the way: 1 would come back evenly and still step too far at the end


def put_back(frames: np.ndarray, given: Kept) -> None:
    """Given pictures in place of what was drawn of them, in `frames` uint8 (t, h, w, 3) itself.

    Without a region to redraw their detail is carried into the drawings around them, and a clip that has one past its
    end meets it. Around a region the drawings are as they were and need no detail.
    """
    pictures = given.by_number()
    if given.redrawn is not None:
        share = inner_share(given.redrawn)
        for number, picture in pictures.items():
            frames[number] = blended(frames[number], picture, share)
        return
    small, end = dict(enumerate(frames.copy())), len(frames)
    if end in pictures:
        begins = 0 in pictures and np.array_equal(pictures[0], pictures[end])
        small[end] = small[0] if begins else pictures[end]
        return_to(small, end, pictures)
    for number in range(end):
        frames[number] = pictures[number] if number in pictures else carried(small[number], number, small, pictures)


def return_to(drawings: dict[int, np.ndarray], end: int, given: Collection[int]) -> None:
    """Lead the second half of drawings 0 to `end` - 1 to the one at `end`, where a loop begins again.

    A clip seldom comes back by itself: somebody has walked on, rain has fallen. What is missing is made up by morphing,
    ever more but in ever smaller steps, so that it arrives gently; from the last `given` one on, for those before lead
    up to that. A clip whose last step is like its own others is left alone.
    """
    own = max((_step(drawings[number], drawings[number + 1]) for number in range(end - 1)), default=0.0)
    last = _step(drawings[end - 1], drawings[end])
    missing = min(max(last - own, 0.0) / max(own, 1.0), 1.0)
    if not missing:
        return
    first = max([end - end // 2 - 1, *(number + 1 for number in given if number < end)])
    for number in range(first, end):
        left = (end - number) / (end - first + 1)
        way = missing * (1 - left**ARRIVAL)
        drawings[number] = morphed(drawings[number], drawings[end], way)


def _step(one: np.ndarray, other: np.ndarray) -> float:
    """Mean change of a value, 0 to 255."""
    return float(cv2.absdiff(one, other).mean())


def morphed(one: np.ndarray, other: np.ndarray, way: float) -> np.ndarray:
    """The picture `way`, 0 to 1, from `one` to `other`: both moved towards each other along the flow, and dissolved."""
    flow = motion(one, other)
    before, after = moved(one, -way * flow), moved(other, (1 - way) * flow)
    return np.asarray(((1 - way) * before.astype(np.float32) + way * after).round().astype(np.uint8))
