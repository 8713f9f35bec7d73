"""Objects without a place on the screen that go when their window goes.

A desk is held by the window, and the window by what the desk's signals call: a circle through Qt, which Python's
search for rubbish cannot see. Qt ends it where the desk is a child of the window.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget


def belong_to(window: QObject, holders: Iterable[object], *, others: Iterable[object] = ()) -> None:
    """Every object without a parent that one of `holders` has as an attribute becomes a child of `window`.

    `others`: what the holders have and is not theirs, such as the film.
    """
    kept = {id(one) for one in others}
    for holder in holders:
        for one in list(vars(holder).values()):
            homeless = isinstance(one, QObject) and not isinstance(one, QWidget) and one.parent() is None
            if homeless and id(one) not in kept:
                one.setParent(window)
