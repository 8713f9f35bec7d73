"""What one panel hands to another under the pointer: a subject of the film, or one of its views."""

from __future__ import annotations

from PySide6.QtCore import QMimeData

SUBJECT = "application/x-shotwright-subject"
VIEW = "application/x-shotwright-view"


def carry_subject(subject: str, name: str) -> QMimeData:
    """Its @name goes along as text: a field it is let go over takes that."""
    data = _carry(SUBJECT, subject)
    data.setText(name)
    return data


def carry_view(view: str) -> QMimeData:
    return _carry(VIEW, view)


def carried_subject(data: QMimeData | None) -> str | None:
    """The id of the subject that hangs at the pointer."""
    return _carried(SUBJECT, data)


def carried_view(data: QMimeData | None) -> str | None:
    return _carried(VIEW, data)


def _carry(kind: str, one: str) -> QMimeData:
    data = QMimeData()
    data.setData(kind, one.encode())
    return data


def _carried(kind: str, data: QMimeData | None) -> str | None:
    if data is None or not data.hasFormat(kind):
        return None
    return bytes(data.data(kind).data()).decode(errors="replace") or None
