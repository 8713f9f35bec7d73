"""References: pictures, clips and sounds brought into the film."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.errors import BadValue, NotFound
from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.removal import remove
from studio.project.commands.rows import need, ordered_ids, ranks_for
from studio.project.entities import Reference, Shot, ShotReference
from studio.project.media import Imported
from studio.project.media_names import checked_name, is_name

PURPOSES = ("identity", "look", "composition", "first_frame", "last_frame", "guide", "mask")
GIVEN_PURPOSES = tuple(one for one in PURPOSES if one != "identity")
"""What a shot can be given a reference for; identity is a matter of its subjects."""
ONE_OF_EACH = frozenset({"first_frame", "last_frame", "guide", "mask"})
KINDS = ("picture", "clip", "sound")

ALREADY_GIVEN = "The shot has this picture for the same purpose already."


def record_reference(
    session: Session,
    hash: str,
    name: str,
    original_name: str = "",
    purpose: str = "identity",
    *,
    kind: str = "picture",
    original: str = "",
    width: int = 0,
    height: int = 0,
    frames: int = 0,
) -> Changes:
    """A file that lies in media/ by now. The same content for the same purpose is one reference."""
    found = Imported(hash, name, original, original_name, kind, width, height, frames)
    return record_imported(session, found, purpose)


def record_imported(session: Session, found: Imported, purpose: str) -> Changes:
    _, (reference,) = record_all(session, [found], purpose)
    return Changes.of(created=[("reference", reference)])


def record_all(session: Session, found: Sequence[Imported], purpose: str) -> tuple[Changes, list[str]]:
    """Many files at once; the id of each one's reference, whether it was there or not."""
    purpose = values.one_of(purpose, "purpose of a reference", PURPOSES)
    hashes = [one.hash for one in found]
    query = select(Reference.hash, Reference.id).where(Reference.purpose == purpose, Reference.hash.in_(hashes))
    known: dict[str, str] = {row.hash: row.id for row in session.execute(query)}
    rows = []
    for one in found:
        if one.hash not in known:
            rows.append(_reference(one, purpose))
            known[one.hash] = rows[-1].id
    session.add_all(rows)
    return Changes.of(created=[("reference", row.id) for row in rows]), [known[one.hash] for one in found]


def _reference(found: Imported, purpose: str) -> Reference:
    if not checked_name(found.name).startswith(found.hash):
        raise BadValue(f"The file {found.name[:20]}… is not named by its content.", "Import it again.")
    return Reference(
        hash=found.hash,
        name=found.name,
        original=found.original if is_name(found.original) else "",
        original_name=values.text(found.original_name, "file name", 1_000),
        purpose=purpose,
        kind=values.one_of(found.kind, "kind of reference", KINDS),
        width=found.width,
        height=found.height,
        frames=found.frames,
    )


def find_reference(session: Session, reference: str) -> Reference:
    """By id or by the hash of its content. Raises NotFound."""
    named = (Reference.id == reference) | (Reference.hash == reference)
    found = session.scalars(select(Reference).where(named).order_by(Reference.made_at)).first()
    if found is None:
        raise NotFound(f"There is no reference {str(reference)[:60]!r} in this film.", "Import the picture first.")
    return found


def remove_reference(session: Session, reference: str) -> Changes:
    """Remove a reference from the film, from its subjects and shots. Its file stays in media/."""
    remove(session, need(session, Reference, reference))
    return Changes.of(reference=[reference])


def give_reference(session: Session, shot: str, reference: str, purpose: str, strength: int = 100) -> Changes:
    """Give one shot a reference of its own: its guide, its composition, its first or last frame, its look.

    A shot has one of each but of looks and compositions; giving another first frame, last frame, guide or mask takes
    the earlier one away. One it was given for this purpose already is not given twice: only its strength changes.
    `strength` in per cent, 0 to 100.
    """
    need(session, Shot, shot)
    found = find_reference(session, reference)
    purpose = values.one_of(purpose, "purpose a shot can be given a reference for", GIVEN_PURPOSES)
    strength = values.whole(strength, "strength", 0, 100)
    if found.kind == "sound" or (found.kind == "clip" and purpose != "guide"):
        raise BadValue(f"A {found.kind} cannot be a shot's {purpose.replace('_', ' ')}.", "Give a picture.")
    same = ShotReference.shot_id == shot
    present = session.scalars(select(ShotReference).where(same, ShotReference.purpose == purpose)).all()
    for one in present:
        if one.reference_id == found.id:
            one.strength = strength
            return Changes.of(shot=[shot], shot_reference=[one.id]) | Changes(note=ALREADY_GIVEN)
    changes = Changes()
    for one in present if purpose in ONE_OF_EACH else ():
        changes |= take_reference_away(session, one.id)
    row = ShotReference(
        shot_id=shot,
        reference_id=found.id,
        purpose=purpose,
        rank=ranks_for(session, ShotReference, len(ordered_ids(session, ShotReference, same)), same)[0],
        strength=strength,
    )
    session.add(row)
    return changes | Changes.of(shot=[shot], created=[("shot_reference", row.id)])


def set_strength(session: Session, given: str, strength: int) -> Changes:
    """How much a reference a shot was given counts, in per cent, 0 to 100."""
    row = need(session, ShotReference, given)
    row.strength = values.whole(strength, "strength", 0, 100)
    return Changes.of(shot=[row.shot_id], shot_reference=[given])


def take_reference_away(session: Session, given: str) -> Changes:
    """The reference itself stays in the film."""
    row = need(session, ShotReference, given)
    remove(session, row)
    return Changes.of(shot=[row.shot_id], shot_reference=[given])
