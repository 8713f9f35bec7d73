"""Films for tests, with sensible defaults: `a_project(tmp_path)`, `a_shot(project)`, `a_take(project, shot)`."""

from __future__ import annotations

import hashlib
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.commands import job, reference, scene, shot, subject, take
from studio.project.recipe import Recipe
from studio.project.store import FOLDERS, FilmSettings
from studio.project.timing import FrameRate


def some_settings(**other: Any) -> FilmSettings:
    given: dict[str, Any] = {"title": "A Test Film", "rate": FrameRate(24), "width": 160, "height": 90}
    return FilmSettings(**given | other)


def a_project(tmp_path: Path, name: str = "film", **settings: Any) -> OpenProject:
    """An empty film in `tmp_path / name`, open for writing; the test closes it.

    Films with the default settings are copied from one template a test run: making one takes a third of a second.
    """
    folder = tmp_path / name
    if settings:
        return OpenProject.create(folder, some_settings(**settings))
    template = tmp_path.parent / "template-film"
    if not template.exists():
        OpenProject.create(template, some_settings()).close()
    for one in FOLDERS:
        (folder / one).mkdir(parents=True)
    shutil.copyfile(template / "project.sqlite", folder / "project.sqlite")
    return OpenProject.open(folder)


def a_scene(project: OpenProject, heading: str = "EXT. PIER - NIGHT", **fields: Any) -> str:
    given = {"location": "pier", "time": "night", "weather": "rain"}
    return project.run(scene.add_scene, heading, **given | fields).new("scene")


def a_shot(project: OpenProject, **fields: Any) -> str:
    """In the last scene, which is made where there is none."""
    if not project.ask(queries.scene_cards):
        a_scene(project)
    return project.run(shot.add_shot, **{"frames": 48, "size": "wide", "action": "walk"} | fields).new("shot")


def a_subject(project: OpenProject, name: str = "@mara", **fields: Any) -> str:
    given = {"kind": "character", "description": "a woman in a yellow raincoat"}
    return project.run(subject.add_subject, name, **given | fields).new("subject")


def a_recipe(project: OpenProject, shot_id: str, *, kind: str = "clip", **fields: Any) -> Recipe:
    """What planning would make of the shot as it is."""
    brief = project.ask(queries.shot_brief, shot_id)
    given: dict[str, Any] = {
        "kind": kind, "engine": "sketch", "weights": "abc123", "film": brief.film, "scene": brief.scene.id,
        "shot": shot_id, "shot_number": brief.number, "draft": brief.draft, "prompt": brief.draft, "seed": 7,
        "steps": 4, "engine_frames": 25, "hold": 2, "frames": brief.frames + 2, "tail": 2,
        "rate": f"{brief.rate.num}/{brief.rate.den}", "width": brief.width, "height": brief.height,
        "reel": brief.next_reel, "timecode": brief.next_timecode, "fed": brief.fed,
    }
    return Recipe(**given | fields)


def a_job(project: OpenProject, shot_id: str, **fields: Any) -> str:
    """A queued job of the shot."""
    recipe = a_recipe(project, shot_id, **fields)
    name = queries.new_job_id()
    project.run(job.record_job, name, shot=shot_id, recipe=recipe.to_json(), request="{}\n")
    return name


def a_take(project: OpenProject, shot_id: str, *, movie: bool = False, **fields: Any) -> str:
    """A finished take of the shot; with `movie` its file is a real one, else a few bytes."""
    name = a_job(project, shot_id, **fields)
    recipe = Recipe.from_json(project.ask(queries.job_request, name)[0])
    file = project.media.jobs / name / "take.mp4"
    file.parent.mkdir(parents=True, exist_ok=True)
    if movie:
        a_movie(file, recipe.frames, (recipe.width, recipe.height), comment=recipe.to_json())
    else:
        file.write_bytes(f"movie of {name}".encode())
    media = project.media.adopt(file, ".mp4")
    changes = project.run(take.record_take, name, media=media, frames=recipe.frames, width=recipe.width,
                          height=recipe.height)
    return changes.new("take")


def a_panel(project: OpenProject, shot_id: str, **fields: Any) -> str:
    """A generated panel of the shot; its file is a real picture."""
    name = a_job(project, shot_id, kind="still", **fields)
    file = a_picture(project.media.jobs / name / "still.png", colour=name)
    media = project.media.adopt(file, ".png")
    return project.run(take.record_panel, name, media=media, width=160, height=90).new("panel")


def a_reference(project: OpenProject, content: str = "mara", purpose: str = "identity") -> str:
    """A reference whose file is a real picture, told from others by `content`."""
    file = a_picture(project.media.jobs / f"{content}.png", colour=content)
    name = project.media.adopt(file, ".png")
    changes = project.run(reference.record_reference, name.partition(".")[0], name, f"{content}.png", purpose)
    return changes.new("reference")


def a_picture(path: Path, size: tuple[int, int] = (160, 90), colour: str = "grey") -> Path:
    """A PNG of one colour made from any text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    red, green, blue = hashlib.sha256(colour.encode()).digest()[:3]
    Image.new("RGB", size, (red, green, blue)).save(path)
    return path


def a_movie(
    path: Path, frames: int = 12, size: tuple[int, int] = (160, 90), rate: Fraction | int = 24, comment: str = ""
) -> Path:
    """A real H.264 movie whose frame n is n shades of grey brighter than the first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w", options={"movflags": "use_metadata_tags+faststart"}) as movie:
        if comment:
            movie.metadata["comment"] = comment
        stream = movie.add_stream("libx264", rate=rate)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for index in range(frames):
            picture = np.full((size[1], size[0], 3), 20 + index * 2 % 200, np.uint8)
            for packet in stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")):
                movie.mux(packet)
        for packet in stream.encode():
            movie.mux(packet)
    return path
