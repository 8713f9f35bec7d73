"""What a wish works with, as planning needs to know it: files in media/ with their sizes, takes and panels."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from model_runtime.protocol import Generate, InputFile
from studio.errors import NotFound
from studio.generation.wish import Inpaint, Wish
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import BriefGiven, PanelCard, TakeCard
from studio.project.media import MediaFolder
from studio.project.timing import FrameRate

FRAMES_AND_GUIDE = ("first_frame", "last_frame", "guide")
"""Purposes of a shot's own references that a wish can name as well."""
MARKED = 128
"""From this grey level on a mask marks what is redrawn."""


@dataclass(frozen=True)
class File:
    """A picture or clip in media/."""

    name: str
    frames: int
    width: int
    height: int
    marks: bool = True
    """Of a mask: whether it is light anywhere."""

    @property
    def is_clip(self) -> bool:
        return self.name.endswith(".mp4")

    def given_as(self, purpose: str) -> InputFile:
        return InputFile(self.name.partition(".")[0], self.name, purpose)


@dataclass(frozen=True)
class Source:
    """A take, or a panel, that a wish works on."""

    id: str
    name: str
    """As it is shown: `take 2` or `panel 1`."""
    shot: str
    file: File
    head: int = 0
    tail: int = 0
    rate: FrameRate | None = None
    """None of a panel."""

    @property
    def is_still(self) -> bool:
        return not self.file.is_clip

    def drawings(self, hold: int) -> int:
        return -(-self.file.frames // hold)


@dataclass(frozen=True)
class Material:
    files: Mapping[str, File] = field(default_factory=dict)
    """By hash."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    """By id."""

    def file(self, hash_: str, what: str) -> File:
        if hash_ not in self.files:
            raise NotFound(f"The file given as {what} is not in the film's media folder.", "Import it again.")
        return self.files[hash_]

    def source(self, id_: str) -> Source:
        if id_ not in self.sources:
            raise NotFound(f"There is no take or panel {id_[:60]!r} to work on.", "Choose one the film has.")
        return self.sources[id_]


def collect(project: OpenProject, wish: Wish, given: Iterable[BriefGiven] = ()) -> Material:
    """Everything `wish` names, looked up, and the shot's own frames and guides, which may complete it.

    What is not there is left out: planning refuses it by its purpose.
    """
    media = project.media
    wanted = dict.fromkeys((*wish.files, *(one.hash for one in given if one.purpose in FRAMES_AND_GUIDE)))
    files = {one: media_file(media, name) for one in wanted for name in media.names_of(one)[:1]}
    if isinstance(wish.work, Inpaint) and wish.work.mask in files:
        mask = files[wish.work.mask]
        files[wish.work.mask] = dataclasses.replace(mask, marks=media.lightest(mask.name) >= MARKED)
    sources = {one.id: one for wanted in wish.sources if (one := _source(project, wanted)) is not None}
    return Material(files, sources)


def refuse_vanished(media: MediaFolder, shot_number: str, request: Generate) -> None:
    """Raises NotFound where a file that is drawn from is not in media/, as when it was deleted since it was given."""
    for what, name in _drawn_from(request, shot_number):
        _require(media, name, what)


def _drawn_from(request: Generate, shot_number: str) -> Iterator[tuple[str, str]]:
    """(what it is, its name in media/) of every file."""
    files = (*(given.file for given in request.given), request.mask, request.guide)
    for file in filter(None, files):
        yield f"{_IN_WORDS.get(file.purpose, file.purpose)} of {shot_number}", file.name
    for one in request.references:
        yield f"picture of {one.subject} for {shot_number}", one.name


_IN_WORDS = {
    "extend": "take to extend",
    "bridge": "take to bridge",
    "redo": "take to redo",
    "inpaint": "picture to redraw",
    "restyle": "picture to restyle",
}


def _require(media: MediaFolder, name: str, what: str) -> None:
    if not media.holds(name):
        raise NotFound(
            f"The {what} is not in the film's media folder any more: {name}.",
            "Put the file back, or choose another one.",
        )


def media_file(media: MediaFolder, name: str) -> File:
    facts = media.facts(name)
    return File(name, facts.frames, facts.width, facts.height)


def _source(project: OpenProject, wanted: str) -> Source | None:
    takes: Mapping[str, TakeCard] = project.ask(queries.takes_by_id, [wanted])
    if wanted in takes:
        card = takes[wanted]
        _require(project.media, card.media.name, f"file of take {card.name}")
        file = File(card.media.name, card.frames, card.width, card.height)
        return Source(wanted, f"take {card.name}", card.shot, file, card.head, card.tail, card.rate)
    panels: Mapping[str, PanelCard] = project.ask(queries.panels_by_id, [wanted])
    if wanted not in panels:
        return None
    panel = panels[wanted]
    _require(project.media, panel.picture.name, f"picture of panel {panel.number}")
    return Source(wanted, f"panel {panel.number}", panel.shot, media_file(project.media, panel.picture.name))
