"""The form of a new subject, and what the names of its files say about it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QWidget

from studio.ui.forms import FormSheet
from studio.ui.parts.controls import KeyButton, labelled, text_label
from studio.ui.parts.held_files import PICTURES
from studio.ui.parts.times import counted
from studio.ui.theme import Look

KINDS = ("character", "prop", "location", "look")
SAID_OF_VIEWS = frozenset((
    "front", "side", "back", "face", "detail", "view", "profile", "head", "full", "body", "ref", "reference",
    "references", "sheet", "turnaround", "pose", "final", "copy", "img", "image", "picture", "photo", "screenshot",
    "dsc", "pasted", "cut", "out",
))  # fmt: skip
"""Words in names of files that are of the picture and not of who is on it."""
LOOKS = frozenset(("look", "style", "grade", "palette", "mood", "tone", "lut"))
LONGEST = 40
"""Letters of a name."""

KeepSubject = Callable[[str, str, str, Sequence[Path]], bool]
"""Name, kind, description and pictures; whether it worked. May raise StudioError."""


def guessed_name(paths: Sequence[Path]) -> str:
    """`@mara` for `mara_front.png` and `Mara 02.jpg`; empty where the names say nothing."""
    stems = [path.stem for path in paths]
    words = [_words(stem) for stem in stems]
    if not words:
        return ""
    common = [word for word in words[0] if all(word in others for others in words)] or words[0]
    return f"@{'-'.join(common)[:LONGEST].rstrip('-')}" if common else ""


def guessed_kind(paths: Sequence[Path], places: Collection[str]) -> str:
    """A place the film knows, a look by its word, else a character. `places`: words for locations."""
    said = {word for path in paths for word in (*_words(path.stem), *_words(path.parent.name))}
    if said & LOOKS:
        return "look"
    if said & {"prop", "props"}:
        return "prop"
    known = {word for place in places for word in _words(place)} | {"location", "locations", "place"}
    return "location" if said & known else "character"


def _words(text: str) -> list[str]:
    spaced = re.sub(r"(?<=[^\W\d_])(?=\d)|(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFC", text))
    found = re.findall(r"[^\W\d_]+", spaced)
    return [word.casefold() for word in found if len(word) > 1 and word.casefold() not in SAID_OF_VIEWS]


class NewSubjectSheet(FormSheet):
    """A name that is taken is told in the form, and nothing came into the film."""

    def __init__(
        self, look: Look, over: QWidget, keep: KeepSubject, *, name: str = "", kind: str = "character",
        pictures: Sequence[Path] = (), pasted: bool = False,
    ) -> None:  # fmt: skip
        """`pasted`: a picture from the clipboard comes with it, and no files."""
        super().__init__(look, over, "New subject", "Add subject")
        self._keep_subject, self._pictures, self._pasted = keep, list(pictures), pasted
        self.name = self.add_line("Name", name, 0, 0, hint="@mara")
        self.kind = QComboBox()
        self.kind.addItems([kind.capitalize() for kind in KINDS])
        self.kind.setCurrentIndex(KINDS.index(kind))
        self.form.addWidget(labelled("Kind", self.kind, look), 0, 1)
        self.description = self.add_line("Description", "", 1, span=2,
                                         hint="woman with black hair in a yellow raincoat, hood up")  # fmt: skip
        self._picture_words = text_label("", "second")
        self.add_picture = KeyButton(look, "Add pictures", kind="outline", icon="picture")
        self.add_picture.clicked.connect(self._ask_for_pictures)
        self.add_picture.setDisabled(pasted)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.add_picture)
        row.addWidget(self._picture_words, 1)
        self.form.addLayout(row, 2, 0, 1, 2)
        self._tell_pictures()

    def open(self) -> None:
        super().open()
        self.name.setFocus()
        self.name.selectAll()

    def take_pictures(self, pictures: Sequence[Path]) -> None:
        self._pictures += pictures
        if not self.name.text().strip():
            self.name.show_text(guessed_name(self._pictures))
        self._tell_pictures()

    def _tell_pictures(self) -> None:
        count = len(self._pictures) + self._pasted
        self._picture_words.setText(f"{counted(count, 'picture')} will be added" if count else "")

    def carry_out(self) -> bool:
        kind = KINDS[self.kind.currentIndex()]
        return self._keep_subject(self.name.text().strip(), kind, self.description.text().strip(), self._pictures)

    def _ask_for_pictures(self) -> None:
        files, _chosen = QFileDialog.getOpenFileNames(self, "Add pictures", "", PICTURES)
        self.take_pictures([Path(file) for file in files])
