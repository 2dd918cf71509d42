import pytest

from essor.observatory.breakdown import Breakdown, Row
from essor.observatory.figure import Figure, Unit
from essor.observatory.indicators import Concentration, LocalSector, specialise
from essor.observatory.interval import Interval
from essor.observatory.perspective import By
from essor.observatory.report import wording


def plain(text):
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def row(label, organisations, key="k", **changes):
    values = {
        "share": organisations / 10,
        "staff": 100.0,
        "staff_lower": 80,
        "staff_upper": 130,
        "staff_share": None,
        "staff_unknown": 0,
        "is_secret": False,
        "is_fictional": False,
    }
    return Row(key=key, label=label, organisations=organisations, **(values | changes))


def broken_down(*rows, by=By.FAMILY):
    return Breakdown(by, None, rows, row("Ensemble", sum(r.organisations for r in rows), ""))


def figure(**changes):
    return Figure("K04", "Part", Unit.SHARE, "", **changes)


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "inconnu"), (0, "0 %"), (1, "100 %"), (0.004_2, "0,42 %"), (0.694, "69,4 %")],
)
def test_a_share_is_as_precise_as_it_needs(value, text):
    assert plain(wording.share(value)) == text


@pytest.mark.parametrize(("count", "text"), [(0, "0 salarié"), (1, "1 salarié"), (2, "2 salariés")])
def test_a_noun_agrees_with_its_count(count, text):
    assert plain(wording.counted(count, "salarié", "salariés")) == text


def test_a_masked_figure_is_not_an_unknown_one():
    assert wording.value(figure(is_secret=True)) == "masqué"
    assert wording.value(figure()) == "inconnu"
    assert wording.detail(figure(is_secret=True)) == "secret statistique"


def test_bounds_are_said_where_they_differ():
    assert plain(wording.detail(figure(value=0.2, lower=0.1, upper=0.3))) == (
        "entre 10,0 % et 30,0 %"
    )
    assert wording.detail(figure(value=0.2, lower=0.2, upper=0.2)) == "sans marge"


def test_a_missing_figure_says_why_when_it_can():
    assert wording.detail(figure(note="Aucune organisation.")) == "Aucune organisation."
    assert wording.detail(figure(note="x" * 200)) == "voir la méthode, dernière page"
    assert wording.detail(figure()) == "voir la méthode, dernière page"


def test_a_reading_takes_the_biggest_known_row():
    found = broken_down(row("Associations", 3), row("Coopératives", 6), row("Non renseigné", 9, ""))

    assert plain(wording.reading(found, "la famille")) == (
        "Lecture : la famille « coopératives » réunit 6 des 18 organisations, soit 60,0 % ; elles "
        "emploient environ 100 salariés (entre 80 et 130)."
    )


def test_a_reading_never_tells_masked_staff():
    hidden = row("Associations", 2, staff=None, is_secret=True)

    assert "masqué (secret statistique)" in wording.reading(broken_down(hidden), "la famille")


def test_small_organisations_are_counted_among_those_of_known_size():
    found = broken_down(
        row("1 à 2", 3, "01"), row("20 à 49", 1, "12"), row("?", 5, ""), by=By.STAFF
    )

    assert plain(wording.band_title(found)) == (
        "75,0 % des organisations de taille connue ont moins de 20 salariés"
    )


@pytest.mark.parametrize(("elsewhere", "verb"), [(0.65, "ne dépasse pas"), (0.2, "France dépasse")])
def test_a_gap_is_said_to_be_clear_only_when_it_is(elsewhere, verb):
    sentence = plain(wording.gap(row("Coopératives", 7), 10, elsewhere))

    assert verb in sentence
    assert "de 39,7 % à 89,2 %" in sentence


def strong(ess_establishments, ess_largest):
    jobs = Interval(400, 500.0, 600)
    ess_jobs = Interval(40, 50.0, 60)
    return specialise(
        LocalSector(
            territory="E1",
            name="CC",
            sector="31",
            label="Meubles",
            establishments=10,
            jobs=jobs,
            largest=99.0,
            ess_establishments=ess_establishments,
            ess_jobs=ess_jobs,
            ess_largest=ess_largest,
            territory_jobs=1_000.0,
            sector_jobs=5_000.0,
            total_jobs=100_000.0,
            sector_ess_jobs=250.0,
        )
    )


@pytest.mark.parametrize(
    ("establishments", "largest", "end"),
    [
        (0, 0.0, "Aucun établissement de l’ESS n’y est connu."),
        (2, 30.0, "L’ESS y compte 2 établissements."),
        (4, 49.0, "L’ESS y compte 4 établissements."),
        (4, 20.0, "4 établissements, 2,0 fois son poids national dans l’activité."),
    ],
)
def test_the_weight_of_ess_is_told_only_when_secrecy_allows(establishments, largest, end):
    reading = strong(establishments, largest)

    assert reading is not None
    assert plain(wording.strength(reading)).endswith(end)


def test_variety_is_said_without_formulas():
    sentence = plain(wording.variety(Concentration("E1", "CC", 1_000.0, 0.25, 0.5)))

    assert "également entre 4 activités" in sentence
    assert "25,0 % des emplois devraient changer d’activité" in sentence


@pytest.mark.parametrize(
    ("label", "text"), [("Industrie", "industrie"), ("ESAT du Val", "ESAT du Val"), ("", "")]
)
def test_a_label_is_lowered_unless_it_is_an_acronym(label, text):
    assert wording.lowered(label) == text
