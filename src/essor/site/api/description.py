"""The API as OpenAPI describes it, its refusals included."""

from typing import Any

from ninja import NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema
from pydantic import TypeAdapter

from essor.site.api.problems import KIND, TITLES, ProblemDetails

# What any operation may answer besides what it is asked for.
_REFUSALS = (400, 404, 409, 422, 429, 500, 502, 503)


class DescribedAPI(NinjaAPI):
    """An API whose description tells how each operation refuses."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:  # noqa: ANN401 - ninja's own
        """Return the description of every operation."""
        schema = super().get_openapi_schema(**options)
        schema["components"]["schemas"]["ProblemDetails"] = TypeAdapter(
            ProblemDetails
        ).json_schema()
        for operations in schema["paths"].values():
            operations.pop("head", None)
            for operation in operations.values():
                statuses = (*_REFUSALS, 401) if operation.get("security") else _REFUSALS
                operation["responses"] |= {status: _refusal(status) for status in statuses}
        return schema


def answering_heads(router: Router) -> Router:
    """Return the router, whose readings answer HEAD as they answer GET."""
    for view in router.path_operations.values():
        for operation in view.operations:
            if operation.methods == ["GET"]:
                operation.methods = ["GET", "HEAD"]
    return router


def _refusal(status: int) -> dict[str, object]:
    held = {KIND: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
    return {"description": TITLES[status], "content": held}
