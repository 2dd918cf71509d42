"""A need that nobody can meet is refused, and says which conditions exclude each other."""

import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.matching.made_up import DAY, LYON, METZ, NANCY, need, tonnes

from essor.errors import InvalidRequestError
from essor.language.presence import Presence
from essor.matching.need import (
    Cooperation,
    Wanted,
    contradictions,
    identity,
    refuse_contradictions,
)
from essor.matching.reservation import Reserved
from essor.matching.zone import Zone
from essor.territory.level import Level

FRANCE = Zone(Level.FRANCE, "FR", "France")
# Contradictions that do not touch one another.
CONTRARY = (
    {"place": METZ, "radius_km": 10.0, "zones": (LYON,)},
    {"deadline": date(2026, 1, 1)},
    {"quantity": tonnes(0)},
    {"amount_eur": 0.0},
    {"reserved_under": Reserved.HANDICAP, "statuses": ("aci",)},
    {"cooperation": Cooperation.ACHAT_DE_FOURNITURES, "presence": (Presence.SERVICE,)},
)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"radius_km": 10.0}, "sans le lieu"),
        ({"place": METZ, "radius_km": -1.0}, "n’existe pas sur Terre"),
        ({"place": METZ, "radius_km": 30_000.0}, "n’existe pas sur Terre"),
        ({"place": METZ, "radius_km": 10.0, "is_nationwide": True}, "tout le pays"),
        (
            {"place": METZ, "radius_km": 30_000.5},
            "30 000,5 km n’existe pas sur Terre (de 0 à 20 040",
        ),
        ({"place": METZ, "radius_km": math.nan}, "n’existe pas sur Terre"),
        ({"place": METZ, "radius_km": math.inf}, "n’existe pas sur Terre"),
        ({"place": FRANCE, "radius_km": 10.0}, "autour du pays entier"),
        ({"place": METZ, "radius_km": 10.0, "zones": (FRANCE,)}, "la zone est le pays entier"),
        ({"place": METZ, "radius_km": 10.0, "zones": (LYON,)}, "Lyon est à plus de 10 km de Metz"),
        (
            {"place": METZ, "radius_km": 10.0, "zones": (LYON, NANCY)},
            "Lyon, Nancy sont à plus de 10 km de Metz",
        ),
        ({"deadline": date(2026, 1, 1)}, "l’échéance du 01/01/2026 est déjà passée"),
        ({"quantity": tonnes(0)}, "n’est pas positive"),
        (
            {"quantity": replace(tonnes(600), text="600 t ou 300 m3")},
            "la quantité est dite 2 fois (600 t et 300 m3)",
        ),
        ({"amount_eur": -5.0}, "n’est pas positif"),
        ({"amount_eur": 0.0}, "le montant de 0 € n’est pas positif"),
        ({"amount_eur": math.nan}, "le montant n’est pas un nombre"),
        ({"amount_eur": math.inf}, "le montant n’est pas un nombre"),
        ({"reserved_under": Reserved.HANDICAP, "statuses": ("aci",)}, "réservé à EA, ESAT"),
        ({"reserved_under": Reserved.ESS}, "le métier demandé est industriel (38.32Z)"),
        (
            {
                "cooperation": Cooperation.ACHAT_DE_FOURNITURES,
                "presence": (Presence.MISE_A_DISPOSITION,),
            },
            "« achats_fournitures_industrielles » demande fabrication, et non mise_a_disposition",
        ),
    ],
)
def test_conditions_that_exclude_each_other_are_named(changes, told):
    (found,) = contradictions(need(**changes), DAY)

    assert told in found
    with pytest.raises(InvalidRequestError, match="Ce besoin se contredit"):
        refuse_contradictions(need(**changes), DAY)


RESERVED = {"reserved_under": Reserved.HANDICAP, "statuses": ("aci", "ei")}
LATE = {"deadline": date(2026, 1, 1)}
SEVERAL = [
    (RESERVED | LATE, ("réservé à EA, ESAT", "déjà passée")),
    ({"radius_km": -1.0}, ("n’existe pas sur Terre", "sans le lieu")),
    (
        RESERVED | LATE | {"amount_eur": 0.0},
        ("0 € n’est pas positif", "le statut demandé est ACI ou EI", "déjà passée"),
    ),
    (
        {
            "place": METZ,
            "radius_km": 5.0,
            "zones": (LYON,),
            "quantity": replace(tonnes(600), text="600 t ou 300 m3"),
            "cooperation": Cooperation.ACHAT_DE_FOURNITURES,
            "presence": (Presence.SERVICE,),
        },
        ("Lyon est à plus de 5 km de Metz", "dite 2 fois", "demande fabrication, et non service"),
    ),
]


@pytest.mark.parametrize(("changes", "told"), SEVERAL)
def test_contradictions_are_named_together(changes, told):
    found = contradictions(need(**changes), DAY)

    assert len(found) == len(told)
    assert all(part in each for part, each in zip(told, found, strict=True))


def test_several_contradictions_are_numbered_in_one_sentence():
    with pytest.raises(InvalidRequestError) as refused:
        refuse_contradictions(need(**RESERVED, **LATE), DAY)

    assert str(refused.value) == (
        "Ce besoin se contredit sur 2 points : (1) le marché est réservé à EA, ESAT alors que le "
        "statut demandé est ACI ou EI ; (2) l’échéance du 01/01/2026 est déjà passée. Corrigez "
        "chacun."
    )


@given(st.sets(st.sampled_from(range(len(CONTRARY))), min_size=1))
def test_each_contradiction_is_told_whatever_the_others(chosen):
    changes = {name: value for each in chosen for name, value in CONTRARY[each].items()}

    found = contradictions(need(**changes), DAY)

    assert set(found) == {
        told for each in chosen for told in contradictions(need(**CONTRARY[each]), DAY)
    }


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"place": METZ, "radius_km": 0.0},
        {"place": METZ, "radius_km": 20_000.0},
        {"place": METZ, "radius_km": 60.0, "zones": (LYON, NANCY)},
        {"reserved_under": Reserved.HANDICAP, "statuses": ("esat",)},
        {"reserved_under": Reserved.ESS, "statuses": ("scop",), "trades": (Wanted("88.99B"),)},
        {"reserved_under": Reserved.ESS, "trades": (Wanted("38.32Z"), Wanted("88.99B"))},
        {"cooperation": Cooperation.HORS_LES_MURS, "presence": (Presence.SERVICE,)},
        {"cooperation": Cooperation.COENTREPRISE, "presence": (Presence.FABRICATION,)},
    ],
)
def test_a_need_that_can_be_met_passes(changes):
    assert contradictions(need(**changes), DAY) == ()


def test_the_identity_of_a_need_changes_with_anything_it_says():
    first = need(place=METZ)

    assert identity(first) == identity(replace(first))
    assert len({identity(each) for each in (first, need(), replace(first, reference="2"))}) == 3
