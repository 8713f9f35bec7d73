"""How long one paint of a full timeline takes: `QT_QPA_PLATFORM=offscreen python -m tests.bench_timeline`.

Ten thousand events with pictures, a marker, two lanes, at zooms from the whole film to single frames, scrolled by a few
pixels between two paints. A paint of 8 ms leaves half of a frame at 60 a second to everything else.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from studio import assets
from studio.ui.cut_selection import CutSelection
from studio.ui.parts.pictures import PictureStore, PreviewStore
from studio.ui.sound.waveforms import WaveformStore
from studio.ui.storyboard.board.shot_list import ShotList
from studio.ui.storyboard.timeline.cut import TimelineCut
from studio.ui.storyboard.timeline.geometry import ONE_PIXEL, TimeScale
from studio.ui.storyboard.timeline.view import TimelineView
from studio.ui.theme import Look
from tests.builders import a_picture
from tests.ui.timeline_cuts import RATE, a_cut, a_sound

EVENTS, PICTURES, PAINTS = 10_000, 48, 40
ZOOMS = {"whole film": 0, "0.1 pixel a frame": ONE_PIXEL // 10, "0.3": ONE_PIXEL * 3 // 10, "1": ONE_PIXEL,
         "4": 4 * ONE_PIXEL, "16": 16 * ONE_PIXEL}  # fmt: skip


def measure_paint(folder: Path) -> dict[str, list[float]]:
    """Milliseconds of each paint, by zoom."""
    pictures, previews, waves = PictureStore(), PreviewStore(), WaveformStore(None)
    view = _view(folder, pictures, previews, waves)
    image = QImage(view.viewport().size(), QImage.Format.Format_ARGB32_Premultiplied)
    found = {}
    for name, zoom in ZOOMS.items():
        view.zoom_to(TimeScale(zoom)) if zoom else view.zoom_to_fit()
        view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum() // 2)
        view.viewport().render(image)
        while pictures.busy:
            QApplication.processEvents()
        found[name] = [_paint(view, image) for _ in range(PAINTS)]
    for one in (pictures, previews, waves):
        one.close()
    return found


def _view(folder: Path, pictures: PictureStore, previews: PreviewStore, waves: WaveformStore) -> TimelineView:
    look = Look(assets.folder())
    look.dress(QApplication.instance())
    view = TimelineView(look, ShotList(RATE), pictures, pictures, previews, waves, CutSelection(), lambda _job: None)
    view.resize(1600, 404)
    view.show_cut(_cut(folder))
    view.show()
    QApplication.processEvents()
    return view


def _cut(folder: Path) -> TimelineCut:
    files = [a_picture(folder / f"{place}.png", (320, 180), str(place)) for place in range(PICTURES)]
    cut = a_cut(*(52 + place * 37 % 60 for place in range(EVENTS)), sounds=[])
    events = [replace(event, shot_number=f"{place // 7 + 1}{chr(65 + place % 7)}", scene=f"scene_{place // 7}",
                      panel="panel", picture=files[place % PICTURES], action="The pier in rain, far away a light",
                      dialogue="Is it gone?" if place % 4 == 1 else "")
              for place, event in enumerate(cut.events)]  # fmt: skip
    sounds = [a_sound("storm", "lane_one", 0, cut.frames, source_samples=0)]
    return TimelineCut(RATE, events, cut.lanes, sounds, cut.markers)


def _paint(view: TimelineView, image: QImage) -> float:
    bar = view.horizontalScrollBar()
    bar.setValue(bar.value() + 7)
    since = time.perf_counter()
    view.viewport().render(image)
    return (time.perf_counter() - since) * 1000


if __name__ == "__main__":
    application = QApplication([])
    with tempfile.TemporaryDirectory() as made:
        for zoom, times in measure_paint(Path(made)).items():
            print(f"{zoom:20} median {statistics.median(times):5.1f} ms   slowest {max(times):5.1f} ms")
