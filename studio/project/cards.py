"""Frozen records the screens show: what a query returns instead of a mapped object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from studio.project.cut_cards import Rect, Stroke
from studio.project.gallery_cards import ShotPictures
from studio.project.timing import FrameRate


class ShotState(StrEnum):
    """What a card's badge says; where several apply, the order is that of `queries.shot_state`."""

    EMPTY = "empty"
    HAS_PANELS = "has_panels"
    HAS_TAKES = "has_takes"
    QUEUED = "queued"
    RUNNING = "running"
    FAILED = "failed"
    OUT_OF_DATE = "out_of_date"
    PAGES_CHANGED = "pages_changed"
    APPROVED = "approved"
    OMITTED = "omitted"


class TakeState(StrEnum):
    CHOSEN = "chosen"
    STARRED = "starred"
    REJECTED = "rejected"
    NONE = "none"


class JobState(StrEnum):
    """The states of a job (ARCHITECTURE.md, One click)."""

    QUEUED = "queued"
    PAUSED = "paused"
    RUNNING = "running"
    WAITING = "waiting"
    HELD = "held"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True)
class FilmCard:
    id: str
    title: str
    rate: FrameRate
    aspect: str
    width: int
    height: int
    start_timecode: str
    numbering: str
    numbers_locked: bool
    scenes: int
    shots: int
    frames: int
    """Length of the current cut in film frames."""
    current_cut: str
    cut_name: str
    show: str = ""
    episode: str = ""
    style_notes: str = ""
    """The film notes every prompt writer reads."""


    @property
    def picture_aspect(self) -> float:
        """Width over height of its pictures; `aspect` is that of the delivery."""
        return self.width / max(1, self.height)


@dataclass(frozen=True)
class SceneCard:
    id: str
    number: str
    heading: str
    location: str
    time: str
    weather: str
    story_day: int
    shots: int
    frames: int


@dataclass(frozen=True)
class ShotCard:
    id: str
    number: str
    """As the film's numbering scheme shows it."""
    scene: str
    scene_number: str
    prompt: str
    action: str
    dialogue: str
    size: str
    angle: str
    move: str
    frames: int
    """Length the shot is planned for, in film frames."""
    state: ShotState
    cause: str
    """Why it is out of date or pages changed; empty otherwise."""
    approved: bool
    omitted: bool
    takes: int
    panels: int
    chosen_take: str | None
    chosen_panel: str | None
    picture: Path | None
    """A still image that stands for the shot: the chosen take's poster, else the chosen panel."""
    subjects: tuple[str, ...] = ()
    """@names of the subjects in the shot, in order."""
    job: str | None = None
    """The live job of the shot, where one is queued or running."""
    queue_place: int = 0
    """1 for the job that starts next; 0 where the shot is not waiting."""
    strokes: tuple[Stroke, ...] = ()
    """Drawn by hand on the panel that `picture` shows."""


@dataclass(frozen=True)
class TakeCard:
    id: str
    shot: str
    number: int
    name: str
    """As shown, `3` or `v003`."""
    state: TakeState
    starred: bool
    rejected: bool
    media: Path
    poster: Path
    frames: int
    rate: FrameRate
    width: int
    height: int
    head: int
    """Handle frames before the shot's first frame."""
    tail: int
    engine: str
    weights: str
    seed: int
    origin: str
    """generated or imported"""
    recipe: str
    """The recipe as JSON text."""
    made_at: str
    out_of_date: str = ""
    """The cause, in words; empty when up to date."""
    job: str = ""
    """The job that made it; empty where it was brought in from a file."""
    reel: str = ""
    timecode: str = ""


@dataclass(frozen=True)
class PanelCard:
    id: str
    shot: str
    number: int
    picture: Path
    chosen: bool
    origin: str
    """drawn, imported, generated or picked"""
    recipe: str
    frames: int | None = None
    """Its own length in film frames; None: none."""
    framing_start: Rect | None = None
    framing_end: Rect | None = None
    strokes: tuple[Stroke, ...] = ()
    take: str | None = None
    """The take it was picked from, and the frame of it."""
    take_frame: int | None = None


@dataclass(frozen=True)
class NoteCard:
    """What somebody said of a shot, or of one frame of one of its takes."""

    id: str
    shot: str
    take: str | None
    take_name: str
    take_frame: int | None
    author: str
    text: str
    strokes: tuple[Stroke, ...]
    """What was drawn on that frame."""
    status: str
    """open, done or wont"""
    answer: str | None
    """The take that answers it."""
    answer_name: str
    made_at: str


@dataclass(frozen=True)
class JobCard:
    id: str
    shot: str
    shot_number: str
    kind: str
    """still or clip"""
    engine: str
    state: JobState
    attempt: int
    step: int
    steps: int
    place: int
    """1 for the next to start; 0 when not waiting."""
    sentence: str
    """What went wrong, or what it waits for; empty otherwise."""
    hint: str
    take: str | None
    panel: str | None
    made_at: str
    ended_at: str


@dataclass(frozen=True)
class BriefScene:
    id: str
    number: str
    heading: str
    location: str
    time: str
    weather: str
    story_day: int


@dataclass(frozen=True)
class BriefView:
    """One picture of a subject, as a shot may send it."""

    id: str
    hash: str
    name: str
    """In media/."""
    view: str = ""
    """front, side, back, face, detail"""
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class BriefSubject:
    """A subject as this shot shows it."""

    id: str
    name: str
    """With its @."""
    kind: str
    description: str
    """With what it wears in this shot."""
    side: str = ""
    facing: str = ""
    action: str = ""
    views: tuple[BriefView, ...] = ()
    """Its pictures, those of what it wears in this shot included, in order."""
    worn: tuple[str, ...] = ()
    """What it wears in this shot, one title for each change."""
    looks_by: str = ""
    """What a prompt writer chooses untold looks by: its place in the gallery, which no renaming changes."""

    @property
    def references(self) -> tuple[str, ...]:
        """Hashes of its pictures."""
        return tuple(view.hash for view in self.views)

    @property
    def pictures(self) -> tuple[str, ...]:
        """Names of the same pictures in media/."""
        return tuple(view.name for view in self.views)


@dataclass(frozen=True)
class BriefGiven:
    """A reference the shot was given of its own."""

    id: str
    hash: str
    name: str
    """In media/."""
    purpose: str
    """look, composition, first_frame, last_frame, guide or mask"""
    strength: int = 100
    kind: str = "picture"


@dataclass(frozen=True)
class BriefBefore:
    """The shot before this one in the current cut and in the same scene: what a prompt writer may take up."""

    number: str
    fields: Mapping[str, str]
    """As those of a ShotBrief."""
    draft: str
    text: str
    """Its accepted prompt; empty: none."""


@dataclass(frozen=True)
class BriefPanel:
    id: str
    hash: str
    name: str
    """In media/."""


@dataclass(frozen=True)
class ShotBrief:
    """Everything that planning a job needs to know of a shot."""

    id: str
    film: str
    number: str
    """As shown."""
    frames: int
    """Planned length, in film frames."""
    fields: Mapping[str, str]
    """size, angle, lens, height, move, action, dialogue, notes"""
    draft: str
    expansion: str | None
    """The longer prompt the user accepted."""
    scene: BriefScene
    subjects: tuple[BriefSubject, ...]
    approved: bool
    omitted: bool
    chosen_panel: BriefPanel | None
    chosen_take: str | None
    rate: FrameRate
    width: int
    height: int
    """The film's output size."""
    takes: int
    next_take: int
    """Number of the next take."""
    next_reel: str
    next_timecode: str
    """Where the next take's own stretch of source timecode begins."""
    named: tuple[BriefSubject, ...] = ()
    """Subjects its draft names that are not in the shot: a prompt writer is told of them, by words alone."""
    pictures: ShotPictures = field(default_factory=ShotPictures)
    """Its own order of the subjects' views, and those it leaves out."""
    given: tuple[BriefGiven, ...] = ()
    before: BriefBefore | None = None
    style_notes: str = ""
    """The film notes every prompt writer reads."""
    negative: str = ""
    """What must not be seen: of the prompt the user accepted."""
    expansion_style: str = ""
    """The caption style the prompt the user accepted was written in; empty: not known, or none was accepted."""
    fed: Mapping[str, str] = field(default_factory=dict)
    """The fields that feed the picture, as they are now: a recipe keeps them to tell later what changed."""
