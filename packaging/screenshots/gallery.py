"""The reference gallery: subjects with their views and wardrobe, search, what is held over it, the sheets, folded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from camera import Camera, rest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from studio.project import gallery_queries
from studio.project.commands import arrivals
from studio.project.commands import shot as shots
from studio.project.commands import subject as subjects
from studio.project.gallery_cards import SubjectCard
from studio.ui.parts.carried import carry_subject, carry_view

FOLDED = 56
KEPT_STEPS = 40
"""More than are made here: everything is undone again at the end."""


def take_all(camera: Camera, engine: str) -> None:
    window = camera.window
    steps = camera.project.newest_step()
    camera.select(1)
    fill(camera)
    window.gallery.take_keys()
    camera.take("60-gallery")
    view_looked_at(camera)
    searching(camera)
    held_over(camera)
    sheets(camera)
    names(camera)
    folded(camera)
    for _step in range(KEPT_STEPS):
        if camera.project.newest_step() == steps:
            break
        camera.project.undo()
    window.watch.flush()


def fill(camera: Camera) -> None:
    """The views of the film's own sheets one by one, a change that is worn, a place, a prop and a look."""
    cards = camera.project.ask(gallery_queries.subject_cards)
    folder = camera.folder / "gallery-pictures"
    folder.mkdir(exist_ok=True)
    for card in cards[:2]:
        add(camera, card.id, parts_of(card, folder))
    mara = cards[0].id
    camera.project.run(subjects.add_wardrobe, mara, 2, "dry", "in a dry blue coat")
    camera.project.run(subjects.add_wardrobe, mara, 1, "soaked", "hair wet", "state", 1)
    change = camera.project.ask(gallery_queries.subject_card, mara).wardrobe[0].id
    camera.window.subject_wishes.wear(change, shot=camera.cards[2].id)
    for name, kind, words in (("@lantern", "prop", "brass and glass"), ("@pier", "location", "scene 1"),
                              ("@night", "look", "blue moonlight, warm lamps")):  # fmt: skip
        camera.project.run(subjects.add_subject, name, kind, words)
    first = camera.cards[0]
    camera.project.run(shots.edit_shot, first.id, prompt=f"{first.prompt} @lantern in hand, @harbormaster waits.")
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    camera.window.watch.flush()
    rest(1.5)  # names are looked through once the hands rest


def parts_of(card: SubjectCard, folder: Path) -> list[Path]:
    """A sheet shows a subject three times side by side: one picture for each."""
    with Image.open(card.views[0].picture) as sheet:
        picture = np.asarray(sheet.convert("RGB"))
    files = []
    for place, part in enumerate(np.array_split(picture, 3, axis=1)):
        files.append(folder / f"{card.name.lstrip('@')} {('front', 'side', 'face')[place]}.png")
        Image.fromarray(np.ascontiguousarray(part)).save(files[-1])
    return files


def add(camera: Camera, subject: str, files: list[Path]) -> None:
    media = camera.project.media
    read = [media.stage_picture(file) for file in files]
    with media.keeping(read):
        camera.project.run(arrivals.add_views, subject, read)
    added = camera.project.ask(gallery_queries.subject_card, subject).views[-len(files) :]
    for view, kind in zip(added, ("front", "side", "face"), strict=True):
        camera.project.run(subjects.edit_view, view.id, view=kind)


def view_looked_at(camera: Camera) -> None:
    view = camera.window.gallery.view
    for _step in range(2):
        QTest.keyClick(view, Qt.Key.Key_Right)
    rest(1.0)  # the larger picture comes after a moment's rest
    camera.take("61-gallery-view")
    QTest.keyClick(view, Qt.Key.Key_Escape)


def searching(camera: Camera) -> None:
    gallery = camera.window.gallery
    gallery.open_search()
    gallery.sought.setText("coat")
    camera.take("62-gallery-search")
    gallery.search.setChecked(False)


def held_over(camera: Camera) -> None:
    window, view = camera.window, camera.window.gallery.view
    mara, jon = window.gallery.subjects()[:2]
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(one.picture)) for one in mara.views[:3]])
    let_go = hold(view, files, view.rect_of(("subject", jon.id)).center())
    camera.take("63-gallery-files-held")
    let_go()
    let_go = hold(view, carry_view(mara.views[0].id), view.rect_of_view(mara.views[2].id).center())
    camera.take("64-gallery-view-carried")
    let_go()
    card = window.board.rect_for_shot(camera.cards[2].id).center()
    let_go = hold(window.board, carry_subject(mara.id, mara.name), card)
    camera.take("65-subject-over-a-card")
    let_go()


def hold(widget: QWidget, data: QMimeData, point: QPoint) -> Callable[[], None]:
    """Something hangs at the pointer over a widget; what it returns takes it away again."""
    both = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    enter = QDragEnterEvent(point, both, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    widget.dragEnterEvent(enter)

    def let_go() -> None:
        widget.dragLeaveEvent(QDragLeaveEvent())
        rest(0.1)

    return let_go


def sheets(camera: Camera) -> None:
    window = camera.window
    mara = window.gallery.subjects()[0]
    window.subject_pages.open_subject(mara.id)
    sheet = window.subject_pages.open_sheet
    camera.take("66-subject")
    sheet.show_page("wardrobe")
    camera.take("67-subject-wardrobe")
    sheet.show_page("shots")
    camera.take("68-subject-shots")
    sheet.name.setText("@jon")
    QTest.keyClick(sheet.name, Qt.Key.Key_Return)
    camera.take_sheet("69-subject-name-refused")


def names(camera: Camera) -> None:
    window, view = camera.window, camera.window.gallery.view
    camera.do("names")
    camera.take_sheet("70-names")
    view.setFocus()
    window.gallery.select(window.gallery.subjects()[0].id)
    view.begin_rename()
    camera.take("71-renamed-in-place")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)


def folded(camera: Camera) -> None:
    window = camera.window
    docks, wide = [window.docks["gallery"]], window.docks["gallery"].width()
    window.resizeDocks(docks, [FOLDED], Qt.Orientation.Horizontal)
    camera.take("72-gallery-folded")
    window.resizeDocks(docks, [wide], Qt.Orientation.Horizontal)
