import pytest
from tests.observatory.atlas import EMPLOYMENT, atlas, employed

from essor.observatory.comparison import evolution, signed
from essor.territory.level import Level
from essor.territory.territories import territory_at


def compared(before, after, level=Level.EPCI, code="E1"):
    old, new = atlas(employment=before), atlas(employment=after)
    return evolution((1, old), (2, new), territory_at(new, level, code))


def test_the_effects_add_up_to_the_change_that_the_tables_show():
    grown = [employed("01001", "31", 750.0), *EMPLOYMENT[1:]]

    found = compared(EMPLOYMENT, grown)

    effects = found.effects
    assert effects is not None
    assert (effects.before, effects.after) == (1_000.0, 1_150.0)
    assert effects.national + effects.structural + effects.local + effects.unexplained == (
        pytest.approx(150)
    )


def test_a_sector_that_left_counts_its_loss():
    found = compared(EMPLOYMENT, EMPLOYMENT[1:])

    assert found.effects is not None
    assert found.effects.change == -600


def test_the_country_owes_nothing_to_itself():
    grown = [employed("01001", "31", 750.0), *EMPLOYMENT[1:]]

    found = compared(EMPLOYMENT, grown, Level.FRANCE, "FR")

    assert found.effects is not None
    assert found.effects.local == pytest.approx(0)


def test_the_change_is_a_sentence():
    found = compared(EMPLOYMENT, [employed("01001", "31", 750.0), *EMPLOYMENT[1:]])

    assert found.because.startswith("De la version 1 à la version 2, l’emploi de CC du Bois passe")
    assert "(+\u00a0150)" in found.because


def test_from_an_empty_release_nothing_is_said():
    found = compared([], EMPLOYMENT)

    assert found.effects is None
    assert "ne contient aucun emploi" in found.because


@pytest.mark.parametrize(
    ("jobs", "text"), [(1_200, "+\u00a01\u202f200"), (-30.4, "−\u00a030"), (0.4, "0"), (-0.4, "0")]
)
def test_a_change_bears_its_sign(jobs, text):
    assert signed(jobs) == text
