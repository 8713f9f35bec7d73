"""Jobs stopped to be looked at: what each shows so far, and which of them may be continued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from model_runtime import protocol
from studio.errors import Refused
from studio.generation.rows import JobRows
from studio.project.cards import JobCard, JobState
from studio.project.media import MediaFolder


@dataclass(frozen=True)
class HeldJob:
    card: JobCard
    preview: Path | None
    """The first, the middle and the last drawing as they would become, side by side; None where none was kept."""


def held_jobs(rows: JobRows, media: MediaFolder) -> list[HeldJob]:
    """All of them, in queue order."""
    return [HeldJob(card, _preview_of(card.id, media)) for card in rows.held()]


def only_held(rows: JobRows, jobs: Sequence[str]) -> list[JobCard]:
    """Their cards, each once; Refused where one of them is not held."""
    cards = [rows.card(job) for job in dict.fromkeys(jobs)]
    for card in cards:
        if card.state is not JobState.HELD:
            raise Refused(f"Job {card.id} of {card.shot_number} is {card.state}, not held.", "Choose a held one.")
    return cards


def held_beside(rows: JobRows, continued: Sequence[JobCard]) -> list[JobCard]:
    """What is still held of the shots whose jobs were continued."""
    shots = {card.shot for card in continued}
    return [card for card in rows.held() if card.shot in shots]


def _preview_of(job: str, media: MediaFolder) -> Path | None:
    path = media.job_folder(job) / protocol.PREVIEW_FILE
    return path if path.is_file() else None
