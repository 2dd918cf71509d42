"""What the notices teach is written, and judged on notices kept aside when a day is given."""

import csv
import gzip
from itertools import product
from pathlib import Path

import pytest

from essor.language.learned_descriptors import read_learned
from scripts import learn_descriptors

HEADINGS = {
    "Menuiserie": ("pose de fenêtres", "remplacement de portes"),
    "Espaces verts": ("tonte des pelouses", "taille des haies"),
}
TOWNS = ("Metz", "Nancy", "Épinal", "Verdun", "Toul", "Thionville")


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    """Return a file of notices: half published in January, half in March."""
    path = tmp_path / "notices.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(["dateparution", "objet", "nomacheteur", "descripteur_libelle"])
        for rank, town in enumerate(TOWNS):
            day = "2021-01-15" if rank % 2 else "2021-03-15"
            for label, title in product(HEADINGS, range(2)):
                writer.writerow([day, f"{HEADINGS[label][title]} à {town}", town, label])
    return path


def run(monkeypatch, *arguments: object) -> int:
    monkeypatch.setattr("sys.argv", ["learn_descriptors", *map(str, arguments)])
    monkeypatch.setattr(learn_descriptors, "FEWEST_BUYERS", 1)
    return learn_descriptors.main()


def test_the_quality_on_the_later_notices_is_printed(notices, tmp_path, monkeypatch, capsys):
    model = tmp_path / "model.npz"

    assert run(monkeypatch, notices, "--until", "2021-03-01", "--to", model) == 0

    told = capsys.readouterr().out
    assert "2021-01-15/2021-01-15, 12 titles" in told
    assert "kept aside: 12 of 12 titles, 2 labels: MRR 1.000, R@10 1.000, macro R@10 1.000" in told


def test_without_a_day_everything_is_learned_and_nothing_judged(
    notices, tmp_path, monkeypatch, capsys
):
    model = tmp_path / "model.npz"

    assert run(monkeypatch, notices, "--to", model) == 0

    told = capsys.readouterr().out
    assert "24 titles" in told
    assert "kept aside" not in told
    assert read_learned(model).labels == ("Espaces verts", "Menuiserie")


def test_the_titles_kept_aside_are_not_learned(notices, tmp_path, monkeypatch):
    model = tmp_path / "model.npz"

    run(monkeypatch, notices, "--until", "2021-03-01", "--to", model)

    words = read_learned(model).words
    assert {"nancy", "verdun"} <= set(words)
    assert not {"metz", "epinal", "toul"} & set(words)


def test_a_day_before_every_notice_is_refused(notices, monkeypatch, capsys):
    with pytest.raises(SystemExit, match="2"):
        run(monkeypatch, notices, "--until", "2020-01-01")

    assert "no notice before 2020-01-01" in capsys.readouterr().err
