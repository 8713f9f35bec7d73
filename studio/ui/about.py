"""About the program: its version, what it is built on, the licences."""

from __future__ import annotations

import importlib.metadata
import platform

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from studio.ui.parts.controls import KeyButton, rule, text_label
from studio.ui.parts.sheet import Sheet, paragraph
from studio.ui.theme import Look

BUILT_ON = {
    "PySide6-Essentials": "LGPL-3.0", "SQLAlchemy": "MIT", "alembic": "MIT", "OpenTimelineIO": "Apache-2.0",
    "pillow": "MIT-CMU", "av": "BSD-3-Clause", "imageio-ffmpeg": "BSD-2-Clause", "numpy": "BSD-3-Clause",
    "miniaudio": "MIT", "torch": "BSD-3-Clause", "diffusers": "Apache-2.0", "safetensors": "Apache-2.0",
}  # fmt: skip
"""The packages a filmmaker would look for, with their licences."""


class AboutSheet(Sheet):
    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(look, over, "About Shotwright", look.size("form"))
        self.column.addWidget(text_label(f"Shotwright {version_of('shotwright')}", "sheet"))
        self.column.addWidget(paragraph("A studio for filmmakers: board a film, draw its shots on this machine, hand "
                                        "over the cut. Licensed under Apache-2.0."))  # fmt: skip
        self.column.addWidget(rule())
        self.column.addLayout(self._parts())
        self.column.addWidget(rule())
        self.column.addWidget(paragraph("The typeface is Inter, SIL Open Font License 1.1.", "second"))
        row = self.foot_row()
        copy = KeyButton(look, "Copy details", kind="quiet", icon="copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details()))
        close = KeyButton(look, "Close", "Esc")
        close.clicked.connect(self.close_sheet)
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(close)

    def _parts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for row, (name, version, licence) in enumerate(parts()):
            for column, text in enumerate((name, version, licence)):
                grid.addWidget(text_label(text, "" if column == 0 else "second"), row, column)
        grid.setColumnStretch(0, 1)
        return grid


def parts() -> list[tuple[str, str, str]]:
    """Name, version and licence of everything that is installed of what the program is built on."""
    own = [("Python", platform.python_version(), "PSF-2.0"), ("Qt", qVersion() or "", "LGPL-3.0")]
    found = [(name, version_of(name), licence) for name, licence in BUILT_ON.items()]
    return own + [one for one in found if one[1]]


def details() -> str:
    lines = [f"Shotwright {version_of('shotwright')}", platform.platform()]
    return "\n".join([*lines, *(f"{name} {version}" for name, version, _ in parts())])


def version_of(package: str) -> str:
    """Empty where it is not installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""
