"""Nodes of linked data as they are met in the wild: looked at kindly, never guessed at."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final
from urllib.parse import urlsplit

from knowledge.model import ForPeople

Fields = dict[str, object]

_PREFIX: Final = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:)")
_ORGANISATIONS: Final = frozenset({
    "Organization", "Airline", "Consortium", "Corporation", "EducationalOrganization",
    "FundingAgency", "GovernmentOrganization", "LibrarySystem", "LocalBusiness",
    "MedicalOrganization", "NGO", "NewsMediaOrganization", "OnlineBusiness", "PerformingGroup",
    "PoliticalParty", "Project", "ResearchOrganization", "SportsOrganization", "WorkersUnion",
    "CollegeOrUniversity", "Hospital", "School",
})  # fmt: skip
"""What schema.org knows as kinds of Organization, as far as they speak up."""
_LIMITS: Final = 1_000_000
"""No scale of ratings goes further (chosen by eye); a number past it is a mistake."""


class Unmapped(ForPeople):
    """What is there lacks what a record needs; `field` is where it would stand."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Mapped:
    """The records that one review or row holds, as fields; nothing where it only names one."""

    asserter: Fields | None
    source: Fields | None
    claim: Fields


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes that others refer to by `@id`."""

    nodes: Mapping[str, Fields]

    def node(self, value: object) -> Fields:
        """Return the one object that a value is or names; an empty one if there is none.

        A text is the name of what it stands for, or its address.
        """
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if isinstance(value, str):
            return {"url": value} if is_address(value) else {"name": value}
        if not isinstance(value, dict):
            return {}
        fields = fields_of(value)
        key = fields.get("@id")
        if isinstance(key, str) and key in self.nodes:
            return self.nodes[key] | fields
        return fields


def fields_of(value: Mapping[str, object]) -> Fields:
    """Return the fields of a node under the plain names of schema.org's terms.

    Every property of schema.org begins with a small letter; some write "Name" all the same.
    """
    named = {plain_name(name): item for name, item in value.items()}
    return {name[:1].lower() + name[1:]: item for name, item in named.items()} | named


def plain_name(name: str) -> str:
    """Return the name of a schema.org term without the address of the vocabulary."""
    return _PREFIX.sub("", name)


def types_of(node: Fields) -> frozenset[str]:
    """Return the schema.org types of a node."""
    given = children_or_self(node.get("@type", node.get("type")))
    return frozenset(plain_name(name) for name in given if isinstance(name, str))


def is_organisation(node: Fields) -> bool:
    """Whether a node says that it is one."""
    return bool(types_of(node) & _ORGANISATIONS)


def children_or_self(value: object) -> list[object]:
    """Return the items of a list, or a single value as a list."""
    return value if isinstance(value, list) else [value]


def text_of(node: Fields, *names: str) -> str | None:
    """Return the first of these fields that holds a text.

    Many pages write it as HTML does, &quot;so&quot;, where linked data has no need of it.
    """
    for name in names:
        value = node.get(name)
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("@value")
        if isinstance(value, str) and (text := " ".join(whole(unescape(value)).split())):
            return text
    return None


def whole(text: str) -> str:
    """Replace halves of characters, which JSON can write and nothing can show."""
    return text.encode("utf-8", "replace").decode()


def number_of(node: Fields, name: str) -> float | None:
    """Return a number, which may be written as a text."""
    value = node.get(name)
    if isinstance(value, str):
        try:
            value = float(value.strip().replace(",", "."))
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if -_LIMITS < value < _LIMITS else None


def is_address(text: str) -> bool:
    """Whether a text is a web address."""
    return text.startswith(("http://", "https://"))


def address_of(node: Fields, *names: str) -> str | None:
    """Return the first web address among the values of these fields."""
    for name in names:
        for value in children_or_self(node.get(name)):
            if isinstance(value, str) and is_address(value.strip()):
                return whole(value.strip())
            if isinstance(value, dict) and (found := address_of(value, "url", "@id")):
                return found
    return None


def host_of(address: str | None) -> str | None:
    """Return the name of the site that an address is on."""
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def name_of_address(address: str | None) -> str | None:
    """Name somebody by their address: the site, and their place on it unless it is all theirs."""
    host = host_of(address)
    if host is None or address is None:
        return None
    return f"{host}/{path}" if (path := urlsplit(address).path.strip("/")) else host
