"""The audit of dependencies: what it could not ask is never taken for good news."""

import json

import pytest
from scripts.audit import Audit, python_told, theme_told, told

CLEAN = {"name": "django", "version": "5.2.19", "vulns": []}
HOLED = {
    "name": "django",
    "version": "5.2.0",
    "vulns": [{"id": "PYSEC-2025-1", "fix_versions": ["5.2.1", "5.1.9"]}],
}
SKIPPED = {"name": "typer", "skip_reason": "Dependency not found on PyPI"}


def python(*packages: object) -> Audit:
    return python_told(json.dumps({"dependencies": packages, "fixes": []}))


def npm(vulnerabilities: dict[str, object]) -> Audit:
    metadata = {"dependencies": {"total": 12}}
    return theme_told(json.dumps({"vulnerabilities": vulnerabilities, "metadata": metadata}))


def test_packages_without_a_known_hole_are_counted(capsys: pytest.CaptureFixture[str]):
    status = told([python(CLEAN), npm({})], is_required=True)

    assert status == 0
    assert capsys.readouterr().out.splitlines() == [
        "Python : 1 paquets, aucune vulnérabilité connue.",
        "npm : 12 paquets, aucune vulnérabilité connue.",
    ]


def test_a_hole_is_told_with_what_closes_it(capsys: pytest.CaptureFixture[str]):
    status = told([python(CLEAN, HOLED), npm({"sass": {"severity": "high"}})], is_required=False)

    said = capsys.readouterr().err
    assert status == 1
    assert "django 5.2.0 : PYSEC-2025-1, corrigé par 5.2.1, 5.1.9" in said
    assert "sass (high)" in said


@pytest.mark.parametrize(
    "audit",
    [
        python(CLEAN, SKIPPED),
        python_told(""),
        python_told("ConnectionError: no network"),
        theme_told('{"error": {"code": "ENOAUDIT"}}'),
        theme_told('{"message": "request failed"}'),
        theme_told("[]"),
    ],
)
def test_what_was_not_asked_is_said_and_refused_when_it_is_required(
    audit: Audit, capsys: pytest.CaptureFixture[str]
):
    statuses = [told([audit], is_required=required) for required in (False, True)]

    said = capsys.readouterr()
    assert statuses == [0, 1]
    assert said.out == ""
    assert said.err.count("NON VÉRIFIÉ") == 2


def test_a_hole_is_a_failure_even_when_the_rest_was_not_asked():
    assert told([python(HOLED, SKIPPED)], is_required=False) == 1
