"""Menu Take: the take looked at."""

from __future__ import annotations

from studio.ui.actions.action import Action

ENTRIES = (
    Action("choose_take", "Choose take", "Take", "takes.choose_current", needs=("writable", "take")),
    Action("star", "Star take", "Take", "takes.star_current", ("S",), needs=("writable", "take")),
    Action("reject", "Reject take or take it back", "Take", "takes.reject_current", ("X",),
           needs=("writable", "take")),
)  # fmt: skip
