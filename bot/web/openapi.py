"""The JSON addresses described for programs: OpenAPI, made from the contract itself."""

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.web.mistakes import PROBLEM, Problem
from bot.web.pages import LONGEST_NAME, MOST_PAGES, NAME, Site, View
from commands.text import MOST_ASKED, MOST_CHECKED

_REFERENCE: Final = "#/components/schemas/{model}"
_MEANINGS: Final = {
    "name": "The id, or for a topic any of its names",
    "since": "Only what speaks of this day or later: 2024-02, Feb 2024, last month",
    "until": "Only what speaks of this day or earlier: 2024-02-23, 2024",
    "known-by": "Only what had been asserted by this day: as if asked then",
    "by": "Only this person's, organisation's or country's claims",
    "q": "A question in your own words; dates and names in it count",
    "page": "Which page of a long answer; 1 has the newest claims, of a question the best",
    "text": "A text whose figures are held against what is on file",
}
_LONGEST: Final = {"q": MOST_ASKED, "text": MOST_CHECKED}
_MISTAKES: Final = {
    "400": "What was asked cannot be read; `detail` says what to change",
    "404": "Nothing of that name is on file; `offers` names the nearest",
    "414": "The address is too long",
    "429": "Too often; `Retry-After` says when to go on",
}


def described(site: Site, views: Sequence[View]) -> dict[str, Any]:
    """Describe every page in its form as JSON."""
    models: list[type[BaseModel]] = [*dict.fromkeys(view.data for view in views), Problem]
    _, schemas = models_json_schema(
        [(model, "serialization") for model in models], ref_template=_REFERENCE
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": NAME,
            "version": version("claimbot"),
            "description": "Claims with who asserted them, when, and where that can be read. "
            "Quote each figure with its source.",
        },
        "servers": [{"url": site.addresses.root or "/"}],
        "paths": {_path(view): {"get": _operation(site, view)} for view in views},
        "components": {"schemas": schemas["$defs"]},
    }


def _path(view: View) -> str:
    return f"{'/index' if view.path == '/' else view.path}.json"


def _operation(site: Site, view: View) -> dict[str, Any]:
    names = [name for name in view.parameters if name in _MEANINGS]
    parameters = [_parameter(name, "query") for name in names]
    if "{name}" in view.path:
        named = _parameter("name", "path") | {"example": _example(site, view.name)}
        parameters.insert(0, named)
    return {
        "operationId": view.name,
        "summary": (view.make.__doc__ or "").split("\n")[0],
        "parameters": parameters,
        "responses": {
            "200": _response("The answer", view.data.__name__),
            **{
                status: _response(told, Problem.__name__, PROBLEM)
                for status, told in _MISTAKES.items()
            },
        },
    }


def _parameter(name: str, place: str) -> dict[str, Any]:
    asked = name in _LONGEST
    longest = _LONGEST.get(name, LONGEST_NAME)
    text = {"type": "string", "minLength": 1, "maxLength": longest}
    number = {"type": "integer", "minimum": 1, "maximum": MOST_PAGES}
    return {
        "name": name,
        "in": place,
        "required": place == "path" or asked,
        "description": _MEANINGS[name],
        "schema": number if name == "page" else text,
    }


def _response(told: str, model: str, media: str = "application/json") -> dict[str, Any]:
    schema = {"$ref": _REFERENCE.format(model=model)}
    return {"description": told, "content": {media: {"schema": schema}}}


def _example(site: Site, kind: str) -> str:
    """Return an id that is on file, where anything is."""
    library = site.published.library
    known: Mapping[str, Iterable[str]] = {
        "topic": library.topics,
        "source": library.sources,
        "asserter": library.asserters,
        "claim": site.published.claim_ids(),
    }
    return next(iter(known.get(kind, ())), "")
