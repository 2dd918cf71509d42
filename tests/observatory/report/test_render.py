import errno
import re
import zlib

import pytest
from tests.observatory.atlas import atlas, contours, edition, seated

from essor.errors import DiskError, InvalidRequestError
from essor.observatory.report.contents import read_report
from essor.observatory.report.render import MOST_PAGES, check_destination, render, write_pdf
from essor.territory.level import Level
from essor.territory.territories import territory_at


def read(code="E1", folder=None, *, is_fictional=False, **more):
    connection = atlas(**more)
    place = territory_at(connection, Level.EPCI, code)
    return read_report(connection, place, edition(folder, is_fictional=is_fictional))


def metadata(content):
    """Return what a PDF says in the clear once its streams are open."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    return content + b"".join(map(opened, streams))


def opened(stream):
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


@pytest.fixture(scope="module")
def pdf(tmp_path_factory):
    return render(read(folder=contours(tmp_path_factory.mktemp("contours"))))


def test_a_report_is_an_accessible_pdf_in_french(pdf):
    said = metadata(pdf.content)

    assert pdf.content.startswith(b"%PDF-")
    assert b"pdfuaid:part>1<" in said
    assert b"/Lang(fr-FR)" in said
    assert b"/MarkInfo" in said
    assert b"CC du Bois" in said


def test_a_report_has_from_four_to_eight_pages(pdf):
    assert 4 <= pdf.pages <= MOST_PAGES


def test_an_empty_territory_has_four_pages():
    assert render(read("E2")).pages == 4


def test_a_crowd_of_organisations_does_not_lengthen_the_report():
    long = "Société coopérative d’intérêt collectif des ateliers réunis de la grande vallée"
    crowd = seated(1, 300, "01001", name=long)

    assert render(read(organisations=crowd)).pages <= MOST_PAGES


def test_the_same_report_is_the_same_file():
    report = read("E2")

    assert render(report).content == render(report).content


def test_fiction_is_said_in_the_file():
    assert render(read("E2", is_fictional=True)).content != render(read("E2")).content


def test_a_name_full_of_signs_is_only_a_name():
    odd = [{"level": "epci", "code": "E1", "name": 'CC #set "du" $x$ \\ [Bois] *_`'}]

    assert render(read(territories=odd)).pages >= 4


def test_writing_replaces_what_was_there_and_leaves_nothing_else(tmp_path):
    path = tmp_path / "rapport.pdf"
    path.write_text("ancien", "utf-8")

    written = write_pdf(read("E2"), path)

    assert path.read_bytes().startswith(b"%PDF-")
    assert (written.path, written.pages) == (path, 4)
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_keeps_the_old_report(tmp_path, monkeypatch):
    path = tmp_path / "rapport.pdf"
    path.write_text("ancien", "utf-8")

    def refuse(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)

    with pytest.raises(DiskError, match="libérez de la place"):
        write_pdf(read("E2"), path)
    assert path.read_text("utf-8") == "ancien"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["rapport.txt", "rapport", "rapport.pdf.gz"])
def test_what_is_not_named_as_a_pdf_is_refused(tmp_path, name):
    with pytest.raises(InvalidRequestError, match=r"ne finit pas par \.pdf"):
        check_destination(tmp_path / name)


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(DiskError, match="n’existe pas"):
        check_destination(tmp_path / "absent" / "rapport.pdf")


def test_a_folder_is_not_a_file(tmp_path):
    folder = tmp_path / "dossier.pdf"
    folder.mkdir()

    with pytest.raises(InvalidRequestError, match="est un dossier"):
        check_destination(folder)


def test_a_folder_that_refuses_writing_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)

    with pytest.raises(DiskError, match="refuse l’écriture"):
        check_destination(tmp_path / "rapport.pdf")
