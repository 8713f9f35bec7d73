"""What the queue did while nobody looked: done, failed and why, in the order it ended. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from studio.project.cards import JobCard, JobState
from studio.project.words import counted


@dataclass(frozen=True)
class Report:
    done: tuple[JobCard, ...]
    failed: tuple[JobCard, ...]
    """Failed, and given up after being interrupted."""
    cancelled: tuple[JobCard, ...]
    left: int
    """Jobs that still run, wait or are held."""

    @property
    def words(self) -> str:
        counts = ((len(self.done), "done"), (len(self.failed), "failed"), (len(self.cancelled), "cancelled"))
        told = [f"{count} {word}" for count, word in counts if count]
        rest = f"{counted(self.left, 'job')} still in the queue" if self.left else "nothing left in the queue"
        return f"{', '.join(told) or 'Nothing ended'}; {rest}"


def report(cards: Sequence[JobCard], hours: float | None, now: datetime.datetime) -> Report:
    """What ended in the last `hours`, None: ever; `now`: with its time zone. Newest first."""
    since = None if hours is None else now - datetime.timedelta(hours=hours)
    ended = [card for card in cards if card.ended_at and (since is None or ended_at(card) >= since)]
    ended.sort(key=lambda card: card.ended_at, reverse=True)
    stuck = [card for card in cards if card.state is JobState.INTERRUPTED and card.sentence]
    failed = [*stuck, *(card for card in ended if card.state is JobState.FAILED)]
    over = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
    return Report(
        tuple(card for card in ended if card.state is JobState.DONE),
        tuple(failed),
        tuple(card for card in ended if card.state is JobState.CANCELLED),
        sum(1 for card in cards if card.state not in over) - len(stuck),
    )


def ended_at(card: JobCard) -> datetime.datetime:
    return datetime.datetime.fromisoformat(card.ended_at)


def clock(card: JobCard, now: datetime.datetime) -> str:
    """`04:12`, with the day where it was not today; on the clock of this machine."""
    if not card.ended_at:
        return ""
    when = ended_at(card).astimezone(now.tzinfo)
    return f"{when:%H:%M}" if when.date() == now.date() else f"{when:%d %b, %H:%M}"
