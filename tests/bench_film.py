"""A film of thousands of shots for `tests.bench_window`: written by bulk inserts, kept between two runs."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from sqlalchemy import Table, create_engine, insert

from studio.open_project import OpenProject
from studio.project import migrations, queries
from studio.project.commands import subject as subjects
from studio.project.entities import Base
from studio.project.recipe import Recipe
from studio.project.store import FilmSettings
from studio.project.timing import FrameRate

FORM = 1
"""Another number makes films kept by an older form of this file anew."""
SHOTS_A_SCENE = 20
POSTERS = 240
"""Different pictures among the posters; the other files are links to them."""
ACTIONS = ("walks along the pier", "turns to the window", "lifts the lantern toward the dark water and waits",
           "runs the whole length of the deck", "looks back once more, then leaves")


def large_film(shots: int = 10_000, takes: int = 50_000) -> Path:
    """A film with so many shots in one cut, takes spread over them evenly, a poster on the disk for each chosen one."""
    name = f"shotwright-bench-{migrations.SCHEMA}-{FORM}-{shots}-{takes}"
    folder = Path(tempfile.gettempdir()) / name
    if not (folder / "made").exists():
        _make(folder, shots, takes)
        (folder / "made").touch()
    return folder


def _make(folder: Path, shots: int, takes: int) -> None:
    settings = FilmSettings("A Long Film", FrameRate(24), width=1280, height=720)
    project = OpenProject.create(folder, settings)
    project.run(subjects.add_subject, "@mara", "character", "a woman in a yellow raincoat")
    mara = project.ask(queries.subject_named, "@mara").id
    cut = project.ask(queries.film_card).current_cut
    project.close()
    rows = _rows(shots, takes, mara, cut)
    database = create_engine(f"sqlite:///{folder / 'project.sqlite'}")
    tables = Base.metadata.tables
    with database.begin() as connection:
        for table in ("scene", "shot", "shot_subject", "job", "take", "event"):
            connection.execute(insert(tables[table]), [_whole(tables[table], row) for row in rows[table]])
        chosen = [{"one": row["id"], "take": row["chosen"]} for row in rows["shot"] if row["chosen"]]
        connection.exec_driver_sql("UPDATE shot SET chosen_take_id = :take WHERE id = :one", chosen)
    database.dispose()
    _write_posters(folder / "cache" / "posters", [row["media"][:64] for row in rows["take"]])


def _rows(shots: int, takes: int, subject: str, cut: str) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in (
        "scene", "shot", "shot_subject", "job", "take", "event")}
    each = takes / shots
    for number in range(shots):
        scene = f"scene_{number // SHOTS_A_SCENE:06}"
        if number % SHOTS_A_SCENE == 0:
            rows["scene"].append(_scene(scene, number // SHOTS_A_SCENE))
        shot = _shot(scene, number)
        rows["shot"].append(shot)
        rows["event"].append({"id": f"event_{number:06}", "cut_id": cut, "shot_id": shot["id"],
                              "rank": (number + 1) * 1024, "frames": shot["frames"]})
        if number % 2 == 0:
            rows["shot_subject"].append({"id": f"shotsubject_{number:06}", "shot_id": shot["id"],
                                         "subject_id": subject, "rank": 1024})
        for take in range(int(number * each), int((number + 1) * each)):
            made = _take(shot, take, take - int(number * each) + 1, with_subject=number % 2 == 0)
            rows["take"].append(made)
            rows["job"].append(_job(shot, made))
            shot["chosen"] = made["id"]
    return rows


def _scene(name: str, place: int) -> dict[str, Any]:
    return {"id": name, "rank": (place + 1) * 1024, "number": str(place + 1),
            "heading": f"EXT. PIER {place + 1} - NIGHT", "location": "pier", "time": "night", "weather": "rain"}


def _shot(scene: str, number: int) -> dict[str, Any]:
    """Every 50th is omitted, every 9th approved, every 13th has no take chosen and so shows nothing."""
    return {
        "id": f"shot_{number:06}", "scene_id": scene, "number": (number % SHOTS_A_SCENE + 1) * 10,
        "frames": 36 + number % 60, "action": f"{ACTIONS[number % len(ACTIONS)]}, {number}", "size": "medium",
        "angle": "eye level", "move": "static", "prompt": "Rain on the pier; far out the lights of the ferry.",
        "omitted": number % 50 == 49, "approved": number % 9 == 0, "chosen": "",
    }  # fmt: skip


def _take(shot: dict[str, Any], number: int, of_shot: int, *, with_subject: bool) -> dict[str, Any]:
    """Every 17th was fed another move than the shot has now: it is out of date."""
    fed = {"prompt": shot["prompt"], "size": shot["size"], "angle": shot["angle"], "action": shot["action"],
           "move": "push in" if number % 17 == 0 else shot["move"], "location": "pier", "time": "night",
           "weather": "rain", "rate": "24"}  # fmt: skip
    if with_subject:
        fed["@mara"] = "a woman in a yellow raincoat"
    recipe = Recipe(kind="clip", engine="sketch", weights="abc123", film="film", scene=shot["scene_id"],
                    shot=shot["id"], shot_number=str(number), draft=shot["prompt"], prompt=shot["prompt"] * 4,
                    seed=number, steps=24, engine_frames=25, hold=2, frames=shot["frames"], rate="24/1",
                    width=1280, height=720, reel=f"{number}", timecode="01:00:00:00", fed=fed)  # fmt: skip
    return {
        "id": f"take_{number:06}", "shot_id": shot["id"], "number": of_shot, "frames": shot["frames"], "rate_num": 24,
        "rate_den": 1, "width": 1280, "height": 720, "origin": "generated", "engine": "sketch", "seed": number,
        "media": f"{hashlib.sha256(str(number).encode()).hexdigest()}.mp4", "recipe": recipe.to_json(),
        "fed": json.dumps(fed, sort_keys=True, ensure_ascii=False), "job_id": f"job_{number:06}",
    }  # fmt: skip


def _job(shot: dict[str, Any], take: dict[str, Any]) -> dict[str, Any]:
    return {"id": take["job_id"], "shot_id": shot["id"], "rank": take["seed"], "kind": "clip", "engine": "sketch",
            "state": "done", "recipe": take["recipe"], "request": "{}", "ended_at": "2026-01-01T00:00:00.000000+00:00"}


def _whole(table: Table, given: dict[str, Any]) -> dict[str, Any]:
    """The row with what its class fills in by itself: text and numbers are never null in our tables."""
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.key in given:
            row[column.key] = given[column.key]
        elif column.key.endswith("made_at"):
            row[column.key] = "2026-01-01T00:00:00.000000+00:00"
        elif column.nullable:
            row[column.key] = None
        else:
            row[column.key] = _plain(column)
    return row


def _plain(column: Any) -> Any:
    one = {"speed_num": 1, "speed_den": 1, "story_day": 1}
    empty = {str: "", int: 0, bool: False}
    return "frames" if column.key == "runtime" else one.get(column.key, empty[column.type.python_type])


def _write_posters(folder: Path, names: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    patterns = [folder / f"pattern-{number:03}.jpg" for number in range(POSTERS)]
    for number, path in enumerate(patterns):
        picture = Image.effect_noise((480, 270), 8).convert("RGB")
        ImageDraw.Draw(picture).ellipse((number, 40, number + 140, 230), (number, 120, 255 - number))
        picture.save(path, "JPEG", quality=88)
    for number, name in enumerate(names):
        os.link(patterns[number % POSTERS], folder / f"{name}.jpg")
