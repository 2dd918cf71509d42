"""What the environment must say before a site is open to people."""

import os
from collections.abc import Iterator, Mapping

from django.conf import settings

from essor.home import Home
from essor.site.environment import PROCONNECT_NAMES, key_file
from essor.site.operation.checks.finding import Finding, failure, fine, warning
from essor.site.static_files import FOLDER, versioned

_KEY_LENGTH = 50
"""What Django's own deployment check asks of a key."""
_HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})


def opening(environment: Mapping[str, str], home: Home) -> Iterator[Finding]:
    """Yield what the environment says well or badly."""
    yield _key(environment, home)
    yield _hosts(settings.ALLOWED_HOSTS)
    yield _https(environment)
    yield _publisher()
    yield from _proconnect(environment)
    yield _style()


def _key(environment: Mapping[str, str], home: Home) -> Finding:
    subject, said = "clé du site", environment.get("ESSOR_SECRET_KEY", "")
    if said:
        if len(said) < _KEY_LENGTH:
            return failure(
                subject,
                f"ESSOR_SECRET_KEY n’a que {len(said)} caractères, trop peu pour ne pas être devinée : "
                f"tirez-en au hasard {_KEY_LENGTH} au moins.",
            )
        return fine(subject, "ESSOR_SECRET_KEY est donnée.")
    file = key_file(home)
    if not file.is_file():
        return failure(
            subject,
            "Le site n’a pas encore de clé : lancez « essor serve », qui en tire une, ou donnez "
            "ESSOR_SECRET_KEY.",
        )
    if file.stat().st_mode & 0o077:
        return failure(
            subject,
            f"La clé du site peut être lue par d’autres que son propriétaire : lancez "
            f"« chmod 600 {os.fspath(file)} ».",
        )
    return fine(subject, "Elle est dans secret.key, pour son propriétaire seul.")


def _hosts(hosts: list[str]) -> Finding:
    subject = "noms du site"
    if "*" in hosts:
        return failure(
            subject,
            "ESSOR_HOSTS accepte n’importe quel nom (« * »), ce dont un attaquant se sert pour "
            "fausser les liens des messages : nommez ceux du site.",
        )
    if set(hosts) <= _HERE:
        return failure(
            subject,
            "Le site ne répond que sous les noms de cette machine : donnez les siens par ESSOR_HOSTS.",
        )
    return fine(subject, f"{', '.join(hosts)}.")


def _https(environment: Mapping[str, str]) -> Finding:
    if environment.get("ESSOR_HTTPS") != "1":
        return failure(
            "HTTPS",
            "Le site est servi sans HTTPS, donc mots de passe et codes circulent en clair : mettez-le "
            "derrière un mandataire HTTPS, puis ESSOR_HTTPS=1.",
        )
    days = settings.SECURE_HSTS_SECONDS // 86_400
    return fine("HTTPS", f"Redirection, cookies sûrs, HSTS de {days} jours.")


def _publisher() -> Finding:
    missing = [name for name in ("ESSOR_OPERATOR", "ESSOR_CONTACT") if not getattr(settings, name)]
    if missing:
        return warning(
            "mentions légales",
            f"L’éditeur ou son adresse manque, que la loi demande : donnez {' et '.join(missing)}.",
        )
    return fine("mentions légales", "L’éditeur et son adresse sont donnés.")


def _proconnect(environment: Mapping[str, str]) -> Iterator[Finding]:
    missing = [name for name in PROCONNECT_NAMES if not environment.get(name)]
    if missing and len(missing) < len(PROCONNECT_NAMES):
        yield failure(
            "ProConnect",
            f"ProConnect est à moitié réglé, donc éteint : donnez {' et '.join(missing)}.",
        )
    elif not missing:
        yield fine("ProConnect", "Ses trois variables sont données.")


def _style() -> Finding:
    if not (FOLDER / versioned("essor/essor.css")).is_file():
        return failure(
            "pages",
            "La feuille de style n’est pas construite : lancez « make serve », ou installez Essor de "
            "son paquet.",
        )
    return fine("pages", "La feuille de style est là.")
