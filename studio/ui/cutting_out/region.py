"""The rectangle over a picture: drawn, moved, pulled by its handles, kept in a shape; all in pixels of the picture."""

from __future__ import annotations

from dataclasses import dataclass, replace

LEAST = 8
"""Pixels a side."""
ASPECTS = {"free": 0.0, "square": 1.0, "portrait": 2 / 3, "wide": 16 / 9}
"""Width to height; 0: any."""
HANDLES = ("nw", "n", "ne", "e", "se", "s", "sw", "w")
"""In the order of the hands of a clock."""


@dataclass(frozen=True)
class Region:
    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def rect(self) -> tuple[int, int, int, int]:
        return self.left, self.top, self.width, self.height

    def handle_place(self, handle: str) -> tuple[float, float]:
        """Where a handle is."""
        sideways, upright = _ways(handle)
        return self.left + self.width * (sideways + 1) / 2, self.top + self.height * (upright + 1) / 2

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x < self.right and self.top <= y < self.bottom


@dataclass(frozen=True)
class Paper:
    """The picture under the rectangle, and the shape the rectangle keeps."""

    width: int
    height: int
    aspect: float = 0.0

    def begin(self, share: float = 0.8) -> Region:
        """In the middle, so large a share of either side."""
        width, height = round(self.width * share), round(self.height * share)
        return self._around(self.width / 2, self.height / 2, width, height)

    def drawn(self, start: tuple[float, float], end: tuple[float, float]) -> Region:
        """From one corner to the other."""
        sideways, upright = (1 if end[axis] >= start[axis] else -1 for axis in (0, 1))
        size = abs(end[0] - start[0]), abs(end[1] - start[1])
        return self._from(start, (sideways, upright), size)

    def moved(self, region: Region, across: int, down: int) -> Region:
        left = min(max(0, region.left + across), self.width - region.width)
        return replace(region, left=left, top=min(max(0, region.top + down), self.height - region.height))

    def pulled(self, region: Region, handle: str, x: float, y: float) -> Region:
        """The handle is taken to (x, y); the side or corner across from it stays."""
        ways = _ways(handle)
        opposite = region.handle_place(handle.translate(_ACROSS))
        width = max(0.0, (x - opposite[0]) * ways[0]) if ways[0] else region.width
        height = max(0.0, (y - opposite[1]) * ways[1]) if ways[1] else region.height
        if self.aspect and not ways[0]:
            width = height * self.aspect
        elif self.aspect and not ways[1]:
            height = width / self.aspect
        return self._from(opposite, ways, (width, height))

    def grown(self, region: Region, across: int, down: int) -> Region:
        """Its right and lower side are moved; with a shape to keep one of the two leads."""
        if self.aspect:
            handle = "e" if across else "s"
        else:
            handle = "se"
        return self.pulled(region, handle, region.right + across, region.bottom + down)

    def shaped(self, region: Region) -> Region:
        """The same middle and about the same size, in the shape that is kept."""
        if not self.aspect:
            return region
        area = region.width * region.height
        width = (area * self.aspect) ** 0.5
        middle = region.left + region.width / 2, region.top + region.height / 2
        return self._around(*middle, width, width / self.aspect)

    def _from(self, fixed: tuple[float, float], ways: tuple[int, int], size: tuple[float, float]) -> Region:
        """The largest rectangle on the picture up to `size` that stands at `fixed`; way 0: centred on it."""
        limits = (self.width, self.height)
        at = [min(max(0.0, fixed[axis]), limits[axis]) for axis in (0, 1)]
        room = [_room(at[axis], ways[axis], limits[axis]) for axis in (0, 1)]
        wide, high = (max(float(LEAST), one) for one in size)
        if self.aspect:
            wide = max(wide, high * self.aspect) if all(ways) else wide
            smaller = min(1.0, room[0] / wide, room[1] / (wide / self.aspect))
            wide, high = wide * smaller, wide * smaller / self.aspect
        wide, high = min(wide, max(room[0], LEAST)), min(high, max(room[1], LEAST))
        return self._placed(at[0] + wide * (ways[0] - 1) / 2, at[1] + high * (ways[1] - 1) / 2, wide, high)

    def _around(self, x: float, y: float, width: float, height: float) -> Region:
        if self.aspect:
            width = min(width, self.width, self.height * self.aspect)
            height = width / self.aspect
        return self._placed(x - width / 2, y - height / 2, width, height)

    def _placed(self, x: float, y: float, width: float, height: float) -> Region:
        """In whole pixels, on the picture."""
        wide = min(max(LEAST, round(width)), self.width)
        high = min(max(LEAST, round(height)), self.height)
        left, top = min(max(0, round(x)), self.width - wide), min(max(0, round(y)), self.height - high)
        return Region(left, top, wide, high)


_ACROSS = str.maketrans("nesw", "swne")


def _ways(handle: str) -> tuple[int, int]:
    """Which way a handle pulls: (−1 left, 1 right, 0 neither), and the same for up and down."""
    return ("e" in handle) - ("w" in handle), ("s" in handle) - ("n" in handle)


def _room(at: float, way: int, limit: int) -> float:
    if not way:
        return 2 * min(at, limit - at)
    return limit - at if way > 0 else at
