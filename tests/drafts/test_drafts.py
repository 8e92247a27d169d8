"""What is proposed from articles: figures, who asserts them, when, how surely, and on file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.base import KnowledgeBase, opened
from knowledge.drafts import (
    BadArticle,
    Proposals,
    as_json,
    as_yaml,
    evaluate_drafts,
    propose,
    read_article,
)
from knowledge.drafts.statements import Printed
from knowledge.model import MAX_PHRASE_WORDS, Relation
from knowledge.records import fingerprint
from tests.bases.articles import FOLDER, TODAY, article, drafted, only


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with opened(tmp_path_factory.mktemp("drafts") / "claims.db") as found:
        yield found


def by(found: Proposals) -> list[tuple[str, str]]:
    return [(one.amount.as_worded, one.asserted_by) for one in found.claims]


# ------------------------------------------------------------------ who asserts it


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Mayor Kari Lund said the library had cost 14 million crowns.", "Kari Lund, Mayor"),
        ("The library cost 14 million crowns, Mayor Kari Lund said.", "Kari Lund, Mayor"),
        (
            "The library cost 14 million crowns, said Kari Lund, mayor of Ostby.",
            "Kari Lund, mayor, Ostby",
        ),
        (
            "According to the Court of Auditors, the library cost 14 million crowns.",
            "Court of Auditors",
        ),
        (
            "The library cost 14 million crowns, according to figures from the Court of Auditors.",
            "Court of Auditors",
        ),
        (
            "A study by researchers at the University of Ostby found it cost 14 million crowns.",
            "researchers, University of Ostby",
        ),
        (
            "The town's treasurer, Per Dahl, puts the cost at 14 million crowns.",
            "Per Dahl, treasurer",
        ),
        (
            "A survey, published by the Court of Auditors, estimates a cost of 14 million crowns.",
            "Court of Auditors",
        ),
        ("The charity Bookworm says it cost 14 million crowns.", "Bookworm"),
        (
            "The town has spent 14 million crowns, its treasurer, Per Dahl, told it.",
            "Per Dahl, treasurer",
        ),
        (
            "The Ostby Trust has paid 14 million crowns, its head, Kari Lund, said.",
            "Kari Lund, head",
        ),
        (
            "Kari Lund, who heads the council, told reporters it had cost 14 million crowns.",
            "Kari Lund",
        ),
        ("It cost 14 million crowns, officials said.", "officials"),
        ("It cost 14 million crowns, the World Book Office (WHO) said.", "World Book Office"),
        ("The WHO said it had cost 14 million crowns.", "WHO"),
        ("The Minister of Culture said it had cost 14 million crowns.", "Minister of Culture"),
        (
            "Organisers of a march against King Harald Dahl said it cost 14 million crowns.",
            "Organisers",
        ),
        ("Latest police estimates put the cost at 14 million crowns.", "police"),
        (
            "It cost 14 million crowns, according to estimates from march organisers.",
            "march organisers",
        ),
        (
            "It cost 14 million crowns, according to Swedish and Western estimates.",
            "Swedish and Western estimates",
        ),
        (
            "According to U.S., Swedish and Danish intelligence, it cost 14 million crowns.",
            "U.S., Swedish and Danish intelligence",
        ),
        ("Police and organisers say it cost 14 million crowns.", "Police and organisers"),
        (
            "Norway's Ambassador to the U.N. Kari Lund revealed it had cost 14 million crowns.",
            "Kari Lund, Ambassador, U.N. (Norway)",
        ),
        (
            "Local media cited the Book Trust as estimating the cost at 14 million crowns.",
            "Book Trust",
        ),
        (
            "The Ostby Tribune reports it cost 14 million crowns, not confirmed by police.",
            "The Ostby Tribune",
        ),
        (
            "Green's Culture spokesperson Kari Lund says it cost 14 million crowns.",
            "Kari Lund, Culture spokesperson, Green",
        ),
        (
            "“We have spent 14 million crowns and we will need more,” Kari Lund told the council.",
            "Kari Lund",
        ),
    ],
)
def test_the_speaker_is_read_from_how_people_report(
    base: KnowledgeBase, sentence: str, name: str
) -> None:
    one = only(drafted(base.workspace, sentence))
    assert (one.amount.low, one.asserted_by) == (14_000_000, name)


def test_he_she_and_the_agency_are_whoever_was_named(base: KnowledgeBase) -> None:
    found = drafted(
        base.workspace,
        "Kari Lund, mayor of Ostby, told the council that 60 people work in the library.\n"
        "She added that 3,000 readers come each week.\n"
        "The Book Trust Agency counted 1,900 readers. The agency says 45% of them are children.",
    )
    assert by(found) == [
        ("60", "Kari Lund, mayor, Ostby"),
        ("3,000", "Kari Lund, mayor, Ostby"),
        ("1,900", "Book Trust Agency"),
        ("45%", "Book Trust Agency"),
    ]


def test_the_court_is_the_one_that_was_named(base: KnowledgeBase) -> None:
    found = drafted(
        base.workspace,
        "The library cost 14 million crowns, the Court of Audit said. The court found that 60 "
        "people work there.\n"
        "Kari Lund, director of the Ostby Reading Trust, said that 3,000 readers come each week.\n"
        "Some 45% of them are children, the trust estimates.",
    )
    assert [name for _, name in by(found)] == [
        "Court of Audit",
        "Court of Audit",
        "Kari Lund, director, Ostby Reading Trust",
        "Ostby Reading Trust",
    ]


def test_who_is_described_in_the_lead_is_named_below(base: KnowledgeBase) -> None:
    found = drafted(
        base.workspace,
        "Some 3,000 readers come each week, a Norwegian official said.\n"
        "“We counted 3,000 readers in every week of May,” said Kari Lund, deputy minister of "
        "culture of Norway.",
    )
    one = only(found)
    assert one.asserted_by.startswith("Kari Lund")
    assert (one.paragraph, one.also) == (2, (1,))


def test_a_lead_that_changes_a_quoted_figure_is_a_retelling(base: KnowledgeBase) -> None:
    found = drafted(
        base.workspace,
        "This article was originally published by the Ostby Post and is reprinted.\n"
        "More than 3,000 readers come each week, a Norwegian official said.\n"
        "“We counted 3,000 readers in every week of May,” said Kari Lund, deputy minister of "
        "culture of Norway.",
    )
    told, said = found.claims
    assert (told.amount.relation, told.asserted_by) == (
        Relation.MORE_THAN,
        "Ostby Post",
    )
    assert told.retells is not None
    assert told.retells.name == "Kari Lund"
    assert said.asserted_by.startswith("Kari Lund")


def test_the_way_that_it_came_is_kept_nearest_the_speaker_first(base: KnowledgeBase) -> None:
    one = only(
        drafted(
            base.workspace,
            "Mayor Kari Lund told the Ostby Post that 60 people work there, Reuters reported.",
        )
    )
    assert one.asserted_by == "Kari Lund, Mayor"
    assert one.via == ("Ostby Post", "Reuters")


def test_what_nobody_is_said_to_assert_is_the_outlet_s(base: KnowledgeBase) -> None:
    found = drafted(base.workspace, "Follow Ostby Post on Twitter\nIt has 60 rooms on its floors.")
    assert only(found).asserted_by == "Ostby Post"


# ------------------------------------------------------------------ which figures


@pytest.mark.parametrize(
    "sentence",
    [
        "Kari Lund, 58, said that the library was open.",
        "The mayor said that Phase 2 of the library would follow.",
        "Officials said adults over 65 read most.",
        "The mayor said on 3 May 2024 that it was open.",
        "The mayor said the library had opened two years ago.",
        "The mayor denied that the library had cost 14 million crowns.",
        "Did the library cost 14 million crowns?",
        "The mayor said the two sides had met.",
        "The mayor and almost 40 other guests said it was beautiful.",
        "She said they were old 152mm guns.",
        "The mayor said it stood 310 miles west of Ostby.",
        "The mayor said it was to be completed around 2031.",
        "The mayor said that week 19 was the best.",
        "The mayor said it had been pushed one year back.",
    ],
)
def test_numbers_that_assert_nothing_are_left_alone(base: KnowledgeBase, sentence: str) -> None:
    assert drafted(base.workspace, sentence).claims == ()


def test_an_estimate_keeps_its_interval(base: KnowledgeBase) -> None:
    one = only(
        drafted(
            base.workspace,
            "The Book Trust said that 62% (95% CI 55-68%) of the readers came twice.",
        )
    )
    amount = one.amount
    assert (amount.value, amount.low, amount.high, amount.interval) == (0.62, 0.55, 0.68, "95%")


def test_what_was_reached_is_the_figure_not_where_it_began(base: KnowledgeBase) -> None:
    one = only(drafted(base.workspace, "The cost rose from £3m to £5m, the mayor said."))
    assert (one.amount.low, one.amount.high) == (5_000_000, 5_000_000)


# ------------------------------------------------------------------ when and how surely


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("The mayor said 60 people work there.", "reported"),
        ("The mayor said the library project has 60 people.", "reported"),
        ("The mayor said they had 60 suspected forgeries.", "reported"),
        ("The mayor expects 60 people to work there.", "forecast"),
        ("The mayor said 60 people would work there.", "forecast"),
        ("The mayor said 60 people will work there.", "forecast"),
        ("The mayor said it could hold 60 people.", "possible"),
        ("Police said they were investigating a suspicion that 60 people were paid.", "suspected"),
    ],
)
def test_how_surely_it_is_said(base: KnowledgeBase, sentence: str, modality: str) -> None:
    assert only(drafted(base.workspace, sentence)).modality == modality


@pytest.mark.parametrize(
    ("sentence", "asserted", "period"),
    [
        ("In May 2023, the mayor said that 60 people work there.", "2023-05", None),
        ("The mayor said in May 2023 that 60 people work there.", "2023-05", None),
        ("In May 2023 60 people worked there, the mayor said.", "2024-03-14", "2023-05"),
        ("The mayor said 60 people had worked there in 2022.", "2024-03-14", "2022"),
        ("The mayor said that 60 people had come since August.", "2024-03-14", "2023-08/.."),
        ("The mayor said 60 people will work there by 2030.", "2024-03-14", "2030"),
    ],
)
def test_the_day_it_was_said_is_told_from_the_time_it_speaks_of(
    base: KnowledgeBase, sentence: str, asserted: str, period: str | None
) -> None:
    one = only(drafted(base.workspace, f"The library of Ostby\n14 March 2024\n{sentence}"))
    assert str(one.asserted_on) == asserted
    assert (str(one.period) if one.period else None) == period


def test_a_day_that_nobody_prints_is_not_made_up(base: KnowledgeBase) -> None:
    one = only(drafted(base.workspace, "The mayor said last week that 60 people work there."))
    assert one.asserted_on is None
    assert one.period is None


def test_a_condition_is_what_the_figure_rests_on(base: KnowledgeBase) -> None:
    one = only(
        drafted(base.workspace, "If every room is full, 600 people fit in it, the mayor said.")
    )
    assert one.assumption == "every room is full"


# ------------------------------------------------------------------ beside what is on file


def test_the_topic_the_asserter_and_what_is_on_file_stand_beside(base: KnowledgeBase) -> None:
    found = drafted(
        base.workspace,
        "Farm Minister Rosa Vidal said on 5 April 2024 that Norway had sent Sweden 400,000 sacks "
        "of grain.",
    )
    one = only(found)
    assert one.topic is not None
    assert one.topic.id == "sacks"
    assert one.asserter is not None
    assert one.asserter.id == "vidal"
    first, *rest = one.on_file
    assert (first.claim, first.how) == ("sacks-vidal-large-2024-02", "duplicate")
    assert {beside.how for beside in rest} == {"differs"}


def test_an_article_on_file_is_known_by_its_title(base: KnowledgeBase) -> None:
    found = drafted(
        base.workspace,
        "Norway Sends Over 8 Million Sacks to Sweden\n\nThe mayor said that 60 people "
        "work in the library of Ostby.",
    )
    assert found.source == "grain-post-2025-07"


def test_a_table_of_figures_is_cut(base: KnowledgeBase) -> None:
    rows = "\n".join(f"The mayor said on Monday that {n:,} people came." for n in range(1000, 1400))
    found = drafted(base.workspace, rows)
    assert (len(found.claims), found.cut) == (300, True)


# ------------------------------------------------------------------ as data


def test_the_object_has_what_the_contract_names(base: KnowledgeBase) -> None:
    found = as_json(drafted(base.workspace, "The mayor said 60 people work there."))
    assert set(found) == {"source", "claims", "cut"}
    claims = found["claims"]
    assert isinstance(claims, list)
    assert set(claims[0]) >= {
        "topic",
        "statement",
        "figure",
        "asserted_by",
        "asserted_on",
        "modality",
        "qualifiers",
        "paragraph",
        "fingerprint",
        "as_worded",
        "via",
        "on_file",
    }
    assert claims[0]["topic"] is None
    assert claims[0]["figure"]["unit"] == "people"


def test_the_documents_ask_for_a_day_that_is_not_known(base: KnowledgeBase) -> None:
    found = drafted(base.workspace, "The mayor said 60 people work there.")
    text = "".join(as_yaml(found, base.workspace, TODAY))
    assert "asserted_on:  # when it was said" in text
    assert text.count("--- # ") == 4


# ------------------------------------------------------------------ measured


def test_nine_of_ten_figures_are_found_and_one_in_four_is_wrong_at_most(
    base: KnowledgeBase,
) -> None:
    def draft(path: Path) -> Proposals:
        return propose(read_article(path.read_bytes(), path.name, TODAY), base.workspace, TODAY)

    total = evaluate_drafts(FOLDER, base.workspace.library, draft).total
    assert total.expected > 60
    assert total.found >= 0.9 * total.expected, total.missed
    assert len(total.wrong) < 0.25 * total.proposed, total.wrong


def test_a_folder_of_nothing_is_refused(base: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("one two three")
    with pytest.raises(BadArticle, match="holds no article"):
        evaluate_drafts(tmp_path, base.workspace.library, _never)


def _never(path: Path) -> Proposals:
    raise BadArticle(f"{path.name} holds no sentence.")


# ------------------------------------------------------------------ whatever people send

_WORDS = st.sampled_from(
    "the mayor said told according to Reuters that 14 million half 3,000 people of in since May "
    "2023 could hold “ ” \" ' , . ; : ( ) % £5bn — Kari Lund of Ostby, who it they more than up "
    "to by was an official estimates report's If will not denied 1970s 95% CI 50-60 Korea".split()
)
_TEXTS = st.lists(st.lists(_WORDS, min_size=1, max_size=25).map(" ".join), min_size=1, max_size=5)


@given(_TEXTS)
def test_any_words_give_claims_that_hold_what_is_promised(
    base: KnowledgeBase, lines: list[str]
) -> None:
    try:
        text = article("\n".join(lines))
    except BadArticle:
        return
    for one in propose(text, base.workspace, TODAY).claims:
        paragraph = text.paragraphs[one.paragraph - 1]
        assert one.fingerprint == fingerprint(paragraph)
        assert len(one.amount.as_worded.split()) <= MAX_PHRASE_WORDS
        assert Printed(text.paragraphs).longest_run(one.statement) <= MAX_PHRASE_WORDS
        assert one.statement
        assert one.asserted_by
        assert one.figure


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(base: KnowledgeBase, text: str) -> None:
    try:
        found = read_article(text.encode("utf-8", "surrogatepass"), "text.txt", date(2024, 2, 29))
    except BadArticle:
        return
    propose(found, base.workspace, TODAY)
