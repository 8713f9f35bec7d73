"""The sketch engine in a real process: killed in the middle, it loses a few steps and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from model_runtime import protocol
from tests.model_runtime.talk import Talk, a_request

pytestmark = [pytest.mark.process, pytest.mark.timeout(400)]
STEPS = 120
PATIENCE_S = 120.0
"""The first job waits for torch, which takes long on a busy machine."""


def a_clip(job: str, **changes: object) -> protocol.Generate:
    return a_request(job, **{"engine": "sketch", "engine_frames": 9, "steps": STEPS, "prompt": "pier.", **changes})


def test_killed_and_started_again_it_makes_the_same_file(
    tmp_path: Path, tiny_assets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOTWRIGHT_THREADS", "1")
    with Talk(tmp_path, assets=tiny_assets) as first:
        first.greet()
        first.send(a_clip("job_a"), a_clip("job_b"))
        straight = first.wait_for(*protocol.ENDINGS, patience_s=PATIENCE_S)
        assert isinstance(straight, protocol.Finished)
        assert [type(one) for one in first.reports].count(protocol.Loaded) == 1
        assert any(isinstance(one, protocol.Preview) for one in first.reports)
        first.wait_for(protocol.Progress, where=lambda one: one.job == "job_b" and one.done >= 20)
        first.process.kill()
    assert not (tmp_path / "jobs" / "job_b" / "finished.json").exists()
    with Talk(tmp_path, assets=tiny_assets) as second:
        second.greet()
        second.send(a_clip("job_b", attempt=2, resume=True))
        continued = second.wait_for(*protocol.ENDINGS, patience_s=PATIENCE_S)
        drawn = [one.done for one in second.reports if isinstance(one, protocol.Progress) and one.stage == "drawing"]
    assert isinstance(continued, protocol.Finished) and continued.files == straight.files
    assert drawn[0] > 15, "what was saved was not drawn again"
