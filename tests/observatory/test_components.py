from hypothesis import given
from hypothesis import strategies as st

from essor.observatory.components import connected_components

NODES = st.sampled_from("ABCDEFGH")
EDGES = st.lists(st.tuples(NODES, NODES))


def test_a_chain_is_one_group_and_the_rest_stands_alone():
    groups = connected_components("ABCD", [("A", "B"), ("B", "C")])

    assert groups == [("A", "B", "C"), ("D",)]


def test_an_edge_through_a_node_that_is_not_there_joins_nothing():
    assert connected_components("AC", [("A", "B"), ("B", "C")]) == [("A",), ("C",)]


@given(nodes=st.sets(NODES), edges=EDGES)
def test_every_node_is_in_one_group_and_no_edge_leaves_its_group(nodes, edges):
    groups = connected_components(nodes, edges)

    home = {node: group for group in groups for node in group}
    assert sorted(node for group in groups for node in group) == sorted(nodes)
    assert all(home[a] == home[b] for a, b in edges if a in home and b in home)


@given(nodes=st.sets(NODES), edges=EDGES)
def test_the_order_of_edges_does_not_matter(nodes, edges):
    reversed_edges = [(other, one) for one, other in reversed(edges)]

    assert connected_components(nodes, edges) == connected_components(nodes, reversed_edges)
