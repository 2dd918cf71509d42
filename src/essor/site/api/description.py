"""The API as OpenAPI describes it, its refusals included."""

from typing import Any

from ninja import NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema
from pydantic import TypeAdapter

from essor.site.api.examples import EXAMPLES, Example
from essor.site.api.problems import KIND, TITLES, ProblemDetails

# What any operation may answer besides what it is asked for.
_REFUSALS = (400, 404, 406, 409, 422, 429, 500, 502, 503)


class DescribedAPI(NinjaAPI):
    """An API whose description tells how each operation refuses."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:  # noqa: ANN401 - ninja's own
        """Return the description of every operation."""
        schema = super().get_openapi_schema(**options)
        schema["components"]["schemas"]["ProblemDetails"] = TypeAdapter(
            ProblemDetails
        ).json_schema()
        for path, operations in schema["paths"].items():
            operations.pop("head", None)
            for method, operation in operations.items():
                _show(EXAMPLES.get((method, path)), path, operation)
                statuses = (*_REFUSALS, 401, 403) if operation.get("security") else _REFUSALS
                operation["responses"] |= {status: _refusal(status) for status in statuses}
        return schema


def answering_heads(router: Router) -> Router:
    """Return the router, whose readings answer HEAD as they answer GET."""
    for view in router.path_operations.values():
        for operation in view.operations:
            if operation.methods == ["GET"]:
                operation.methods = ["GET", "HEAD"]
    return router


def _show(example: Example | None, path: str, operation: dict[str, Any]) -> None:
    """Write an example in the description of its operation: what each parameter is told, what is sent."""
    if example is None:
        return
    values = example.values(path)
    for each in operation.get("parameters", ()):
        if told := values.get(each["name"]):
            each["example"] = told if each["schema"].get("type") == "array" else told[0]
    for content in operation.get("requestBody", {}).get("content", {}).values():
        content["example"] = example.sent


def _refusal(status: int) -> dict[str, object]:
    held = {KIND: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
    return {"description": TITLES[status], "content": held}
