"""The page that describes the API, made of its description: nothing is loaded from elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.site.api.authority import READS, READS_BY_KEY, WRITES
from essor.site.api.examples import EXAMPLES
from essor.site.api.routes import api

_SUCCESS = "2"
# What a parameter accepts, in the words of OpenAPI, and in ours.
_KINDS = {
    "string": "texte",
    "integer": "nombre entier",
    "number": "nombre",
    "boolean": "true ou false",
    "array": "liste : répétez le paramètre",
    "null": "",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something an operation is told: its name, what it accepts, what it means."""

    name: str
    kind: str
    is_required: bool
    default: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Operation:
    """A question of the API: how it is asked, with what, what it answers."""

    method: str
    path: str
    summary: str
    needs_key: bool
    parameters: tuple[Parameter, ...]
    answers: tuple[str, ...]
    curl: str


@dataclass(frozen=True, slots=True)
class Room:
    """The operations about one thing."""

    name: str
    operations: tuple[Operation, ...]


def page(request: HttpRequest) -> HttpResponse:
    """Return the page: the API in a glance, then each operation."""
    content = {
        "rooms": rooms(),
        "title": api.title,
        "reads": READS,
        "reads_by_key": READS_BY_KEY,
        "writes": WRITES,
    }
    return render(request, "essor/api/reference.html", content)


@cache
def rooms() -> tuple[Room, ...]:
    """Return the operations of the API by what they are about, in the order of its code."""
    schema = api.get_openapi_schema()
    held: dict[str, list[Operation]] = {}
    for path, operations in schema["paths"].items():
        for method, told in operations.items():
            made = _operation(schema, method, path, told)
            held.setdefault(told["tags"][0], []).append(made)
    return tuple(Room(name, tuple(made)) for name, made in held.items())


def _operation(
    schema: Mapping[str, Any], method: str, path: str, told: Mapping[str, Any]
) -> Operation:
    return Operation(
        method=method.upper(),
        path=path,
        summary=told.get("description") or told["summary"],
        needs_key=bool(told.get("security")),
        parameters=(*_asked(told), *_sent(schema, told)),
        answers=tuple(
            kind
            for status, answer in told["responses"].items()
            if str(status).startswith(_SUCCESS)
            for kind in answer.get("content", {})
        ),
        curl=EXAMPLES[method, path].curl(
            settings.ESSOR_ADDRESS, needs_key=bool(told.get("security"))
        ),
    )


def _asked(told: Mapping[str, Any]) -> Iterator[Parameter]:
    for each in told.get("parameters", ()):
        yield _parameter(each["name"], each["schema"], is_required=each["required"])


def _sent(schema: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[Parameter]:
    """Yield the fields of the body, if there is one."""
    for content in told.get("requestBody", {}).get("content", {}).values():
        name = content["schema"]["$ref"].rpartition("/")[2]
        body = schema["components"]["schemas"][name]
        for field, shape in body["properties"].items():
            yield _parameter(field, shape, is_required=field in body.get("required", ()))


def _parameter(name: str, shape: Mapping[str, Any], *, is_required: bool) -> Parameter:
    kinds = (_KINDS.get(each.get("type", ""), "") for each in (shape, *shape.get("anyOf", ())))
    default = shape.get("default")
    return Parameter(
        name=name,
        kind=next(filter(None, kinds), "valeur"),
        is_required=is_required,
        default="" if default in (None, "", []) else str(default),
        meaning=shape.get("description", ""),
    )
