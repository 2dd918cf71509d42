import os
import resource
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated

import pytest
import typer
from tests.release.fake_build import builder

from essor import errors
from essor.cli import run
from essor.cli.run import COMMANDS, main
from essor.home import Home
from essor.release.building import build_release

HEAVY = ("ibis", "pandas", "pyarrow", "altair", "httpx", "numpy", "duckdb", "rich", "pydantic")


class Colour(StrEnum):
    RED = "rouge"
    BLUE = "bleu"


@pytest.fixture
def put(monkeypatch):
    """Put a function in the place of the command `figures`."""

    def in_place_of_figures(function):
        run._loaded.cache_clear()
        monkeypatch.setitem(sys.modules, "essor.cli.figures", SimpleNamespace(figures=function))

    yield in_place_of_figures
    run._loaded.cache_clear()


def raising(error):
    def command():
        raise error

    return command


def painted(
    number: Annotated[int, typer.Argument(metavar="N", min=1, max=9)],
    name: Annotated[str, typer.Option(help="Nom.")],
    colour: Annotated[Colour, typer.Option(help="Couleur.")] = Colour.RED,
    file: Annotated[Path | None, typer.Option(exists=True)] = None,
    share: Annotated[float, typer.Option()] = 0.5,
) -> None:
    """Peindre."""


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_without_a_command_the_help_page_lists_them_all(arguments, capsys):
    assert main(arguments) == 0

    page = capsys.readouterr().out
    assert page.startswith("Usage : essor [OPTIONS] COMMANDE [ARGUMENTS]…")
    assert [line.split()[0] for line in page.split("Commandes :\n")[1].splitlines()] == [*COMMANDS]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help_page_in_french(name, capsys):
    assert main([name, "--help"]) == 0

    page = capsys.readouterr().out
    assert page.startswith(f"Usage : essor {name}")
    for english in ("Show this", "[default", "required", "Commands:", "Options:", "Arguments:"):
        assert english not in page


def test_the_version_is_that_of_the_package(capsys):
    assert main(["--version"]) == 0

    assert capsys.readouterr().out.startswith("essor 0.")


@pytest.mark.parametrize("error_class", [errors.EssorError, *errors.EssorError.__subclasses__()])
def test_an_expected_error_is_one_line_and_its_own_exit_code(error_class, put, capsys):
    put(raising(error_class("Le disque est plein : libérez de la place.")))

    code = main(["figures"])

    assert code == error_class.exit_code > 0
    assert capsys.readouterr() == ("", "Erreur : Le disque est plein : libérez de la place.\n")


def test_an_unexpected_error_is_a_bug_and_crashes(put):
    put(raising(ZeroDivisionError()))

    with pytest.raises(ZeroDivisionError):
        main(["figures"])


@pytest.mark.parametrize("error", [KeyboardInterrupt(), typer.Abort()])
def test_an_interrupted_command_says_nothing(error, put, capsys):
    put(raising(error))

    assert main(["figures"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_command_may_choose_its_exit_code(put):
    put(raising(typer.Exit(3)))

    assert main(["figures"]) == 3


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("figurs", "Commande inconnue : « figurs ». Vouliez-vous dire « figures » ?"),
        ("xyz", "Commande inconnue : « xyz ». Les commandes sont : demo, sync, sources"),
        ("--zz", "Option inconnue : « --zz »."),
        ("figures 1 --nam x", "Option inconnue : « --nam ». Options proches : --name."),
        ("figures 1 --name", "L’option « --name » attend une valeur."),
        ("--version=3", "L’option « --version » n’attend pas de valeur."),
        ("figures 1 2 --name x", "Argument en trop : « 2 »."),
        ("figures --name x", "Il manque l’argument « N »."),
        ("figures 1", "Il manque l’option « --name »."),
        ("figures un --name x", "Valeur refusée pour « N » : un nombre entier est attendu."),
        ("figures 0 --name x", "Valeur refusée pour « N » : il faut au moins 1."),
        ("figures 10 --name x", "Valeur refusée pour « N » : il faut au plus 9."),
        ("figures 1 --name x --share a", "« --share » : un nombre est attendu."),
        ("figures 1 --name x --colour gris", "« gris » n’est pas parmi 'rouge', 'bleu'."),
        ("figures 1 --name x --file /no", "Valeur refusée pour « --file » : « /no » n’existe pas."),
    ],
)
def test_a_wrong_argument_is_one_french_line(arguments, sentence, put, capsys):
    put(painted)

    assert main(arguments.split()) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Erreur : ")
    assert sentence in said.err
    assert said.err.count("\n") == 1


def test_a_usage_error_says_where_help_is(put, capsys):
    put(painted)

    main(["figures", "--zz"])

    assert capsys.readouterr().err.endswith("Voir « essor figures --help ».\n")


def test_a_help_page_says_defaults_and_obligations_in_french(put, capsys):
    put(painted)

    main(["figures", "--help"])

    page = capsys.readouterr().out
    assert "[par défaut : rouge]" in page
    assert "obligatoire]" in page
    assert "Afficher cette aide." in page


def test_a_reader_that_leaves_is_no_error():
    command = [sys.executable, "-m", "essor.cli.run", "--version"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None

    process.stdout.close()
    _, said = process.communicate(timeout=30)

    assert said == b""


def test_starting_imports_no_heavy_library():
    code = f"import essor.cli.run, sys; print([m for m in {HEAVY} if m in sys.modules])"

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout == "[]\n"


def test_listing_the_commands_imports_no_heavy_library():
    code = (
        "import essor.cli.run, sys; essor.cli.run.main(['--help']); "
        f"print([m for m in {HEAVY} if m in sys.modules and m != 'pydantic'])"
    )

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.splitlines()[-1] == "[]"


def test_the_first_line_of_output_comes_within_its_time(tmp_path):
    # Processor time, for other tests share the machine; bytecode kept, as in an installation.
    build_release(Home(tmp_path), builder=builder())
    environment = os.environ | {"ESSOR_HOME": str(tmp_path), "PYTHONPYCACHEPREFIX": str(tmp_path)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def seconds():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "essor.cli.run", "releases"]
        subprocess.run(command, capture_output=True, check=True, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    assert min(seconds() for _ in range(4)) < 0.6


@pytest.mark.parametrize("command", [["build"], ["sync"], ["sources"], ["replay", "1"]])
@pytest.mark.parametrize("inside", ["", "home"])
def test_a_home_that_is_a_file_is_refused_in_a_sentence(
    command, inside, tmp_path, monkeypatch, capsys
):
    file = tmp_path / "essor.txt"
    file.write_text("Ceci est un fichier.")
    monkeypatch.setenv("ESSOR_HOME", str(file / inside))

    code = main(command)

    assert code == errors.DiskError.exit_code
    assert capsys.readouterr().err == (
        f"Erreur : « {file} » n’est pas un dossier : donnez par ESSOR_HOME celui où Essor doit tout "
        "ranger.\n"
    )


@pytest.mark.parametrize("command", [["releases"], ["search", "couture"], ["figures"]])
def test_no_release_is_read_in_a_home_that_is_a_file(command, tmp_path, monkeypatch, capsys):
    file = tmp_path / "essor.txt"
    file.write_text("Ceci est un fichier.")
    monkeypatch.setenv("ESSOR_HOME", str(file))

    code = main(command)

    assert code == errors.BrokenReleaseError.exit_code
    assert capsys.readouterr().err.startswith(f"Erreur : « {file} » n’est pas un dossier")


@pytest.mark.parametrize("command", [["build"], ["sync"]])
def test_a_home_that_cannot_be_made_is_refused_in_a_sentence(command, monkeypatch, capsys):
    # Nobody makes a folder there, whatever her rights.
    monkeypatch.setenv("ESSOR_HOME", "/proc/essor")

    code = main(command)

    assert code == errors.DiskError.exit_code
    said = capsys.readouterr().err
    assert "ne peut pas être créé" in said
    assert len(said.splitlines()) == 1


def test_a_file_in_the_way_elsewhere_than_in_the_home_is_a_bug(put, tmp_path, monkeypatch):
    monkeypatch.setenv("ESSOR_HOME", str(tmp_path))
    put(raising(NotADirectoryError("ailleurs")))

    with pytest.raises(NotADirectoryError):
        main(["figures"])


@pytest.mark.parametrize("command", [["match", "\udcff"], ["needs", "\udcff"], ["link", "a\udce9"]])
def test_an_argument_that_is_no_text_is_refused_in_a_sentence(command, capsys):
    code = main(command)

    assert code == errors.InvalidRequestError.exit_code
    said = capsys.readouterr().err
    assert "n’est pas un texte en UTF-8" in said
    assert len(said.splitlines()) == 1
