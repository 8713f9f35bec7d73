from pathlib import Path

import pytest

from studio import assets
from studio.errors import ProjectError


def test_the_source_tree_has_what_is_shipped() -> None:
    assert (assets.folder() / "prompts" / "sketch.toml").is_file()
    assert (assets.examples() / "the-last-ferry" / "board.toml").is_file()


def test_an_installed_studio_finds_them_inside_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "PACKAGE", tmp_path / "site-packages" / "studio")
    (tmp_path / "site-packages" / "studio" / "shipped" / "assets").mkdir(parents=True)
    assert assets.folder() == tmp_path / "site-packages" / "studio" / "shipped" / "assets"


def test_missing_assets_are_named_with_a_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "PACKAGE", tmp_path / "studio")
    with pytest.raises(ProjectError, match="'projects_examples' is missing") as caught:
        assets.examples()
    assert "Install" in caught.value.hint
