"""The nomenclatures: every position once, with its level, its parent, its label."""

from collections import Counter

from tests.sources.tidied import tidied, tidied_mirror

from essor.perimeter.staff_bands import STAFF_BANDS
from essor.sources import (
    categories_juridiques,
    cpv,
    naf,
    naf_2025,
    rome,
    rome_fiches,
    tranches_effectifs,
)

WEAVING = {
    "NIV1": "C",
    "NIV2": "13",
    "NIV3": "13.2",
    "NIV4": "13.20",
    "NIV5": "13.20Z",
    "LIB_NIV1": "Industrie manufacturière",
    "LIB_NIV2": "Fabrication de textiles",
    "LIB_NIV3": "Tissage",
    "LIB_NIV4": "Tissage",
    "LIB_NIV5": "Tissage",
}


def test_a_line_of_the_naf_gives_its_five_positions():
    rows = tidied(naf, WEAVING)

    assert sorted((row["level"], row["code"], row["parent"]) for row in rows) == [
        (1, "C", None),
        (2, "13", "C"),
        (3, "13.2", "13"),
        (4, "13.20", "13.2"),
        (5, "13.20Z", "13.20"),
    ]
    assert {row["section"] for row in rows} == {"C"}


def test_a_position_shared_by_several_lines_comes_once():
    spinning = {"NIV3": "13.1", "NIV4": "13.10", "NIV5": "13.10Z"}

    rows = tidied(naf, WEAVING, WEAVING | spinning)

    assert [row["code"] for row in rows if row["level"] <= 2] == ["C", "13"]


def test_the_naf_of_the_mirror_has_the_positions_insee_announces(mirror, tmp_path):
    rows = tidied_mirror(naf, mirror, tmp_path)

    levels = Counter(row["level"] for row in rows)
    assert (levels[1], levels[2], levels[3], levels[4], levels[5]) == (21, 88, 272, 615, 732)
    assert {row["parent"] for row in rows} - {None} <= {row["code"] for row in rows}


def test_the_naf_2025_of_the_mirror_has_its_747_sub_classes(mirror, tmp_path):
    rows = tidied_mirror(naf_2025, mirror, tmp_path)

    assert len(rows) == 747


def test_a_category_is_in_force_unless_the_file_says_it_no_longer_is():
    row = {"code": "5499", "libelle": "SARL", "niveau": "3"}

    rows = tidied(
        categories_juridiques,
        row,
        row | {"code": "5498", "en_vigueur": "false"},
        row | {"code": "54", "niveau": "2"},
    )

    assert {row["code"]: row["is_in_force"] for row in rows} == {"5499": True, "5498": False}


def test_the_categories_of_the_mirror_have_four_digits(mirror, tmp_path):
    rows = tidied_mirror(categories_juridiques, mirror, tmp_path)

    assert {len(row["code"]) for row in rows} == {4}
    assert sum(not row["is_in_force"] for row in rows) == 2


def test_the_bounds_of_the_mirror_s_bands_are_those_of_the_perimeter(mirror, tmp_path):
    rows = tidied_mirror(tranches_effectifs, mirror, tmp_path)

    published = {row["code"]: (row["lower"], row["upper"]) for row in rows}
    known = {band.code: (band.lower, band.upper) for band in STAFF_BANDS}
    assert published == known | {"NN": (None, None)}


def test_the_cpv_of_the_mirror_is_a_tree(mirror, tmp_path):
    rows = tidied_mirror(cpv, mirror, tmp_path)

    codes = {row["code"] for row in rows}
    assert len(rows) == 9_454
    assert {row["parent"] for row in rows} - {None} <= codes
    assert sum(row["parent"] is None for row in rows) < 60


def test_a_division_of_the_cpv_has_no_parent():
    division = {"code": "03000000-1", "parent": "", "label": "Produits agricoles"}

    (row,) = tidied(cpv, division)

    assert row == {"code": "03000000-1", "parent": None, "label": "Produits agricoles"}


def test_every_appellation_of_the_mirror_has_its_fiche(mirror, tmp_path):
    appellations = tidied_mirror(rome, mirror, tmp_path)
    fiches = tidied_mirror(rome_fiches, mirror, tmp_path)

    known = {fiche["code"] for fiche in fiches}
    assert {appellation["code"] for appellation in appellations} <= known


def test_a_fiche_says_its_domain():
    fiche = {
        "code_rome": "H2402",
        "libelle": "Assemblage - montage de vêtements",
        "code_domaine": "H24",
        "libelle_domaine": "Cuir et textile",
    }

    (row,) = tidied(rome_fiches, fiche)

    assert row == {
        "code": "H2402",
        "label": "Assemblage - montage de vêtements",
        "domain": "H24",
        "domain_label": "Cuir et textile",
    }
