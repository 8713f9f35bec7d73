"""Where files go that are brought in: which kinds a place takes, and the edit that puts them there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Protocol

from studio.open_project import OpenProject
from studio.project.changes import Changes
from studio.project.commands import arrivals
from studio.project.commands import panel as panels
from studio.project.commands import sound as sounds
from studio.project.commands.subject import free_name
from studio.project.media import Imported
from studio.project.words import counted

Edit = Callable[..., Changes]
NEITHER = {"sound": "is a sound, which belongs on a lane"}
NO_PICTURE = {"sound": "is a sound and no picture", "clip": "is a movie and no picture"}


class Target(Protocol):
    misfits: ClassVar[Mapping[str, str]]
    """Kinds of file the place does not take, with why, as the end of a sentence."""
    at_once: ClassVar[int]
    """Files written in one commit: so many that the window does not stand still; 0 where they cannot be parted."""

    def check(self, project: OpenProject) -> None:
        """Raises the StudioError that writing would raise, before anything is read."""

    def edit(self, files: Sequence[Imported]) -> tuple[Edit, tuple[object, ...]]:
        """The command for a slice of the files, and its arguments after the session."""

    def after(self, changes: Changes) -> Target:
        """Where the next slice goes."""

    def told(self, files: Sequence[Imported]) -> str:
        """What was done, as a sentence."""


@dataclass(frozen=True)
class ToShot:
    """Pictures become panels, movies takes."""

    shot: str
    misfits: ClassVar[Mapping[str, str]] = NEITHER
    at_once: ClassVar[int] = 0

    def check(self, project: OpenProject) -> None:
        project.ask(arrivals.refuse_early, shot=self.shot)

    def edit(self, files: Sequence[Imported]) -> tuple[Edit, tuple[object, ...]]:
        return arrivals.add_to_shot, (self.shot, files)

    def after(self, changes: Changes) -> ToShot:
        return self

    def told(self, files: Sequence[Imported]) -> str:
        pictures = sum(one.kind == "picture" for one in files)
        made = [counted(count, word) for count, word in ((pictures, "panel"), (len(files) - pictures, "take")) if count]
        return f"{' and '.join(made)} brought in."


@dataclass(frozen=True)
class ToBoard:
    """One shot for each file, at the end of a scene: the last one where none is named."""

    scene: str | None = None
    heading: str = ""
    """Of the first scene, in a film that has none yet."""
    misfits: ClassVar[Mapping[str, str]] = NEITHER
    at_once: ClassVar[int] = 12

    def check(self, project: OpenProject) -> None:
        """Every board takes shots."""

    def edit(self, files: Sequence[Imported]) -> tuple[Edit, tuple[object, ...]]:
        return arrivals.add_shots_of, (files, self.scene, self.heading)

    def after(self, changes: Changes) -> ToBoard:
        return replace(self, scene=self.scene or next(iter(changes["scene"])))

    def told(self, files: Sequence[Imported]) -> str:
        return f"{counted(len(files), 'shot')} added to the board."


@dataclass(frozen=True)
class ToLane:
    """Sounds, and the sound of movies, one after the other from a film frame on."""

    lane: str
    film_frame: int
    misfits: ClassVar[Mapping[str, str]] = {"picture": "is a picture, which belongs on a shot"}
    at_once: ClassVar[int] = 0

    def check(self, project: OpenProject) -> None:
        project.ask(arrivals.refuse_early, lane=self.lane)

    def edit(self, files: Sequence[Imported]) -> tuple[Edit, tuple[object, ...]]:
        return sounds.add_sounds, (self.lane, files, self.film_frame)

    def after(self, changes: Changes) -> ToLane:
        return self

    def told(self, files: Sequence[Imported]) -> str:
        return f"{counted(len(files), 'sound')} laid on the lane."


@dataclass(frozen=True)
class ToSubject:
    """Pictures become views of a subject; those it has already, by their content, are not added again."""

    subject: str
    wardrobe: str | None = None
    """The change they show; None: whatever is worn."""
    added: int = 0
    """How many of those written so far are new to it."""
    came: str = ""
    """@name of a subject that came into the film with them; empty: it was there."""
    misfits: ClassVar[Mapping[str, str]] = NO_PICTURE
    at_once: ClassVar[int] = 40

    def check(self, project: OpenProject) -> None:
        project.ask(arrivals.refuse_early, subject=self.subject)

    def edit(self, files: Sequence[Imported]) -> tuple[Edit, tuple[object, ...]]:
        return arrivals.add_views, (self.subject, files, "", self.wardrobe)

    def after(self, changes: Changes) -> ToSubject:
        return replace(self, added=self.added + _views(changes))

    def told(self, files: Sequence[Imported]) -> str:
        if self.came:
            return _came(self.came, self.added)
        known = len(files) - self.added
        if not self.added:
            return f"The subject has {'this picture' if known == 1 else f'these {known} pictures'} already."
        more = f"; {known} it had already" if known else ""
        return f"{counted(self.added, 'picture')} added to the subject{more}."


@dataclass(frozen=True)
class ToNewSubject:
    """Pictures become the views of a subject that comes into the film with them."""

    name: str
    kind: str
    description: str = ""
    misfits: ClassVar[Mapping[str, str]] = NO_PICTURE
    at_once: ClassVar[int] = 40

    def check(self, project: OpenProject) -> None:
        project.ask(free_name, self.name)

    def edit(self, files: Sequence[Imported]) -> tuple[Edit, tuple[object, ...]]:
        return arrivals.add_subject_of, (files, self.name, self.kind, self.description)

    def after(self, changes: Changes) -> ToSubject:
        return ToSubject(changes.new("subject"), added=_views(changes), came=self.name)

    def told(self, files: Sequence[Imported]) -> str:
        return _came(self.name, len(files))


@dataclass(frozen=True)
class ToPanel:
    """A picture becomes the new version of a panel."""

    panel: str
    misfits: ClassVar[Mapping[str, str]] = NO_PICTURE
    at_once: ClassVar[int] = 0

    def check(self, project: OpenProject) -> None:
        project.ask(arrivals.refuse_early, panel=self.panel)

    def edit(self, files: Sequence[Imported]) -> tuple[Edit, tuple[object, ...]]:
        return panels.new_version, (self.panel, files[-1])

    def after(self, changes: Changes) -> ToPanel:
        return self

    def told(self, files: Sequence[Imported]) -> str:
        return "The panel has a new version."


def _views(changes: Changes) -> int:
    """How many views of subjects came into the film."""
    return sum(kind == "subject_view" for kind, _ in changes.created)


def _came(name: str, pictures: int) -> str:
    return f"@{name.removeprefix('@')} came into the film with {counted(pictures, 'picture')}."
