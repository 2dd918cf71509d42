from tests.observatory.rows import COMMUNES, organisations
from tests.observatory.small_release import small_release

from essor.observatory.prepared import prepare


def members(connection):
    return connection.execute("SELECT count(*) FROM observatory.members").fetchone()[0]


def test_tables_are_drawn_once_per_release():
    connection = small_release(organisations=organisations(2), communes=COMMUNES)
    prepare(connection)
    connection.execute("DELETE FROM organisations")

    prepare(connection)

    assert members(connection) == 2


def test_every_cursor_of_a_connection_shares_them():
    connection = small_release(organisations=organisations(2), communes=COMMUNES)

    prepare(connection.cursor())

    assert members(connection.cursor()) == 2


def test_organisations_that_can_be_of_no_perimeter_are_not_drawn():
    connection = small_release(
        organisations=[
            *organisations(1, is_industrial_p1=False),
            *organisations(1, first=2, ess_family=None),
            *organisations(1, first=3, is_active=False),
        ],
        communes=COMMUNES,
    )

    prepare(connection)

    assert members(connection) == 0
