"""A shard is opened beside nobody's files, and leaves none behind."""

import shutil
import tempfile
from pathlib import Path

from essor.search.document import Document
from essor.search.shard import open_shard, write_shard


def test_a_lock_put_back_while_the_folder_goes_stops_nothing_and_goes_too(tmp_path, monkeypatch):
    folder, scratch = tmp_path / "shard", tmp_path / "scratch"
    folder.mkdir()
    scratch.mkdir()
    write_shard([Document("356000000", name="Atelier")], {}, folder)
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    removals: list[Path] = []
    remove = shutil.rmtree

    def put_back_once(path: Path, *, ignore_errors: bool) -> None:
        remove(path, ignore_errors=ignore_errors)
        removals.append(path)
        if len(removals) == 1:
            path.mkdir()
            (path / ".tantivy-meta.lock").touch()

    monkeypatch.setattr(shutil, "rmtree", put_back_once)

    shard = open_shard(folder)

    assert shard.documents == 1
    assert len(removals) == 2
    assert not list(scratch.iterdir())
