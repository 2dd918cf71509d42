"""What a text asks to be done, told by words read from where they begin."""

import numpy as np
import pytest

from essor.language.acts import acts


@pytest.mark.parametrize(
    ("text", "is_named"),
    [("Réparation de machines", 1), ("Machines pour la préparation de boissons", 0)],
)
def test_a_preparation_is_no_repair(text, is_named):
    does = acts().of_labels(["33.12Z"], ["Réparation de machines"])

    measured = acts().measured(text, does)

    assert measured[0, acts().signals.index("reparation_named")] == is_named
    assert measured[0, acts().signals.index("reparation_product")] == 1 - is_named


@pytest.mark.parametrize("text", ["Culture du riz", "Agriculture biologique"])
def test_growing_is_named_by_its_compounds_too(text):
    measured = acts().measured(text, acts().of_labels(["01.12Z"], ["Culture du riz"]))

    assert np.isclose(measured[0, acts().signals.index("culture_named")], 1)
