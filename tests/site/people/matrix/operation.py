"""What machines ask; the tests ask from this machine."""

from tests.site.people.matrix.cells import EVERYBODY, Row

ROWS = (
    Row("vivant", EVERYBODY),
    Row("mesures", EVERYBODY),
)
