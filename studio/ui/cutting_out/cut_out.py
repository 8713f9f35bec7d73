"""What is to be cut out as it stands now: a rectangle, strokes that keep and drop, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.ui.cutting_out.region import Region

KEEP, DROP = "keep", "drop"


@dataclass(frozen=True)
class Dab:
    """A stroke of the hand over the picture."""

    kind: str
    """keep or drop"""
    points: tuple[tuple[float, float], ...]
    """In pixels of the picture."""
    radius: float


@dataclass(frozen=True)
class CutOut:
    region: Region
    strokes: tuple[Dab, ...] = ()

    def of(self, kind: str) -> tuple[Dab, ...]:
        return tuple(stroke for stroke in self.strokes if stroke.kind == kind)


class Steps:
    """The cut_out with every one before it, so that a step can be taken back and done again."""

    MOST = 200

    def __init__(self, first: CutOut) -> None:
        self.now = self._first = first
        self._before: list[CutOut] = []
        self._after: list[CutOut] = []

    def set_region(self, region: Region) -> bool:
        """Whether that is another one."""
        return self._step(replace(self.now, region=region))

    def add(self, stroke: Dab) -> bool:
        return self._step(replace(self.now, strokes=(*self.now.strokes, stroke)))

    def begin_again(self) -> bool:
        """Back to the first, which is one more step."""
        return self._step(self._first)

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        return bool(self._after)

    def undo(self) -> bool:
        return self._take(self._before, self._after)

    def redo(self) -> bool:
        return self._take(self._after, self._before)

    def _step(self, cut_out: CutOut) -> bool:
        if cut_out == self.now:
            return False
        self._before = [*self._before[-self.MOST + 1 :], self.now]
        self._after.clear()
        self.now = cut_out
        return True

    def _take(self, source: list[CutOut], target: list[CutOut]) -> bool:
        if not source:
            return False
        target.append(self.now)
        self.now = source.pop()
        return True
