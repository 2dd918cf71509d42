"""Ask whether a package that we install has a known vulnerability: `python -m scripts.audit`.

What could not be asked is said, and is never taken for good news: pip-audit and npm both end well
when their source does not answer. ESSOR_AUDIT=required makes of it a failure.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements" / "production.txt"
THEME = ROOT / "src" / "essor" / "site" / "theme"
REQUIRED = "ESSOR_AUDIT"

_PATIENCE_S = 300


@dataclass(frozen=True, slots=True)
class Audit:
    """What a source of vulnerabilities told: those found, how many packages it knew, what it did not."""

    source: str
    vulnerabilities: tuple[str, ...] = ()
    known: int = 0
    unknown: str | None = None
    """Why some packages, or all, could not be looked up; None when all were."""


def main() -> int:
    """Tell what was found and what was not asked; return 1 when there is something to correct."""
    return told([python_audit(), theme_audit()], is_required=os.environ.get(REQUIRED) == "required")


def told(audits: Sequence[Audit], *, is_required: bool) -> int:
    """Print the audits and return the exit code that they deserve."""
    for audit in audits:
        for found in audit.vulnerabilities:
            print(f"VULNÉRABLE ({audit.source}) : {found}", file=sys.stderr)
        if audit.unknown:
            print(f"NON VÉRIFIÉ ({audit.source}) : {audit.unknown}", file=sys.stderr)
        elif not audit.vulnerabilities:
            print(f"{audit.source} : {audit.known} paquets, aucune vulnérabilité connue.")
    is_vulnerable = any(audit.vulnerabilities for audit in audits)
    is_unsure = any(audit.unknown for audit in audits)
    return int(is_vulnerable or (is_unsure and is_required))


def python_audit() -> Audit:
    """Return what pip-audit knows of the packages that production installs."""
    options = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json")
    program = Path(sys.executable).with_name("pip-audit")
    return python_told(_said([str(program), *options, "-r", str(LOCK)]))


def theme_audit() -> Audit:
    """Return what npm knows of the packages that the theme is made of."""
    return theme_told(_said(["npm", "audit", "--json", "--prefix", str(THEME)]))


def python_told(said: str) -> Audit:
    """Return what pip-audit's JSON says."""
    try:
        packages = json.loads(said)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Audit("Python", unknown=_no_answer("pip-audit", said))
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    found = tuple(_python_vulnerabilities(packages))
    unknown = (
        f"{len(skipped)} paquets sur {len(packages)} sont inconnus de la base des vulnérabilités, "
        f"ou elle ne répond pas d’ici ({', '.join(skipped[:3])}…)."
    )
    return Audit("Python", found, len(packages) - len(skipped), unknown if skipped else None)


def theme_told(said: str) -> Audit:
    """Return what npm's JSON says."""
    try:
        answer = json.loads(said)
        count = answer["metadata"]["dependencies"]["total"]
        found = answer["vulnerabilities"]
    except (ValueError, KeyError, TypeError):
        return Audit("npm", unknown=_no_answer("npm audit", said))
    return Audit(
        "npm", tuple(f"{name} ({each['severity']})" for name, each in found.items()), count
    )


def _python_vulnerabilities(packages: Sequence[dict[str, object]]) -> Iterator[str]:
    for package in packages:
        found = package.get("vulns")
        for each in found if isinstance(found, list) else ():
            fixed = ", ".join(each.get("fix_versions") or ()) or "aucune version"
            yield f"{package['name']} {package['version']} : {each['id']}, corrigé par {fixed}"


def _said(command: Sequence[str]) -> str:
    """Return what a program prints; what goes wrong, when it prints nothing."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=_PATIENCE_S
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{command[0]} : {type(error).__name__}"
    return done.stdout or done.stderr


def _no_answer(program: str, said: str) -> str:
    words = " ".join(said.split())[:160] or "rien"
    return f"{program} n’a pas pu répondre ({words}) ; relancez « make audit » avec le réseau."


if __name__ == "__main__":
    sys.exit(main())
