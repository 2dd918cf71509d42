"""The counts of a site of several processes."""

import re

import httpx
from benchmarks.site_server import served

from essor.home import Home

COUNTED = re.compile(r'^essor_requests_total\{.*view="sources"\} (\S+)$', re.MULTILINE)


def test_whichever_process_answers_answers_for_all(demonstration: Home):
    with (
        served(workers=2, environment={"ESSOR_HOME": str(demonstration.root)}) as root,
        httpx.Client() as browser,
    ):
        for _ in range(30):
            # A connection each, so that both processes have their share.
            httpx.get(f"{root}/sources/")
        told = [browser.get(f"{root}/metrics").text for _ in range(4)]

    assert [COUNTED.findall(each) for each in told] == [["30.0"]] * 4
