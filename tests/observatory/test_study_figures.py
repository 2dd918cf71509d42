import pytest

from essor.observatory.study_figures import study_figures


def test_the_study_has_twenty_five_figures_in_order():
    assert list(study_figures()) == [f"K{rank:02d}" for rank in range(1, 26)]


def test_every_figure_cites_the_study_and_claims_no_more_than_it_states():
    for figure in study_figures().values():
        assert figure.status == "S"
        assert "Banque des Territoires" in figure.citation


def value(figure):
    return study_figures()[figure].value or 0.0


def test_the_share_of_enterprises_is_the_ratio_of_the_two_counts():
    assert value("K03") / value("K07") == pytest.approx(value("K04"), abs=5e-4)


def test_the_mean_sizes_that_the_study_implies_hold():
    assert value("K05") / value("K03") == pytest.approx(31.46, abs=0.01)
    assert value("K05") / value("K06") / value("K07") == pytest.approx(18.6, abs=0.05)


def test_shares_go_from_0_to_1():
    shares = [value(figure.id) for figure in study_figures().values() if figure.unit == "part"]

    assert shares
    assert all(0 < share < 1 for share in shares)


def test_a_figure_that_is_no_number_has_no_value():
    assert study_figures()["K09"].value is None
