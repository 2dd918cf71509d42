"""A need that nobody can meet is refused, and says which conditions exclude each other."""

from dataclasses import replace
from datetime import date

import pytest
from tests.matching.made_up import DAY, LYON, METZ, NANCY, need, tonnes

from essor.errors import InvalidRequestError
from essor.language.presence import Presence
from essor.matching.need import Cooperation, contradictions, identity, refuse_contradictions
from essor.matching.reservation import Reserved


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"radius_km": 10.0}, "sans le lieu"),
        ({"place": METZ, "radius_km": -1.0}, "n’existe pas sur Terre"),
        ({"place": METZ, "radius_km": 30_000.0}, "n’existe pas sur Terre"),
        ({"place": METZ, "radius_km": 10.0, "is_nationwide": True}, "tout le pays"),
        ({"place": METZ, "radius_km": 10.0, "zones": (LYON,)}, "Lyon est à plus de 10 km de Metz"),
        ({"deadline": date(2026, 1, 1)}, "l’échéance du 01/01/2026 est déjà passée"),
        ({"quantity": tonnes(0)}, "n’est pas positive"),
        ({"amount_eur": -5.0}, "n’est pas positif"),
        ({"reserved_under": Reserved.HANDICAP, "statuses": ("aci",)}, "réservé à EA, ESAT"),
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


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"place": METZ, "radius_km": 0.0},
        {"place": METZ, "radius_km": 20_000.0},
        {"place": METZ, "radius_km": 60.0, "zones": (LYON, NANCY)},
        {"reserved_under": Reserved.HANDICAP, "statuses": ("esat",)},
        {"reserved_under": Reserved.ESS, "statuses": ("scop",)},
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
