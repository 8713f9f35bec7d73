"""Measures the reference gallery of 500 subjects with four pictures each, for `tests.bench_window`."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

SUBJECTS, VIEWS = 500, 4
KINDS = ("character", "prop", "location", "look")
SIZE = (384, 512)


def scrolled(step: int, frames: int = 300) -> list[float]:
    """Seconds each frame took on the window's thread while the list scrolls so many pixels a frame."""
    with _gallery() as (app, gallery, _pictures):
        bar, times = gallery.view.verticalScrollBar(), []
        for place in range(1, frames):
            began = time.perf_counter()
            bar.setValue(place * step)
            gallery.view.viewport().repaint()
            app.processEvents()
            times.append(time.perf_counter() - began)
            time.sleep(max(0.0, 1 / 60 - times[-1]))
        return times


def keyed(presses: int = 120) -> list[float]:
    """Seconds from a press of Down to the row being painted as chosen."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    with _gallery() as (app, gallery, pictures):
        gallery.take_keys()
        while pictures.busy:
            app.processEvents()
        times = []
        for _press in range(presses):
            began = time.perf_counter()
            QTest.keyClick(gallery.view, Qt.Key.Key_Down)
            app.processEvents()
            times.append(time.perf_counter() - began)
        return times


def refreshed() -> list[float]:
    """Seconds until another description of one subject is shown, from the cards on."""
    with _gallery() as (app, gallery, _pictures):
        times = []
        for turn in range(20):
            cards = gallery.subjects()
            cards[0] = replace(cards[0], description=f"number {turn}")
            began = time.perf_counter()
            gallery.show_subjects(cards)
            app.processEvents()
            times.append(time.perf_counter() - began)
        return times


@contextmanager
def _gallery() -> Iterator[tuple[Any, Any, Any]]:
    """Shown at the size it has on a large screen, all of it known and no picture decoded yet."""
    from PySide6.QtWidgets import QApplication, QWidget

    from studio import assets
    from studio.ui.gallery.dock import Gallery
    from studio.ui.parts.pictures import PictureStore
    from studio.ui.theme import Look

    app = QApplication.instance() or QApplication([])
    look = Look(assets.folder())
    look.dress(app)
    with tempfile.TemporaryDirectory() as place:
        over, pictures = QWidget(), PictureStore()
        over.resize(264, 1100)
        gallery = Gallery(look, pictures)
        gallery.setParent(over)
        gallery.resize(264, 1100)
        gallery.show_subjects(_cards(Path(place)))
        over.show()
        app.processEvents()
        yield app, gallery, pictures
        pictures.close()
        over.close()


def _cards(folder: Path) -> list[Any]:
    """Noise, which is the slowest to decode; sixty different files stand for all two thousand."""
    from tests.ui.gallery_cards import subject_card, view_card

    rng = np.random.default_rng(5)
    for number in range(60):
        noise = rng.integers(0, 255, (SIZE[1] // 8, SIZE[0] // 8, 3), dtype=np.uint8)
        Image.fromarray(noise).resize(SIZE).save(folder / f"{number}.png", compress_level=1)
    for one in range(SUBJECTS * VIEWS):
        (folder / f"view-{one}.png").symlink_to(folder / f"{one % 60}.png")
    cards = []
    for one in range(SUBJECTS):
        files = [folder / f"view-{one * VIEWS + at}.png" for at in range(VIEWS)]
        views = tuple(replace(view_card(f"{one}-{at}", f"s-x{one}", SIZE), picture=file)
                      for at, file in enumerate(files))  # fmt: skip
        cards.append(subject_card(f"@x{one}", views=views, kind=KINDS[one % 4], shots=one % 9,
                                  description="somebody in a long coat and a red scarf"))  # fmt: skip
    return cards
