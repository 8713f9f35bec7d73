"""Continuity: the cuts of a scene with their lamps, one of them matched, and a subject in all its shots."""

from __future__ import annotations

from camera import Camera, wait

from studio.project import queries
from studio.ui.continuity.dock import RowView
from studio.ui.continuity.rows import Row


def take_all(camera: Camera, engine: str) -> None:
    window, panel = camera.window, camera.window.continuity
    camera.do("layout_review")
    camera.select(2)
    camera.do("to_continuity")
    wait(lambda: _compared(panel.cuts), 60, "the cuts of the scene compared")
    camera.take("50-continuity-of-a-scene")
    camera.do("match")
    wait(lambda: any(event.grade for event in camera.project.ask(queries.event_cards)), 20, "a cut matched")
    wait(lambda: any(row.detail for row in _rows(panel.cuts)), 20, "the matched cut shown as graded")
    wait(lambda: _compared(panel.cuts), 60, "the matched cut compared again")
    camera.take("51-continuity-matched")
    window.continuity_desk.show_subject(camera.project.ask(queries.subject_cards)[0].id)
    wait(lambda: panel.seen.rows.rowCount() > 0 and _compared(panel.seen), 60, "the subject compared")
    camera.take("52-continuity-of-a-subject")
    camera.project.undo()
    panel.pages.button("cuts").click()
    camera.do("layout_board")


def _compared(view: RowView) -> bool:
    return all(row.lamps for row in _rows(view))


def _rows(view: RowView) -> list[Row]:
    return [view.rows.row(place) for place in range(view.rows.rowCount())]
