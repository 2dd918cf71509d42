"""A view of a territory: what one page shows of it, and the drawings that go with it."""

from dataclasses import dataclass

import duckdb

from essor.observatory.breakdown import Breakdown
from essor.observatory.figures import Figures, figures
from essor.observatory.maps import has_contours, own_dots, read_map
from essor.observatory.perspective import By, Perimeter
from essor.observatory.question import Question
from essor.observatory.report.contents import Edition, Structure, read_structure
from essor.observatory.report.drawings import map_drawing, structure_drawings
from essor.observatory.report.plates import Plate, map_plate, structure_plates
from essor.territory.containment import parents
from essor.territory.level import Level
from essor.territory.territories import Territory


@dataclass(frozen=True)
class View:
    """A territory in one perimeter: its figures, its parts, those that contain it, broadest first.

    `map_plate` is what its map shows, in words.
    """

    territory: Territory
    above: tuple[Territory, ...]
    figures: Figures
    part_level: Level
    structure: Structure
    map_plate: Plate

    @property
    def parts(self) -> Breakdown | None:
        """Return the figures of the territories it is made of."""
        return self.figures.breakdown

    @property
    def is_empty(self) -> bool:
        """Return whether no organisation of the perimeter is there."""
        return not self.structure.families.total.organisations

    @property
    def plates(self) -> tuple[Plate, ...]:
        """Return what the charts show, in words; none of an empty territory."""
        return () if self.is_empty else structure_plates(self.structure)


def read_view(
    connection: duckdb.DuckDBPyConnection,
    territory: Territory,
    perimeter: Perimeter,
    edition: Edition,
) -> View:
    """Return what the page of a territory shows, from the release of that edition."""
    question = Question(territory, perimeter, By.TERRITORY)
    return View(
        territory=territory,
        above=parents(connection, territory),
        figures=figures(connection, question, edition.sources),
        part_level=question.parts,
        structure=read_structure(connection, question),
        map_plate=map_plate(
            territory,
            own_dots(connection, territory, perimeter),
            has_contours=has_contours(edition.contours),
        ),
    )


def read_drawings(
    connection: duckdb.DuckDBPyConnection, view: View, perimeter: Perimeter, edition: Edition
) -> dict[str, str]:
    """Return the SVG of the map and of each chart of a view, by the name its plate calls it.

    Half a second each.
    """
    shown = read_map(connection, view.territory, perimeter, edition.contours)
    drawn = map_drawing(shown)
    charts = {} if view.is_empty else structure_drawings(view.structure)
    return charts if drawn is None else {"carte": drawn, **charts}
