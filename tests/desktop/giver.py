"""Another program on the screen, as a file manager or an editor is: holds a text, a picture or files to paste and drag.

`python -m tests.desktop.giver text FILE`, `… picture FILE` and `… files FILE …`: on the clipboard, and in a small
window to drag from.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

PLACE = (1400, 40, 160, 60)
"""Of its window on the screen: left, top, width, height."""


def held(kind: str, files: list[Path]) -> QMimeData:
    data = QMimeData()
    if kind == "text":
        data.setText(files[0].read_text(encoding="utf-8"))
    elif kind == "picture":
        data.setImageData(QImage(str(files[0])))
    else:
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data


class Handle(QLabel):
    def __init__(self, kind: str, files: list[Path]) -> None:
        super().__init__(f"{len(files)} to drag")
        self._kind, self._files = kind, files
        self.setWindowTitle("giver")
        self.setWindowFlags(Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.FramelessWindowHint
                            | Qt.WindowType.X11BypassWindowManagerHint)  # fmt: skip
        self.setGeometry(*PLACE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        drag = QDrag(self)
        drag.setMimeData(held(self._kind, self._files))
        drag.exec(Qt.DropAction.CopyAction)


def main() -> int:
    kind, files = sys.argv[1], [Path(word) for word in sys.argv[2:]]
    application = QApplication(["giver"])
    application.clipboard().setMimeData(held(kind, files))
    handle = Handle(kind, files)
    handle.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
