"""Tables of anybody, read by a map that says which column is which field of a claim."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from knowledge.interchange.columns import CITATION, CLAIM, fields_of
from knowledge.interchange.draft import SAMPLED, Reading, Sample
from knowledge.interchange.foreign.claimreview import (
    asserter_of,
    claim_of,
    dating,
    day_in,
    slug,
    source_of,
)
from knowledge.interchange.foreign.collecting import Collector, Place
from knowledge.interchange.foreign.nodes import Fields, Graph, Mapped, Unmapped, host_of, whole
from knowledge.model import ForPeople, Kind
from knowledge.reading import BadFigure, parse_figure

Cells = Mapping[str, str]

_WHO: Final = ("asserter", "person", "role", "organisation")
_NAMES: Final = ("person", "organisation", "role")
"""What an asserter goes by, the first that is there."""
_WHERE: Final = ("source", "publisher", "url")
_SOURCE: Final = ("publisher", "title", "url", "published_on")
FIELDS: Final = ("id", "figure", *CLAIM, *_WHO[1:], "country", *CITATION, *_SOURCE)
"""What a column can be mapped to."""
LEFT_OUT: Final = "-"
"""What a column is mapped to that is not to be read."""

_NEEDED: Final = (
    ("statement",),
    _WHO,
    ("asserted_on", "published_on"),
    _WHERE,
)
"""Of each of these a claim needs one."""
_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SHOWN: Final = 30
"""Columns that an error lists (chosen by eye)."""
_BETWEEN: Final = re.compile(r"[;\n]|,(?=[^,=]*=)")
_LONGEST_TITLE: Final = 300
"""Characters that the title of a source may have."""


ADVICE: Final = (
    "A table of others is read by a map (--map, or the option map in the chat), such as "
    "text=statement; a column without a name goes by its number, as in 3=statement."
)


class BadMap(ForPeople):
    """A map of columns that cannot be meant."""


def parse_map(texts: Iterable[str]) -> dict[str, str]:
    """Read what a person writes as `column=field`: one each, or several between semicolons.

    Raises:
        BadMap: one is not written so, names no field of a claim, or says something twice.
    """
    mapped: dict[str, str] = {}
    for written in (one.strip() for text in texts for one in _BETWEEN.split(text)):
        column, sign, name = (part.strip() for part in written.rpartition("="))
        if not written:
            continue
        if not (sign and column and name):
            raise BadMap(
                f"“{written[:80]}” maps no column. Write column=field, as in text=statement."
            )
        if name not in (*FIELDS, LEFT_OUT):
            raise BadMap(f"There is no field “{name[:80]}”. {_known()}")
        if _plain(column) in map(_plain, mapped):
            raise BadMap(f"The column “{column[:80]}” is mapped twice.")
        mapped[column] = name
    for name, count in Counter(mapped.values()).items():
        if count > 1 and name != LEFT_OUT:
            raise BadMap(f"Two columns are mapped to {name}: a field has one.")
    return mapped


def _known() -> str:
    return f"Fields are {', '.join(FIELDS)}; a column mapped to {LEFT_OUT} is not read."


class Columns:
    """The columns of a table that are read, each as the field that it is."""

    def __init__(self, names: Sequence[str], mapped: Mapping[str, str], topic: str | None) -> None:
        """Hold the columns of a table against a map.

        Raises:
            BadMap: a mapped column is not there, two columns are one field, or a claim lacks
                something that it needs.
        """
        self._topic = topic
        wanted = {_plain(column): name for column, name in mapped.items()}
        there = {_plain(name): name for name in names}
        self._everywhere = {
            name: column[1:-1].strip() for column, name in mapped.items() if _is_text(column)
        }
        unknown = [one for one in mapped if _plain(one) not in there and not _is_text(one)]
        if unknown:
            listed = ", ".join(name or "(no name)" for name in names[:_SHOWN])
            missing = ", ".join(column[:80] for column in unknown[:_SHOWN])
            raise BadMap(f"has no column {missing}; its columns are {listed}")
        self.fields: dict[str, str] = {}
        for plain, name in there.items():
            if (target := wanted.get(plain, plain if plain in FIELDS else None)) in FIELDS:
                self.fields[name] = str(target)
        self.left_out = tuple(name for name in names if name not in self.fields)
        self._check()

    def _check(self) -> None:
        found = [*self.fields.values(), *self._everywhere]
        if twice := [name for name, count in Counter(found).items() if count > 1]:
            both = [column for column, name in self.fields.items() if name == twice[0]]
            both += [f'"{self._everywhere[twice[0]]}"'] if twice[0] in self._everywhere else []
            reason = f"has two columns for {twice[0]}: {', '.join(both)}"
            raise BadMap(f"{reason}. Map one of them to {LEFT_OUT}.")
        lacking = [
            " or ".join(names) for names in _NEEDED if not any(name in found for name in names)
        ]
        if self._topic is None and "topic" not in found:
            lacking.append("topic (a column of it, or one topic named for the import)")
        if lacking:
            reason = f"maps no column to what a claim needs: {'; '.join(lacking)}"
            raise BadMap(f"{reason}. A text in quotes stands for every row. {_known()}")

    def read(self, row: Mapping[str, str]) -> dict[str, str]:
        """Return the cells of a row under the fields that they are."""
        cells = self._everywhere | {
            name: whole(row.get(column, "")).strip() for column, name in self.fields.items()
        }
        cells |= {name: " ".join(cells[name].split()) for name in _WHO if name in cells}
        return {name: text for name, text in cells.items() if text}

    def sample(self, line: int, cells: Cells, mapped: Mapped) -> Sample:
        """Show what became of a row."""
        made = (mapped.source or {}) | mapped.claim
        made |= {name: value for name, value in (mapped.asserter or {}).items() if name in _WHO}
        who = next(name for name in ("asserter", *_NAMES) if name in cells)
        known = mapped.asserter is None and mapped.claim["asserter"] != cells[who]
        made[who] = f"{cells[who]} ({mapped.claim['asserter']} on file)" if known else cells[who]
        column_of = {name: column for column, name in self.fields.items()}
        column_of |= dict.fromkeys(self._everywhere, "every row")
        values = (
            (name, column_of[name], _shown(made.get(name, cells[name])))
            for name in FIELDS
            if name in cells
        )
        return Sample(line, tuple(values))


def _shown(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def map_row(cells: Cells, topic: str | None) -> Mapped:
    """Map a row to a claim, and to the asserter and the source that it names.

    An asserter or a source that is written as an id is one; any other text is a name.

    Raises:
        Unmapped: a cell is empty that a claim needs, or cannot be read.
    """
    statement = " ".join(_needed(cells, "statement").split())
    asserter = _asserter(cells)
    source = _source(cells)
    day, remark = _day(cells)
    claim = claim_of(cells.get("topic", topic), asserter, statement, day, "row")
    if "id" in cells:
        claim["id"] = claim["origin"] = _as_id(cells["id"])
    own = {name: text for name, text in cells.items() if name in (*CLAIM, *CITATION)}
    given = {
        **_figure(cells),
        **own,
        **{name: str(value) for name, value in claim.items()},
        "source": source["id"],
    }
    if "origin" in cells:
        given["origin"] = _as_id(cells["origin"])
    given.setdefault("paragraph", "1")
    note = "" if "paragraph" in cells else "Read from a table; paragraph 1 is the row's statement."
    given["note"] = " ".join(filter(None, (cells.get("note"), note, remark)))
    made = fields_of("claim", [(0, {name: str(text) for name, text in given.items()})])
    return Mapped(
        asserter if len(asserter) > 1 else None,
        source if len(source) > 1 else None,
        made,
    )


def _figure(cells: Cells) -> dict[str, str]:
    """Read a figure that is written as people write one, into the columns that one has."""
    if "figure" not in cells:
        return {}
    try:
        read = parse_figure(cells["figure"])
    except BadFigure as error:
        raise Unmapped("figure", str(error)) from None
    columns = {
        "low": read.low,
        "high": read.high,
        "value": read.value,
        "interval": read.interval,
        "relation": read.relation,
        "figure_unit": read.unit if read.kind is Kind.MEASURE else None,
        "as_worded": read.as_worded,
    }
    return {name: str(value) for name, value in columns.items() if value is not None}


def _needed(cells: Cells, *names: str) -> str:
    text = next((cells[name] for name in names if name in cells), None)
    if text is None:
        raise Unmapped(names[0], "is empty, and a claim needs it")
    return text


def _asserter(cells: Cells) -> Fields:
    """Return who a row names; the id alone where it is one."""
    given = {name: cells[name] for name in (*_WHO[1:], "country") if name in cells}
    named = next((given[name] for name in _NAMES if name in given), None)
    if "asserter" not in cells:
        if named is None:
            raise Unmapped("asserter", "is empty, and a claim needs it")
        return {"id": slug(named), **given}
    who = cells["asserter"]
    if _ID.fullmatch(who):
        return {"id": who, **(given if named else {})}
    if given.keys() & {"person", "organisation"}:
        return {"id": slug(who), **given}
    return {**asserter_of({"author": {"name": who}}, Graph({})), **given}


def _source(cells: Cells) -> Fields:
    """Return what a row stands in; the id alone where it is one and nothing else is told."""
    told = {name: cells[name] for name in _SOURCE if name in cells}
    key = cells.get("source", "")
    if _ID.fullmatch(key) and not told:
        return {"id": key}
    address = told.get("url")
    publisher = told.get("publisher") or (key if not _ID.fullmatch(key) else "") or host_of(address)
    if not publisher:
        raise Unmapped("source", "is empty, and so are publisher and url: a claim needs one")
    title = told.get("title")
    made = source_of(
        publisher, f"{address} {title} {'' if address or title else cells['statement']}"
    )
    if _ID.fullmatch(key):
        made["id"] = key
    if "publisher" not in told and made["publisher"] != key:
        made["publisher_basis"] = "inferred"
    made["title"] = title or f"[No title printed] text by {publisher}"[:_LONGEST_TITLE]
    made["title_basis"] = "stated" if title else "unknown"
    day = day_in(told["published_on"], "published_on") if "published_on" in told else None
    return made | ({"url": address} if address else {}) | dating(day, "The table gives no date.")


def _day(cells: Cells) -> tuple[str, str]:
    if "asserted_on" in cells:
        written = cells["asserted_on"]
        return written if _is_edtf(written) else day_in(written, "asserted_on"), ""
    day = day_in(_needed(cells, "published_on"), "published_on")
    return f"{day}~", "It does not say when that was claimed: the date is that of the text."


def _is_edtf(text: str) -> bool:
    """Whether a date is written as our own tables write one: with a mark, or as a period."""
    return re.fullmatch(r"[0-9X/.~?%-]+[~?%X]|[0-9-]+/[0-9-]*", text) is not None


def _as_id(text: str) -> str:
    return text if _ID.fullmatch(text) else slug(text)


def strings(value: Mapping[str, object], before: str = "") -> dict[str, str]:
    """Write the fields of a JSON object as the cells of a row; inner ones are named a.b."""
    cells: dict[str, str] = {}
    for name, item in value.items():
        match item:
            case dict():
                cells |= strings(item, f"{before}{name}.")
            case list():
                texts = [str(one).replace(";", "\\;") for one in item if isinstance(one, str | int)]
                cells[before + name] = "; ".join(texts)
            case None | bool():
                cells[before + name] = ""
            case float() if item.is_integer() and abs(item) < 10**15:
                cells[before + name] = str(int(item))
            case _:
                cells[before + name] = str(item)
    return cells


def _is_text(column: str) -> bool:
    """Whether what is mapped is no column but a text in quotes, which stands for every row."""
    return len(column) > len('""') and column[0] == column[-1] == '"'


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


class Rows:
    """Reads the rows of a mapped table one by one, and shows how it read the first ones."""

    def __init__(self, reading: Reading, names: Sequence[str]) -> None:
        """Hold the names of the columns against the map.

        Raises:
            BadMap: they do not go together.
        """
        self._reading = reading
        self._collector = Collector(reading)
        self._columns = Columns(names, reading.columns, reading.topic)
        reading.draft.left_out = self._columns.left_out

    def take(self, row: Mapping[str, str], place: Place) -> None:
        """Read one row; what is wrong with it is noted."""
        cells = self._columns.read(row)
        try:
            mapped = map_row(cells, self._reading.topic)
        except Unmapped as error:
            self._reading.complain(error.reason, error.field, line=place.line)
            return
        taken = self._collector.take(mapped, place)
        samples = self._reading.draft.samples
        if len(samples) < SAMPLED:
            samples.append(self._columns.sample(place.line, cells, taken))

    def finish(self) -> None:
        """Take in what was read."""
        self._collector.finish()
