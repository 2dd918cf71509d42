"""The study of 2024 by the API: every item with its status and its page."""

from dataclasses import asdict

from django.http import HttpRequest
from ninja import Router

from essor.study.contents import study
from essor.study.items import Study

router = Router(tags=["étude"])


@router.get(
    "/study",
    response=Study,
    summary="L’étude, en données",
    description="Freins, leviers, recommandations, formes, cas, et ce que l’étude ne traite pas.",
)
def items(request: HttpRequest) -> dict[str, object]:
    """Return the study as data: brakes, levers, recommendations, forms, cases, what it leaves out."""
    return asdict(study())
