"""A take drawn once more from exactly what it was made of, whatever its shot says by now."""

from __future__ import annotations

import dataclasses

from model_runtime import protocol
from studio.errors import Refused
from studio.generation.material import refuse_vanished
from studio.generation.plan import Plan
from studio.generation.recovery import check_engine
from studio.generation.rows import JobRows
from studio.open_project import OpenProject
from studio.project import queries


def plan_again(project: OpenProject, rows: JobRows, take: str, ready: protocol.Ready | None) -> Plan:
    """The request the take was made by, with nothing new in it but its place among the takes: number and timecode.

    Raises Refused for a take that was brought in from a file and where the engine is no longer what it was (as far as
    `ready` is known), NotFound where a picture it was made of is gone.
    """
    card = project.ask(queries.take_card, take)
    brief = project.ask(queries.shot_brief, card.shot)
    if not card.recipe or not card.job:
        raise Refused(
            f"Take {card.name} of {brief.number} was brought in from a file, so nothing made it here.",
            "Bring the file in again, or generate the shot.",
        )
    if brief.omitted:
        raise Refused(f"{brief.number} is omitted.", "Restore the shot first.")
    recipe, request = rows.recipe(card.job), rows.request(card.job)
    if ready is not None:
        check_engine(recipe, ready)
    new = dataclasses.replace(recipe, reel=brief.next_reel, timecode=brief.next_timecode)
    again = dataclasses.replace(request, recipe=new.to_json(), reel=new.reel, start_timecode=new.timecode, stop_at=0)
    refuse_vanished(project.media, brief.number, again)
    return Plan(new, again)
