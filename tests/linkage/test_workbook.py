import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from essor.errors import InvalidRequestError
from essor.linkage.workbook import workbook_rows


def rows(held):
    return list(workbook_rows(held, "liste.xlsx"))


def workbook(*lines):
    """Return the bytes of a workbook that openpyxl wrote: texts shared, numbers as numbers."""
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_texts_and_numbers_are_read_as_texts():
    held = workbook(["Nom", "SIRET", "CP"], ["Atelier d’Été", 55210055400021, "01000"])

    assert rows(held) == [
        (1, ("Nom", "SIRET", "CP")),
        (2, ("Atelier d’Été", "55210055400021", "01000")),
    ]


def test_empty_cells_and_lines_keep_the_others_in_place():
    held = workbook(["Nom", None, "Ville"], [], [None, None, "Metz"])

    assert rows(held) == [(1, ("Nom", "", "Ville")), (3, ("", "", "Metz"))]


def test_texts_in_several_looks_are_joined():
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet()
        sheet.write_rich_string(0, 0, "Les ", book.add_format({"bold": True}), "Jardins")

    assert rows(held.getvalue()) == [(1, ("Les Jardins",))]


def test_the_value_of_a_formula_is_read_not_its_text():
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet().write_formula(0, 0, '="A"&"B"', None, "AB")

    assert rows(held.getvalue()) == [(1, ("AB",))]


def test_only_the_first_sheet_is_read():
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet("Liste").write(0, 0, "A")
        book.add_worksheet("Autre").write(0, 0, "B")

    assert rows(held.getvalue()) == [(1, ("A",))]


def test_a_zip_that_is_no_workbook_is_refused():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")

    with pytest.raises(InvalidRequestError, match="classeur"):
        rows(held.getvalue())


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_a_workbook_cut_short_is_refused(kept):
    held = workbook(["Nom"], ["Atelier"])

    with pytest.raises(InvalidRequestError, match="classeur"):
        rows(held[: int(len(held) * kept)])


def test_a_part_that_is_no_xml_is_refused():
    held = workbook(["Nom"])
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(held)) as parts, zipfile.ZipFile(broken, "w") as written:
        for name in parts.namelist():
            is_sheet = name.endswith("sheet1.xml")
            written.writestr(name, b"<worksheet><row>" if is_sheet else parts.read(name))

    with pytest.raises(InvalidRequestError, match="classeur"):
        rows(broken.getvalue())


def test_entities_that_swell_are_refused():
    held = workbook(["Nom"])
    entities = (
        '<!ENTITY a "'
        + "x" * 1000
        + '">'
        + "".join(
            f'<!ENTITY {name} "{f"&{former};" * 50}">'
            for former, name in ("ab", "bc", "cd", "de", "ef")
        )
    )
    bomb = f"<!DOCTYPE w [{entities}]><worksheet><row><c><v>&f;</v></c></row></worksheet>"
    swollen = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(held)) as parts, zipfile.ZipFile(swollen, "w") as written:
        for name in parts.namelist():
            written.writestr(name, bomb if name.endswith("sheet1.xml") else parts.read(name))

    with pytest.raises(InvalidRequestError, match="classeur"):
        rows(swollen.getvalue())
