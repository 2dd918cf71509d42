"""A need: what somebody asks for, under which conditions, and whether these contradict one another."""

import hashlib
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from essor.errors import InvalidRequestError
from essor.language.presence import Presence
from essor.language.quantities import Quantity, quantities_of
from essor.matching.reservation import RESERVATIONS, Reserved
from essor.matching.zone import Zone, gap_km
from essor.perimeter.industry import is_industrial
from essor.territory.level import Level

FARTHEST_KM = 20_040
"""Half the length of a great circle: no two places are farther apart."""


class Cooperation(StrEnum):
    """The fifteen forms of cooperation between the social economy and industry.

    Source: Réindustrialisation : l'ESS comme levier de croissance, Banque des Territoires, 2024.
    """

    ACHAT_DE_BIENS_OU_SERVICES = "achats_biens_services"
    ACHAT_DE_FOURNITURES = "achats_fournitures_industrielles"
    APPORT_D_AFFAIRES = "apport_affaires"
    REPONSE_CONJOINTE = "reponse_conjointe_AO"
    PARTENARIAT_COMMERCIAL = "partenariat_commercial_formalise"
    INNOVATION_SOCIALE = "open_innovation_sociale_incubation"
    SOUS_TRAITANCE_INDUSTRIELLE = "sous_traitance_industrielle"
    HORS_LES_MURS = "hors_les_murs_implant"
    SERVICES_RH = "services_RH_ponctuels"
    RECRUTEMENT = "recrutement_metiers_tension"
    PROTOTYPAGE = "prototypage_offres_impact"
    PRISE_DE_PARTICIPATION = "participation_minoritaire_directe_ou_CVC"
    FILIALISATION = "filialisation"
    CREATION_D_ENTREPRISE = "creation_entreprise_ESS"
    COENTREPRISE = "joint_venture_sociale"


FORMS = {
    Cooperation.ACHAT_DE_FOURNITURES: frozenset({Presence.FABRICATION}),
    Cooperation.SOUS_TRAITANCE_INDUSTRIELLE: frozenset({Presence.FABRICATION, Presence.SERVICE}),
    Cooperation.HORS_LES_MURS: frozenset({Presence.SERVICE, Presence.MISE_A_DISPOSITION}),
    Cooperation.SERVICES_RH: frozenset({Presence.SERVICE, Presence.MISE_A_DISPOSITION}),
    Cooperation.RECRUTEMENT: frozenset({Presence.SERVICE, Presence.MISE_A_DISPOSITION}),
}
"""The forms of presence that a cooperation allows, by its own definition; another allows them all.

A cooperation gives no point: no published source says which ones an organisation is ready for, and
a supposed readiness would be neither met nor refused. It is recorded with the need, and refuses a
presence that contradicts it.
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A trade that would answer: its code, how well (0 to 1), and the words that say so."""

    code: str
    share: float = 1.0
    because: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """What is asked for; an empty tuple or a None sets no condition.

    `place` and `radius_km` ask for suppliers so near; `zones` for suppliers of, or serving, one of
    these perimeters; `welcomes_nationwide` keeps those who serve the whole country wherever they
    are, and `is_nationwide` wants them alone. `statuses` is satisfied by any of its kinds,
    `certificates` by all of its names. `reference` distinguishes two needs alike.
    """

    text: str
    trades: tuple[Wanted, ...] = ()
    cooperation: Cooperation | None = None
    presence: tuple[Presence, ...] = ()
    place: Zone | None = None
    radius_km: float | None = None
    zones: tuple[Zone, ...] = ()
    welcomes_nationwide: bool = False
    is_nationwide: bool = False
    quantity: Quantity | None = None
    amount_eur: float | None = None
    deadline: date | None = None
    reserved_under: Reserved | None = None
    statuses: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    reference: str = ""


def identity(need: Need) -> str:
    """Return sixteen hexadecimal digits that are the same for the same need, and for it alone."""
    written = json.dumps(asdict(need), sort_keys=True, ensure_ascii=False, default=str)
    # 42 and 42.0 are one number, and one need.
    canonical = json.dumps(json.loads(written, parse_int=float), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def contradictions(need: Need, day: date) -> tuple[str, ...]:
    """Return, in French, everything that nobody can meet together in the need on that day, each named."""
    return tuple(
        told
        for find in (_of_place, _of_quantity, _of_amount, _of_status, _of_cooperation)
        for told in find(need)
    ) + tuple(_of_deadline(need, day))


def refuse_contradictions(need: Need, day: date) -> None:
    """Pass a need that can be met.

    Raises:
        InvalidRequestError: conditions exclude one another; the message names every such point.
    """
    found = contradictions(need, day)
    if len(found) == 1:
        raise InvalidRequestError(
            f"Ce besoin se contredit : {found[0]}. Retirez ou corrigez une condition."
        )
    if found:
        listed = " ; ".join(f"({rank}) {told}" for rank, told in enumerate(found, start=1))
        raise InvalidRequestError(
            f"Ce besoin se contredit sur {len(found)} points : {listed}. Corrigez chacun."
        )


def _of_place(need: Need) -> Iterator[str]:
    radius = need.radius_km
    if radius is None:
        return
    if not 0 <= radius <= FARTHEST_KM:
        yield f"un rayon de {_said(radius)} km n’existe pas sur Terre (de 0 à {_said(FARTHEST_KM)} km)"
    elif need.place is not None:
        yield from _too_far(need.place, radius, need.zones)
    if need.place is None:
        yield "un rayon est donné sans le lieu autour duquel le tracer"
    elif need.place.level is Level.FRANCE:
        yield "un rayon est donné autour du pays entier, et non d’un lieu"
    if need.is_nationwide:
        yield "un rayon est donné alors que le fournisseur doit servir tout le pays"
    elif any(zone.level is Level.FRANCE for zone in need.zones):
        yield f"un rayon de {_said(radius)} km est donné alors que la zone est le pays entier"


def _too_far(place: Zone, radius_km: float, zones: Sequence[Zone]) -> Iterator[str]:
    """Yield that the zones, if there are any, are all farther from the place than the radius."""
    gaps = [gap_km(zone, place) for zone in zones]
    if gaps and all(gap is not None and gap > radius_km for gap in gaps):
        names = ", ".join(zone.name for zone in zones)
        are = "est" if len(zones) == 1 else "sont"
        yield f"{names} {are} à plus de {_said(radius_km)} km de {place.name}"


def _of_quantity(need: Need) -> Iterator[str]:
    if need.quantity is None:
        return
    if need.quantity.value <= 0:
        yield f"la quantité « {need.quantity.text} » n’est pas positive"
    said = [each.text for each in quantities_of(need.quantity.text)]
    if len(said) > 1:
        yield f"la quantité est dite {len(said)} fois ({' et '.join(said)}), et une seule compte"


def _of_amount(need: Need) -> Iterator[str]:
    amount = need.amount_eur
    if amount is None:
        return
    if not math.isfinite(amount):
        yield "le montant n’est pas un nombre"
    elif amount <= 0:
        yield f"le montant de {_said(amount)} € n’est pas positif"


def _of_deadline(need: Need, day: date) -> Iterator[str]:
    if need.deadline is not None and need.deadline < day:
        yield f"l’échéance du {need.deadline:%d/%m/%Y} est déjà passée"


def _of_status(need: Need) -> Iterator[str]:
    if need.reserved_under is None:
        return
    if need.reserved_under is Reserved.ESS and need.trades:
        codes = [wanted.code for wanted in need.trades]
        if all(is_industrial(code) for code in codes):
            yield (
                "le marché est réservé à l’ESS, ce que la loi ne permet que pour des services sociaux, "
                "de santé ou de culture (Code de la commande publique, art. L2113-15), alors que le "
                f"métier demandé est industriel ({', '.join(codes)})"
            )
    allowed = RESERVATIONS[need.reserved_under].kinds
    if allowed and need.statuses and set(allowed).isdisjoint(need.statuses):
        asked = " ou ".join(each.upper() for each in need.statuses)
        opened = ", ".join(allowed).upper()
        yield f"le marché est réservé à {opened} alors que le statut demandé est {asked}"


def _of_cooperation(need: Need) -> Iterator[str]:
    allowed = None if need.cooperation is None else FORMS.get(need.cooperation)
    if allowed is not None and need.presence and allowed.isdisjoint(need.presence):
        wanted, possible = (" ou ".join(sorted(forms)) for forms in (need.presence, allowed))
        yield f"la coopération « {need.cooperation} » demande {possible}, et non {wanted}"


def _said(number: float) -> str:
    """Return the number as French writes it: « 20 040 », « 12,5 »."""
    return f"{number:,.10g}".replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")
