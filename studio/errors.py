"""What the studio tells its user when something cannot be done: a sentence and a way out."""

from __future__ import annotations


class StudioError(Exception):
    """An expected failure. `sentence` names the thing; `hint` names the way out. Nothing was changed."""

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(f"{sentence} {hint}".strip())
        self.sentence = sentence
        self.hint = hint


class BadValue(StudioError):
    """A value that cannot be used: a number out of range, a text too long, an unreadable picture."""


class NotFound(StudioError):
    """Something was named that is not in the film or not on the disk."""


class ProjectError(StudioError):
    """The film's folder or database cannot be used: not ours, newer, broken, locked, read-only."""


class NoSpaceLeft(ProjectError):
    """The film's disk is full. Nothing was written; what runs by itself tries it again."""


class Refused(StudioError):
    """The film's own rules say no: an approved shot, a shot longer than the engine's longest clip."""


class RuntimeFailed(StudioError):
    """The runtime process could not be started, spoke another version, or was lost too often."""
