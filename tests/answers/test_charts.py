"""Charts: what is drawn and left out, the alt text, the axis, and texts that mean no good."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from knowledge.answers import figures
from knowledge.charts import (
    NothingToDraw,
    chart,
    chart_plan,
    is_worth_drawing,
    warm_up,
)
from knowledge.charts.canvas import drawable, fitting, lines, width
from knowledge.charts.plan import MOST_ROWS, Axis
from knowledge.charts.scale import is_logarithmic
from knowledge.contract import Answer, CitationView, ClaimView, FigureView, Filters, names
from knowledge.model import AnyRecord, DateBasis, Edtf, Measure, Relation, Status
from knowledge.wording import ChartWords, short
from tests.bases.making import asserter, claim, library, topic, worded
from tests.properties import examples

DISCORD_GROUND = (0x31, 0x33, 0x38)


def view(key: str, figure: str | None, on: str = "2024-01-15", **more: object) -> ClaimView:
    given = {
        "id": key,
        "topic": "wells",
        "statement": f"Statement of {key}.",
        "figure": figure_view(figure) if figure else None,
        "asserted_by": "Ministry (Egypt)",
        "asserter": "ministry",
        "asserted_on": on,
        "period": None,
        "as_of": on,
        "assumption": None,
        "origin": key,
        "status": Status.ACTIVE,
        "denied_by": (),
        "disputed_by": (),
        "retells": None,
        "note": None,
        "citations": (cited("gazette"),),
    }
    return ClaimView.model_validate({**given, **more})


def figure_view(words: str, unit: str = "wells") -> FigureView:
    read = worded(words)
    return FigureView(
        low=read.low, high=read.high, relation=read.relation, unit=unit, as_worded=read.as_worded
    )


def cited(source: str) -> CitationView:
    return CitationView(
        source=source,
        publisher=source.title(),
        title=f"Notice of {source}",
        published_on="2024-01",
        date_basis=DateBasis.STATED,
        url=None,
        via=(),
        paragraph=1,
        as_worded=None,
    )


def answer(*claims: ClaimView, **more: object) -> Answer:
    given = {
        "question": "wells",
        "kind": "figures",
        "topic": "wells",
        "title": "Wells dug",
        "measure": Measure.CUMULATIVE,
        "confidence": 1.0,
        "filters": Filters(since=None, until=None, known_by=None, by=None),
        "claims": claims,
        "revision": 7,
    }
    return Answer.model_validate({**given, **more})


def alt(*claims: ClaimView, **more: object) -> str:
    return chart(answer(*claims, **more)).alt


def picture(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


@contextmanager
def answered(path: Path, *records: AnyRecord) -> Iterator[Answer]:
    with library(path / "claims.db", *records) as shelf:
        yield figures(shelf, "wells")


# ----------------------------------------------------------------------------- what is drawn


def test_an_answer_without_numbers_is_refused_in_words() -> None:
    with pytest.raises(NothingToDraw, match="“Wells dug” here holds no number"):
        chart(answer(view("said", None), view("vague", "several thousand")))


def test_an_answer_without_claims_is_refused_in_words() -> None:
    with pytest.raises(NothingToDraw, match="Nothing is on file about “Wells dug”"):
        chart(answer())


def test_the_alt_text_names_figure_day_asserter_and_source() -> None:
    text = alt(
        view("one", "more than 7,000", "2024-03"),
        view("two", "up to 9,500", "2024-03-05~", citations=(cited("gazette"), cited("mirror"))),
    )
    assert "Mar 2024: more than 7,000, Ministry (Egypt) [1]" in text
    assert "~5 Mar 2024: up to 9,500, Ministry (Egypt) [1, 2]" in text
    assert "open end" in text


def test_an_assumption_is_said_as_a_condition() -> None:
    assert "about 40 if all were deep, Ministry" in alt(
        view("one", "about 40", assumption="all were deep")
    )


def test_a_retelling_is_said_to_be_one() -> None:
    told = alt(view("one", "half a million"), view("two", "over 500,000", retells="one"))
    assert "Retold, not counted:\n15 Jan 2024: more than 500,000" in told


def test_denials_of_the_topic_name_who_denies() -> None:
    denial = view("never", None, asserted_by="Union (Egypt)", citations=(cited("mirror"),))
    text = alt(view("one", "40", denied_by=("never",)), denials=(denial,))
    assert "40, Ministry (Egypt) [1]✕" in text
    assert "✕ Denied by Union (Egypt) [2]" in text


def test_denials_of_single_claims_name_who_denies_where_they_are_given() -> None:
    one = view("one", "40", denied_by=("never",), disputed_by=("less",))
    less = view("less", "20", asserted_by="Union", citations=(cited("mirror"),))
    never = view("never", None, asserted_by="Guild", citations=(cited("mirror"),))
    text = chart(answer(one), against={"never": never, "less": less}).alt
    assert "✕ Denied by Guild [2]" in text
    assert "≠ Disputed by Union [2]" in text
    assert "✕ Denied" in chart(answer(one)).alt


def test_numbers_follow_the_answer_and_not_the_dates() -> None:
    late = view("late", "50", "2024-06", citations=(cited("late-paper"),))
    early = view("early", "40", "2024-01", citations=(cited("early-paper"),))
    text = alt(late, early)
    assert text.index("Jan 2024") < text.index("Jun 2024")
    assert "40, Ministry (Egypt) [2]" in text
    assert "50, Ministry (Egypt) [1]" in text


def test_of_too_many_claims_the_newest_are_drawn_and_the_rest_is_counted() -> None:
    claims = [view(f"c{n}", str(100 + n), f"2024-01-{n + 1:02}") for n in range(15)]
    text = alt(*claims)
    drawn = chart_plan(answer(*claims), {})
    assert [row.claim.id for row in drawn.rows] == [f"c{n}" for n in range(7, 15)]
    assert "Not drawn, older or retold: 7" in text


def test_retellings_make_room_before_estimates_do() -> None:
    claims = [view(f"c{n}", str(100 + n), f"2024-01-{n + 1:02}") for n in range(MOST_ROWS)]
    told = view("told", "over 111", "2024-02-01", retells="c11")
    drawn = chart_plan(answer(*claims, told), {})
    assert "told" not in {row.claim.id for row in drawn.rows}
    assert drawn.left_out == ("Not drawn, older or retold: 1",)


def test_claims_without_a_figure_are_counted_and_not_drawn() -> None:
    text = alt(view("one", "40"), view("why", None))
    assert "Not drawn, without a figure: 1" in text


def test_the_window_is_named() -> None:
    filters = Filters.model_validate(
        {"since": "2024-02-01", "until": None, "known_by": "2024-05-31", "by": "Egypt"}
    )
    text = alt(view("one", "40"), filters=filters)
    assert "since 1 Feb 2024, as known by 31 May 2024, by Egypt" in text


def test_an_interval_of_years_has_no_thousands_separator() -> None:
    years = view("one", None).model_copy(
        update={"figure": figure_view("1970s", unit="year of manufacture")}
    )
    assert "1970 to 1979," in alt(years, measure=Measure.LEVEL)


@pytest.mark.parametrize(
    ("asserted_by", "shorter"),
    [
        (
            "Ann Bo, head, Guild (Egypt)",
            ("Ann Bo, head, Guild", "Ann Bo, Guild (Egypt)", "Ann Bo, Guild", "Ann Bo (Egypt)"),
        ),
        ("Government (Egypt)", ("Government",)),
        ("experts", ()),
    ],
)
def test_a_name_is_shortened_from_its_middle(asserted_by: str, shorter: tuple[str, ...]) -> None:
    found = names(view("one", "1", asserted_by=asserted_by))
    assert found[0] == asserted_by
    assert set(shorter) <= set(found[1:])


def test_the_shortest_name_of_a_retelling_is_not_whom_it_retells() -> None:
    retold = view("one", "1", asserted_by="retelling Ann Bo, Daily", retells="other")
    assert names(retold)[-1] == "Daily"


def test_what_may_not_be_compared_stands_apart() -> None:
    claims = (
        view("told", "41", "2024-01", retells="plain"),
        view("foreseen", "50", "2024-02", modality="forecast"),
        view("supposed", "45", "2024-03", modality="suspected"),
        view("assumed", "60", "2024-04", assumption="all were deep"),
        view("narrow", "12", "2024-05", qualifiers={"kind": "deep wells"}),
        view("plain", "40", "2024-06"),
    )
    drawn = chart_plan(answer(*claims), {})
    found = {section.heading: [row.claim.id for row in section.rows] for section in drawn.sections}
    assert found == {
        "Deep wells": ["narrow"],
        "Not broken down": ["plain"],
        "Only on an assumption": ["assumed"],
        "Forecasts": ["foreseen"],
        "Only possible or suspected": ["supposed"],
    }, "the retelling makes room for the headings"
    assert drawn.left_out == ("Not drawn, older or retold: 1",)


def test_headings_make_the_picture_no_higher_than_it_may_be() -> None:
    kinds = ("north", "south", "east", "west")
    claims = [
        view(f"c{n}", "40", f"2024-01-{n + 1:02}", qualifiers={"kind": kinds[n % 4]})
        for n in range(12)
    ]
    drawn = chart_plan(answer(*claims), {})
    assert len(drawn.rows) + len(drawn.sections) == 9


def test_one_axis_has_one_unit() -> None:
    other = view("other", None).model_copy(update={"figure": figure_view("9", unit="litres")})
    drawn = chart_plan(answer(view("one", "40"), view("two", "50"), other), {})
    assert [row.claim.id for row in drawn.rows] == ["one", "two"]
    assert drawn.left_out == ("Not drawn, in another unit: 1",)


def test_the_sources_stand_on_the_picture() -> None:
    drawn = chart_plan(answer(view("one", "40"), view("two", "50", citations=(cited("late"),))), {})
    assert drawn.sources == ("[1] Gazette, Jan 2024", "[2] Late, Jan 2024")


@pytest.mark.parametrize(
    ("words", "short_one"),
    [
        ("more than 7 million", "> 7 million"),
        ("at least 7,000", "≥ 7,000"),
        ("up to 3 million", "≤ 3 million"),
        ("about 4.8 million", "≈ 4.8 million"),
        ("3 to 5 million", "3 to 5 million"),
        ("several thousand", "“several thousand”"),
    ],
)
def test_a_figure_has_few_letters_in_a_picture(words: str, short_one: str) -> None:
    drawn = chart_plan(answer(view("one", words), view("two", "5")), {})
    assert drawn.rows[0].label == short_one


def test_a_single_figure_needs_no_picture() -> None:
    assert not is_worth_drawing(answer(view("one", "40"), view("vague", "several")))
    assert is_worth_drawing(answer(view("one", "40"), view("two", "50")))


@pytest.mark.parametrize(
    ("language", "figure", "day"),
    [
        ("de", "mehr als 1,5 Millionen", "Juni 2024"),
        ("ko", "150만", "2024년 6월"),
        ("uk", "1,5 млн", "черв. 2024"),
    ],
)
def test_a_picture_speaks_the_language_of_its_reader(language: str, figure: str, day: str) -> None:
    words = ChartWords(language=language, sources="Q: {sources}")
    shown = answer(view("one", "more than 1.5 million", "2024-06"), view("two", "2 million"))
    made = chart(shown, words=words)
    assert figure in made.alt
    assert day in made.alt
    assert made.data != chart(shown).data


# -------------------------------------------------------------------------------- the picture


def test_a_png_is_dark_and_wide() -> None:
    claims = [view(f"c{n}", str(100 + n), f"2024-01-{n + 1:02}") for n in range(MOST_ROWS)]
    image = picture(chart(answer(*claims)).data)
    assert image.width == 1200
    assert image.width > 1.3 * image.height
    assert image.getpixel((2, 2))[:3] == DISCORD_GROUND  # type: ignore[index]


def test_each_row_makes_the_picture_higher_until_there_are_too_many() -> None:
    def height(many: int) -> int:
        claims = [view(f"c{n}", str(100 + n), f"2024-01-{n + 1:02}") for n in range(many)]
        return picture(chart(answer(*claims)).data).height

    assert height(1) < height(2) < height(MOST_ROWS)
    assert height(MOST_ROWS + 1) == height(20)


def test_an_svg_is_well_formed_and_says_nothing_of_when_it_was_made() -> None:
    data = chart(answer(view("one", "40 to 60")), "svg").data
    assert ET.fromstring(data).tag.endswith("svg")  # noqa: S314 - our own output
    assert b"dc:date" not in data


@pytest.mark.parametrize("fmt", ["png", "svg"])
def test_the_same_answer_gives_the_same_bytes_in_every_thread(fmt: str) -> None:
    claims = [view(f"c{n}", f"about {10**n}", f"2024-01-{n + 1:02}") for n in range(1, 9)]
    shown = answer(*claims)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: chart(shown, fmt), range(8)))  # type: ignore[arg-type]
    assert len({one.data for one in made}) == 1
    assert len({one.alt for one in made}) == 1


def test_organisations_have_colours_of_their_own() -> None:
    ours = view("ours", "40", asserted_by="Ann, Guild")
    also = view("also", "50", asserted_by="Bo, Guild")
    theirs = view("theirs", "60", asserted_by="Cy, Union")
    drawn = chart_plan(answer(ours, also, theirs), {})
    assert [row.family for row in drawn.rows] == [0, 0, 1]
    assert chart(answer(ours)).data == chart(answer(ours)).data != chart(answer(theirs)).data


def test_warming_up_can_be_done_twice() -> None:
    warm_up()
    warm_up()


def test_an_answer_from_a_database_is_drawn(tmp_path: Path) -> None:
    records: list[AnyRecord] = [
        topic(),
        topic("denials", Measure.QUALITATIVE),
        asserter("union"),
        claim("told", "about 40"),
        claim("retold", "over 40", origin="told", links=[("retells", "claim", "told")]),
        claim("later", "more than 900", on="2024-06", assumption="all were deep"),
        claim("no", topic="denials", asserter="union", links=[("denies", "topic", "wells")]),
    ]
    with answered(tmp_path, *records) as found:
        made = chart(found)
    assert "Jun 2024: more than 900 if all were deep" in made.alt
    assert "✕ Denied by Union (Egypt)" in made.alt
    assert picture(made.data).format == "PNG"


# ----------------------------------------------------------------------------------- the axis


def test_what_would_vanish_on_an_even_axis_is_logarithmic() -> None:
    assert is_logarithmic(Axis.AMOUNT, [5, 151])
    assert not is_logarithmic(Axis.AMOUNT, [5, 149])
    assert not is_logarithmic(Axis.AMOUNT, [-5, 5000])
    assert not is_logarithmic(Axis.SHARE, [0.01, 0.9])
    assert "logarithmic axis" in alt(view("one", "5"), view("two", "5,000"))


# ------------------------------------------------------------------------------------ letters


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2024-02-23", "23 Feb 2024"),
        ("2024-02", "Feb 2024"),
        ("2025-07~", "~Jul 2025"),
        ("2024?", "2024?"),
        ("197X", "1970s"),
        ("2023-08/2025", "2023–2025"),
        ("2024-02/2024-03", "Feb–Mar 2024"),
        ("2023-08/..", "since August 2023"),
    ],
)
def test_dates_are_written_in_few_letters(edtf: str, words: str) -> None:
    assert short(Edtf.parse(edtf)) == words


def test_cyrillic_and_hangul_are_drawn_and_other_scripts_are_romanised() -> None:
    for whole in ("Скібіцький", "신원식 국방부 장관", "Öl für Länder", "申源"):
        assert drawable(whole) == whole
    assert drawable("ანა")
    assert drawable("ไทย").isascii()


def test_invisible_characters_and_line_breaks_are_not_drawn() -> None:
    assert drawable("a\u202eb\x00\nc\u200b\ud800d") == "ab cd"


@given(st.text(max_size=80), st.integers(40, 700))
def test_what_was_fitted_fits(text: str, room: int) -> None:
    shown = fitting(drawable(text), room, 28)
    assert width(shown, 28) <= room
    assert all(width(line, 28) <= room for line in lines(drawable(text), room, 28, 3))
    assert len(lines(drawable(text), room, 28, 3)) <= 3


hostile = st.text(max_size=130) | st.sampled_from(
    [
        "$\\frac{1}{0}$",
        "$x^$ and $$",
        "<script>&amp;]]>",
        "--> <!-- --",
        "\u202eright to left",
        "مرحبا بالعالم",
        "שלום",
        "👩‍👩‍👧‍👦🏴‍☠️",
        "z̷̧̛̰͓̱̈́a̶l̵g̸o̷" * 9,
        "신원식, 국방장관 (대한민국)",
        "\x1b[31mred\x07",
        "w" * 120,
        ", , ,",
        " (",
        "\ud800",
    ]
)
BELOW = {Relation.UP_TO, Relation.LESS_THAN, Relation.BY, Relation.BEFORE}
ABOVE = {Relation.MORE_THAN, Relation.AT_LEAST, Relation.AFTER}
numbers = st.floats(allow_nan=False, allow_infinity=False)
figure = st.builds(
    lambda low, high, relation: FigureView(
        low=None if relation in BELOW else low,
        high=None if relation in ABOVE else max(low, high),
        relation=relation,
        unit="wells",
        as_worded="many",
    ),
    numbers,
    numbers,
    st.sampled_from([r for r in Relation if r not in {Relation.EXACT, Relation.ABOUT}]),
)


@examples(20)
@given(
    hostile,
    st.lists(st.tuples(hostile, figure, st.booleans()), min_size=1, max_size=4),
    st.sampled_from([Measure.CUMULATIVE, Measure.SHARE, Measure.LEVEL]),
    st.sampled_from(["png", "svg"]),
)
def test_no_text_and_no_number_breaks_a_chart(
    title: str,
    said: list[tuple[str, FigureView, bool]],
    measure: Measure,
    fmt: str,
) -> None:
    claims = [
        view(f"c{at}", None, asserted_by=who, denied_by=("never",)).model_copy(
            update={"figure": told, "assumption": who if assumed else None}
        )
        for at, (who, told, assumed) in enumerate(said)
    ]
    denial = view("never", None, asserted_by=title)
    shown = answer(*claims, title=title, measure=measure, denials=(denial,))
    made = chart(shown, fmt)  # type: ignore[arg-type]
    assert len(made.alt) <= 1024
    assert all(line.isprintable() for line in made.alt.split("\n"))
    if fmt == "svg":
        ET.fromstring(made.data)  # noqa: S314 - our own output
    else:
        assert picture(made.data).width == 1200
