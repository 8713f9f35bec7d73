"""Entries about the prompt of a shot; they stand in menu Shot."""

from __future__ import annotations

from studio.ui.actions.action import Action

ENTRIES = (
    Action("expand", "Expand the prompt", "Shot", "prompts.expand", ("Ctrl+E",), needs=("writable", "shot"),
           line_before=True),
    Action("prompt_page", "Prompt part by part", "Shot", "prompt_page.toggle", ("Ctrl+Alt+E",), needs=("shot",)),
    Action("expand_scene", "Expand every shot of the scene", "Shot", "scene_prompts.expand_scene",
           needs=("writable", "shot")),
    Action("scene_prompts", "Proposed prompts of the scene…", "Shot", "scene_prompts.open_current", needs=("shot",)),
    Action("accept_prompt", "Accept the proposed prompt", "Shot", "prompts.accept", needs=("writable", "shot")),
    Action("refuse_prompt", "Refuse the proposed prompt", "Shot", "prompts.refuse", needs=("writable", "shot")),
    Action("views_as_usual", "Send the references as usual", "Shot", "prompts.views_as_usual",
           needs=("writable", "shot")),
)  # fmt: skip
