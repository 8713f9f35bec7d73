"""Pictures cut out of other pictures: a new reference and a view of a subject in one step, the original as it was."""

from __future__ import annotations

import re
from pathlib import PurePath

from sqlalchemy.orm import Session

from studio.errors import NotFound
from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.reference import record_all, record_imported
from studio.project.commands.rows import need
from studio.project.commands.subject import add_pictures, add_subject
from studio.project.entities import Reference, Subject
from studio.project.media import Imported

SAID = ", cut out"


def cut_name(original: str) -> str:
    """What a picture is called that was cut out of one called so: `Mara.JPG` gives `Mara, cut out.png`."""
    path = PurePath(original)
    stem = path.stem if re.fullmatch(r"\.\w{1,5}", path.suffix) else path.name
    return f"{(stem or 'Picture').removesuffix(SAID)[: values.LINE]}{SAID}.png"


def add_cut_view(
    session: Session, subject: str, cut: Imported, cut_from: str, came: Imported | None = None, *, view: str = "",
    wardrobe: str | None = None,
) -> Changes:  # fmt: skip
    """A view of a subject, last of its views, cut out of the picture whose content has the hash `cut_from`.

    `came`: that picture, where it comes into the film with this step. What the subject has already is not added
    twice: the note says so then. Raises NotFound, and BadValue for a view or change the subject cannot have.
    """
    row = need(session, Subject, subject)
    changes = record_imported(session, came, "identity") if came is not None else Changes()
    changes, reference = _recorded(session, changes, cut, cut_from)
    return changes | add_pictures(session, row, [reference], view, wardrobe)


def add_cut_subject(
    session: Session, name: str, kind: str, cut: Imported, cut_from: str, came: Imported | None = None, *,
    description: str = "", view: str = "",
) -> Changes:  # fmt: skip
    """As `add_cut_view`, for a subject that is made with it. Raises BadValue for a name somebody has."""
    made = add_subject(session, name, kind, description)
    return made | add_cut_view(session, made.new("subject"), cut, cut_from, came, view=view)


def _recorded(session: Session, changes: Changes, cut: Imported, cut_from: str) -> tuple[Changes, Reference]:
    """The cut as a reference. One that is there already, by its content, keeps what it was first cut from."""
    recorded, (reference,) = record_all(session, [cut], "identity")
    row = session.get(Reference, reference)
    if row is None:
        raise NotFound("The picture that was cut out is not in this film.", "Cut it out again.")
    if recorded.created and cut_from != row.hash:
        row.cut_from = cut_from
    return changes | recorded, row
