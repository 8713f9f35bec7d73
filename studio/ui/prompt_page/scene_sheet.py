"""The prompts proposed for a scene one under the other: how many are still written, accepting all or some."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from studio.project.additions import additions
from studio.project.gallery_cards import SubjectCard
from studio.project.prompt_cards import ExpansionCard
from studio.ui.marked_text import MarkedText
from studio.ui.parts.controls import KeyButton, ProgressBar, clear_layout, scrolling, text_label
from studio.ui.parts.pictures import PictureStore
from studio.ui.parts.sheet import Sheet, paragraph
from studio.ui.parts.times import counted
from studio.ui.theme import Look

WIDTH = 760
LIST_HEIGHT = 420
MOST_SHOWN = 20
"""Texts laid out at once; a longer scene is read in parts, as the first are accepted."""


class SceneSheet(Sheet):
    accept_requested = Signal(list)
    """ids of expansions"""
    shot_requested = Signal(str)
    """to be opened part by part"""
    cancel_requested = Signal()
    expand_requested = Signal()

    def __init__(self, look: Look, over: QWidget, pictures: PictureStore, scene: str) -> None:
        """`scene` as it is called on screen."""
        super().__init__(look, over, f"Proposed prompts of {scene}", WIDTH)
        self._pictures = pictures
        self._cards: tuple[ExpansionCard, ...] = ()
        self.column.addWidget(text_label(f"Proposed prompts of {scene}", "sheet"))
        self.summary = paragraph("", "second")
        self.column.addWidget(self.summary)
        self.bar, self.progress = ProgressBar(look), text_label("", "second")
        self.cancel = KeyButton(look, "Cancel", kind="small", icon="close")
        self._writing = QWidget()
        self._build_list()
        self._build_writing()
        self._build_foot()

    def show_cards(
        self, cards: Sequence[ExpansionCard], numbers: Mapping[str, str], subjects: Sequence[SubjectCard]
    ) -> None:
        """Those that wait; `numbers` of their shots."""
        if tuple(cards) == self._cards:
            return
        self._cards = tuple(cards)
        clear_layout(self._list)
        for card in cards[:MOST_SHOWN]:
            self._list.addWidget(self._entry(card, numbers.get(card.shot, ""), subjects))
        warned = sum(bool(card.warnings) for card in cards)
        left = f"; {len(cards) - MOST_SHOWN} more are shown as these are accepted" if len(cards) > MOST_SHOWN else ""
        marked = f", {warned} of them with a warning" if warned else ""
        nothing = "No prompt of this scene waits to be accepted."
        self.summary.setText(f"{counted(len(cards), 'prompt')} to accept{marked}{left}." if cards else nothing)
        self._show_buttons()

    def show_progress(self, done: int, total: int) -> None:
        writing = done < total
        self._writing.setVisible(writing)
        self.bar.show_step(done, total)
        self.progress.setText(f"{done} of {total} written")
        self.expand.setEnabled(not writing)

    def _show_buttons(self) -> None:
        sound = [card for card in self._cards if not card.warnings]
        self.accept_all.setEnabled(bool(self._cards))
        self.accept_sound.setEnabled(bool(sound) and len(sound) < len(self._cards))
        self.accept_sound.setToolTip("" if len(sound) < len(self._cards) else "None of them has a warning.")

    def _entry(self, card: ExpansionCard, number: str, subjects: Sequence[SubjectCard]) -> QWidget:
        entry = QFrame()
        entry.setObjectName("well_card")
        column, head = QVBoxLayout(entry), QHBoxLayout()
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(4)
        head.addWidget(text_label(number, "title"))
        head.addStretch(1)
        one = KeyButton(self._look, "Part by part", kind="quiet")
        one.setAccessibleName(f"Prompt of {number} part by part")
        one.clicked.connect(lambda: self.shot_requested.emit(card.shot))
        accept = KeyButton(self._look, "Accept", kind="small", icon="check")
        accept.setAccessibleName(f"Accept the prompt of {number}")
        accept.clicked.connect(lambda: self.accept_requested.emit([card.id]))
        head.addWidget(one)
        head.addWidget(accept)
        text = MarkedText(self._look, self._pictures, f"Prompt of {number}")
        text.know(subjects)
        text.show_marked(card.text, additions(card.text, card.draft))
        column.addLayout(head)
        column.addWidget(text)
        for warning in card.warnings:
            column.addWidget(paragraph(warning, "warn"))
        return entry

    def _build_list(self) -> None:
        body = QWidget()
        body.setObjectName("clear")
        self._list = QVBoxLayout(body)
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(8)
        self._list.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = scrolling(body)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedHeight(min(LIST_HEIGHT, max(160, self._over.height() - 320)))
        self.column.addWidget(scroll)

    def _build_writing(self) -> None:
        row = QHBoxLayout(self._writing)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.bar, 1)
        row.addWidget(self.progress)
        row.addWidget(self.cancel)
        self.cancel.setAccessibleName("Cancel writing")
        self.cancel.clicked.connect(self.cancel_requested)
        self.column.addWidget(self._writing)
        self._writing.hide()

    def _build_foot(self) -> None:
        row = self.foot_row()
        self.expand = KeyButton(self._look, "Expand every shot", kind="outline", icon="expand")
        self.expand.clicked.connect(self.expand_requested)
        self.accept_sound = KeyButton(self._look, "Accept all but those with warnings", kind="outline")
        self.accept_all = KeyButton(self._look, "Accept all", kind="main")
        self.accept_sound.clicked.connect(
            lambda: self.accept_requested.emit([card.id for card in self._cards if not card.warnings])
        )
        self.accept_all.clicked.connect(lambda: self.accept_requested.emit([card.id for card in self._cards]))
        shut = KeyButton(self._look, "Close", "Esc", kind="outline")
        shut.clicked.connect(self.close_sheet)
        row.addWidget(self.expand)
        row.addStretch(1)
        row.addWidget(shut)
        row.addWidget(self.accept_sound)
        row.addWidget(self.accept_all)
