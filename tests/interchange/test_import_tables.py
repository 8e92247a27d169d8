"""Tables of anybody: a map says which column is which field, and the first rows are shown."""

import json

import pytest

from knowledge.interchange import (
    FORMS,
    BadMap,
    ImportDraft,
    ImportPlan,
    ImportRefused,
    Limits,
    parse_map,
    read,
)
from knowledge.interchange.foreign import FIELDS
from knowledge.model import AnyRecord, Asserter, Claim, DateBasis, Source
from tests import ROOT
from tests.bases import making
from tests.bases.making import asserter, source, topic

TABLE = """claim,review_url,claimer,text,headline,keywords,claim_date
http://d.example/1,https://news.example/a,Amal Saïd,Some wells were dug.,Wells,"a,b",2012-02-19
x,https://news.example/b,Wells Board,"Few wells, in all.",More wells,c,"Sun, 19 Feb 2012"
"""
MAP = [
    "text=statement",
    "claimer=asserter",
    "claim_date=asserted_on",
    "review_url=url",
    "headline=title",
]


def drafted(text: str, *mapped: str, name: str = "t.csv", on: str | None = "wells") -> ImportDraft:
    return read(text.encode(), name, topic=on, columns=parse_map(mapped or MAP))


def planned(text: str, *mapped: str, name: str = "t.csv") -> ImportPlan:
    standing: list[AnyRecord] = [topic(), asserter(), source()]
    return making.planned(drafted(text, *mapped, name=name), *standing)


def claims(plan: ImportPlan) -> list[Claim]:
    return [one for one in plan.records() if isinstance(one, Claim)]


def refusal(text: str, *mapped: str, name: str = "t.csv", on: str | None = "wells") -> str:
    with pytest.raises((BadMap, ImportRefused)) as refused:
        drafted(text, *mapped, name=name, on=on)
    return str(refused.value)


def test_each_row_becomes_a_claim_with_its_asserter_and_its_source() -> None:
    made = planned(TABLE)
    first, second = claims(made)
    assert (first.statement, first.topic, str(first.asserted_on)) == (
        "Some wells were dug.",
        "wells",
        "2012-02-19",
    )
    assert str(second.asserted_on) == "2012-02-19"
    assert first.citations[0].fingerprint is None
    people = [one for one in made.records() if isinstance(one, Asserter)]
    assert [(one.id, one.role) for one in people] == [
        ("amal-said", "Amal Saïd"),
        ("wells-board", "Wells Board"),
    ]
    where = [one for one in made.records() if isinstance(one, Source)]
    assert {(one.publisher, one.publisher_basis) for one in where} == {
        ("news.example", DateBasis.INFERRED)
    }
    assert [one.title for one in where] == ["Wells", "More wells"]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_table_of_any_country_and_system_is_read(sign: str, ending: str) -> None:
    rows = [["who", "what", "when", "where"], ["Amal", "It is so.", "2020", "https://a.example/"]]
    text = "".join(sign.join(row) + ending for row in rows)
    mapped = ("who=person", "what=statement", "when=asserted_on", "where=url")
    (only,) = claims(planned(text, *mapped, name="t.tsv"))
    assert (only.statement, only.asserter) == ("It is so.", "amal")


def test_the_first_rows_are_shown_as_they_are_read() -> None:
    made = planned(TABLE + TABLE.split("\n", 1)[1].replace("wells", "holes") * 2)
    assert [sample.line for sample in made.samples] == [2, 3, 4]
    assert {*made.samples[1].values} == {
        ("asserter", "claimer", "Wells Board"),
        ("statement", "text", "Few wells, in all."),
        ("asserted_on", "claim_date", "2012-02-19"),
        ("title", "headline", "More wells"),
        ("url", "review_url", "https://news.example/b"),
    }
    assert made.left_out == ("claim", "keywords")


def test_ids_in_cells_name_what_is_on_file() -> None:
    text = "id,topic,asserter,statement,asserted_on,source,amount,rating\n"
    text += 'row 1,wells,ministry,Some.,2020-02,gazette,"about 1,500",Half true\n'
    made = planned(text, "amount=figure")
    assert [one.id for one in made.records()] == ["row-1"]
    (only,) = claims(made)
    assert (only.asserter, only.citations[0].source, only.rating) == (
        "ministry",
        "gazette",
        "Half true",
    )
    assert only.figure
    assert (only.figure.low, only.figure.relation) == (1500, "about")
    assert "holds no figure" in str(
        planned(text.replace("about 1,500", "so"), "amount=figure").refused
    )


def test_a_table_without_names_of_columns_is_read_by_their_numbers() -> None:
    text = "2635.json\tfalse\tSays so.\tAmal\n1.json\ttrue\tIt is so.\tBo\n"
    made = planned(
        text,
        *("1=id", "2=rating", "3=statement", "4=person"),
        *('"2017-07"=asserted_on', '"The data set"=publisher'),
        name="train.tsv",
    )
    assert [(one.id, one.rating) for one in claims(made)] == [
        ("2635-json", "false"),
        ("1-json", "true"),
    ]
    assert {str(one.asserted_on) for one in claims(made)} == {"2017-07"}


def test_a_row_dated_by_its_text_alone_is_marked() -> None:
    text = "who,what,day,where\nAmal,It is so.,2020-02-03,https://a.example/\n"
    mapped = ("who=person", "what=statement", "day=published_on", "where=url")
    (only,) = claims(planned(text, *mapped))
    assert str(only.asserted_on) == "2020-02-03~"


@pytest.mark.parametrize(
    ("mapped", "words"),
    [
        (["text"], "“text” maps no column. Write column=field"),
        (["=statement"], "maps no column"),
        (["text="], "maps no column"),
        (["text=statment"], "There is no field “statment”. Fields are id, figure, topic, asserter"),
        (["text=statement", "Text=note"], "The column “Text” is mapped twice"),
        (["text=statement", "claim=statement"], "Two columns are mapped to statement"),
        (
            ["txt=statement"],
            "has no column txt; its columns are claim, review_url, claimer, text, headline",
        ),
        (
            ["text=statement"],
            "what a claim needs: asserter or person or role or organisation; asserted_on or",
        ),
    ],
)
def test_a_map_that_does_not_fit_is_refused_with_what_there_is(
    mapped: list[str], words: str
) -> None:
    assert words in refusal(TABLE, *mapped)


def test_a_table_on_no_topic_is_refused() -> None:
    assert "topic (a column of it, or one topic named for the import)" in refusal(TABLE, on=None)


def test_a_column_that_has_the_name_of_a_field_already_is_said_to_be_in_the_way() -> None:
    text = "statement,text,who,when,url\na,b,Amal,2020,https://a.example/\n"
    mapped = ["text=statement", "who=person", "when=asserted_on"]
    assert "has two columns for statement: statement, text. Map one of them to -" in refusal(
        text, *mapped
    )
    (only,) = claims(planned(text, *mapped, "statement=-"))
    assert only.statement == "b"


def test_several_maps_may_stand_in_one_text() -> None:
    listed = {"a": "statement", "b c": "person", "d=e": "url"}
    for text in ("a=statement; b c=person; d=e=url", "a=statement\nb c = person\nd=e=url"):
        assert parse_map([text]) == listed
    assert parse_map(["a=statement, b c=person"]) == {"a": "statement", "b c": "person"}
    assert parse_map([""]) == {}


def test_rows_that_do_not_fit_are_named_by_line() -> None:
    rows = ["who,what,when,where"]
    rows += [",It is so.,2020,https://a.example/", "Amal,,2020,https://a.example/"]
    rows += ["Amal,It is so.,03/04/2020,https://a.example/", "Amal,It is so.,2020,"]
    rows += ["Amal,It is so.,2020", "Amal,It is so.,2020,https://a.example/"]
    mapped = ("who=person", "what=statement", "when=asserted_on", "where=url")
    made = planned("\n".join(rows), *mapped)
    told = str(made.refused)
    assert [problem.line for problem in made.refused] == [2, 3, 4, 5, 6]
    assert "line 2: asserter: is empty" in told
    assert "line 4: asserted_on: 03/04/2020 can be read as two days" in told
    assert "line 5: source: is empty, and so are publisher and url" in told
    assert len(made.added) == 3


def test_whoever_is_on_file_under_a_name_is_meant_by_it() -> None:
    text = TABLE.replace("Wells Board", "the  MINISTRY")
    draft = read(
        text.encode(),
        "t.csv",
        topic="wells",
        columns=parse_map(MAP),
        people=lambda name: asserter() if "ministry" in name.casefold() else None,
    )
    made = making.planned(draft, topic(), asserter())
    assert [one.asserter for one in claims(made)] == ["amal-said", "ministry"]
    assert ("asserter", "claimer", "the MINISTRY (ministry on file)") in made.samples[1].values


@pytest.mark.parametrize("rest", ['said "so" to it', '"so" it said', '"so', '"so"" it" said'])
def test_a_table_of_tabs_may_have_quotes_that_are_never_closed(rest: str) -> None:
    text = f"1\t{rest}\tAmal\n2\tIt is so.\tBo\n"
    mapped = ("1=id", "2=statement", "3=person", '"2020"=asserted_on', '"News"=publisher')
    assert [one.statement for one in claims(planned(text, *mapped))] == [rest, "It is so."]


def test_a_table_of_tabs_may_be_quoted() -> None:
    text = '1\t"said ""so"""\tAmal\n2\t"It\tis"\tBo\n'
    mapped = ("1=id", "2=statement", "3=person", '"2020"=asserted_on', '"News"=publisher')
    assert [one.statement for one in claims(planned(text, *mapped))] == ['said "so"', "It is"]


def test_rows_beyond_any_base_are_refused_while_they_are_read() -> None:
    rows = "".join(f"It is {n}.\n" for n in range(3_000))
    columns = parse_map(["1=statement", '"Amal"=person', '"2020"=asserted_on', '"gazette"=source'])
    with pytest.raises(ImportRefused, match="holds more than 50 records"):
        read(rows.encode(), "t.csv", topic="wells", columns=columns, limits=Limits(10**7, 50))


def test_a_claim_has_no_more_citations_than_anybody_could_read() -> None:
    rows = "".join(f"It is so.,https://a.example/{n}\n" for n in range(1_005))
    mapped = ["1=statement", "2=url", '"Amal"=person', '"2020"=asserted_on']
    draft = drafted(rows, *mapped)
    assert draft.problems.count == 5
    assert "would be more than 1,000 citations of one claim" in str(draft.problems)


def test_a_broken_row_ends_nothing() -> None:
    rows = [f'{n},"It is {n}.",Amal' for n in range(5)]
    rows[2] = '2,"It is "2".",Amal'
    mapped = ("1=id", "2=statement", "3=person", '"2020"=asserted_on', '"News"=publisher')
    made = planned("\n".join(rows), *mapped)
    assert [problem.line for problem in made.refused] == [3]
    assert len([one for kind, one in made.added if kind == "claim"]) == 4


def test_a_row_without_end_ends_nothing() -> None:
    heading, first, second, _ = TABLE.split("\n")
    draft = drafted("\n".join([heading, first, "," * 300_000, second]))
    (problem,) = draft.problems
    assert str(problem).startswith("t.csv, line 3: is no CSV: a row is larger than 200,000")
    said = [one.record.statement for one in draft.entries if isinstance(one.record, Claim)]
    assert said == ["Some wells were dug.", "Few wells, in all."]


def test_a_plain_table_without_a_map_is_refused_with_what_to_do() -> None:
    with pytest.raises(ImportRefused) as refused:
        read(TABLE.encode(), "t.csv", topic="wells")
    assert "lacks columns: id, topic" in str(refused.value)
    assert "read by a map (--map, or the option map in the chat)" in str(refused.value)


def test_only_tables_are_mapped() -> None:
    mapped = ", ".join(name for name, form in FORMS.items() if form.mappable)
    told = refusal("id: x\n", "a=statement", name="t.yaml")
    assert f"columns are mapped in {mapped} alone" in told


@pytest.mark.parametrize("name", ["t.json", "t.jsonl"])
def test_objects_are_rows_as_well(name: str) -> None:
    rows = [
        {"claim": "It is so.", "by": {"name": "Amal"}, "on": 2020, "at": ["https://a.example/"]},
        {"claim": "It is not.", "by": {"name": "Bo"}, "on": 2021, "x": None, "at": "https://b.c/"},
    ]
    text = json.dumps(rows) if name == "t.json" else "\n".join(map(json.dumps, rows))
    mapped = ("claim=statement", "by.name=person", "on=asserted_on", "at=url")
    made = planned(text, *mapped, name=name)
    assert [(one.statement, one.asserter) for one in claims(made)] == [
        ("It is so.", "amal"),
        ("It is not.", "bo"),
    ]
    assert made.left_out == ("x",)
    assert "its columns are claim, by.name, on, at" in refusal(text, "y=statement", name=name)


def test_a_claim_of_our_own_table_needs_no_fingerprint() -> None:
    text = "id,topic,asserter,statement,asserted_on,origin,source,paragraph\n"
    text += "x,wells,ministry,Some.,2020,o,gazette,1\n"
    draft = read(text.encode(), "t.csv")
    assert not draft.problems
    (only,) = [one.record for one in draft.entries]
    assert isinstance(only, Claim)
    assert only.citations[0].fingerprint is None


def test_every_field_is_named_in_the_documentation() -> None:
    text = (ROOT / "docs" / "importing.md").read_text("utf-8")
    part = text[text.index("### Tables of others") :]
    assert [name for name in FIELDS if f"`{name}`" not in part] == []
