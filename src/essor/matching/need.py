"""A need: what somebody asks for, under which conditions, and whether these contradict one another."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from essor.errors import InvalidRequestError
from essor.language.presence import Presence
from essor.language.quantities import Quantity
from essor.matching.reservation import RESERVATIONS, Reserved
from essor.matching.zone import Zone, gap_km

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
    """Return, in French, the conditions of the need that nobody can meet together on that day."""
    found = (
        *_of_place(need),
        *_of_measure(need, day),
        *_of_status(need),
        *_of_cooperation(need),
    )
    return tuple(each for each in found if each)


def refuse_contradictions(need: Need, day: date) -> None:
    """Pass a need that can be met.

    Raises:
        InvalidRequestError: two conditions exclude each other; the message says which.
    """
    if found := contradictions(need, day):
        raise InvalidRequestError(
            f"Ce besoin se contredit : {' ; '.join(found)}. Retirez ou corrigez une condition."
        )


def _of_place(need: Need) -> tuple[str, ...]:
    radius = need.radius_km
    if radius is None:
        return ()
    if not 0 <= radius <= FARTHEST_KM:
        return (f"un rayon de {radius:g} km n’existe pas sur Terre (de 0 à {FARTHEST_KM} km)",)
    if need.place is None:
        return ("un rayon est donné sans le lieu autour duquel le tracer",)
    if need.is_nationwide:
        return ("un rayon est donné alors que le fournisseur doit servir tout le pays",)
    gaps = [gap_km(zone, need.place) for zone in need.zones]
    if gaps and all(gap is not None and gap > radius for gap in gaps):
        names = ", ".join(zone.name for zone in need.zones)
        return (f"{names} est à plus de {radius:g} km de {need.place.name}",)
    return ()


def _of_measure(need: Need, day: date) -> tuple[str, ...]:
    told = []
    if need.deadline is not None and need.deadline < day:
        told.append(f"l’échéance du {need.deadline:%d/%m/%Y} est déjà passée")
    if need.quantity is not None and need.quantity.value <= 0:
        told.append(f"la quantité « {need.quantity.text} » n’est pas positive")
    if need.amount_eur is not None and need.amount_eur <= 0:
        told.append(f"le montant de {need.amount_eur:g} € n’est pas positif")
    return tuple(told)


def _of_status(need: Need) -> tuple[str, ...]:
    if need.reserved_under is None or not need.statuses:
        return ()
    allowed = RESERVATIONS[need.reserved_under].kinds
    if not allowed or not set(allowed).isdisjoint(need.statuses):
        return ()
    return (
        f"le marché est réservé à {', '.join(allowed).upper()} alors que le statut demandé est "
        f"{' ou '.join(need.statuses).upper()}",
    )


def _of_cooperation(need: Need) -> tuple[str, ...]:
    allowed = None if need.cooperation is None else FORMS.get(need.cooperation)
    if allowed is None or not need.presence or not allowed.isdisjoint(need.presence):
        return ()
    wanted, possible = (" ou ".join(sorted(forms)) for forms in (need.presence, allowed))
    return (f"la coopération « {need.cooperation} » demande {possible}, et non {wanted}",)
