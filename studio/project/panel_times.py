"""Which panels of a shot stand in an event, one after the other, and for how long. Pure.

Panels lie on the shot's clock like a take: each for its own length, scaled down together where they last longer than
the shot is planned for, the last one held to the end. An event shows its span of that, so that trims, splits and
speeds do to panels what they do to a take.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor

from studio.project.cut_cards import PanelShown
from studio.project.shown import WHOLE, Framing
from studio.project.trimming import Span


def panels_in(panels: Sequence[PanelShown], span: Span, planned: int) -> tuple[PanelShown, ...]:
    """`panels` with their own lengths, in film frames, as an event with this span shows them; `planned` frames is
    the shot's length. The result lasts exactly as long as the span."""
    begins = _begins([panel.frames for panel in panels], planned)
    if span.hold:
        return (_held(panels, begins, span),)
    edges = [_film_edge(begin, span) for begin in begins]
    if span.speed > 0:
        return tuple(_within(list(zip(panels, edges, edges[1:], strict=False)), span.frames))
    turned = [(_turned(panel), edges[place + 1], edges[place]) for place, panel in enumerate(panels)]
    return tuple(_within(turned[::-1], span.frames))


def _held(panels: Sequence[PanelShown], begins: Sequence[int], span: Span) -> PanelShown:
    """One panel, standing in its move where it is held."""
    place = max(0, bisect_right(begins, span.held_at, hi=len(panels)) - 1)
    panel, begin = panels[place], begins[place]
    if panel.framing_start == panel.framing_end:
        return replace(panel, frames=span.frames)
    start, end = panel.framing_start or WHOLE, panel.framing_end or WHOLE
    stands = Framing(start, end, "", begin, begins[place + 1] - begin).rect(floor(span.held_at))
    return replace(panel, frames=span.frames, framing_start=stands, framing_end=stands)


def _begins(lengths: Sequence[int], planned: int) -> list[int]:
    """The shot_frame at which each panel begins, and the one at which the last ends."""
    total, passed, begins = sum(lengths), 0, []
    for length in lengths:
        begins.append(passed * planned // total if total > planned else passed)
        passed += length
    return [*begins, planned]


def _film_edge(begin: int, span: Span) -> int:
    """The first film frame of the event from which on the material before `begin` is past, whichever way it plays."""
    frames = (begin - span.first) / span.speed
    return ceil(frames) if span.speed > 0 else floor(frames) + 1


def _turned(panel: PanelShown) -> PanelShown:
    return replace(panel, framing_start=panel.framing_end, framing_end=panel.framing_start)


def _within(stretches: Sequence[tuple[PanelShown, int, int]], frames: int) -> list[PanelShown]:
    """Cut to 0..frames, the first held before what there is and the last one after it."""
    found, last = [], len(stretches) - 1
    for place, (panel, begin, end) in enumerate(stretches):
        low = 0 if place == 0 else max(0, begin)
        high = frames if place == last else min(frames, end)
        if low >= high:
            continue
        whole = (low, high) == (begin, end)
        found.append(replace(panel, frames=high - low, framing_first=0 if whole else low - begin,
                             framing_frames=0 if whole else max(1, end - begin)))
    return found
