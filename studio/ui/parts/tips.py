"""Words of the film as tooltips: letter by letter, whatever they look like."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """Qt takes what looks like HTML for HTML, and would hide it, or open files it names; so it is written as text."""
    if not Qt.mightBeRichText(text):
        return text
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"
