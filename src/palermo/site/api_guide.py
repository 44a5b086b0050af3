"""The page that describes the API to people, made from the description that the API gives of itself to programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.translation import gettext

from palermo.people.guards import public


class Shape(TypedDict, total=False):
    """What OpenAPI says of a value, as far as the page shows it."""

    description: str
    enum: list[str]
    anyOf: list[Shape]


class DescribedParameter(TypedDict):
    """A parameter in OpenAPI."""

    name: str
    schema: Shape


class DescribedOperation(TypedDict):
    """What can be done at an address, in OpenAPI."""

    summary: str
    parameters: list[DescribedParameter]


class Described(TypedDict):
    """An OpenAPI document: for each address, its operations by verb."""

    paths: dict[str, dict[str, DescribedOperation]]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a request may say; `meaning` is in the reader's language and may be empty."""

    name: str
    meaning: str
    values: tuple[str, ...]
    """The only values allowed; empty where any will do."""


@dataclass(frozen=True, slots=True)
class Address:
    """One thing that can be asked for."""

    path: str
    summary: str
    parameters: tuple[Parameter, ...]


@public
def api_guide(request: HttpRequest) -> HttpResponse:
    """Every address of the API with what may be asked there, and how to begin."""
    description, of_help = reverse("api:openapi-json"), reverse("hsds:openapi-json")
    context = {
        "addresses": list(_addresses(_described(request, description))),
        "description": description,
        "root": request.build_absolute_uri(description.removesuffix("openapi.json")),
        "help_addresses": list(_addresses(_described(request, of_help))),
        "help_description": of_help,
        "help_root": request.build_absolute_uri(of_help.removesuffix("openapi.json")),
        "help_profile": reverse("hsds_profile"),
    }
    return render(request, "site/api_guide.html", context)


def _described(request: HttpRequest, path: str) -> Described:
    """What the API at an address says of itself."""
    found = resolve(path)
    described: Described = json.loads(found.func(request, *found.args, **found.kwargs).content)
    return described


def _addresses(described: Described) -> Iterator[Address]:
    for path, operations in described["paths"].items():
        asked = operations["get"]
        yield Address(path, gettext(asked["summary"]), tuple(map(_parameter, asked["parameters"])))


def _parameter(described: DescribedParameter) -> Parameter:
    shape = described["schema"]
    said = shape.get("description", "")
    # A value that may be left out is described as one of two: the value, or null.
    choices = [choice for kind in shape.get("anyOf", [shape]) for choice in kind.get("enum", [])]
    return Parameter(described["name"], gettext(said) if said else "", tuple(choices))
