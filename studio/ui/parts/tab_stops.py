"""Where Tab goes inside one part of a window, round and round."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_inside(part: QWidget, forward: bool) -> bool:
    """The keyboard to the next stop inside `part`; False where there is none."""
    stops = _tab_stops(part)
    if not stops:
        return False
    here = part.window().focusWidget()
    place = stops.index(here) if here in stops else (-1 if forward else 0)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stops[(place + (1 if forward else -1)) % len(stops)].setFocus(reason)
    return True


def _tab_stops(part: QWidget) -> list[QWidget]:
    """What Tab reaches, in the order it was made.

    Qt's focus chain is not asked: PySide makes the widget it returns a child of the one asked, so that widgets of
    the window would count as deleted together with the part.
    """
    return [
        widget for widget in part.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        and widget.isEnabled() and widget.isVisible()
    ]  # fmt: skip
