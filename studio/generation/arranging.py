"""Where a wish's pictures and takes stand in the new clip, how long it becomes, and what of it is delivered."""

from __future__ import annotations

from dataclasses import dataclass

from model_runtime.protocol import EngineInfo, GivenFrames, InputFile
from studio.errors import BadValue, Refused
from studio.generation import lengths
from studio.generation.lengths import MOST_HANDLE, SHARED, Fit
from studio.generation.material import File, Material, Source
from studio.generation.wish import Bridge, Extend, Inpaint, Redo, Restyle, Wish, Work
from studio.project.cards import ShotBrief

ASPECT_SLACK = 0.02
MET = 5
"""Drawings of the second take that a bridge is given at least, where it has as many: its motion, not only a pose."""
EXTENSION = 16
"""Drawings an extension has where the shot lacks none: what one part of the sketch engine adds."""


@dataclass(frozen=True)
class Arranged:
    fit: Fit
    first_frame: InputFile | None = None
    last_frame: InputFile | None = None
    given: tuple[GivenFrames, ...] = ()
    """What is given beside a first and a last frame."""
    mask: InputFile | None = None
    guide: InputFile | None = None
    title: str = ""
    """What is done to which take, in words; empty for plain drawing."""

    @property
    def all_given(self) -> tuple[GivenFrames, ...]:
        first = (GivenFrames(self.first_frame, 0),) if self.first_frame else ()
        last = (GivenFrames(self.last_frame, self.fit.drawings - 1),) if self.last_frame else ()
        return (*first, *self.given, *last)


@dataclass(frozen=True)
class Givens:
    """What one wish of one shot gives, before any engine is asked. Raises StudioError where none could use it."""

    brief: ShotBrief
    wish: Wish
    material: Material

    def check(self) -> None:
        if self.wish.work is not None:
            self._refuse_mixtures()
            self._check_work(self.wish.work)
            return
        self._picture(self.wish.first_frame, "first frame")
        self._picture(self.wish.last_frame, "last frame")
        self._guide()
        if self.wish.kind == "still":
            self._refuse_for_a_still()

    def _check_work(self, work: Work) -> None:
        match work:
            case Extend():
                self._take_to_extend(work)
            case Bridge():
                self._take(work.before), self._take(work.after)
            case Redo():
                self._take_to_redo(work)
            case Inpaint():
                self._source(work.source), self._mask(work)
            case Restyle():
                self._source_to_restyle(work)

    # --- without a take ------------------------------------------------------------------------------------------

    def _picture(self, wanted: str | None, what: str) -> InputFile | None:
        if not wanted:
            return None
        if self.wish.kind == "still":
            raise Refused(f"A still has no {what}.", f"Ask for a clip, or leave the {what} out.")
        file = self.material.file(wanted, what)
        if file.is_clip:
            raise BadValue(f"The {what} is a movie.", "Give a picture.")
        return file.given_as(what)

    def _guide(self) -> InputFile | None:
        wish = self.wish
        if not wish.guide:
            return None
        file = self.material.file(wish.guide, "guide")
        self._refuse_short_guide(file.frames, self.brief.frames if wish.kind == "clip" else 1)
        return file.given_as("guide")

    def _refuse_short_guide(self, covered: int, frames: int) -> None:
        """`frames`: of the shot, or more where an end that is given lies behind it and cannot be cut."""
        if covered < frames:
            raise Refused(
                f"The guide has {_counted(covered, 'frame')}, fewer than the {frames} of {self.brief.number}.",
                "Give a longer guide, or shorten the shot.",
            )

    def _refuse_for_a_still(self) -> None:
        if self.wish.loop:
            raise Refused("A still cannot be a loop.", "Ask for a clip.")

    # --- with takes ----------------------------------------------------------------------------------------------

    def _refuse_mixtures(self) -> None:
        wish = self.wish
        mixed = {
            "a first frame": wish.first_frame, "a last frame": wish.last_frame, "a guide": wish.guide,
            "a loop": wish.loop,
        }  # fmt: skip
        named = next((name for name, there in mixed.items() if there), "")
        if named and wish.work is not None:
            raise Refused(f"{named[0].upper()}{named[1:]} does not go with {_DOING[wish.work.task]}.", "Leave one out.")

    def _take_to_extend(self, work: Extend) -> Source:
        take = self._take(work.take)
        if work.frames < 0:
            raise BadValue(f"A take cannot be extended by {work.frames} frames.", "Give 1 frame or more.")
        return take

    def _take_to_redo(self, work: Redo) -> Source:
        take = self._take(work.take)
        if not 0 <= work.first <= work.last or work.last + take.head >= take.file.frames:
            raise BadValue(
                f"{_capital(take.name)} has no frames {work.first} to {work.last}.",
                f"Give frames of the shot from 0 to {take.file.frames - take.head - 1}.",
            )
        return take

    def _mask(self, work: Inpaint) -> File:
        mask = self.material.file(work.mask, "mask")
        film = (self.brief.width, self.brief.height)
        if not same_aspect((mask.width, mask.height), film):
            raise Refused(
                f"The mask of {mask.width}x{mask.height} does not lie over pictures of {film[0]}x{film[1]}.",
                "Paint it at the film's size.",
            )
        if not mask.marks:
            raise Refused("The mask marks nothing.", "Paint white what is to be redrawn.")
        return mask

    def _source_to_restyle(self, work: Restyle) -> Source:
        if not 0.0 <= work.strength < 1.0:
            raise BadValue(f"A strength of {work.strength:g} cannot be used.", "Give 0 or more, but less than 1.")
        return self._source(work.source)

    def _take(self, id_: str) -> Source:
        source = self._source(id_)
        if source.is_still:
            raise BadValue(f"{_capital(source.name)} is no take.", "Name a take of the film.")
        return source

    def _source(self, id_: str) -> Source:
        source = self.material.source(id_)
        if source.is_still and self.wish.kind == "clip":
            raise Refused(f"{_capital(source.name)} is a still.", "Ask for a still.")
        if not source.is_still and self.wish.kind == "still":
            raise Refused(f"{_capital(source.name)} is a clip.", "Ask for a clip.")
        if source.rate is not None and source.rate != self.brief.rate:
            raise Refused(
                f"{_capital(source.name)} runs at {source.rate.shown} fps, the film at {self.brief.rate.shown}.",
                "Generate it again first.",
            )
        return source


@dataclass(frozen=True)
class Arranger(Givens):
    """Lays out one wish of one shot for one engine. Raises StudioError where that cannot be."""

    engine: EngineInfo

    def arrange(self) -> Arranged:
        work = self.wish.work
        if work is None:
            return self._plain()
        self._refuse_mixtures()
        match work:
            case Extend():
                return self._extended(work)
            case Bridge():
                return self._bridged(work)
            case Redo():
                return self._redone(work)
            case Inpaint():
                return self._painted(work)
            case Restyle():
                return self._restyled(work)

    @property
    def hold(self) -> int:
        return lengths.hold(self.engine, self.brief.rate)

    # --- without a take ------------------------------------------------------------------------------------------

    def _plain(self) -> Arranged:
        wish = self.wish
        first, last = self._first_frame(), self._picture(wish.last_frame, "last frame")
        guide = self._guide()
        if wish.kind == "still":
            self._refuse_for_a_still()
            return Arranged(Fit(1, 1, 1, 0, 0, 0), guide=guide)
        covered = self.material.file(wish.guide, "guide").frames if wish.guide else None
        try:
            fit = lengths.fit(
                self.brief.frames,
                self.brief.rate,
                self.engine,
                first_given=first is not None or wish.loop,
                # A loop ends where it begins: cutting its end off would open it.
                last_given=last is not None or wish.loop,
                covered=covered,
            )
        except Refused as refused:
            raise Refused(f"{self.brief.number}: {refused.sentence}", refused.hint) from None
        if covered is not None:
            self._refuse_short_guide(covered, fit.delivered)
        return Arranged(fit, first, last, guide=guide)

    def _first_frame(self) -> InputFile | None:
        wish, panel = self.wish, self.brief.chosen_panel
        if wish.first_frame or wish.kind == "still":
            return self._picture(wish.first_frame, "first frame")
        if wish.use_panel and panel and "first_frame" in self.engine.tasks:
            return InputFile(panel.hash, panel.name, "first frame")
        return None

    # --- with takes ----------------------------------------------------------------------------------------------

    def _extended(self, work: Extend) -> Arranged:
        take = self._take_to_extend(work)
        old = take.drawings(self.hold)
        lacking = self.brief.frames - (take.file.frames - take.head)
        more = -(-(work.frames or max(lacking, 0)) // self.hold) or EXTENSION
        drawings = self._legal(old + more)
        title = f"{take.name} extended at its {work.end}"
        file = take.file.given_as("extend")
        if work.end == "tail":
            tail = max(0, drawings * self.hold - take.head - self.brief.frames)
            fit = Fit(self.brief.frames, drawings, self.hold, take.head, tail, 0)
            return Arranged(fit, given=(GivenFrames(file, 0, old),), title=title)
        added = drawings - old
        cut = old * self.hold - take.file.frames
        # A shot that became longer than its take begins as much earlier, so that what was lacking is there.
        head = max(0, take.head + added * self.hold - max(lacking, 0))
        tail = max(0, take.file.frames + added * self.hold - head - self.brief.frames)
        fit = Fit(self.brief.frames, drawings, self.hold, head, tail, cut)
        return Arranged(fit, given=(GivenFrames(file, added, old),), title=title)

    def _bridged(self, work: Bridge) -> Arranged:
        before, after = self._take(work.before), self._take(work.after)
        end, begin = -(-(before.file.frames - before.tail) // self.hold), after.head // self.hold
        between = -(-self.brief.frames // self.hold)
        lead, into = self._ends_of_bridge(before, end, after, after.drawings(self.hold) - begin, between)
        head, tail = (min(MOST_HANDLE // self.hold, one) * self.hold for one in (lead, into))
        fit = Fit(
            self.brief.frames,
            lead + between + into,
            self.hold,
            head=head,
            tail=tail + between * self.hold - self.brief.frames,
            cut=into * self.hold - tail,
            skip=lead * self.hold - head,
        )
        given = (
            GivenFrames(before.file.given_as("bridge"), 0, lead, end - lead),
            GivenFrames(after.file.given_as("bridge"), lead + between, into, begin),
        )
        return Arranged(fit, given=given, title=f"bridge from {before.name} to {after.name}")

    def _ends_of_bridge(self, before: Source, end: int, after: Source, rest: int, between: int) -> tuple[int, int]:
        """How many drawings of both takes are given, so that the whole has a legal length."""
        found = []
        for lead in range(min(SHARED, end), 0, -1):
            short = self._legal(lead + between + 1)
            sizes = (short, lengths.legal(short + 1, self.engine))
            found += [(lead, one - lead - between) for one in sizes if 0 < one - lead - between <= rest]
        if not found:
            raise Refused(
                f"{_capital(before.name)} and {after.name} are too short to be bridged: {_counted(end, 'drawing')} "
                f"lead over, {_counted(rest, 'drawing')} follow.",
                "Extend one of them first.",
            )
        return max(found, key=lambda ends: (ends[0] + min(ends[1], MET), -ends[1]))

    def _redone(self, work: Redo) -> Arranged:
        take = self._take_to_redo(work)
        first, last = work.first + take.head, work.last + take.head
        old = take.drawings(self.hold)
        start, stop = first // self.hold, last // self.hold + 1
        file, drawings = take.file.given_as("redo"), self._legal(old)
        outside = ((0, start), (stop, old))
        given = tuple(GivenFrames(file, one, end - one, one) for one, end in outside if end > one)
        title = f"{take.name} redone from frame {work.first} to {work.last}"
        return Arranged(self._as_long_as(take, drawings), given=given, title=title)

    def _painted(self, work: Inpaint) -> Arranged:
        source, mask = self._source(work.source), self._mask(work)
        arranged = self._whole(source, "inpaint")
        return Arranged(
            arranged.fit, given=arranged.given, mask=mask.given_as("mask"), title=f"{source.name} redrawn in part"
        )

    def _restyled(self, work: Restyle) -> Arranged:
        return self._whole(self._source_to_restyle(work), "restyle", " restyled")

    def _whole(self, source: Source, purpose: str, done: str = "") -> Arranged:
        """Every drawing of a take, or a panel, given; what the engine draws beyond its end repeats its last drawing."""
        file, title = source.file.given_as(purpose), source.name + done
        if source.is_still:
            return Arranged(Fit(1, 1, 1, 0, 0, 0), given=(GivenFrames(file, 0),), title=title)
        old = source.drawings(self.hold)
        drawings = self._legal(old)
        if self.engine.part and drawings > self.engine.part:
            raise Refused(
                f"{_capital(source.name)} has {old} drawings; {self.engine.id} redraws {self.engine.part} in one go.",
                "Redo a range of it instead.",
            )
        beyond = (GivenFrames(file, number, 1, old - 1) for number in range(old, drawings))
        return Arranged(self._as_long_as(source, drawings), given=(GivenFrames(file, 0, old), *beyond), title=title)

    # --- small things --------------------------------------------------------------------------------------------

    def _legal(self, drawings: int) -> int:
        found = lengths.legal(drawings, self.engine)
        if not found:
            raise lengths.too_long(drawings * self.hold, self.brief.rate, self.engine)
        return found

    def _as_long_as(self, take: Source, drawings: int) -> Fit:
        cut = drawings * self.hold - take.file.frames
        frames = take.file.frames - take.head - take.tail
        return Fit(frames, drawings, self.hold, take.head, take.tail, cut)


_DOING = {
    "extend": "extending a take",
    "bridge": "a bridge",
    "redo": "redoing a range",
    "inpaint": "redrawing in part",
    "restyle": "restyling",
}


def same_aspect(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return abs(one[0] * other[1] / (one[1] * other[0]) - 1) <= ASPECT_SLACK


def crop_note(file: File, what: str, brief: ShotBrief) -> str:
    """What happens to a picture of another aspect; empty for one that fits."""
    if same_aspect((file.width, file.height), (brief.width, brief.height)):
        return ""
    return f"The {what} of {file.width}x{file.height} is cropped to the film's {brief.width}x{brief.height}."


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
