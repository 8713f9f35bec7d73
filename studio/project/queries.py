"""Reading the film: every question a screen or a command asks, answered with cards.

Each query asks the database a fixed number of times, however many rows there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.errors import NotFound
from studio.project import naming
from studio.project.cards import (
    BriefPanel,
    BriefScene,
    BriefSubject,
    EventCard,
    FilmCard,
    JobCard,
    JobState,
    PanelCard,
    SceneCard,
    ShotBrief,
    ShotCard,
    ShotState,
    SubjectCard,
    TakeCard,
    TakeState,
)
from studio.project.cast import Cast
from studio.project.commands.job import next_source_start, next_take_number
from studio.project.commands.rows import need, scheme_of, the_film
from studio.project.commands.values import name_key
from studio.project.entities import (
    Cut,
    Event,
    Film,
    Job,
    Panel,
    Reference,
    Scene,
    Shot,
    ShotSubject,
    Subject,
    SubjectView,
    Take,
    new_id,
)
from studio.project.fed import COLUMNS, accepted_texts, cause, fed_of, rate_text
from studio.project.media_names import checked_name, in_media, poster_path, posters
from studio.project.timing import FrameRate, is_drop, timecode

__all__ = ["BriefPanel", "BriefScene", "BriefSubject", "ShotBrief"]

LIVE = tuple(one.value for one in (JobState.QUEUED, JobState.PAUSED, JobState.RUNNING, JobState.WAITING,
                                   JobState.INTERRUPTED))
WAITS = (JobState.QUEUED.value, JobState.PAUSED.value, JobState.INTERRUPTED.value)
RUNS = (JobState.RUNNING.value, JobState.WAITING.value)
IN_LINE = (JobState.QUEUED.value, JobState.PAUSED.value)


def film_card(session: Session) -> FilmCard:
    film = the_film(session)
    cut = need(session, Cut, film.current_cut_id or "")
    frames = _shown_events(select(func.coalesce(func.sum(Event.frames), 0)), cut)
    return FilmCard(
        id=film.id,
        title=film.title,
        rate=_rate(film),
        aspect=film.aspect,
        width=film.width,
        height=film.height,
        start_timecode=film.start_timecode,
        numbering=film.numbering,
        numbers_locked=film.numbers_locked,
        scenes=session.scalar(select(func.count(Scene.id))) or 0,
        shots=session.scalar(select(func.count(Shot.id))) or 0,
        frames=session.scalar(frames) or 0,
        current_cut=cut.id,
        cut_name=cut.name,
    )


def scene_cards(session: Session) -> tuple[SceneCard, ...]:
    """In the order of the film; frames counted in the current cut."""
    film = the_film(session)
    shots = dict(session.execute(select(Shot.scene_id, func.count()).group_by(Shot.scene_id)).all())
    lengths = select(Shot.scene_id, func.sum(Event.frames)).join(Shot, Shot.id == Event.shot_id)
    of_cut = lengths.where(Event.cut_id == film.current_cut_id, ~Shot.omitted).group_by(Shot.scene_id)
    frames = dict(session.execute(of_cut).all())
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
        for row in session.scalars(select(Scene).order_by(Scene.rank, Scene.id))
    )


def shot_cards(session: Session, ids: Iterable[str] | None = None) -> tuple[ShotCard, ...]:
    """In board order: as the current cut shows them; shots it does not show come last, by scene and number."""
    wanted = None if ids is None else set(ids)
    return _Board(session).cards(wanted)


def shot_card(session: Session, shot: str) -> ShotCard:
    found = shot_cards(session, [shot])
    if not found:
        need(session, Shot, shot)
    return found[0]


def find_shot(session: Session, text: str) -> str:
    """The id of a shot named by its number as shown, its id, or its place on the board from 1. Raises NotFound."""
    wanted = text.strip()
    board = _Board(session)
    for shot, number in board.numbers():
        if wanted == shot or wanted.upper() == number.upper():
            return shot
    order = board.order
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(order):
        return order[int(wanted) - 1]
    has = f"The board has {len(order)} shots; name one by its number, as in {board.example}." if order else (
        "The board is empty; add a shot first: shotwright add-shot")
    raise NotFound(f"There is no shot {wanted[:60]!r} in this film.", has)


def event_cards(session: Session, cut: str | None = None) -> tuple[EventCard, ...]:
    """The events of a cut (the current one by default) in order. Omitted shots are not in the current cut."""
    film = the_film(session)
    row = need(session, Cut, cut or film.current_cut_id or "")
    query = _shown_events(select(Event, Shot, Scene), row).join(Scene, Scene.id == Shot.scene_id)
    rows = session.execute(query.order_by(Event.rank, Event.id)).all()
    takes = _by_id(session, Take, {e.take_id or s.chosen_take_id for e, s, _ in rows})
    panels = _by_id(session, Panel, {e.panel_id or s.chosen_panel_id for e, s, _ in rows})
    scheme, folder, cards, frame = scheme_of(film), _folder(session), [], 0
    for event, shot, scene in rows:
        take = takes.get(event.take_id or shot.chosen_take_id or "") if event.shows != "panels" else None
        panel = panels.get(event.panel_id or shot.chosen_panel_id or "")
        number = scheme.shot(scene.number, scene.sequence, shot.number, shot.suffix)
        cards.append(_event_card(event, shot, take, panel, number, frame, film, folder))
        frame += event.frames
    return tuple(cards)


def take_cards(session: Session, shot: str) -> tuple[TakeCard, ...]:
    """The takes of a shot, oldest first."""
    need(session, Shot, shot)
    return _take_cards(session, Take.shot_id == shot)


def take_card(session: Session, take: str) -> TakeCard:
    need(session, Take, take)
    return _take_cards(session, Take.id == take)[0]


def panel_cards(session: Session, shot: str) -> tuple[PanelCard, ...]:
    """The panels of a shot in order."""
    chosen, folder = need(session, Shot, shot).chosen_panel_id, _folder(session)
    rows = session.scalars(select(Panel).where(Panel.shot_id == shot).order_by(Panel.rank, Panel.id))
    return tuple(
        PanelCard(
            id=row.id,
            shot=shot,
            number=row.number,
            picture=in_media(folder, row.picture),
            chosen=row.id == chosen,
            origin=row.origin,
            recipe=row.recipe,
        )
        for row in rows
    )


def subject_cards(session: Session) -> tuple[SubjectCard, ...]:
    """The gallery in order, each with its pictures and the number of shots it is in."""
    folder, pictures = _folder(session), defaultdict(list)
    views = select(SubjectView.subject_id, Reference.name).join(Reference, Reference.id == SubjectView.reference_id)
    for row in session.execute(views.order_by(SubjectView.rank, SubjectView.id)):
        pictures[row.subject_id].append(in_media(folder, row.name))
    counts = select(ShotSubject.subject_id, func.count()).group_by(ShotSubject.subject_id)
    shots = dict(session.execute(counts).all())
    return tuple(
        SubjectCard(one.id, f"@{one.name}", one.kind, one.description, tuple(pictures[one.id]), shots.get(one.id, 0))
        for one in session.scalars(select(Subject).order_by(Subject.rank, Subject.id))
    )


def subject_named(session: Session, name: str) -> SubjectCard:
    """By @name, without regard to case and accents. Raises NotFound."""
    key = name_key(name.strip())
    for card in subject_cards(session):
        if name_key(card.name) == key:
            return card
    raise NotFound(f"There is no subject {name[:60]!r} in this film.", "Add it first: shotwright add-subject")


def job_cards(session: Session, ids: Iterable[str] | None = None) -> tuple[JobCard, ...]:
    """Every job, or those named, in queue order."""
    return _job_cards(session, () if ids is None else (Job.id.in_(list(ids)),))


def job_card(session: Session, job: str) -> JobCard:
    need(session, Job, job)
    return job_cards(session, [job])[0]


def live_jobs(session: Session) -> tuple[JobCard, ...]:
    """Jobs that are queued, paused, running, waiting or interrupted, in queue order."""
    return _job_cards(session, (Job.state.in_(LIVE),))


def next_queued(session: Session, runtime: str = "frames") -> JobCard | None:
    """The job this runtime draws next."""
    query = select(Job.id).where(Job.state == JobState.QUEUED.value, Job.runtime == runtime)
    found = session.scalar(query.order_by(Job.rank, Job.id).limit(1))
    return job_card(session, found) if found else None


def job_request(session: Session, job: str) -> tuple[str, str]:
    """A job's recipe and its request, both as JSON text."""
    row = need(session, Job, job)
    return row.recipe, row.request


def losses(session: Session, job: str, step: int) -> int:
    """How often the runtime was lost at this very step of the job so far."""
    row = need(session, Job, job)
    return row.lost_count if row.lost_step == step else 0


def new_job_id(_session: Session | None = None) -> str:
    return new_id("job")


def shot_brief(session: Session, shot: str) -> ShotBrief:
    """What planning needs to know of one shot."""
    row, film = need(session, Shot, shot), the_film(session)
    scene = need(session, Scene, row.scene_id)
    subjects = Cast(session, [shot]).of(shot)
    text = accepted_texts(session, [shot]).get(shot, "")
    panel = session.get(Panel, row.chosen_panel_id) if row.chosen_panel_id else None
    number = scheme_of(film).shot(scene.number, scene.sequence, row.number, row.suffix)
    take = next_take_number(session, shot)
    columns = session.execute(select(*COLUMNS).join(Scene, Scene.id == Shot.scene_id).where(Shot.id == shot)).one()
    names = ("size", "angle", "lens", "height", "move", "action", "dialogue", "notes")
    return ShotBrief(
        id=row.id,
        film=film.id,
        number=number,
        frames=row.frames,
        fields={name: getattr(row, name) for name in names},
        draft=row.prompt,
        expansion=text or None,
        scene=BriefScene(scene.id, scene.number, scene.heading, scene.location, scene.time, scene.weather,
                         scene.story_day),
        subjects=subjects,
        approved=row.approved,
        omitted=row.omitted,
        chosen_panel=BriefPanel(panel.id, panel.picture.partition(".")[0], panel.picture) if panel else None,
        chosen_take=row.chosen_take_id,
        rate=_rate(film),
        width=film.width,
        height=film.height,
        takes=session.scalar(select(func.count(Take.id)).where(Take.shot_id == shot)) or 0,
        next_take=take,
        next_reel=naming.reel(number, take),
        next_timecode=_source_timecode(film, next_source_start(session, row.frames)),
        fed=fed_of(columns, subjects, text, rate_text(film)),
    )


def shot_state(
    *, failed: bool, running: bool, queued: bool, omitted: bool, out_of_date: bool, pages_changed: bool,
    approved: bool, takes: bool, panels: bool
) -> ShotState:
    """The badge of a shot to which several may apply: the first of this order."""
    order = (
        (failed, ShotState.FAILED),
        (running, ShotState.RUNNING),
        (queued, ShotState.QUEUED),
        (omitted, ShotState.OMITTED),
        (out_of_date, ShotState.OUT_OF_DATE),
        (pages_changed, ShotState.PAGES_CHANGED),
        (approved, ShotState.APPROVED),
        (takes, ShotState.HAS_TAKES),
        (panels, ShotState.HAS_PANELS),
    )
    return next((state for applies, state in order if applies), ShotState.EMPTY)


class _Board:
    """What the cards of many shots share, read once."""

    def __init__(self, session: Session) -> None:
        self._session, self._film = session, the_film(session)
        self._scheme, self._folder = scheme_of(self._film), _folder(session)
        self._posters = posters(self._folder)
        first = select(Event.shot_id, func.min(Event.rank).label("rank")).where(
            Event.cut_id == self._film.current_cut_id).group_by(Event.shot_id).subquery()
        placed = select(Shot.id).join(Scene, Scene.id == Shot.scene_id).outerjoin(first, first.c.shot_id == Shot.id)
        self.order: list[str] = list(session.scalars(placed.order_by(
            first.c.rank.is_(None), first.c.rank, Scene.rank, Shot.number, Shot.suffix)))

    @property
    def example(self) -> str:
        return next((number for shot, number in self.numbers() if shot == self.order[0]), "")

    def numbers(self) -> Sequence[tuple[str, str]]:
        query = select(Shot.id, Shot.number, Shot.suffix, Scene.number.label("scene"), Scene.sequence)
        rows = self._session.execute(query.join(Scene, Scene.id == Shot.scene_id))
        return [(row.id, self._scheme.shot(row.scene, row.sequence, row.number, row.suffix)) for row in rows]

    def cards(self, wanted: set[str] | None) -> tuple[ShotCard, ...]:
        places = {one: place for place, one in enumerate(self.order, 1) if wanted is None or one in wanted}
        ids = None if wanted is None else list(places)
        cast, texts = Cast(self._session, ids), accepted_texts(self._session, ids)
        takes, panels = self._counts(Take, ids), self._counts(Panel, ids)
        live, failed = _live_by_shot(self._session), _failed_shots(self._session)
        in_line, rate = _queue_places(self._session), rate_text(self._film)
        cards = []
        for row in sorted(self._session.execute(self._query(ids)), key=lambda one: places[one.id]):
            subjects = cast.of(row.id)
            why = ""
            if row.fed:
                why = cause(row.fed, row.kept_fed, fed_of(row, subjects, texts.get(row.id, ""), rate))
            job = live.get(row.id)
            state = shot_state(
                failed=row.id in failed,
                running=job is not None and job.state in RUNS,
                queued=job is not None and job.state in WAITS,
                omitted=row.omitted,
                out_of_date=bool(why),
                pages_changed=bool(row.pages_changed),
                approved=row.approved,
                takes=row.id in takes,
                panels=row.id in panels,
            )
            cards.append(ShotCard(
                id=row.id,
                place=places[row.id],
                number=self._scheme.shot(row.scene_number, row.sequence, row.number, row.suffix),
                scene=row.scene_id,
                scene_number=row.scene_number,
                prompt=row.prompt,
                action=row.action,
                dialogue=row.dialogue,
                size=row.size,
                angle=row.angle,
                move=row.move,
                frames=row.frames,
                state=state,
                cause=why or row.pages_changed,
                approved=row.approved,
                omitted=row.omitted,
                takes=takes.get(row.id, 0),
                panels=panels.get(row.id, 0),
                chosen_take=row.chosen_take_id,
                chosen_panel=row.chosen_panel_id,
                picture=self._picture(row),
                subjects=tuple(one.name for one in subjects),
                job=job.id if job is not None else None,
                queue_place=in_line.get(job.id, 0) if job is not None else 0,
            ))
        return tuple(cards)

    def _picture(self, row: Any) -> Path | None:
        if row.take_media:
            return self._posters / f"{checked_name(row.take_media)[:64]}.jpg"
        return in_media(self._folder, row.panel_picture) if row.panel_picture else None

    def _query(self, ids: list[str] | None) -> Any:
        query: Any = select(
            Shot.id, Shot.number, Shot.suffix, Shot.scene_id, Shot.dialogue, Shot.frames, Shot.approved, Shot.omitted,
            Shot.chosen_take_id, Shot.chosen_panel_id, Shot.pages_changed, Shot.kept_fed, *COLUMNS,
            Scene.number.label("scene_number"), Scene.sequence, Take.fed, Take.media.label("take_media"),
            Panel.picture.label("panel_picture"),
        ).join(Scene, Scene.id == Shot.scene_id).outerjoin(Take, Take.id == Shot.chosen_take_id)
        query = query.outerjoin(Panel, Panel.id == Shot.chosen_panel_id)
        return query if ids is None else query.where(Shot.id.in_(ids))

    def _counts(self, entity: Any, ids: list[str] | None) -> dict[str, int]:
        query = select(entity.shot_id, func.count()).group_by(entity.shot_id)
        if ids is not None:
            query = query.where(entity.shot_id.in_(ids))
        return dict(self._session.execute(query).all())


def _live_by_shot(session: Session) -> dict[str, Any]:
    """The job a shot's card tells of: the running one, else the next in line."""
    rows = session.execute(
        select(Job.id, Job.shot_id, Job.state).where(Job.state.in_(LIVE)).order_by(Job.rank.desc(), Job.id.desc())
    ).all()
    found: dict[str, Any] = {}
    for row in rows:
        if row.shot_id not in found or found[row.shot_id].state not in RUNS:
            found[row.shot_id] = row
    return found


def _failed_shots(session: Session) -> set[str]:
    """Shots whose last ended job failed and that nobody has wished anything of since."""
    failed = session.execute(select(Job.shot_id, Job.ended_at).where(Job.state == JobState.FAILED.value)).all()
    last: dict[str, str] = {}
    for row in failed:
        last[row.shot_id] = max(row.ended_at, last.get(row.shot_id, ""))
    others = select(Job.shot_id, Job.made_at, Job.ended_at, Job.state).where(Job.shot_id.in_(list(last)))
    for other in session.execute(others):
        later_done = other.state == JobState.DONE.value and other.ended_at > last.get(other.shot_id, "~")
        if later_done or other.made_at > last.get(other.shot_id, "~"):
            last.pop(other.shot_id, None)
    return set(last)


def _queue_places(session: Session) -> dict[str, int]:
    ids = session.scalars(select(Job.id).where(Job.state.in_(IN_LINE)).order_by(Job.rank, Job.id))
    return {one: place for place, one in enumerate(ids, 1)}


def _job_cards(session: Session, where: tuple[Any, ...]) -> tuple[JobCard, ...]:
    scheme, in_line = scheme_of(the_film(session)), _queue_places(session)
    query = (
        select(
            Job.id, Job.shot_id, Job.kind, Job.engine, Job.state, Job.attempt, Job.step, Job.steps, Job.sentence,
            Job.hint, Job.made_at, Job.ended_at, Shot.number, Shot.suffix, Scene.number.label("scene"),
            Scene.sequence, Take.id.label("take"), Panel.id.label("panel"),
        )
        .join(Shot, Shot.id == Job.shot_id).join(Scene, Scene.id == Shot.scene_id)
        .outerjoin(Take, Take.job_id == Job.id).outerjoin(Panel, Panel.job_id == Job.id)
        .where(*where).order_by(Job.rank, Job.id)
    )
    return tuple(
        JobCard(
            id=row.id,
            shot=row.shot_id,
            shot_number=scheme.shot(row.scene, row.sequence, row.number, row.suffix),
            kind=row.kind,
            engine=row.engine,
            state=JobState(row.state),
            attempt=row.attempt,
            step=row.step,
            steps=row.steps,
            place=in_line.get(row.id, 0),
            sentence=row.sentence,
            hint=row.hint,
            take=row.take,
            panel=row.panel,
            made_at=row.made_at,
            ended_at=row.ended_at,
        )
        for row in session.execute(query)
    )


def _take_cards(session: Session, where: Any) -> tuple[TakeCard, ...]:
    film, folder = the_film(session), _folder(session)
    rows = session.execute(select(Take, Shot.chosen_take_id, Shot.kept_fed).join(Shot, Shot.id == Take.shot_id)
                           .where(where).order_by(Take.number)).all()
    shots = list({take.shot_id for take, _, _ in rows})
    cast, texts = Cast(session, shots), accepted_texts(session, shots)
    columns = session.execute(
        select(Shot.id, *COLUMNS).join(Scene, Scene.id == Shot.scene_id).where(Shot.id.in_(shots)))
    present = {row.id: fed_of(row, cast.of(row.id), texts.get(row.id, ""), rate_text(film)) for row in columns}
    return tuple(
        _take_card(take, take.id == chosen, cause(take.fed, kept, present[take.shot_id]), film, folder)
        for take, chosen, kept in rows
    )


def _take_card(take: Take, chosen: bool, why: str, film: Film, folder: Path) -> TakeCard:
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
        rate=FrameRate(take.rate_num, take.rate_den),
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
        reel=take.reel,
        timecode=timecode(take.source_start, FrameRate(take.rate_num, take.rate_den), drop=_drop(film, take)),
    )


def _event_card(
    event: Event, shot: Shot, take: Take | None, panel: Panel | None, number: str, frame: int, film: Film, folder: Path
) -> EventCard:
    return EventCard(
        id=event.id,
        shot=shot.id,
        shot_number=number,
        scene=shot.scene_id,
        film_frame=frame,
        frames=event.frames,
        take=take.id if take else None,
        take_name=scheme_of(film).take(take.number) if take else "",
        media=in_media(folder, take.media) if take else None,
        take_in=max(0, take.head + event.shot_in) if take else 0,
        take_frames=take.frames if take else 0,
        panel=panel.id if panel else None,
        picture=_picture(folder, take.media if take else None, panel.picture if panel else None),
        speed_num=event.speed_num,
        speed_den=event.speed_den,
        flop=event.flop,
        hold=event.hold,
        name=event.name,
        reel=take.reel if take else "",
        take_timecode=timecode(take.source_start, FrameRate(take.rate_num, take.rate_den), drop=_drop(film, take))
        if take else "",
        action=shot.action,
        dialogue=shot.dialogue,
    )


def _shown_events(query: Any, cut: Cut) -> Any:
    """A frozen cut stays as it was; in any other, events of omitted shots wait unseen in their places."""
    if cut.frozen:
        return query.select_from(Event).join(Shot, Shot.id == Event.shot_id).where(Event.cut_id == cut.id)
    return query.select_from(Event).join(Shot, Shot.id == Event.shot_id).where(Event.cut_id == cut.id, ~Shot.omitted)


def _by_id(session: Session, entity: Any, ids: Iterable[str | None]) -> dict[str, Any]:
    wanted = [one for one in ids if one]
    found: dict[str, Any] = {}
    for start in range(0, len(wanted), 20_000):
        some = entity.id.in_(wanted[start : start + 20_000])
        found |= {row.id: row for row in session.scalars(select(entity).where(some))}
    return found


def _picture(folder: Path, take_media: str | None, panel_picture: str | None) -> Path | None:
    if take_media:
        return poster_path(folder, take_media)
    return in_media(folder, panel_picture) if panel_picture else None


def _source_timecode(film: Film, frame: int) -> str:
    rate = _rate(film)
    return timecode(frame, rate, drop=rate.can_drop and is_drop(film.start_timecode))


def _drop(film: Film, take: Take) -> bool:
    """Drop-frame where the film's start timecode is, and the take's rate can be."""
    return FrameRate(take.rate_num, take.rate_den).can_drop and is_drop(film.start_timecode)


def _rate(film: Film) -> FrameRate:
    return FrameRate(film.rate_num, film.rate_den)


def _folder(session: Session) -> Path:
    folder = session.info["folder"]
    assert isinstance(folder, Path)
    return folder
