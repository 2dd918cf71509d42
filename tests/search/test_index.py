from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essor.errors import InvalidRequestError
from essor.perimeter.families import Family
from essor.search.circle import Circle
from essor.search.document import Document, Kind
from essor.search.query import Filters, Order, Perimeter, Query
from essor.territory.distance import Point
from essor.territory.level import Level

WORDS = ("menuiserie", "durand", "esat", "emaus", "metz", "lyon", "val", "déchets")
METZ = Point(6.18, 49.12)
EVERYTHING = Filters(is_active=None)
RELAXED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def ids(page):
    return [hit.document.id for hit in page.hits]


def search(index, text="", **filters):
    return index.search(Query(text, Filters(**filters)))


def counts(page, field):
    values = next(facet for facet in page.facets if facet.field == field).values
    return {value.value: value.count for value in values}


def test_an_empty_query_lists_all_that_is_open_by_siren(index):
    page = search(index)

    assert ids(page) == sorted(ids(page))
    assert page.total == 8
    assert "999000098" not in ids(page)


def test_closed_structures_are_found_when_asked(index):
    assert ids(search(index, "scierie", is_active=False)) == ["999000098"]


def test_the_whole_name_comes_before_a_longer_one(index):
    page = search(index, "menuiserie durand")

    assert ids(page)[:2] == ["999000010", "999000021"]
    assert page.hits[0].score > page.hits[1].score


def test_an_accent_a_capital_and_an_ending_do_not_matter(index):
    assert ids(search(index, "RECUP nancy"))[0] == "999000054"
    assert ids(search(index, "ménuiseries"))[0] == "999000010"


def test_a_letter_missing_still_finds_the_name_and_says_so(index):
    page = search(index, "emaus")

    assert ids(page) == ["999000065"]
    assert "à une lettre près" in page.hits[0].reasons[0].because


def test_an_activity_is_found_by_its_words_without_the_name(index):
    page = search(index, "blanchisserie")

    assert ids(page) == ["999000032"]
    assert page.hits[0].reasons[0].ground == "activité"
    assert "<mark>Blanchisserie</mark>" in page.hits[0].activity_html


def test_an_activity_is_found_by_its_meaning(index):
    page = search(index, "usinage de pièces mécaniques de précision")

    assert "999000043" in ids(page)


def test_a_status_typed_as_a_word_finds_those_who_hold_it(index):
    page = search(index, "esat")

    assert ids(page) == ["999000032"]
    assert page.hits[0].reasons[0].because == "A le statut ESAT."


@pytest.mark.parametrize(
    "typed", ["999000043", "999 000 043", "SIREN : 999.000.043", "999 000 043 00011"]
)
def test_a_number_is_found_however_it_is_spaced(index, typed):
    page = search(index, typed)

    assert ids(page)[0] == "999000043"
    assert page.hits[0].score == 100


def test_a_number_with_a_wrong_digit_is_said_wrong_and_near_ones_are_proposed(index):
    page = search(index, "999000044")

    assert "999000043" in ids(page)
    assert "clé de contrôle fausse" in page.notes[0]


@pytest.mark.parametrize("code", ["25.62B", "2562B", "naf 25.62b", "25.62", "25.6"])
def test_an_activity_code_is_found_at_its_level(index, code):
    assert ids(search(index, code)) == ["999000043", "999000076"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"naf": ("C",), "is_active": True}, 4),
        ({"naf": ("25",)}, 2),
        ({"naf": ("38.32Z", "96")}, 3),
        ({"families": (Family.COOPERATIVE,)}, 1),
        ({"statuses": ("aci", "esat")}, 2),
        ({"perimeter": Perimeter.P1}, 6),
        ({"perimeter": Perimeter.P2}, 0),
        ({"staff_min": 30}, 1),
        ({"staff_max": 10}, 0),
        ({"territories": ((Level.REGION, "44"),)}, 5),
        ({"territories": ((Level.COMMUNE, "54395"), (Level.DEPARTEMENT, "69"))}, 5),
        ({"territories": ((Level.EPCI, "200039865"),)}, 3),
        ({"circle": Circle(METZ, 0)}, 3),
        ({"circle": Circle(METZ, 60)}, 5),
        ({"circle": Circle(METZ, 20_000)}, 8),
        ({"is_fictional": False}, 0),
    ],
)
def test_a_filter_is_a_condition(index, filters, expected):
    assert search(index, **filters).total == expected


def test_establishments_bear_the_statuses_of_their_unit_and_their_own(index):
    page = index.search(Query("emmaüs lyon", kind=Kind.ESTABLISHMENT))

    assert ids(page)[0] == "99900006500011"
    assert page.hits[0].document.statuses == ("aci", "esus")


def test_by_distance_the_nearest_comes_first(index):
    around = Filters(circle=Circle(Point(4.84, 45.76), 1_000))

    page = index.search(Query("durand", around, order=Order.DISTANCE))

    assert ids(page) == ["999000076", "999000021", "999000010"]
    assert page.hits[0].distance_km == pytest.approx(0)


def test_a_name_is_shown_escaped_with_its_words_marked(index):
    page = search(index, "fils")

    assert any(
        hit.name_html == "DURAND &lt;b&gt;&amp; <mark>FILS</mark>&lt;/b&gt;" for hit in page.hits
    )


def test_the_facets_of_one_value_sum_to_the_total(index):
    page = search(index)

    for field in ("ess_family", "division", "departement", "staff_band"):
        assert sum(counts(page, field).values()) == page.total
    assert counts(page, "departement") == {"57": 3, "54": 2, "69": 3}
    assert counts(page, "status") == {"-": 6, "aci": 1, "esat": 1, "esus": 1}


@RELAXED
@given(st.text(max_size=60), st.integers(1, 4))
def test_paging_covers_each_answer_once(index, text, size):
    whole = index.search(Query(text, EVERYTHING, size=100))

    pages = [
        index.search(Query(text, EVERYTHING, size=size, page=number + 1))
        for number in range(whole.pages * 100 // size + 1)
    ]

    assert [each for page in pages for each in ids(page)] == ids(whole)
    assert len(whole.hits) == whole.total


@RELAXED
@given(st.lists(st.sampled_from(WORDS)))
def test_the_score_is_the_sum_of_its_reasons_and_orders_the_answers(index, words):
    page = index.search(Query(" ".join(words), EVERYTHING))

    scores = [hit.score for hit in page.hits]
    assert scores == [sum(reason.points for reason in hit.reasons) for hit in page.hits]
    assert scores == sorted(scores, reverse=True)
    assert not words or all(score > 0 for score in scores)


@RELAXED
@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(0, 20_000), st.floats(0, 20_000))
def test_widening_a_radius_never_removes_an_answer(index, lon, lat, one, other):
    small, wide = (
        search(index, circle=Circle(Point(lon, lat), radius)) for radius in sorted((one, other))
    )

    assert set(ids(small)) <= set(ids(wide))


@RELAXED
@given(st.text())
def test_any_text_has_an_answer(index, text):
    page = index.search(Query(text))

    assert page.total >= len(page.hits)


@pytest.mark.parametrize(
    "text",
    [
        'name:"x" AND (a OR [b TO c}',
        "'; DROP TABLE organisations; --",
        "<script>alert(1)</script>",
        "🪑🪚",
        "a",
        "\x00",
        "1234567890123456789",
        "٣٤٥٦٧٨٩٠١",
        "mot " * 12_500,
        "x" * 50_000,
        '*~^"()[]{}\\/:+-',
    ],
)
def test_a_text_that_is_no_question_is_answered_sanely(index, text):
    page = index.search(Query(text))

    assert page.total <= 8


def test_a_text_without_a_letter_lists_by_filters_and_says_so(index):
    page = search(index, "🪑🪚 !!")

    assert page.total == 8
    assert "ni lettre ni chiffre" in page.notes[0]


def test_a_published_document_replaces_the_one_of_its_number(index):
    published = Document("999000043", "999000043", name="Décolletage neuf", naf="25.62B")

    above = index.overlaid(Kind.ORGANISATION, [published])

    assert ids(search(above, "décolletage neuf"))[0] == "999000043"
    assert "999000043" not in ids(search(above, "lorrain"))
    assert search(above).total == search(index).total
    assert counts(search(above), "departement")["-"] == 1


def test_a_published_document_takes_its_place_in_the_order_and_the_pages(index):
    new = Document("999000015", "999000015", name="Menuiserie", naf="16.23Z")

    above = index.overlaid(Kind.ORGANISATION, [new])

    pages = [above.search(Query(size=3, page=number)) for number in (1, 2, 3)]
    found = [each for page in pages for each in ids(page)]
    assert found == sorted({*ids(search(index)), "999000015"})


def test_what_a_document_says_is_found_and_shown_as_an_excerpt(index):
    said = f"{'Nous cherchons. ' * 30}Un atelier pour coudre <des> sacs en toile.{' Merci.' * 60}"
    need = Document("besoin-7", name="Sacs", text=said, naf="13.92Z")

    page = search(index.overlaid(Kind.ORGANISATION, [need]), "coudre toile")

    assert ids(page) == ["besoin-7"]
    assert [reason.because for reason in page.hits[0].reasons[:2]] == [
        "Son texte contient « coudre ».",
        "Son texte contient « toile ».",
    ]
    assert "<mark>coudre</mark> &lt;des&gt; sacs" in page.hits[0].text_html
    assert page.hits[0].text_html.startswith("… ")
    assert page.hits[0].text_html.endswith(" …")


def test_documents_may_be_of_a_kind_that_the_release_has_none_of(index):
    bare = replace(index, shards={Kind.ORGANISATION: index.shards[Kind.ORGANISATION]})
    site = Document("friche-1", name="Ancienne filature", lon=6.18, lat=49.12)

    above = bare.overlaid(Kind.ESTABLISHMENT, [site])

    around = Filters(circle=Circle(METZ, 1))
    assert bare.search(Query("filature", kind=Kind.ESTABLISHMENT)).total == 0
    assert ids(above.search(Query("filature", around, Kind.ESTABLISHMENT))) == ["friche-1"]


def test_what_is_gone_is_found_no_more_and_may_come_back(index):
    gone = index.overlaid(Kind.ORGANISATION, [], ["999000043", "no such number"])
    back = gone.overlaid(Kind.ORGANISATION, [index.held(Kind.ORGANISATION, "999000043")])

    assert gone.held(Kind.ORGANISATION, "999000043") is None
    assert search(gone).total == search(index).total - 1
    assert ids(search(back)) == ids(search(index))


def test_a_document_is_read_by_its_number(index):
    assert index.held(Kind.ORGANISATION, "999000043").siren == "999000043"
    assert index.held(Kind.ORGANISATION, "999") is None
    assert index.held(Kind.OFFER, "999000043") is None


OFFERS = [
    Document("1", name="Presse", forms=("machine",)),
    Document("2", name="Hangar", forms=("premises",)),
    Document("3", name="Don"),
]


def test_documents_are_filtered_and_counted_by_their_forms(index):
    above = index.overlaid(Kind.OFFER, OFFERS)

    chosen = Filters(forms=("machine", "workshop"))
    page = above.search(Query(kind=Kind.OFFER, facets=("form",)))
    assert counts(page, "form") == {"machine": 1, "premises": 1, "-": 1}
    assert ids(above.search(Query(filters=chosen, kind=Kind.OFFER))) == ["1"]
    assert above.search(Query(filters=chosen)).total == 0


def test_reasons_speak_of_each_kind_in_its_own_words(index):
    need = Document("besoin-7", name="Coudre des sacs", naf="25.62B")
    above = index.overlaid(Kind.OFFER, OFFERS).overlaid(Kind.NEED, [need])

    (offer,) = above.search(Query("presse", kind=Kind.OFFER)).hits
    (asked,) = above.search(Query("25.62B", kind=Kind.NEED)).hits

    assert offer.reasons[0].because == "Son titre contient « presse »."
    assert asked.reasons[0].because.startswith("Le métier qu’il demande surtout, 25.62B")


def test_a_kind_that_nobody_published_answers_nothing(index):
    page = index.search(Query("presse", kind=Kind.OFFER, facets=("form",)))

    assert (page.total, page.hits, page.facets) == (0, (), ())


def test_the_last_publication_of_a_number_is_the_one_that_is_found(index):
    first, second = (
        Document("999000043", "999000043", name=name) for name in ("Premier nom", "Second nom")
    )

    above = index.overlaid(Kind.ORGANISATION, [first]).overlaid(Kind.ORGANISATION, [second])

    assert search(above, "premier").total == 0
    assert ids(search(above, "second")) == ["999000043"]
    assert search(above).total == search(index).total


def test_a_publication_changes_nothing_to_the_index_it_is_laid_over(index):
    before = ids(search(index))

    index.overlaid(Kind.ORGANISATION, [Document("999000015", name="Neuf")])

    assert ids(search(index)) == before


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("commune", {"57463": 3, "54395": 2, "69123": 3}),
        ("epci", {"200039865": 3, "245400676": 2, "200046977": 3}),
        ("departement", {"57": 3, "54": 2, "69": 3}),
        ("region", {"44": 5, "84": 3}),
        ("territoire_industrie", {"-": 8}),
        ("zone_emploi", {"-": 8}),
    ],
)
def test_answers_are_counted_at_any_level_of_territory(index, level, expected):
    page = index.search(Query(facets=(level,)))

    assert [facet.field for facet in page.facets] == [level]
    assert counts(page, level) == expected


def test_a_territory_counted_has_its_name(index):
    page = index.search(Query("durand", Filters(naf=("16",)), facets=("commune",)))

    assert [value.label for value in page.facets[0].values] == ["54395", "Metz"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (Query(page=0), "page 0"),
        (Query(page=999_999_999), "10000e réponse"),
        (Query(size=0), "0 réponses"),
        (Query(order=Order.DISTANCE), "demande un lieu"),
        (Query(facets=("couleur",)), "choisissez parmi"),
        (Query(filters=Filters(staff_min=50, staff_max=10)), "inversez"),
        (Query(filters=Filters(circle=Circle(METZ, -1))), "rayon positif"),
        (Query(filters=Filters(circle=Circle(Point(200, 0), 1))), "WGS 84"),
        (Query(filters=Filters(circle=Circle(METZ, float("nan")))), "rayon positif"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(index, query, said):
    with pytest.raises(InvalidRequestError, match=said):
        index.search(query)


def test_contradictory_conditions_are_said_with_what_each_keeps_out(index):
    page = search(index, statuses=("esat",), naf=("25",), territories=((Level.COMMUNE, "57463"),))

    assert page.total == 0
    assert page.notes == (
        "Aucune réponse à toutes les conditions à la fois ; sans celle sur le statut, il y en aurait 1 ; "
        "sans celle sur le code d’activité, il y en aurait 1.",
    )


def test_conditions_that_no_single_change_would_open_are_said_too(index):
    page = search(index, statuses=("geiq",), naf=("25",), perimeter=Perimeter.P2)

    assert page.notes == ("Retirer une seule des conditions ne suffirait pas.",)


def test_words_that_nothing_has_are_no_contradiction(index):
    assert search(index, "zzzz").notes == ()


def test_a_page_past_the_last_is_empty_and_counts_the_same(index):
    page = index.search(replace(Query(), page=50))

    assert page.hits == ()
    assert page.total == 8
