"""The first film file: every word of the film as a table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A foreign key may name a table made later: SQLite looks at it when a row is written.
    _make_film()
    _make_cut()
    _make_shots()
    _make_gallery()
    _make_work()
    _make_journal()


def _link(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, deferrable=True, initially="DEFERRED")


def _make_film() -> None:
    op.create_table(
        "film",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("rate_num", sa.Integer(), nullable=False),
        sa.Column("rate_den", sa.Integer(), nullable=False),
        sa.Column("aspect", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("start_timecode", sa.String(), nullable=False),
        sa.Column("numbering", sa.String(), nullable=False),
        sa.Column("numbers_locked", sa.Boolean(), nullable=False),
        sa.Column("show", sa.String(), nullable=False),
        sa.Column("episode", sa.String(), nullable=False),
        sa.Column("current_cut_id", sa.String(), nullable=True),
        sa.Column("source_frames", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        _link("film", "current_cut_id", "cut"),
        sa.PrimaryKeyConstraint("id", name="pk_film"),
    )
    op.create_index("ix_film_current_cut_id", "film", ["current_cut_id"])
    op.create_table(
        "scene",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("revision", sa.String(), nullable=False),
        sa.Column("sequence", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("time", sa.String(), nullable=False),
        sa.Column("weather", sa.String(), nullable=False),
        sa.Column("story_day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_scene"),
    )
    op.create_table(
        "script_revision",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_script_revision"),
    )
    op.create_table(
        "script_span",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision_id", sa.String(), nullable=False),
        sa.Column("shot_id", sa.String(), nullable=False),
        sa.Column("first_line", sa.Integer(), nullable=False),
        sa.Column("last_line", sa.Integer(), nullable=False),
        _link("script_span", "revision_id", "script_revision"),
        _link("script_span", "shot_id", "shot"),
        sa.PrimaryKeyConstraint("id", name="pk_script_span"),
    )
    op.create_index("ix_script_span_revision_id", "script_span", ["revision_id"])
    op.create_index("ix_script_span_shot_id", "script_span", ["shot_id"])


def _make_cut() -> None:
    op.create_table(
        "cut",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cut"),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("cut_id", sa.String(), nullable=False),
        sa.Column("shot_id", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("shows", sa.String(), nullable=False),
        sa.Column("take_id", sa.String(), nullable=True),
        sa.Column("panel_id", sa.String(), nullable=True),
        sa.Column("shot_in", sa.Integer(), nullable=False),
        sa.Column("frames", sa.Integer(), nullable=False),
        sa.Column("speed_num", sa.Integer(), nullable=False),
        sa.Column("speed_den", sa.Integer(), nullable=False),
        sa.Column("hold", sa.String(), nullable=False),
        sa.Column("flop", sa.Boolean(), nullable=False),
        sa.Column("framing_start", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("framing_end", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("ease", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        _link("event", "cut_id", "cut"),
        _link("event", "panel_id", "panel"),
        _link("event", "shot_id", "shot"),
        _link("event", "take_id", "take"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_index("ix_event_cut_id", "event", ["cut_id"])
    op.create_index("ix_event_cut_id_rank", "event", ["cut_id", "rank"])
    op.create_index("ix_event_panel_id", "event", ["panel_id"])
    op.create_index("ix_event_shot_id", "event", ["shot_id"])
    op.create_index("ix_event_take_id", "event", ["take_id"])
    op.create_table(
        "lane",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("cut_id", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("follows", sa.Boolean(), nullable=False),
        sa.Column("gain", sa.Double(), nullable=False),
        sa.Column("mute", sa.Boolean(), nullable=False),
        sa.Column("solo", sa.Boolean(), nullable=False),
        _link("lane", "cut_id", "cut"),
        sa.PrimaryKeyConstraint("id", name="pk_lane"),
    )
    op.create_index("ix_lane_cut_id", "lane", ["cut_id"])
    op.create_table(
        "sound_clip",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("lane_id", sa.String(), nullable=False),
        sa.Column("media", sa.String(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("source_start", sa.Integer(), nullable=False),
        sa.Column("source_length", sa.Integer(), nullable=False),
        sa.Column("gain", sa.Double(), nullable=False),
        _link("sound_clip", "event_id", "event"),
        _link("sound_clip", "lane_id", "lane"),
        sa.PrimaryKeyConstraint("id", name="pk_sound_clip"),
    )
    op.create_index("ix_sound_clip_event_id", "sound_clip", ["event_id"])
    op.create_index("ix_sound_clip_lane_id", "sound_clip", ["lane_id"])
    op.create_table(
        "marker",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("cut_id", sa.String(), nullable=False),
        sa.Column("film_frame", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        _link("marker", "cut_id", "cut"),
        sa.PrimaryKeyConstraint("id", name="pk_marker"),
    )
    op.create_index("ix_marker_cut_id", "marker", ["cut_id"])


def _make_shots() -> None:
    op.create_table(
        "shot",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("scene_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("suffix", sa.String(), nullable=False),
        sa.Column("frames", sa.Integer(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("size", sa.String(), nullable=False),
        sa.Column("angle", sa.String(), nullable=False),
        sa.Column("lens", sa.String(), nullable=False),
        sa.Column("height", sa.String(), nullable=False),
        sa.Column("move", sa.String(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("dialogue", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("omitted", sa.Boolean(), nullable=False),
        sa.Column("chosen_take_id", sa.String(), nullable=True),
        sa.Column("chosen_panel_id", sa.String(), nullable=True),
        sa.Column("pages_changed", sa.Text(), nullable=False),
        sa.Column("kept_fed", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        _link("shot", "chosen_panel_id", "panel"),
        _link("shot", "chosen_take_id", "take"),
        _link("shot", "scene_id", "scene"),
        sa.PrimaryKeyConstraint("id", name="pk_shot"),
    )
    op.create_index("ix_shot_chosen_panel_id", "shot", ["chosen_panel_id"])
    op.create_index("ix_shot_chosen_take_id", "shot", ["chosen_take_id"])
    op.create_index("ix_shot_scene_id", "shot", ["scene_id"])
    op.create_table(
        "shot_subject",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("shot_id", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("facing", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("exits", sa.String(), nullable=False),
        _link("shot_subject", "shot_id", "shot"),
        _link("shot_subject", "subject_id", "subject"),
        sa.PrimaryKeyConstraint("id", name="pk_shot_subject"),
    )
    op.create_index("ix_shot_subject_shot_id", "shot_subject", ["shot_id"])
    op.create_index("ix_shot_subject_subject_id", "shot_subject", ["subject_id"])
    op.create_table(
        "shot_reference",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("shot_id", sa.String(), nullable=False),
        sa.Column("reference_id", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=False),
        _link("shot_reference", "reference_id", "reference"),
        _link("shot_reference", "shot_id", "shot"),
        sa.PrimaryKeyConstraint("id", name="pk_shot_reference"),
    )
    op.create_index("ix_shot_reference_reference_id", "shot_reference", ["reference_id"])
    op.create_index("ix_shot_reference_shot_id", "shot_reference", ["shot_id"])
    op.create_table(
        "panel",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("shot_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("picture", sa.String(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("frames", sa.Integer(), nullable=True),
        sa.Column("framing_start", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("framing_end", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("arrows", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("take_id", sa.String(), nullable=True),
        sa.Column("take_frame", sa.Integer(), nullable=True),
        sa.Column("job_id", sa.String(), nullable=True),
        sa.Column("recipe", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        _link("panel", "job_id", "job"),
        _link("panel", "shot_id", "shot"),
        _link("panel", "take_id", "take"),
        sa.PrimaryKeyConstraint("id", name="pk_panel"),
    )
    op.create_index("ix_panel_job_id", "panel", ["job_id"])
    op.create_index("ix_panel_shot_id", "panel", ["shot_id"])
    op.create_index("ix_panel_take_id", "panel", ["take_id"])
    op.create_table(
        "take",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("shot_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("media", sa.String(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.Column("latents", sa.String(), nullable=False),
        sa.Column("frames", sa.Integer(), nullable=False),
        sa.Column("rate_num", sa.Integer(), nullable=False),
        sa.Column("rate_den", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("tail", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("weights", sa.String(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("recipe", sa.Text(), nullable=False),
        sa.Column("fed", sa.Text(), nullable=False),
        sa.Column("reel", sa.String(), nullable=False),
        sa.Column("source_start", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.String(), nullable=True),
        sa.Column("starred", sa.Boolean(), nullable=False),
        sa.Column("rejected", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        _link("take", "job_id", "job"),
        _link("take", "shot_id", "shot"),
        sa.PrimaryKeyConstraint("id", name="pk_take"),
        sa.UniqueConstraint("shot_id", "number", name="uq_take_shot_id_number"),
    )
    op.create_index("ix_take_job_id", "take", ["job_id"])
    op.create_index("ix_take_shot_id", "take", ["shot_id"])
    op.create_table(
        "note",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("shot_id", sa.String(), nullable=False),
        sa.Column("take_id", sa.String(), nullable=True),
        sa.Column("take_frame", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("drawing", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("answer_id", sa.String(), nullable=True),
        sa.Column("made_at", sa.String(), nullable=False),
        _link("note", "answer_id", "take"),
        _link("note", "shot_id", "shot"),
        _link("note", "take_id", "take"),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
    )
    op.create_index("ix_note_answer_id", "note", ["answer_id"])
    op.create_index("ix_note_shot_id", "note", ["shot_id"])
    op.create_index("ix_note_take_id", "note", ["take_id"])


def _make_gallery() -> None:
    op.create_table(
        "reference",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.Column("original_name", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("frames", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reference"),
    )
    op.create_index("ix_reference_hash", "reference", ["hash"])
    op.create_table(
        "subject",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subject"),
        sa.UniqueConstraint("name_key", name="uq_subject_name_key"),
    )
    op.create_table(
        "subject_view",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("reference_id", sa.String(), nullable=False),
        sa.Column("wardrobe_id", sa.String(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("view", sa.String(), nullable=False),
        _link("subject_view", "reference_id", "reference"),
        _link("subject_view", "subject_id", "subject"),
        _link("subject_view", "wardrobe_id", "wardrobe_change"),
        sa.PrimaryKeyConstraint("id", name="pk_subject_view"),
    )
    op.create_index("ix_subject_view_reference_id", "subject_view", ["reference_id"])
    op.create_index("ix_subject_view_subject_id", "subject_view", ["subject_id"])
    op.create_index("ix_subject_view_wardrobe_id", "subject_view", ["wardrobe_id"])
    op.create_table(
        "wardrobe_change",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("story_day", sa.Integer(), nullable=False),
        _link("wardrobe_change", "subject_id", "subject"),
        sa.PrimaryKeyConstraint("id", name="pk_wardrobe_change"),
    )
    op.create_index("ix_wardrobe_change_subject_id", "wardrobe_change", ["subject_id"])
    op.create_table(
        "wardrobe_exception",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("wardrobe_id", sa.String(), nullable=False),
        sa.Column("scene_id", sa.String(), nullable=True),
        sa.Column("shot_id", sa.String(), nullable=True),
        _link("wardrobe_exception", "scene_id", "scene"),
        _link("wardrobe_exception", "shot_id", "shot"),
        _link("wardrobe_exception", "wardrobe_id", "wardrobe_change"),
        sa.PrimaryKeyConstraint("id", name="pk_wardrobe_exception"),
    )
    op.create_index("ix_wardrobe_exception_scene_id", "wardrobe_exception", ["scene_id"])
    op.create_index("ix_wardrobe_exception_shot_id", "wardrobe_exception", ["shot_id"])
    op.create_index("ix_wardrobe_exception_wardrobe_id", "wardrobe_exception", ["wardrobe_id"])


def _make_work() -> None:
    op.create_table(
        "prompt_expansion",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("shot_id", sa.String(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("style", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        _link("prompt_expansion", "shot_id", "shot"),
        sa.PrimaryKeyConstraint("id", name="pk_prompt_expansion"),
    )
    op.create_index("ix_prompt_expansion_shot_id", "prompt_expansion", ["shot_id"])
    op.create_table(
        "job",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("shot_id", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("runtime", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("lost_step", sa.Integer(), nullable=False),
        sa.Column("lost_count", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("trace", sa.String(), nullable=False),
        sa.Column("recipe", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("take_number", sa.Integer(), nullable=False),
        sa.Column("source_start", sa.Integer(), nullable=False),
        sa.Column("source_frames", sa.Integer(), nullable=False),
        sa.Column("retry_of", sa.String(), nullable=True),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("started_at", sa.String(), nullable=False),
        sa.Column("ended_at", sa.String(), nullable=False),
        _link("job", "retry_of", "job"),
        _link("job", "shot_id", "shot"),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
    )
    op.create_index("ix_job_retry_of", "job", ["retry_of"])
    op.create_index("ix_job_shot_id", "job", ["shot_id"])
    op.create_index("ix_job_state_rank", "job", ["state", "rank"])


def _make_journal() -> None:
    op.create_table(
        "journal_step",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal_step"),
    )
    op.create_table(
        "journal_change",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        _link("journal_change", "step_id", "journal_step"),
        sa.PrimaryKeyConstraint("id", name="pk_journal_change"),
    )
    op.create_index("ix_journal_change_step_id", "journal_change", ["step_id"])
