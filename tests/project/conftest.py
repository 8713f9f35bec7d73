"""A film that is closed when its test ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.open_project import OpenProject
from tests.builders import a_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[OpenProject]:
    opened = a_project(tmp_path)
    yield opened
    opened.close()
