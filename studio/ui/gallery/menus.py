"""What can be done with a subject, a change or a view of it: the menu of a row of the gallery."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from studio.project.gallery_cards import SubjectCard, ViewCard
from studio.ui.wishes.subjects import SubjectWishes

VIEWS = {"": "Not said", "front": "Front", "side": "Side", "back": "Back", "face": "Face", "detail": "Detail"}
KEYS = {"front": "1", "side": "2", "back": "3", "face": "4", "detail": "5", "": "0"}
"""Keys that say what a view shows, on the sheet of its subject."""


def new_menu(over: QWidget, name: str) -> QMenu:
    menu = QMenu(over)
    menu.setAccessibleName(name)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def entry(menu: QMenu, words: str, run: Callable[[], object], keys: str = "", *, ticked: bool | None = None) -> QAction:
    """`keys` are shown, not bound: the list under the menu hears them itself."""
    made = menu.addAction(words.replace("&", "&&") + (f"\t{keys}" if keys else ""))
    made.triggered.connect(lambda _checked=False: run())
    if ticked is not None:
        made.setCheckable(True)
        made.setChecked(ticked)
    return made


def add_view_entries(
    menu: QMenu, wishes: SubjectWishes, card: SubjectCard, view: ViewCard, cut_out: Callable[[str], object],
    give: Callable[[ViewCard], object],
) -> None:  # fmt: skip
    """What a view shows, what is worn on it, cutting out, taking it away."""
    said = menu.addMenu("Shows")
    for kind, word in VIEWS.items():
        entry(said, word, partial(wishes.say_view, view.id, kind), ticked=view.view == kind)
    if card.wardrobe:
        worn = menu.addMenu("Wardrobe")
        count = len(card.views)
        entry(worn, "Every change", partial(wishes.place_view, view.id, card.id, None, count),
              ticked=view.wardrobe is None)  # fmt: skip
        for change in card.wardrobe:
            entry(worn, change.title, partial(wishes.place_view, view.id, card.id, change.id, count),
                  ticked=view.wardrobe == change.id)  # fmt: skip
    entry(menu, "Cut out…", partial(cut_out, view.id))
    entry(menu, "Give to another subject…", partial(give, view))
    menu.addSeparator()
    entry(menu, "Remove picture", partial(wishes.remove_view, view.id), "Del")
