"""Reading the film: every question a screen or a command asks, answered with cards.

Each query asks the database a fixed number of times, however many rows there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from studio.project import naming, strokes
from studio.project.cards import (
    BriefBefore,
    BriefPanel,
    BriefScene,
    BriefSubject,
    FilmCard,
    PanelCard,
    SceneCard,
    ShotBrief,
    TakeCard,
    TakeState,
)
from studio.project.cast import Cast
from studio.project.commands.job import next_source_start, next_take_number
from studio.project.commands.rows import need, rate_of, scheme_of, the_film
from studio.project.cut_queries import (
    as_rect,
    compare_cuts,
    cut_cards,
    cut_frames,
    event_cards,
    event_cards_again,
    source_timecode,
)
from studio.project.entities import Cut, Event, Film, Panel, Scene, Shot, Take
from studio.project.fed import COLUMNS, Feeding, accepted_prompts, cause
from studio.project.gallery_queries import (
    given_cards,
    mention_problems,
    shots_of,
    subject_card,
    subject_cards,
    subject_named,
)
from studio.project.job_queries import job_card, job_cards, job_request, live_jobs, losses, new_job_id, next_queued
from studio.project.media_names import film_folder, in_media, poster_path
from studio.project.shot_queries import find_shot, shot_card, shot_cards, shot_state
from studio.project.timing import FrameRate

__all__ = [
    "BriefPanel",
    "BriefScene",
    "BriefSubject",
    "ShotBrief",
    "compare_cuts",
    "cut_cards",
    "event_cards",
    "event_cards_again",
    "film_card",
    "find_shot",
    "given_cards",
    "job_card",
    "job_cards",
    "job_request",
    "live_jobs",
    "losses",
    "mention_problems",
    "new_job_id",
    "next_queued",
    "panel_cards",
    "scene_cards",
    "shot_brief",
    "shot_card",
    "shot_cards",
    "shot_cast",
    "shot_state",
    "shots_of",
    "subject_card",
    "subject_cards",
    "subject_named",
    "take_card",
    "take_cards",
    "take_names",
    "takes_by_id",
]


# Made once: a statement takes longer to put together than to run, and these are run for every shot that is looked at.
_COUNTED: Any = select(
    select(func.count(Scene.id)).scalar_subquery().label("scenes"),
    select(func.count(Shot.id)).scalar_subquery().label("shots"),
)
_TAKES: Any = select(Take, Shot.chosen_take_id, Shot.kept_fed).join(Shot, Shot.id == Take.shot_id).order_by(Take.number)
_TAKES_OF_SHOT = _TAKES.where(Take.shot_id == bindparam("shot"))
_FED: Any = select(Shot.id, *COLUMNS).join(Scene, Scene.id == Shot.scene_id).where(
    Shot.id.in_(bindparam("shots", expanding=True)))
_PANELS: Any = select(Panel, Shot.chosen_panel_id).join(Shot, Shot.id == Panel.shot_id).order_by(Panel.rank, Panel.id)
_PANELS_OF_SHOT = _PANELS.where(Panel.shot_id == bindparam("shot"))
_HOW_MANY_TAKES = select(func.count(Take.id)).where(Take.shot_id == bindparam("shot"))
_EARLIER_IN_SCENE: Any = (
    select(Shot, Scene)
    .join(Scene, Scene.id == Shot.scene_id).join(Event, Event.shot_id == Shot.id)
    .where(Event.cut_id == bindparam("cut"), Shot.scene_id == bindparam("scene"), Shot.id != bindparam("shot"),
           ~Shot.omitted,
           Event.rank < select(func.min(Event.rank)).where(
               Event.cut_id == bindparam("cut"), Event.shot_id == bindparam("shot")).scalar_subquery())
    .order_by(Event.rank.desc(), Event.id.desc()).limit(1)
)
_TOLD = ("size", "angle", "lens", "height", "move", "action", "dialogue", "notes")
"""The fields of a shot that planning and prompt writers read."""


def film_card(session: Session) -> FilmCard:
    film = the_film(session)
    cut = need(session, Cut, film.current_cut_id or "")
    counted = session.execute(_COUNTED).one()
    return FilmCard(
        id=film.id,
        title=film.title,
        rate=rate_of(film),
        aspect=film.aspect,
        width=film.width,
        height=film.height,
        start_timecode=film.start_timecode,
        numbering=film.numbering,
        numbers_locked=film.numbers_locked,
        scenes=counted.scenes,
        shots=counted.shots,
        frames=cut_frames(session, cut),
        current_cut=cut.id,
        cut_name=cut.name,
        show=film.show,
        episode=film.episode,
        style_notes=film.style_notes,
    )


def scene_cards(session: Session, ids: Iterable[str] | None = None) -> tuple[SceneCard, ...]:
    """All scenes, or those named, in the order of the film; frames counted in the current cut."""
    film, named = the_film(session), None if ids is None else list(ids)
    counts = select(Shot.scene_id, func.count()).group_by(Shot.scene_id)
    lengths = select(Shot.scene_id, func.sum(Event.frames)).join(Shot, Shot.id == Event.shot_id)
    of_cut = lengths.where(Event.cut_id == film.current_cut_id, ~Shot.omitted).group_by(Shot.scene_id)
    scenes = select(Scene).order_by(Scene.rank, Scene.id)
    if named is not None:
        counts, of_cut = (query.where(Shot.scene_id.in_(named)) for query in (counts, of_cut))
        scenes = scenes.where(Scene.id.in_(named))
    shots, frames = dict(session.execute(counts).all()), dict(session.execute(of_cut).all())
    return tuple(
        SceneCard(
            id=row.id,
            number=row.number,
            heading=row.heading,
            location=row.location,
            time=row.time,
            weather=row.weather,
            story_day=row.story_day,
            shots=shots.get(row.id, 0),
            frames=frames.get(row.id, 0),
        )
        for row in session.scalars(scenes)
    )


def take_cards(session: Session, shot: str) -> tuple[TakeCard, ...]:
    """The takes of a shot, oldest first."""
    need(session, Shot, shot)
    return _take_cards(session, _TAKES_OF_SHOT, shot=shot)


def take_card(session: Session, take: str) -> TakeCard:
    need(session, Take, take)
    return _take_cards(session, _TAKES.where(Take.id == take))[0]


def takes_by_id(session: Session, takes: Iterable[str]) -> dict[str, TakeCard]:
    """The cards of these takes, of whatever shots; ids of no take are left out."""
    return {card.id: card for card in _take_cards(session, _TAKES.where(Take.id.in_(list(takes))))}


def take_names(session: Session) -> dict[str, str]:
    """How every take of the film shows, by id."""
    scheme = scheme_of(the_film(session))
    return {row.id: scheme.take(row.number) for row in session.execute(select(Take.id, Take.number))}


def panel_cards(session: Session, shot: str) -> tuple[PanelCard, ...]:
    """The panels of a shot in order."""
    need(session, Shot, shot)
    return _panel_cards(session, _PANELS_OF_SHOT, shot=shot)


def panels_by_id(session: Session, panels: Iterable[str]) -> dict[str, PanelCard]:
    """The cards of these panels, of whatever shots; ids of no panel are left out."""
    return {card.id: card for card in _panel_cards(session, _PANELS.where(Panel.id.in_(list(panels))))}


def _panel_cards(session: Session, query: Any, **given: str) -> tuple[PanelCard, ...]:
    folder = film_folder(session.info)
    return tuple(
        PanelCard(
            id=row.id,
            shot=row.shot_id,
            number=row.number,
            picture=in_media(folder, row.picture),
            chosen=row.id == chosen,
            origin=row.origin,
            recipe=row.recipe,
            frames=row.frames,
            framing_start=as_rect(row.framing_start),
            framing_end=as_rect(row.framing_end),
            strokes=strokes.read(row.arrows),
            take=row.take_id,
            take_frame=row.take_frame,
        )
        for row, chosen in session.execute(query, given)
    )


def shot_cast(session: Session, shot: str) -> tuple[str, tuple[BriefSubject, ...]]:
    """The heading of a shot's scene, and who is in the shot."""
    row = need(session, Shot, shot)
    return need(session, Scene, row.scene_id).heading, Cast(session, [shot]).of(shot)


def shot_brief(session: Session, shot: str) -> ShotBrief:
    """What planning needs to know of one shot."""
    row, film = need(session, Shot, shot), the_film(session)
    scene, feeding = need(session, Scene, row.scene_id), Feeding(session, [shot])
    accepted = feeding.accepted(shot)
    panel = session.get(Panel, row.chosen_panel_id) if row.chosen_panel_id else None
    number = scheme_of(film).shot(scene.number, scene.sequence, row.number, row.suffix)
    take = next_take_number(session, shot)
    columns = session.execute(_FED, {"shots": [shot]}).one()
    return ShotBrief(
        id=row.id,
        film=film.id,
        number=number,
        frames=row.frames,
        fields=_told(row),
        draft=row.prompt,
        expansion=accepted.text or None,
        scene=BriefScene(scene.id, scene.number, scene.heading, scene.location, scene.time, scene.weather,
                         scene.story_day),
        subjects=feeding.cast.of(shot),
        approved=row.approved,
        omitted=row.omitted,
        chosen_panel=BriefPanel(panel.id, panel.picture.partition(".")[0], panel.picture) if panel else None,
        chosen_take=row.chosen_take_id,
        rate=rate_of(film),
        width=film.width,
        height=film.height,
        takes=session.scalar(_HOW_MANY_TAKES, {"shot": shot}) or 0,
        next_take=take,
        next_reel=naming.reel(number, take),
        next_timecode=source_timecode(film, next_source_start(session, row.frames), rate_of(film)),
        named=feeding.cast.named(session, shot, f"{row.prompt}\n{row.action}"),
        pictures=feeding.cast.pictures(shot),
        given=feeding.given(shot),
        before=_before(session, film, row),
        style_notes=film.style_notes,
        negative=accepted.negative,
        expansion_style=accepted.style,
        fed=feeding.fed_row(columns),
    )


def _told(shot: Shot) -> dict[str, str]:
    return {name: getattr(shot, name) for name in _TOLD}


def _before(session: Session, film: Film, shot: Shot) -> BriefBefore | None:
    """The shot last seen before this one in the current cut, of the same scene: another scene cut in between does not
    count. None for the scene's first, and for a shot the cut does not show."""
    place = {"cut": film.current_cut_id, "scene": shot.scene_id, "shot": shot.id}
    found = session.execute(_EARLIER_IN_SCENE, place).first()
    if found is None:
        return None
    earlier, scene = found
    accepted = accepted_prompts(session, [earlier.id]).get(earlier.id)
    number = scheme_of(film).shot(scene.number, scene.sequence, earlier.number, earlier.suffix)
    return BriefBefore(number, _told(earlier), earlier.prompt, accepted.text if accepted else "")


def _take_cards(session: Session, query: Any, **given: str) -> tuple[TakeCard, ...]:
    film, folder = the_film(session), film_folder(session.info)
    rows = session.execute(query, given).all()
    shots = list({take.shot_id for take, _, _ in rows})
    feeding = Feeding(session, shots)
    present = {row.id: feeding.fed_row(row) for row in session.execute(_FED, {"shots": shots})}
    return tuple(
        _take_card(take, take.id == chosen, cause(take.fed, kept, present[take.shot_id]), film, folder)
        for take, chosen, kept in rows
    )


def _take_card(take: Take, chosen: bool, why: str, film: Film, folder: Path) -> TakeCard:
    rate = FrameRate(take.rate_num, take.rate_den)
    named = (chosen, TakeState.CHOSEN), (take.starred, TakeState.STARRED), (take.rejected, TakeState.REJECTED)
    return TakeCard(
        id=take.id,
        shot=take.shot_id,
        number=take.number,
        name=scheme_of(film).take(take.number),
        state=next((state for applies, state in named if applies), TakeState.NONE),
        starred=take.starred,
        rejected=take.rejected,
        media=in_media(folder, take.media),
        poster=poster_path(folder, take.media),
        frames=take.frames,
        rate=rate,
        width=take.width,
        height=take.height,
        head=take.head,
        tail=take.tail,
        engine=take.engine,
        weights=take.weights,
        seed=take.seed,
        origin=take.origin,
        recipe=take.recipe,
        made_at=take.made_at,
        out_of_date=why,
        job=take.job_id or "",
        reel=take.reel,
        timecode=source_timecode(film, take.source_start, rate),
    )
