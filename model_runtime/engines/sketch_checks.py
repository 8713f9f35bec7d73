"""What the sketch engine refuses of a request before it reads a file, each in one sentence with a way out."""

from __future__ import annotations

from model_runtime import frames, protocol
from model_runtime.engines.base import drawings_reached
from model_runtime.failures import BadInput

MOST_STEPS = 1000
HOLDS = range(1, 61)


def check(request: protocol.Generate, info: protocol.EngineInfo) -> None:
    """BadInput for what this engine cannot draw; the studio refuses the same before it asks."""
    _check_lengths(request, info)
    _check_sampling(request)
    _check_given(request)
    _check_one_part(request, info.part)
    _check_references(request, info)
    frames.MovieSpec(request.width, request.height, request.rate).check()


def _check_lengths(request: protocol.Generate, info: protocol.EngineInfo) -> None:
    legal = (1,) if request.kind == "still" else info.frames
    if request.engine_frames not in legal:
        known = "1" if legal == (1,) else f"{', '.join(map(str, legal[:3]))} and so on, 8 more each, up to {legal[-1]}"
        raise BadInput(f"The sketch engine cannot draw {request.engine_frames} drawings.", f"It draws {known}.")
    if request.hold not in HOLDS:
        raise BadInput(f"A drawing cannot be held {request.hold} frames.", "Hold it 1 to 60 frames.")
    drawn = request.engine_frames * request.hold
    if request.skip < 0 or not 0 <= request.frames <= drawn - request.skip or request.skip >= drawn:
        raise BadInput(
            f"{request.engine_frames} drawings held {request.hold} frames each cannot last {request.frames} frames "
            f"after the first {request.skip}.",
            f"Ask for at most {drawn}.",
        )


def _check_sampling(request: protocol.Generate) -> None:
    if not 0 <= request.steps <= MOST_STEPS:
        raise BadInput(
            f"{request.steps} steps cannot be drawn.", f"Choose 1 to {MOST_STEPS}, or 0 for the usual number."
        )
    for name, value in (("strength", request.strength), ("strength of the guide", request.guide_strength)):
        if not 0.0 <= value <= 1.0:
            raise BadInput(f"A {name} of {value:g} cannot be used.", "Choose 0 to 1.")


def _check_given(request: protocol.Generate) -> None:
    taken: set[int] = set()
    for given in request.given:
        numbers = range(given.first, given.first + given.count)
        if given.count < 1 or given.file_first < 0 or not 0 <= given.first <= request.engine_frames - given.count:
            raise BadInput(
                f"{given.file.name} is given for drawings {given.first + 1} to {given.first + given.count}; "
                f"the clip has {request.engine_frames}.",
                "Give it for drawings that are there.",
            )
        if taken.intersection(numbers):
            raise BadInput(f"A drawing that {given.file.name} is given for is given twice.", "Give each drawing once.")
        taken.update(numbers)
    if redraws(request):
        if len(taken) < request.engine_frames:
            raise BadInput(
                "Only a clip of which every drawing is given can be restyled or redrawn in part.",
                "Give the whole take.",
            )
    elif taken.issuperset(range(drawings_reached(request))):
        raise BadInput(
            "Every drawing the take shows is given: nothing is left to draw.", "Leave out what is to be drawn."
        )


def redraws(request: protocol.Generate) -> bool:
    """Whether what is given, all of it, is drawn anew: everywhere, or under a mask."""
    return request.mask is not None or request.strength < 1.0


def _check_one_part(request: protocol.Generate, most: int) -> None:
    if redraws(request) and request.engine_frames > most:
        raise BadInput(
            f"A take is restyled or redrawn in part in one go, of at most {most} drawings; it has "
            f"{request.engine_frames}.",
            "Redo a range of it instead.",
        )
    if request.loop and (request.kind == "still" or redraws(request)):
        raise BadInput("Only a clip that is neither restyled nor redrawn in part can be a loop.", "Leave the loop out.")


def _check_references(request: protocol.Generate, info: protocol.EngineInfo) -> None:
    if len(request.references) > info.references:
        raise BadInput(
            f"{len(request.references)} reference pictures were sent; {info.references} fit.", "Leave some out."
        )
    nameless = [one for one in request.references if not one.subject.startswith("@") or len(one.subject) < 2]
    if nameless:
        raise BadInput(f"The reference {nameless[0].name} does not say whom it shows.", "Name its subject, as @mara.")
