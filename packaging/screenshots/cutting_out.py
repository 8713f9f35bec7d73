"""Cutting out of a frame: a region, and one thing without its background while a stroke is drawn and after it."""

from __future__ import annotations

from camera import Camera, rest, wait
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from studio.ui.cutting_out.region import Region
from studio.ui.cutting_out.sheet import CutOutSheet

SECONDS = 60


def take_all(camera: Camera, engine: str) -> None:
    camera.select(1)
    camera.do("cut_from_frame")
    wait(lambda: bool(camera.window.findChildren(CutOutSheet)), SECONDS, "a frame to cut from")
    sheet = camera.window.findChild(CutOutSheet)
    assert sheet is not None
    wait(lambda: bool(sheet.tools.pixels.text()), SECONDS, "the frame on the sheet")
    paper = sheet.canvas.paper
    sheet.tools.shapes.button("portrait").click()
    camera.take("60-cut-out-a-region")
    sheet.tools.what.button("thing").click()
    width, height = paper.width, paper.height
    sheet.set_region(Region(width // 4, height // 8, width // 2, 7 * height // 8))
    wait(sheet.keep_button.isEnabled, SECONDS, "the thing found")
    camera.take("61-cut-out-marked")
    stroke(sheet)
    camera.take("62-cut-out-a-stroke")
    QTest.mouseRelease(sheet.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle(sheet))
    rest(0.1)
    wait(sheet.keep_button.isEnabled, SECONDS, "the thing found again")
    sheet.tools.views.button("after").click()
    camera.take_sheet("63-cut-out-after")


def stroke(sheet: CutOutSheet) -> None:
    """Begun and not yet let go."""
    sheet.tools.choose_tool("drop")
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(sheet.canvas, Qt.MouseButton.LeftButton, none, middle(sheet) - QPoint(80, 60))
    for step in range(1, 9):
        QTest.mouseMove(sheet.canvas, middle(sheet) - QPoint(80 - 10 * step, 60))


def middle(sheet: CutOutSheet) -> QPoint:
    return sheet.canvas.rect().center()
