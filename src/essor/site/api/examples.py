"""A question of each operation, which the demonstration answers: shown, and replayed by the tests."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import parse_qs, quote, urlsplit

_NEED = {"need": "Couture industrielle de housses, 200 par mois", "place": "Metz"}
_SIREN = "999000279"
_NEEDS = "q=couture&territory=departement:57&size=5"
_SEARCH = "q=menuiserie&place=Metz&radius_km=100&size=5"


@dataclass(frozen=True, slots=True)
class Example:
    """A question: where it is asked, and what is sent."""

    address: str
    sent: Mapping[str, object] | None = None

    def curl(self, root: str, *, needs_key: bool) -> str:
        """Return the line that asks it to the site at `root`."""
        line = f"curl '{root}{self.address}'"
        if needs_key:
            line += " -H 'Authorization: Bearer VOTRE_CLÉ'"
        if self.sent is not None:
            body = json.dumps(dict(self.sent), ensure_ascii=False).replace("'", "\\u0027")
            line += f" -H 'Content-Type: application/json' -d '{body}'"
        return line

    def values(self, path: str) -> dict[str, list[str]]:
        """Return what each parameter of the operation at `path` is told, those of the path included."""
        asked = urlsplit(self.address)
        places = zip(path.split("/"), asked.path.split("/"), strict=True)
        found = {name[1:-1]: [value] for name, value in places if name.startswith("{")}
        return found | parse_qs(asked.query)


EXAMPLES: Mapping[tuple[str, str], Example] = MappingProxyType(
    {
        (method, f"/api/v1/{path}"): Example(f"/api/v1/{address}", sent)
        for method, path, address, sent in (
            ("get", "release", "release", None),
            ("get", "releases", "releases", None),
            ("get", "releases/{number}", "releases/1", None),
            ("get", "sources", "sources", None),
            ("get", "territories", "territories?q=Metz&limit=3", None),
            ("get", "territories/{level}/{code}", "territories/departement/57", None),
            ("get", "figures", "figures?place=Moselle&by=family", None),
            ("get", "figures.csv", "figures.csv?place=Moselle&by=family", None),
            ("get", "organisations", f"organisations?{_SEARCH}", None),
            ("get", "organisations.csv", f"organisations.csv?{_SEARCH}", None),
            ("get", "organisations.geojson", f"organisations.geojson?{_SEARCH}", None),
            ("get", "organisations/{siren}", f"organisations/{_SIREN}", None),
            (
                "get",
                "organisations/{siren}/establishments",
                f"organisations/{_SIREN}/establishments?size=5",
                None,
            ),
            ("get", "match", f"match?need={quote(_NEED['need'])}&place=Metz&limit=3", None),
            ("post", "match", "match", _NEED | {"limit": 3}),
            ("get", "needs", f"needs?{_NEEDS}", None),
            ("get", "needs.csv", f"needs.csv?{_NEEDS}", None),
            ("get", "needs.geojson", f"needs.geojson?{_NEEDS}", None),
            ("get", "needs/{number}/answers", "needs/1/answers?limit=3", None),
            ("get", "needs/{number}", "needs/1", None),
            ("get", "offers", "offers?q=presse&place=Metz&radius_km=100", None),
            ("post", "needs", "needs", _NEED | {"visibility": "public"}),
            ("get", "marche/siaes", "marche/siaes?kind=ESAT&department=57&limit=2", None),
            (
                "post",
                "marche/rapprocher",
                "marche/rapprocher",
                {"results": [{"siret": f"{_SIREN}00017", "kind": "ESAT"}]},
            ),
            ("get", "study", "study", None),
        )
    }
)
"""By method and path, as OpenAPI names them."""
