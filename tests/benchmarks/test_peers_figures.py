"""A comparison is read without being flattered: ratios, targets, what is missing."""

import json

from benchmarks.peers.figures import Figure, Missing, Note, Told, as_json, percentile, table


def test_a_cost_lower_than_that_of_the_peer_is_a_ratio_above_one():
    figure = Figure("query", 10.0, 50.0, "PostgreSQL")

    ratio = figure.ratio

    assert ratio == 5.0


def test_a_quality_lower_than_that_of_the_peer_is_a_ratio_under_one():
    figure = Figure("MRR", 0.6, 0.8, "Lucene", unit="", is_cost=False)

    ratio = figure.ratio

    assert ratio is not None
    assert 0.74 < ratio < 0.76


def test_a_ratio_to_nothing_is_not_said():
    figure = Figure("MRR", 0.6, 0.0, "Lucene", unit="", is_cost=False)

    written = table([figure])

    assert figure.ratio is None
    assert "?" in written


def test_a_target_that_is_missed_is_said():
    figure = Figure("query", 10.0, 40.0, "PostgreSQL", target=5)

    written = table([figure])

    assert "4.00 ×" in written
    assert "≥ 5 ×: missed" in written


def test_a_target_that_is_just_met_is_said():
    figure = Figure("query", 10.0, 50.0, "PostgreSQL", target=5)

    written = table([figure])

    assert "≥ 5 ×: met" in written


def test_a_missing_peer_is_told_with_its_reason():
    missing = Missing("Lucene", "no jar holds it")

    written = table([missing])

    assert "Lucene: missing, no jar holds it" in written


def test_columns_are_aligned_and_notes_stand_apart():
    told: list[Told] = [
        Note("machine: two cores"),
        Figure("a", 1.0, 2.0, "p"),
        Figure("longer", 3.0, 4.0, "p"),
    ]

    lines = table(told).splitlines()

    assert lines[2] == "# machine: two cores"
    assert len({lines[row].index("|") for row in (0, 3, 4)}) == 1


def test_programs_read_one_object_a_line_with_its_ratio():
    told: list[Told] = [
        Note("hello"),
        Missing("Lucene", "no jar"),
        Figure("query", 10.0, 20.0, "PostgreSQL"),
    ]

    note, missing, figure = map(json.loads, as_json(told).splitlines())

    assert note == {"kind": "note", "text": "hello"}
    assert missing == {"kind": "missing", "peer_name": "Lucene", "reason": "no jar"}
    assert (figure["kind"], figure["ratio"]) == ("figure", 2.0)


def test_a_percentile_needs_no_order():
    values = [5.0, 1.0, 4.0, 2.0, 3.0]

    found = (percentile(values, 0.5), percentile(values, 0.95), percentile(values, 1.0))

    assert found == (3.0, 5.0, 5.0)
