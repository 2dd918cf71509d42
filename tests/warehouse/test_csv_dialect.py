import pytest

from essor.warehouse.csv_dialect import Encoding, encoding_of, in_utf_8

CHUNK = 1 << 20


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"plain", Encoding.UTF_8),
        ("Été".encode(), Encoding.UTF_8),
        ("Été".encode("utf-8-sig"), Encoding.UTF_8),
        ("Été".encode("cp1252"), Encoding.WINDOWS_1252),
        ("Été".encode("utf-16"), Encoding.UTF_16),
        ("Été".encode() + b"\xff", Encoding.DAMAGED_UTF_8),
        ("Été".encode()[:-1], Encoding.DAMAGED_UTF_8),
        (b"a" * (CHUNK - 1) + "é".encode(), Encoding.UTF_8),
        (b"a" * CHUNK + "é".encode("cp1252") + b"a", Encoding.WINDOWS_1252),
    ],
)
def test_the_encoding_is_read_from_all_the_bytes(tmp_path, content, encoding):
    file = tmp_path / "text"
    file.write_bytes(content)

    assert encoding_of(file) is encoding


def test_a_valid_file_is_not_copied(tmp_path):
    file = tmp_path / "text"
    file.write_text("Été", "utf-8")

    assert in_utf_8(file, tmp_path / "copy") == file
    assert not (tmp_path / "copy").exists()


def test_a_windows_file_is_written_again_with_its_own_letters(tmp_path):
    file = tmp_path / "text"
    file.write_bytes("L’œuvre à 3 €\r\n".encode("cp1252"))

    copy = in_utf_8(file, tmp_path / "copy")

    assert copy.read_bytes().decode() == "L’œuvre à 3 €\r\n"
