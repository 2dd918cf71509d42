from hypothesis import example, given
from hypothesis import strategies as st

from essor.search.schema import naf_positions, name_key, stems_by_word, stems_of

TEXTS = st.one_of(st.text(), st.text("aéœç-'’ .\u00a0\u0301ÉT1", max_size=30))


@given(TEXTS)
@example("L’Atelier-Garage d’Émaüs Œuvres\u00a0sociales")
def test_a_text_cut_word_by_word_has_the_same_stems(text):
    assert stems_by_word(text) == set(stems_of(text))


def test_a_code_has_its_five_positions():
    assert naf_positions("25.62B", "C") == ("25.62B", "25.62", "25.6", "25", "C")


def test_two_writings_of_a_name_share_a_key_and_two_names_do_not():
    assert name_key("RÉCUP’ NANCY") == name_key("recup nancy")
    assert name_key("recup nancy") != name_key("recup metz")
