from tests.warehouse.frames import frame, row_of

from essor.warehouse.membership import has_ground, with_membership

TYPES = {
    "legal_category": "string",
    "name": "string",
    "ess_flag": "boolean",
    "in_ess_france": "boolean",
    "in_esus": "boolean",
    "in_scop": "boolean",
    "claimed_family": "string",
}
NOWHERE = {"in_ess_france": False, "in_esus": False, "in_scop": False}


def units(legal_category, name="ACME", **said):
    return frame(TYPES, NOWHERE | {"legal_category": legal_category, "name": name} | said)


def judged(legal_category, name="ACME", **said):
    row = row_of(with_membership(units(legal_category, name, **said)))
    return row["ess_family"], row["ess_basis"], row["ess_evidence"]


def may_enter(legal_category, name="ACME", **said):
    table = units(legal_category, name, **said)
    return row_of(table.select(has_ground=has_ground(table)))["has_ground"]


def test_a_legal_category_tells_the_family_by_itself():
    assert judged("9220") == ("association", "code", "code")


def test_a_code_is_stronger_than_a_flag_that_says_no():
    assert judged("5458", ess_flag=False) == ("cooperative", "code", "code")


def test_an_ordinary_company_is_no_member():
    assert judged("5710") == (None, None, None)


def test_a_sas_scop_is_a_cooperative_by_the_list():
    assert judged("5710", in_scop=True) == ("cooperative", "list", "scop")


def test_a_sas_scop_is_a_cooperative_by_its_name_when_nothing_else_says_it():
    assert judged("5710", "SCOP ACME") == ("cooperative", "name", "name")


def test_a_flag_that_says_no_beats_a_name():
    assert judged("5710", "SCOP ACME", ess_flag=False) == (None, None, None)


def test_a_list_beats_a_flag_that_says_no():
    assert judged("5710", ess_flag=False, in_ess_france=True) == (
        "societe_commerciale",
        "list",
        "ess_france",
    )


def test_a_listed_company_with_a_cooperative_name_is_a_cooperative_even_when_the_flag_says_no():
    family, basis, evidence = judged("5710", "SCIC ACME", ess_flag=False, in_esus=True)

    assert (family, basis) == ("cooperative", "list")
    assert evidence == "esus | name"


def test_an_unknown_flag_is_not_a_no():
    assert judged("5710", "SCOP ACME", ess_flag=None)[0] == "cooperative"


def test_a_flagged_company_is_a_commercial_company_of_the_social_economy():
    assert judged("5710", ess_flag=True) == ("societe_commerciale", "flag", "flag")


def test_an_esus_company_is_a_commercial_company_of_the_social_economy():
    assert judged("5499", in_esus=True) == ("societe_commerciale", "list", "esus")


def test_a_flagged_company_with_a_cooperative_name_is_a_cooperative():
    assert judged("5710", "COOPÉRATIVE ACME", ess_flag=True) == (
        "cooperative",
        "flag",
        "flag | name",
    )


def test_an_excluded_category_is_never_a_member():
    everything = {"ess_flag": True, "in_ess_france": True, "in_esus": True, "in_scop": True}

    assert judged("8410", "SCOP ACME", **everything) == (None, None, None)


def test_an_unknown_category_with_a_flag_is_a_member_of_undetermined_family():
    assert judged(None, ess_flag=True) == ("indeterminee", "flag", "flag")


def test_an_unknown_category_with_a_list_takes_the_family_of_the_list():
    assert judged(None, in_ess_france=True, claimed_family="association") == (
        "association",
        "list",
        "ess_france",
    )


def test_the_name_of_a_body_that_is_no_company_is_no_ground():
    assert judged("7210", "COMMUNE DE SCOP") == (None, None, None)


def test_the_evidence_holds_every_ground_strongest_first():
    everything = {"ess_flag": True, "in_ess_france": True, "in_esus": True, "in_scop": True}

    evidence = judged("5458", "SCOP ACME", **everything)[2]

    assert evidence == "code | flag | ess_france | esus | scop | name"


def test_a_unit_without_a_name_is_judged_all_the_same():
    assert judged("5710", None, ess_flag=True)[0] == "societe_commerciale"


def test_a_name_alone_is_no_ground_to_enter_the_register():
    assert may_enter("5710", "SCOP ACME") is False


def test_a_code_a_flag_or_a_list_is_a_ground_to_enter_the_register():
    assert may_enter("9220")
    assert may_enter("5710", ess_flag=True)
    assert may_enter("5710", in_scop=True)


def test_a_flag_that_says_no_or_nothing_is_no_ground():
    assert may_enter("5710", ess_flag=False) is False
    assert may_enter(None, ess_flag=None) is False
