import ibis
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.fr import siret as stdnum_siret
from tests.warehouse.frames import BACKEND

from essor.identifiers import is_fictional_siren
from essor.warehouse.luhn import is_acceptable_siren, is_acceptable_siret

# La Poste's head office, and one of its post offices whose digits sum to a multiple of five.
LA_POSTE, POST_OFFICE = "35600000000048", "35600000049837"


def judged(judge, codes, *, is_fictional=False):
    codes = list(codes)
    table = ibis.memtable(
        pa.table(
            {
                "rank": list(range(len(codes))),
                "code": pa.array(codes, pa.string()),
                "is_fictional": pa.array([is_fictional] * len(codes), pa.bool_()),
            }
        )
    )
    verdict = judge(table.code, table.is_fictional)
    found = BACKEND.to_pyarrow(table.select("rank", verdict=verdict).order_by("rank"))
    return found["verdict"].to_pylist()


def with_right_keys(bodies):
    return [body + luhn.calc_check_digit(body) for body in bodies]


def several_hundred(length):
    numbers = st.integers(0, 10**length - 1)
    return st.lists(numbers, min_size=300, max_size=400).map(
        lambda drawn: [f"{number:0{length}d}" for number in drawn]
    )


@settings(max_examples=3, deadline=None)
@given(several_hundred(9))
def test_any_nine_digits_are_judged_as_python_stdnum_judges_them(numbers):
    assert judged(is_acceptable_siren, numbers) == [luhn.is_valid(number) for number in numbers]


@settings(max_examples=3, deadline=None)
@given(several_hundred(8))
def test_every_siren_whose_key_holds_is_accepted(bodies):
    assert all(judged(is_acceptable_siren, with_right_keys(bodies)))


@settings(max_examples=3, deadline=None)
@given(several_hundred(13))
def test_every_siret_whose_key_holds_is_accepted(bodies):
    assert all(judged(is_acceptable_siret, with_right_keys(bodies)))


@settings(max_examples=3, deadline=None)
@given(several_hundred(14))
def test_any_fourteen_digits_are_judged_as_luhn_does(numbers):
    assert judged(is_acceptable_siret, numbers) == [luhn.is_valid(number) for number in numbers]


@settings(max_examples=3, deadline=None)
@given(several_hundred(5))
def test_the_sirets_of_la_poste_follow_either_rule(nics):
    numbers = ["356000000" + nic for nic in nics]
    by_luhn_or_sum = [luhn.is_valid(number) or sum(map(int, number)) % 5 == 0 for number in numbers]

    assert judged(is_acceptable_siret, numbers) == by_luhn_or_sum


def test_python_stdnum_accepts_the_post_offices_that_we_accept():
    assert stdnum_siret.is_valid(LA_POSTE)
    assert stdnum_siret.is_valid(POST_OFFICE)
    assert not luhn.is_valid(POST_OFFICE)
    assert judged(is_acceptable_siret, [LA_POSTE, POST_OFFICE]) == [True, True]


def test_another_enterprise_has_not_the_rule_of_la_poste():
    adds_up_to_thirty = "55210055400003"

    assert sum(map(int, adds_up_to_thirty)) % 5 == 0
    assert judged(is_acceptable_siret, [adds_up_to_thirty]) == [False]


def test_what_is_not_a_number_of_that_length_is_refused_without_a_crash():
    nonsense = [
        "",
        " ",
        "55210055",
        "5521005544",
        "55210055A",
        "٥٥٢١٠٠٥٥٤",
        "-52100554",
        "5.5E8",
        None,
    ]

    assert judged(is_acceptable_siren, nonsense) == [False] * len(nonsense)
    assert judged(is_acceptable_siret, nonsense) == [False] * len(nonsense)


@settings(max_examples=3, deadline=None)
@given(several_hundred(6))
def test_fictional_sirens_are_accepted_when_they_say_so_and_are_nobodys(ends):
    numbers = ["999" + end for end in ends]
    are_nobodys = [is_fictional_siren(number) for number in numbers]

    assert judged(is_acceptable_siren, numbers, is_fictional=True) == are_nobodys
    assert judged(is_acceptable_siren, numbers) == [not nobodys for nobodys in are_nobodys]


def test_a_real_siren_is_refused_in_a_fictional_row():
    assert judged(is_acceptable_siren, ["552100554"], is_fictional=True) == [False]


def test_a_fictional_siret_is_a_fictional_siren_and_any_nic():
    assert judged(is_acceptable_siret, ["99900000100011"], is_fictional=True) == [True]
    assert judged(is_acceptable_siret, ["99900000100011"]) == [False]
