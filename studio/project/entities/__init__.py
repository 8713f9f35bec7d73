"""All mapped classes, one file for each domain word."""

from studio.project.entities.base import Base, new_id, now
from studio.project.entities.cut import Cut
from studio.project.entities.event import Event
from studio.project.entities.expansion import PromptExpansion
from studio.project.entities.film import Film
from studio.project.entities.job import Job
from studio.project.entities.journal import JournalChange, JournalStep
from studio.project.entities.marker import Marker
from studio.project.entities.note import Note
from studio.project.entities.panel import Panel
from studio.project.entities.reference import Reference
from studio.project.entities.scene import Scene
from studio.project.entities.script import ScriptRevision, ScriptSpan
from studio.project.entities.shot import Shot, ShotReference, ShotSubject
from studio.project.entities.sound import Lane, SoundClip
from studio.project.entities.subject import ShotView, Subject, SubjectView
from studio.project.entities.take import Take
from studio.project.entities.wardrobe import WardrobeChange, WardrobeException

__all__ = [
    "Base",
    "Cut",
    "Event",
    "Film",
    "Job",
    "JournalChange",
    "JournalStep",
    "Lane",
    "Marker",
    "Note",
    "Panel",
    "PromptExpansion",
    "Reference",
    "Scene",
    "ScriptRevision",
    "ScriptSpan",
    "Shot",
    "ShotReference",
    "ShotSubject",
    "ShotView",
    "SoundClip",
    "Subject",
    "SubjectView",
    "Take",
    "WardrobeChange",
    "WardrobeException",
    "new_id",
    "now",
]
