"""A process that reads an index again and again, until told to stop; run by test_build."""

import sys
from pathlib import Path

from essor.search.index import open_index
from essor.search.query import Query


def main(folder):
    index = open_index(Path(folder))
    said(index, "")
    for line in sys.stdin:
        said(index, line.strip())


def said(index, text):
    sys.stdout.write(f"{index.search(Query(text)).total}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
