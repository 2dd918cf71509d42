"""The image and the units of deploy/: what they name exists, and they enclose what they run."""

import re
import shlex
import shutil
import subprocess
import tomllib
from configparser import RawConfigParser
from pathlib import Path

import pytest
from tests.test_docs import command_named

ROOT = Path(__file__).parents[1]
UNITS = ROOT / "deploy" / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
TIMERS = sorted(UNITS.glob("*.timer"))
ENCLOSURE = UNITS / "essor-.service.d" / "enclosure.conf"
IMAGE = (ROOT / "Containerfile").read_text("utf-8")
INSTRUCTIONS = [
    line.split(maxsplit=1)
    for line in re.sub(r"\\\n\s*", "", IMAGE).splitlines()
    if line and not line.startswith("#")
]


def said(instruction: str) -> list[str]:
    return [rest for name, rest in INSTRUCTIONS if name == instruction]


def commands() -> list[list[str]]:
    """Return the words of each command of Essor that a unit or the image runs."""
    units = [
        shlex.split(line.partition("=")[2])
        for file in SERVICES
        for line in file.read_text("utf-8").splitlines()
        if line.startswith("ExecStart=")
    ]
    assert {words[0] for words in units} == {"/opt/essor/bin/essor"}
    image = re.findall(r'"([^"]+)"', said("CMD")[-1])
    return [words[1:] for words in units] + [image]


def test_every_command_of_a_unit_or_of_the_image_exists_with_its_options():
    assert len(commands()) == len(SERVICES) + 2
    for words in commands():
        runs(words)


def runs(words: list[str]) -> None:
    """Parse a command as the command line does: an option or an argument of no use is refused."""
    command = command_named(words)
    assert command is not None, words
    is_of_group = command_named(words[:1]) is not command
    command.make_context("essor", words[2 if is_of_group else 1 :])


def test_every_timer_starts_a_service_and_every_task_has_its_timer():
    services = {file.stem for file in SERVICES}

    assert {file.stem for file in TIMERS} == services - {"essor-serve"}
    assert services == {
        f"essor-{name}" for name in ("serve", "mail", "digest", "tidy", "backup", "data")
    }


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_is_enclosed_by_what_its_name_brings(path: Path):
    enclosure = read(ENCLOSURE)

    assert path.name.startswith("essor-")
    assert enclosure["Service"]["User"] == "essor"
    assert enclosure["Service"]["ProtectSystem"] == "strict"
    assert enclosure["Service"]["NoNewPrivileges"] == "yes"
    # A unit repeats nothing, and undoes nothing, of it.
    assert set(read(path)["Service"]) & set(enclosure["Service"]) == set()


def test_systemd_finds_nothing_to_say_of_the_units(tmp_path: Path):
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze manque")
    shutil.copytree(UNITS, tmp_path / "units")
    for file in (tmp_path / "units").glob("*.service"):
        file.write_text(file.read_text("utf-8").replace("/opt/essor/bin/essor", "/bin/true"))
    units = sorted(map(str, (tmp_path / "units").glob("essor-*.*e*")))

    done = subprocess.run(
        [program, "verify", *(unit for unit in units if not unit.endswith(".d"))],
        capture_output=True,
        text=True,
        check=False,
    )

    assert [line for line in done.stderr.splitlines() if "essor-" in line] == []


def test_the_image_is_made_in_stages_and_runs_as_nobody_of_weight():
    stages = [re.split(r"\s+AS\s+", stage, flags=re.IGNORECASE) for stage in said("FROM")]

    assert len(stages) == 3
    # The names of images alone: whoever builds chooses where they come from.
    assert all(re.fullmatch(r"[a-z]+:[\w.-]+", stage[0]) for stage in stages)
    assert said("USER") == ["10001"]
    names = [name for name, _ in INSTRUCTIONS]
    assert names.index("USER") < names.index("ENTRYPOINT")
    assert said("ENTRYPOINT") == ['["essor"]']
    assert "/livez" in said("HEALTHCHECK")[0]


def test_what_the_image_copies_is_there_and_reaches_it():
    copied = {
        source
        for line in said("COPY")
        if not line.startswith("--from")
        for source in line.split()[:-1]
    }
    kept = [
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    ]

    assert {source for source in copied if not (ROOT / source).exists()} == set()
    assert {source for source in copied if not source.startswith(tuple(kept))} == set()
    assert {name for name in kept if not (ROOT / name).exists()} == set()


def test_what_the_image_installs_is_locked_and_complete():
    installs = re.findall(r"pip install (?:--\S+ )*-r (\S+)", IMAGE)
    assert installs == ["requirements/production.txt", "requirements/build.txt"]
    assert IMAGE.count("--require-hashes -r") == len(installs)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["postgres"],
    ]
    locked = (ROOT / "requirements" / "production.txt").read_text("utf-8")

    names = {re.split(r"[\[<>=]", each)[0].lower() for each in wanted}

    missing = {
        name for name in names if not re.search(rf"^{re.escape(name)}==", locked, re.MULTILINE)
    }
    assert missing == set()


def test_every_variable_of_the_example_is_explained():
    page = (ROOT / "docs" / "exploitation.md").read_text("utf-8")
    example = (ROOT / "deploy" / "essor.env.example").read_text("utf-8")

    named = re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)

    assert len(named) > 8
    assert [name for name in named if f"`{name}`" not in page] == []


def test_every_variable_that_the_site_reads_is_explained():
    page = (ROOT / "docs" / "exploitation.md").read_text("utf-8")
    settings = (ROOT / "src/essor/site/settings.py").read_text("utf-8")

    read_there = set(re.findall(r'environ\.get\("([A-Z_]+)"', settings))

    assert len(read_there) > 6
    assert {name for name in read_there if f"`{name}`" not in page} == set()


def read(path: Path) -> RawConfigParser:
    """Return a unit; a name said twice keeps its last value, which is all that is looked at."""
    parsed = RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",))
    parsed.optionxform = str  # type: ignore[assignment,method-assign]  # names keep their capitals
    parsed.read(path, encoding="utf-8")
    return parsed


PAGE = (ROOT / "docs" / "exploitation.md").read_text("utf-8")
SHOWN = [
    shlex.split(part, comments=True)
    for line in re.findall(r"^    (essor .+)$", PAGE, re.MULTILINE)
    for part in line.split("&&")
]


@pytest.mark.parametrize("words", SHOWN, ids=" ".join)
def test_every_command_shown_in_the_page_of_operations_can_be_typed(words: list[str]):
    runs(words[1:])


def test_every_unit_named_in_the_page_of_operations_exists():
    named = set(re.findall(r"essor-[a-z]+\.(?:timer|service)", PAGE))

    assert named == {file.name for file in (*TIMERS, UNITS / "essor-serve.service")}
