import pytest

from essor.observatory.study_figures import study_figures


def test_the_study_has_twenty_five_figures_in_order():
    assert list(study_figures()) == [f"K{rank:02d}" for rank in range(1, 26)]


def test_every_figure_cites_the_study_and_claims_no_more_than_it_states():
    for figure in study_figures().values():
        assert figure.status == "S"
        assert "Banque des Territoires" in figure.citation


def test_the_share_of_enterprises_is_the_ratio_of_the_two_counts():
    study = study_figures()

    assert study["K03"].value / study["K07"].value == pytest.approx(study["K04"].value, abs=5e-4)


def test_the_mean_sizes_that_the_study_implies_hold():
    study = study_figures()
    mean_size = study["K05"].value / study["K03"].value
    mean_size_of_all = study["K05"].value / study["K06"].value / study["K07"].value

    assert mean_size == pytest.approx(31.46, abs=0.01)
    assert mean_size_of_all == pytest.approx(18.6, abs=0.05)


def test_shares_go_from_0_to_1():
    shares = [figure.value for figure in study_figures().values() if figure.unit == "part"]

    assert shares
    assert all(0 < share < 1 for share in shares)


def test_a_figure_that_is_no_number_has_no_value():
    assert study_figures()["K09"].value is None
