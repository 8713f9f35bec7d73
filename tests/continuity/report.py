"""The figures as one table of lines, from the held-out pairs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.continuity import clips, lots, measure


def report(cache: Path) -> str:
    """`cache` keeps the clips that the engine drew."""
    return "\n".join([*_likeness_of_drawings(), *_likeness_of_clips(cache), *_light(), *_light_of_clips(cache)])


def _likeness_of_drawings() -> Iterator[str]:
    casts = lots.castings()
    seen = [measure.last_and_first(each.one, each.other) for each in casts]
    yield from _likeness(f"{len(casts)} pairs of drawings", measure.likenesses(casts, seen))
    yield from _likeness("the same, nobody says where they stand", measure.likenesses(casts, seen, told=False))


def _likeness_of_clips(cache: Path) -> Iterator[str]:
    casts = clips.clip_castings()
    for given in (clips.WORDS, clips.REFERENCES):
        found = measure.likenesses(casts, clips.drawn(cache, given))
        yield from _likeness(f"{len(casts)} pairs of generated clips, cast given in {given}", found)


def _likeness(what: str, found: measure.Likenesses) -> Iterator[str]:
    same, other = (found.states(each) for each in (found.same, found.other))
    yield f"likeness, {what}: AUC {found.auc:.3f}"
    yield f"  same cast: {same}; other cast: {other}"


def _light() -> Iterator[str]:
    cuts = lots.cuts()
    pairs = measure.drawn_cuts(cuts)
    yield _flagged(f"{len(pairs)} cuts as they are", measure.flags(pairs))
    for name, shifts in (("delta-E 5", lots.shifts()), ("half a stop", lots.exposures())):
        shifted = measure.shifted_pairs(pairs, shifts)
        yield _flagged(f"the same with {name} planted", measure.flags(shifted))
        yield _left("match", measure.after_match(pairs, shifted))
        if shifts[0].kind == "stops":
            yield _left("exactly the opposite", measure.after_exact_inverse(pairs, shifted, shifts))


def _light_of_clips(cache: Path) -> Iterator[str]:
    """Truth is not known of them: the engine may light two shots of one place alike or not."""
    pairs = clips.drawn_cuts(cache)
    yield _flagged(f"{len(pairs)} cuts as the engine draws them", measure.flags(pairs))


def _left(what: str, left: np.ndarray) -> str:
    near = np.mean(left < measure.NEAR_ENOUGH)
    middle = np.median(left)
    return f"  after {what}: delta-E {left.mean():.2f} in the mean, {middle:.2f} in the middle, under 2 in {near:.1%}"


def _flagged(what: str, found: measure.Flags) -> str:
    return f"{what}: flagged {found.flagged:.1%}, unknown {found.unknown:.1%}, {1000 * found.seconds:.0f} ms each"
