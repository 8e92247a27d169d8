"""The guide of a migration: what only a curator knows of an old base, as a small YAML file."""

from collections.abc import Iterable, Mapping, Sequence

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.model import AnyRecord, Claim, ForPeople, Topic
from knowledge.records import BadYaml, field_name, read_documents

REMAINS = "assumption"
"""Beside the qualifiers that are made of an assumption: what remains of it."""
_HEAD = """\
# What only a curator knows of these records. After each change, run the same command again.
#
# assumptions: what a figure is of is no assumption. Give a text its dimension and value:
#   "in 2019 prices": {price-base: 2019 prices}
#   "Delta, by a model": {variant: Delta, assumption: by a model}
# and leave {} where it is what the figure rests on.
"""
_TAIL = """\
# forecasts: topics and claims that speak of what is to come: [cost, cost-treasury-2020]
forecasts: []
# topics, claims: fields that are to be otherwise, by id: {growth: {measure: change, unit: percent}}
topics: {}
claims: {}
"""


class BadGuide(ForPeople):
    """A guide cannot be followed; the message says where and why."""


class Guide(BaseModel):
    """What a curator decided; everything may be left out.

    `assumptions` maps a text to the qualifiers that it stood for, with what remains of it under
    "assumption". `forecasts` names topics and claims. `topics` and `claims` hold fields by id.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    assumptions: dict[str, dict[str, str | None]] = {}
    forecasts: tuple[str, ...] = ()
    topics: dict[str, dict[str, object]] = {}
    claims: dict[str, dict[str, object]] = {}

    def held_against(self, records: Sequence[AnyRecord]) -> None:
        """See that everything it names is there.

        Raises:
            BadGuide: something is not.
        """
        topics = {one.id for one in records if isinstance(one, Topic)}
        claims = {one.id for one in records if isinstance(one, Claim)}
        named: Mapping[str, tuple[Iterable[str], Iterable[str]]] = {
            "forecasts": (self.forecasts, topics | claims),
            "topics": (self.topics, topics),
            "claims": (self.claims, claims),
        }
        for part, (names, known) in named.items():
            self._refuse_unknown(part, names, known)

    def met_by(self, assumptions: Iterable[str]) -> None:
        """See that the records have every assumption that it names.

        Raises:
            BadGuide: one is not there.
        """
        self._refuse_unknown("assumptions", self.assumptions, assumptions)

    @staticmethod
    def _refuse_unknown(part: str, names: Iterable[str], known: Iterable[str]) -> None:
        unknown = sorted({*names} - {*known})
        if unknown:
            raise BadGuide(f"{part}: nothing in the records is “{unknown[0]}”.")


def read_guide(text: str, name: str) -> Guide:
    """Read a guide from the text of a file of this name.

    Raises:
        BadGuide: it is not YAML, or not a guide.
    """
    try:
        documents = list(read_documents(text))
        if len(documents) != 1:
            raise BadGuide(f"{name}: is not one YAML document.")
        return Guide.model_validate(documents[0].data or {})
    except BadYaml as error:
        line = f", line {error.line}" if error.line else ""
        raise BadGuide(f"{name}{line}: {error.reason}.") from None
    except ValidationError as errors:
        first = errors.errors(include_url=False)[0]
        where = field_name(first["loc"])
        raise BadGuide(f"{name}: {where}: {first['msg']}.") from None


def written_guide(assumptions: Iterable[str]) -> str:
    """Write a guide that is to be filled in, with every assumption that is open."""
    listed = [f"  {_quoted(text)}: {{}}" for text in assumptions]
    head = ["assumptions:", *listed] if listed else ["assumptions: {}"]
    return f"{_HEAD}{chr(10).join(head)}\n{_TAIL}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
