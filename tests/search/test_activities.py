from tests.search.small_register import register

from essor.search.activities import (
    Activities,
    ActivityText,
    activity_texts,
    read_activities,
    write_activities,
)

TEXTS = (
    ActivityText("Fabrication de charpentes et d'autres menuiseries", ("16.23Z",)),
    ActivityText("Blanchisserie-teinturerie de gros", ("96.01A",)),
    ActivityText("Récupération de déchets triés", ("38.32Z",)),
    ActivityText("menuiserie", ("16.23Z", "43.32A"), is_label=False),
)


def written(folder, texts=TEXTS) -> Activities:
    write_activities(texts, folder)
    return read_activities(folder)


def test_the_text_that_says_the_word_and_nothing_else_comes_first(tmp_path):
    found = written(tmp_path).about("menuiseries")

    assert [each.code for each in found] == ["16.23Z", "43.32A"]
    assert found[0].share == 1
    assert found[0].because == "mot commun : « menuiseries » (« menuiserie »)"


def test_a_sentence_finds_a_label_that_shares_no_word_with_it(tmp_path):
    found = written(tmp_path).about("recycler des ordures ménagères collectées")

    assert "38.32Z" in [each.code for each in found]
    assert "sens proche" in found[0].because


def test_a_lone_word_is_not_trusted_for_its_meaning(tmp_path):
    assert written(tmp_path).about("pâtisserie") == ()


def test_without_a_text_nothing_is_found(tmp_path):
    assert written(tmp_path, ()).about("menuiserie bois") == ()


def test_only_the_activities_of_the_register_have_texts():
    texts = activity_texts(register(), {"16.23Z", "00.00Z"})

    assert texts[0] == ActivityText(
        "Fabrication de charpentes et d'autres menuiseries", ("16.23Z",)
    )
    assert {code for text in texts for code in text.codes} == {"16.23Z"}
