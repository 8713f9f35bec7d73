"""Looking: overlays, two takes compared, drawing on a panel, a screening, notes, what a take was made of."""

from __future__ import annotations

import math

from camera import Camera, wait
from PySide6.QtCore import QPoint


def take_all(camera: Camera, engine: str) -> None:
    window = camera.window
    camera.select(1)
    camera.do("play_shot")
    for overlay in ("matte", "safe_areas", "thirds"):
        camera.do(overlay)
    camera.take("17-overlays")
    for overlay in ("matte", "safe_areas", "thirds"):
        camera.do(overlay)
    camera.do("layout_review")
    camera.take("18-notes-in-review")
    compared(camera)
    camera.do("take_info")
    camera.take_sheet("21-take-info")
    camera.do("layout_board")
    drawing(camera)
    camera.do("play_cut")
    window.viewer.transport.seek(60)
    camera.do("screening")
    screening = window.screenings.window
    assert screening is not None
    screening.showNormal()
    screening.resize(1920, 1080)
    window.viewer.transport.stop()
    wait(lambda: not screening.picture.image.isNull(), 20, "the picture of the screening")
    camera.take("23-screening", screening)
    camera.do("screening")


def compared(camera: Camera) -> None:
    window = camera.window
    camera.do("compare")
    window.viewer.transport.seek(12)
    window.viewer.header.compare_chosen.emit("wipe")
    camera.take("19-compared-by-a-wipe")
    window.viewer.header.compare_chosen.emit("ab")
    camera.take("20-compared-a-and-b")
    camera.do("compare")


def drawing(camera: Camera) -> None:
    """An arrow and a pencil line on the panel of a shot; kept, as a hand would."""
    window = camera.window
    camera.select(next(place for place, card in enumerate(camera.cards) if card.panels))
    window.takes.show_view("panels")
    window.takes.panel_looked_at.emit(window.current.panels[0].id)
    wait(lambda: window.viewer.drawing_row.isVisible(), 10, "the tools for drawing on a panel")
    picture, box = window.viewer.picture, window.viewer.picture.picture_rect()
    middle, across, down = box.center(), box.width() // 10, box.height() // 10
    camera.do("draw_arrow")
    camera.drag(picture, middle, middle + QPoint(across, -down), middle + QPoint(3 * across, -2 * down))
    camera.do("pencil")
    ring = [
        QPoint(round(across * 1.2 * math.cos(part / 3)), round(down * 2 * math.sin(part / 3))) for part in range(20)
    ]
    camera.drag(picture, *(middle + QPoint(-3 * across, 0) + point for point in ring))
    camera.take("22-drawing-on-a-panel")
    window.viewer.drawing_row.put_down()
