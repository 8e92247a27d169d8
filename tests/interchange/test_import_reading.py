"""Reading a file that is to be imported: what is recognised, and what is refused in which words."""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.interchange import (
    ATTACHMENT,
    FORMS,
    ImportDraft,
    ImportRefused,
    Limits,
    export,
    plan,
    read,
)
from knowledge.model import AnyRecord, Claim, RecordKind
from knowledge.records import dump_record
from knowledge.store import Store
from tests.bases import making
from tests.bases.making import asserter, claim, source, topic
from tests.bases.valley import VALLEY

RECORDS: list[tuple[RecordKind, AnyRecord]] = [
    ("topic", topic()),
    ("asserter", asserter()),
    ("source", source()),
    ("claim", claim("first", "about 1,500")),
    ("claim", claim("second", "more than 2 million", links=[("disputes", "claim", "first")])),
]
HEADING = "id,topic,asserter,statement,asserted_on,origin,source,paragraph,fingerprint\n"
ROW = (
    "{id},wells,ministry,Some were dug.,2024-01-15,o,gazette,{paragraph},sha256:" + "0" * 64 + "\n"
)


def written(form: str) -> bytes:
    return "".join(export(RECORDS, form)).encode()


def refusal(
    data: bytes,
    name: str = "file.yaml",
    limits: Limits = ATTACHMENT,
    form: str | None = None,
) -> str:
    with pytest.raises(ImportRefused) as refused:
        read(data, name, form, limits=limits)
    return str(refused.value)


def problems(data: str | bytes, name: str) -> list[str]:
    draft = read(data.encode() if isinstance(data, str) else data, name)
    return str(draft.problems).splitlines()


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("claims.yaml", b"\0" * 20_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (bomb(), "file.yaml: is a ZIP archive"),
        (gzip.compress(b"id: x", mtime=0), "is a gzip archive: unpack it first"),
        (b"%PDF-1.7", "is a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG picture"),
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"id: x\nnote: a\0b\n", "line 2: holds a NUL character"),
        ("id: x\n".encode("utf-16-le"), "UTF-16 without its mark"),
        (b"\xff\xfe\x00", "begins as UTF-16 but is not"),
        (b"id: x\ntitle: caf\xe9\n", "line 2: is not UTF-8 text: byte 0xe9"),
        (b"# nothing but a comment\n", "holds no records"),
    ],
)
def test_a_file_that_is_no_text_is_refused(data: bytes, words: str) -> None:
    assert words in refusal(data)


def test_a_large_file_is_refused_before_it_is_looked_into() -> None:
    assert refusal(b"PK\x03\x04" + b"\0" * 30_000_000).startswith("file.yaml: has 30,000,004 bytes")
    assert ATTACHMENT.size == 10_000_000


def test_more_records_than_the_limit_are_refused() -> None:
    for form in FORMS:
        words = refusal(written(form), "file.txt", Limits(size=100_000, records=4), form)
        assert words == "file.txt: holds more than 4 records"


def test_a_form_that_cannot_be_told_is_refused() -> None:
    assert "is of no known form" in refusal(b"hello there\n", "file.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("form", FORMS)
def test_unicode_with_its_mark_is_read(form: str, encoding: str) -> None:
    text = written(form).decode("utf-8-sig")
    draft = read(text.encode(encoding), "file", form)
    assert [(entry.kind, entry.record) for entry in draft.entries] == RECORDS


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("form", FORMS)
def test_line_ends_of_every_system_are_read(form: str, ending: str) -> None:
    text = written(form).decode().replace("\r\n", "\n").replace("\n", ending)
    assert [(e.kind, e.record) for e in read(text.encode(), "file", form).entries] == RECORDS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id: !!python/object/apply:os.system [x]\nstatement: y\n", "line 1: has a tag"),
        ("id: &a x\nstatement: *a\n", "line 1: has an anchor or alias"),
        ("statement: x\nstatement: y\n", "line 2: has the field statement twice"),
        ("statement: " + "[" * 50 + "]" * 50, "is nested more than 8 deep"),
        ("statement: 'x", "is not YAML"),
        ("- a\n- b\n", "line 1: does not say what it is: write --- # and one of topic"),
        ("--- # claim\nx\n", "line 2: is no record"),
        ("statement: " + "x " * 150_000, "is larger than 200,000 bytes"),
    ],
)
def test_yaml_that_is_no_plain_record_is_refused(text: str, words: str) -> None:
    (found,) = problems(text, "file.yaml")
    assert words in found


def test_the_other_documents_are_read_past_one_that_is_no_yaml() -> None:
    text = written("yaml").decode().replace("title: Wells", "title: [Wells")
    draft = read(text.encode(), "file.yaml")
    assert len(draft.entries) == len(RECORDS) - 1
    assert [problem.line for problem in draft.problems] == [4]


def test_yaml_without_headings_is_recognised_by_its_fields() -> None:
    text = "".join(f"---\n{dump_record(record)}" for _, record in VALLEY.each())
    draft = read(text.encode(), "all.yaml")
    assert not draft.problems
    assert [(entry.kind, entry.record) for entry in draft.entries] == list(VALLEY.each())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"claims": [', "line 1: is not JSON"),
        ('{"claims": []} x', "goes on after its end"),
        ('{"claims": [], "claims": []}', "has the field claims twice"),
        ('{"claims": 5}', "has claims as it is"),
        ('{"clams": []}', "has clams as it is, where an object with the arrays topics"),
        ('[{"id": "x"}]', "has a list, where an object"),
        ('{"format": "claimbot-9"}', "is of the format claimbot-9"),
        ('{\n"claims": ' + "[" * 100_000, "line 2: is nested more than"),
        ('{"claims": [{"id": ' + "9" * 5000 + "}]}", "has a number with thousands of digits"),
        ('{"claims": [{"id": NaN}]}', "has NaN, which is no number"),
        ('{"claims": [{"id": 1, "id": 2}]}', "has the field id twice"),
        ('{"claims": [{"id": [' + "1," * 200_000 + "1]}]}", "is larger than 200,000 characters"),
        ('{"claims": [{"id": "' + "a" * 200_000 + '"}]}', "is larger than 200,000 characters"),
        ('{"claims": [{"id": ' + "[{" * 9 + "}]" * 9 + "}]}", "is nested more than 16 deep"),
        ('"text"', "a { was expected"),
        ("{}", "holds no records"),
    ],
)
def test_json_that_is_no_export_is_refused(text: str, words: str) -> None:
    assert words in refusal(text.encode(), "file.json")


def test_json_names_the_line_of_a_field() -> None:
    text = '{"claims": [\n{\n "id": "x",\n "statement": "",\n "asserted_on": true}]}'
    assert problems(text, "file.json") == [
        "file.json, line 2: has the value true, which no field takes"
    ]
    found = problems(text.replace("true", '"2024-13"'), "file.json")
    assert any(line.startswith("file.json, line 4: x: statement: is empty") for line in found)
    assert any(line.startswith("file.json, line 5: x: asserted_on:") for line in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id,topic\nx,y\n", "lacks columns: asserter, statement"),
        ("topic,kind\nx,claim\n", "lacks columns: id"),
        ("id,kind,colour\nx,claim,red\n", "has unknown columns: colour"),
        ("id,kind,ID\nx,claim,y\n", "repeats columns: id"),
    ],
)
def test_a_table_with_other_columns_is_refused(text: str, words: str) -> None:
    assert words in refusal(text.encode(), "file.csv")


def test_of_ten_thousand_rows_the_bad_one_is_named() -> None:
    rows = [ROW.format(id=f"c{n}", paragraph=n + 1) for n in range(10_000)]
    rows[6_789] = ROW.format(id="c6789", paragraph="six")
    draft = read((HEADING + "".join(rows)).encode(), "file.csv")
    assert [str(problem) for problem in draft.problems] == [
        "file.csv, line 6791: c6789: paragraph: six is not a whole number"
    ]
    found = making.planned(draft, topic(), asserter(), source())
    assert len(found.added) == 9_999
    with pytest.raises(ImportRefused):
        found.records()


def test_every_problem_counts_and_the_first_are_listed() -> None:
    rows = [ROW.format(id=f"c{n}", paragraph="?") for n in range(1_000)]
    draft = read((HEADING + "".join(rows)).encode(), "file.csv")
    assert draft.problems.count == 1_000
    assert len(list(draft.problems)) == 200
    assert str(draft.problems).splitlines()[-1] == "and 800 more"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("x,wells\n", "file.csv, line 2: has 2 cells, where 9 columns are named"),
        (ROW.format(id="x", paragraph=1) + 'y,"wells\n', "is no CSV from here on"),
        (
            ROW.format(id="x", paragraph=1)
            + ROW.format(id="x", paragraph=2).replace("Some", "Few"),
            "line 3: x: statement: differs from line 2, which has the same id",
        ),
        (
            "".join(ROW.format(id=key, paragraph=1) for key in ("x", "y", "x")),
            "line 4: x: id: the id stands on line 2 already",
        ),
    ],
)
def test_a_table_of_wrong_rows_is_refused(rows: str, words: str) -> None:
    assert any(words in found for found in problems(HEADING + rows, "file.csv"))


@pytest.mark.parametrize("row", ["," * 300_000 + "\n", '"\n",' * 100_000 + "\n"])
def test_a_row_has_an_end(row: str) -> None:
    """It is taken apart at one go, and nobody else is answered meanwhile."""
    words = "a row is larger than 200,000 characters"
    assert words in refusal(row.encode(), "file.csv")
    assert words in problems(HEADING + row, "file.csv")[0]


def test_rows_of_one_claim_are_its_citations() -> None:
    rows = ROW.format(id="x", paragraph=1) + ",".join(
        ["x", *[""] * 5, "gazette", "7", "sha256:" + "1" * 64]
    )
    (entry,) = read((HEADING + rows).encode(), "file.csv").entries
    assert isinstance(entry.record, Claim)
    assert [cited.paragraph for cited in entry.record.citations] == [1, 7]
    assert entry.lines == (2, 3)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_tables_of_other_countries_are_read(delimiter: str) -> None:
    text = (HEADING + ROW.format(id="x", paragraph=1)).replace(",", delimiter)
    assert [entry.record.id for entry in read(text.encode(), "file.csv").entries] == ["x"]


def test_rows_of_one_claim_have_an_end() -> None:
    rows = ROW.format(id="x", paragraph=1) * 1_001
    assert "line 1002: has more than 1,000 rows of one id, x" in refusal(
        (HEADING + rows).encode(), "file.csv"
    )


def test_reading_stops_where_more_is_wrong_than_there_may_be_records() -> None:
    with pytest.raises(ImportRefused) as refused:
        read(("---\na: b\n" * 12).encode(), "file.yaml", limits=Limits(size=10_000, records=10))
    assert refused.value.problems.count == 11


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    rows = "".join(ROW.format(id=f"c{n}", paragraph=1) for n in range(2_000))
    read((HEADING + rows).encode(), "file.csv", progress=lambda *step: told.append(step))
    assert told == sorted(told)
    assert len(told) >= 3
    assert {total for _, total in told} == {len(HEADING + rows)}


ENDINGS = ("yaml", "csv", "tsv", "json", "jsonl", "jsonld", "html")
names = st.sampled_from([*(f"file.{ending}" for ending in ENDINGS), "file", "\udcff.yml"])


@pytest.fixture(scope="module")
def empty() -> Iterator[Store]:
    """Open a database with nothing in it."""
    with making.on_file(today=date(2026, 1, 1)) as store:
        yield store


def look_through(
    data: bytes, name: str, store: Store, columns: dict[str, str] | None = None
) -> ImportDraft | None:
    """Read and plan as a caller does; a refusal is worded so that it can be shown."""
    try:
        draft = read(data, name, topic="wells", columns=columns)
    except ImportRefused as refused:
        assert str(refused).encode()  # noqa: PT017 - either outcome is right, nothing else is
        return None
    planned = plan(draft, store.preview)
    assert str(planned.refused).encode() or planned.records()
    fitting = plan(draft, store.preview, skip_refused=True)
    if fitting.fits or not fitting.refused:
        assert not store.preview(fitting.records()).problems
    return draft


@given(
    st.binary(max_size=300) | st.text(max_size=300).map(lambda t: t.encode("utf-8", "replace")),
    names,
)
def test_any_bytes_are_read_or_refused(empty: Store, data: bytes, name: str) -> None:
    look_through(data, name, empty)


def mangled() -> Iterator[st.SearchStrategy[bytes]]:
    """Give good files of every form with a piece cut out and something put in its place."""
    pieces = st.text(
        st.sampled_from(list("[]{}\",:;'\\\n\r\t -#&*!|>@=~\0\ud800é🚢01eN")), max_size=6
    )
    for form in FORMS:
        good = written(form).decode()
        cuts = st.tuples(st.integers(0, len(good)), st.integers(0, 30), pieces)
        yield cuts.map(
            lambda cut, good=good: (good[: cut[0]] + cut[2] + good[sum(cut[:2]) :]).encode(  # type: ignore[misc]
                "utf-8", "surrogatepass"
            )
        )


@given(st.one_of(*mangled()), names)
def test_a_mangled_file_is_read_or_refused(empty: Store, data: bytes, name: str) -> None:
    look_through(data, name, empty)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *(
                        "@type",
                        "@id",
                        "@graph",
                        "itemReviewed",
                        "author",
                        "name",
                        "claimReviewed",
                        "id",
                    ),
                    *(
                        "datePublished",
                        "url",
                        "appearance",
                        "firstAppearance",
                        "reviewRating",
                        "topic",
                        "claimReview",
                        "claimant",
                        "textualRating",
                        "ratingValue",
                        "bestRating",
                        "kind",
                    ),
                    *("claimbot:record", "text", "claims", "format", "item", "dataFeedElement"),
                ]
            ),
            inner
            | st.sampled_from(["ClaimReview", "Person", "2024-02-23", "urn:claimbot:claim:x"]),
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(json_values)
def test_any_json_is_read_or_refused(empty: Store, value: object) -> None:
    text = json.dumps({"@type": "ClaimReview", "x": value} if isinstance(value, list) else value)
    for name in ("file.json", "file.jsonld", "file.jsonl"):
        look_through(text.encode(), name, empty)
    page = f'<p><script type="application/ld+json">{text}</script>'
    look_through(page.encode(), "file.html", empty)
    look_through(text.encode(), "file.jsonl", empty, {"name": "statement", "text": "-"})


pages = st.lists(
    st.sampled_from(
        [
            *("<script", ' type="application/ld+json"', ">", "</script>", "<!--", "-->", "]]>"),
            *("//<![CDATA[", "{", "}", '"@type":', '"ClaimReview"', ",", "[", "]", "\n", "é\ud800"),
        ]
    ),
    max_size=20,
).map("".join)


@given(pages)
def test_any_page_is_read_or_refused(empty: Store, text: str) -> None:
    look_through(f"<{text}".encode("utf-8", "replace"), "file.html", empty)


cells = st.lists(st.text(max_size=12) | st.sampled_from(["2020", "Amal", "x-1", "a=b"]), max_size=5)
MAPPED = ["statement", "asserter", "asserted_on", "url", "figure", "id", "low", "relations", "-"]


@given(
    st.lists(cells, min_size=1, max_size=4),
    st.dictionaries(st.sampled_from("abcde12345"), st.sampled_from(MAPPED), max_size=5),
    st.sampled_from(["file.csv", "file.tsv", "file.json", "file.jsonl"]),
)
def test_any_table_is_read_by_any_map_or_refused(
    empty: Store, rows: list[list[str]], columns: dict[str, str], name: str
) -> None:
    heading = list("abcde")
    if name.endswith("sv"):
        out = io.StringIO()
        csv.writer(out).writerows([heading, *rows])
        text = out.getvalue()
    else:
        objects = [dict(zip(heading, row, strict=False)) for row in rows]
        text = json.dumps(objects) if name == "file.json" else "\n".join(map(json.dumps, objects))
    needed = {"a": "statement", "b": "person", "c": "asserted_on", "d": "url"}
    for mapped in (columns, needed):
        look_through(text.encode("utf-8", "replace"), name, empty, mapped)
