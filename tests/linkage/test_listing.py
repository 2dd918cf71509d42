import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essor.errors import InvalidRequestError
from essor.linkage.listing import read_listing

TITLES = ("Raison sociale", "CP", "Ville")
ROWS = [("Les Écuries d’Été", "57000", "Metz"), ("Atelier ; Co", "01000", "Bourg-en-Bresse")]


def cells(listing):
    return [row.cells for row in listing.rows]


@pytest.fixture
def file(tmp_path):
    """Return a function that writes a list and returns its path."""

    def written(held, name="liste.csv"):
        path = tmp_path / name
        path.write_bytes(held if isinstance(held, bytes) else held.encode("utf-8"))
        return path

    return written


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_separator_and_any_encoding_are_read(file, separator, encoding, end):
    lines = [separator.join(f'"{cell}"' for cell in row) for row in (TITLES, *ROWS)]

    listing = read_listing(file(end.join(lines).encode(encoding)))

    assert listing.titles == TITLES
    assert cells(listing) == ROWS


def test_a_row_says_its_line_and_empty_lines_are_left_out(file):
    listing = read_listing(file("nom;ville\n\nA;Metz\n;\nB;Dole\n"))

    assert [(row.line, row.cells[0]) for row in listing.rows] == [(3, "A"), (5, "B")]


def test_a_cell_may_span_lines(file):
    listing = read_listing(file('nom;ville\n"A\nB";Metz\nC;Dole\n'))

    assert cells(listing) == [("A\nB", "Metz"), ("C", "Dole")]


def test_a_sign_that_only_looks_like_an_end_of_line_stays_in_its_cell(file):
    assert cells(read_listing(file("nom;ville\nA\u2028B\x85;Metz\n"))) == [("A\u2028B\x85", "Metz")]


def test_a_row_too_long_is_kept_whole_and_said(file):
    listing = read_listing(file("nom;ville\nA;Metz\nB;Dole;trop;long\n"))

    assert listing.titles == ("nom", "ville", "colonne 3", "colonne 4")
    assert cells(listing)[1] == ("B", "Dole", "trop", "long")
    assert listing.rows[0].fault == ""
    assert "4 champs au lieu de 2" in listing.rows[1].fault


def test_a_row_too_short_is_filled(file):
    listing = read_listing(file("nom;ville\nA\n"))

    assert listing.rows[0].cells == ("A", "")
    assert listing.rows[0].fault == ""


def test_a_quote_never_closed_spoils_its_line_alone(file):
    listing = read_listing(file('nom;ville\n"A;Metz\nB;Dole\nC;Lons\n'))

    assert [row.cells[0] for row in listing.rows] == ['"A', "B", "C"]
    assert [bool(row.fault) for row in listing.rows] == [True, False, False]


def test_a_list_without_titles_numbers_its_columns(file):
    listing = read_listing(file("A;Metz\nB;Dole\n"), has_titles=False)

    assert listing.titles == ("colonne 1", "colonne 2")
    assert cells(listing) == [("A", "Metz"), ("B", "Dole")]


def test_a_list_of_one_column_needs_no_separator(file):
    listing = read_listing(file("nom\nA, B et C\nD\n"))

    assert cells(listing) == [("A, B et C",), ("D",)]


def test_a_list_of_titles_alone_has_no_row(file):
    assert read_listing(file("nom;ville\n")).rows == ()


def test_lines_of_json_are_read_whatever_their_keys(file):
    lines = [{"nom": "A", "cp": 57000}, {"nom": "B", "ville": None, "sites": [1]}]

    listing = read_listing(file("\n".join(map(json.dumps, lines)), "liste.jsonl"))

    assert listing.titles == ("nom", "cp", "ville", "sites")
    assert cells(listing) == [("A", "57000", "", ""), ("B", "", "", "[1]")]


def test_a_line_that_is_no_object_is_kept_and_said(file):
    listing = read_listing(file('{"nom": "A"}\n[1, 2]\n{"nom": \n'))

    assert cells(listing) == [("A",), ("[1, 2]",), ('{"nom":',)]
    assert [bool(row.fault) for row in listing.rows] == [False, True, True]


def test_an_array_of_objects_is_a_list_too(file):
    assert cells(read_listing(file('[{"nom": "A"}, {"nom": "B"}]'))) == [("A",), ("B",)]


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        (b"", "vide"),
        (b"\xef\xbb\xbf \r\n\n", "vide"),
        (b";;\n;;\n", "vide"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "pas une liste"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old Excel", "enregistrez-le en .xlsx"),
        (b"PK\x03\x04 cut short", "pas un classeur"),
        (b'[{"nom": "A"}, {"nom"', "coup"),
        (b"{}\n", "aucun objet"),
    ],
)
def test_what_is_no_list_is_refused_in_one_sentence(file, held, reason):
    with pytest.raises(InvalidRequestError, match=reason) as refused:
        read_listing(file(held))

    assert "\n" not in str(refused.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(InvalidRequestError, match="n’existe pas"):
        read_listing(tmp_path / "nulle part.csv")
    with pytest.raises(InvalidRequestError, match="est un dossier"):
        read_listing(tmp_path)


CELLS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["C"]), max_size=12)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=5), max_size=8))
def test_no_cell_of_any_list_is_lost(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("listes") / "liste.csv"
    quoted = [";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    path.write_text("\n".join(["nom;ville", *quoted]), "utf-8")

    listing = read_listing(path)

    kept = [row for row in rows if any(cell.strip() for cell in row)]
    assert [row.cells[: len(each)] for row, each in zip(listing.rows, kept, strict=True)] == [
        tuple(each) for each in kept
    ]
    assert {len(row.cells) for row in listing.rows} <= {len(listing.titles)}
