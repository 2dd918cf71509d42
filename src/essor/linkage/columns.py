"""Columns of a list: which holds the name, the address, the numbers, recognised by their titles."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from essor.errors import InvalidRequestError
from essor.linkage.normalised import fold


class Role(StrEnum):
    """What a column says of an organisation."""

    NAME = "nom"
    ADDRESS = "adresse"
    POSTCODE = "code_postal"
    CITY = "ville"
    SIREN = "siren"
    SIRET = "siret"


# Titles without accents nor signs, the surest first: the first that a list has is taken.
_TITLES = {
    Role.NAME: (
        "raison sociale, denomination sociale, denomination, denomination usuelle, nom de la structure, "
        "nom structure, nom de l organisation, nom organisation, nom de l organisme, nom organisme, "
        "nom de l entreprise, nom entreprise, nom de l etablissement, nom etablissement, "
        "nom de l association, nom association, nom du fournisseur, nom fournisseur, nom du client, "
        "nom complet, nom raison sociale, raison sociale nom, libelle, structure, organisation, organisme, "
        "entreprise, societe, etablissement, association, fournisseur, client, prestataire, tiers, "
        "titulaire, adherent, membre, intitule, enseigne, nom commercial, nom, name, company, company name"
    ),
    Role.ADDRESS: (
        "adresse, adresse postale, adresse complete, adresse de l etablissement, adresse du siege, "
        "adresse siege, adresse 1, adresse1, adresse ligne 1, adresse ligne1, rue, voie, libelle voie, "
        "numero et voie, address, street"
    ),
    Role.POSTCODE: (
        "code postal, cp, c p, codepostal, code postale, cp siege, code postal siege, cpostal, "
        "code post, postcode, zip, zip code, postal code"
    ),
    Role.CITY: (
        "ville, commune, localite, nom commune, nom de la commune, libelle commune, bureau distributeur, "
        "ville siege, commune siege, city, town"
    ),
    Role.SIREN: "siren, n siren, no siren, numero siren, num siren, numero de siren, code siren, numsiren",
    Role.SIRET: (
        "siret, n siret, no siret, numero siret, num siret, numero de siret, code siret, numsiret, "
        "siret etablissement, siret siege, siret siren, siren siret, n siren siret"
    ),
}


def columns_of(titles: Sequence[str], chosen: Mapping[Role, str]) -> dict[Role, int]:
    """Return the rank of the column of each role: the one chosen, else the one its title tells.

    A column is chosen by its title, or by its number counted from 1.

    Raises:
        InvalidRequestError: no such column, or none holds a name nor a number.
    """
    found = {role: _chosen(titles, role, text) for role, text in chosen.items()}
    plain = [fold(title.replace("_", " ").replace("°", " ")) for title in titles]
    for role, known in _TITLES.items():
        if role not in found:
            at = _recognised(plain, known.split(", "), taken=set(found.values()))
            if at is not None:
                found[role] = at
    if not {Role.NAME, Role.SIREN, Role.SIRET} & found.keys():
        raise InvalidRequestError(
            f"Aucune colonne ne dit un nom, un SIREN ou un SIRET parmi {_listed(titles)} : "
            "nommez-la, par exemple --column nom=1 ; ajoutez --no-header si la liste n’a pas de titres."
        )
    return found


def _recognised(plain: Sequence[str], known: Sequence[str], taken: set[int]) -> int | None:
    places = {title: at for at, title in reversed(list(enumerate(plain))) if at not in taken}
    return next((places[title] for title in known if title in places), None)


def _chosen(titles: Sequence[str], role: Role, text: str) -> int:
    wanted = fold(text)
    for at, title in enumerate(titles):
        if title == text or (wanted and fold(title) == wanted):
            return at
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(titles):
        return int(text) - 1
    raise InvalidRequestError(
        f"Aucune colonne « {text} » pour « {role} » : les colonnes sont {_listed(titles)}."
    )


def _listed(titles: Sequence[str]) -> str:
    most = 12
    shown = ", ".join(f"« {title[:40]} »" for title in titles[:most])
    return f"{shown}…" if len(titles) > most else shown
