"""Answers of a search as GeoJSON: one point a structure whose place is known (WGS 84 degrees)."""

import json

from essor.search.page import Hit, Page


def features(page: Page) -> str:
    """Return the page as a collection of features, in its order."""
    placed = [_feature(hit) for hit in page.hits if hit.document.lon is not None]
    return json.dumps({"type": "FeatureCollection", "features": placed}, ensure_ascii=False)


def _feature(hit: Hit) -> dict[str, object]:
    document = hit.document
    return {
        "type": "Feature",
        "id": document.id,
        "geometry": {"type": "Point", "coordinates": [document.lon, document.lat]},
        "properties": {
            "siren": document.siren,
            "siret": document.siret,
            "nom": document.name,
            "activite": hit.activity,
            "naf": document.naf,
            "statuts": list(document.statuses),
            "commune": document.commune_name,
            "points": hit.score,
            "fictif": document.is_fictional,
        },
    }
