"""The timeline: all of the cut, an edge while it is drawn, lanes and markers, small notes, versions of the cut."""

from __future__ import annotations

from camera import Camera
from PySide6.QtCore import QPoint

from studio.project.cut_queries import event_cards


def take_all(camera: Camera, engine: str) -> None:
    window, timeline = camera.window, camera.window.timeline
    camera.do("layout_edit")
    window.board_panel.show_view("timeline")
    camera.do("play_cut")
    camera.do("zoom_fit")
    camera.select(1)
    camera.take("11-timeline")
    timeline.list.setFocus()
    events = camera.project.ask(event_cards)
    box = timeline.rect_for_event(events[4].id)
    edge = QPoint(box.right() - 1, box.center().y())
    let_go = camera.begin_drag(timeline.viewport(), edge, edge - QPoint(timeline.geometry_now.scale.x_of(10), 0))
    camera.take("12-trimming")
    let_go()
    lanes(camera)
    camera.select(2)
    camera.do("reframe")
    camera.take_sheet("14-reframe")
    camera.do("speed")
    camera.take_sheet("15-speed")
    camera.do("versions")
    camera.take_sheet("16-versions-of-the-cut")
    camera.do("layout_board")


def lanes(camera: Camera) -> None:
    timeline = camera.window.timeline
    for _step in range(3):
        camera.do("zoom_in")
    horn = next(sound for sound in timeline.cut.sounds if "Horn" in sound.name)
    camera.window.chosen.choose_sound(horn.id)
    camera.take("13-lanes-and-markers")
    camera.do("zoom_fit")
