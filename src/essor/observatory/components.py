"""Connected components: which of some nodes hold together through the edges between them."""

from collections.abc import Iterable


def connected_components(
    nodes: Iterable[str], edges: Iterable[tuple[str, str]]
) -> list[tuple[str, ...]]:
    """Return the groups of `nodes` joined by `edges`, each sorted, by first node.

    An edge that leaves `nodes` joins nothing.
    """
    neighbours: dict[str, set[str]] = {node: set() for node in nodes}
    for one, other in edges:
        if one in neighbours and other in neighbours:
            neighbours[one].add(other)
            neighbours[other].add(one)
    groups, seen = [], set[str]()
    for node in sorted(neighbours):
        if node not in seen:
            group = _reached(node, neighbours)
            seen |= group
            groups.append(tuple(sorted(group)))
    return groups


def _reached(start: str, neighbours: dict[str, set[str]]) -> set[str]:
    reached, waiting = {start}, [start]
    while waiting:
        new = neighbours[waiting.pop()] - reached
        reached |= new
        waiting.extend(new)
    return reached
