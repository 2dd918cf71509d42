"""A view of a territory: what one page shows of it, and the drawings that go with it."""

from dataclasses import dataclass
from functools import cached_property

import duckdb

from essor.observatory.breakdown import Breakdown
from essor.observatory.figures import Figures, figures
from essor.observatory.maps import MapContents, read_map
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

    `drawings` are made when they are first asked for: half a second each.
    """

    territory: Territory
    above: tuple[Territory, ...]
    figures: Figures
    part_level: Level
    structure: Structure
    map: MapContents

    @property
    def parts(self) -> Breakdown | None:
        """Return the figures of the territories it is made of."""
        return self.figures.breakdown

    @property
    def is_empty(self) -> bool:
        """Return whether no organisation of the perimeter is there."""
        return not self.structure.families.total.organisations

    @property
    def map_plate(self) -> Plate:
        """Return what the map shows, in words."""
        return map_plate(self.map)

    @property
    def plates(self) -> tuple[Plate, ...]:
        """Return what the charts show, in words; none of an empty territory."""
        return () if self.is_empty else structure_plates(self.structure)

    @cached_property
    def drawings(self) -> dict[str, str]:
        """Return the SVG of the map and of each chart, by the name its plate calls it."""
        drawn = map_drawing(self.map)
        charts = {} if self.is_empty else structure_drawings(self.structure)
        return charts if drawn is None else {"carte": drawn, **charts}


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
        map=read_map(connection, territory, perimeter, edition.contours),
    )
