"""The shipped records: whole, canonical, in our own words, and borne out by the articles."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.model import (
    MAX_PHRASE_WORDS,
    Citation,
    Claim,
    DateBasis,
    LinkKind,
    Measure,
    Relation,
)
from knowledge.reading import find_countries
from knowledge.records import Records, dump_record, load_records, normalise, verify
from knowledge.records.evidence import Finding, paragraphs

REPOSITORY = Path(__file__).parents[1]
CURATED = REPOSITORY / "knowledge" / "curated"
ARTICLES = REPOSITORY.parent / "shared" / "seeds"
needs_articles = pytest.mark.skipif(
    not ARTICLES.is_dir(), reason="the cited articles are not shipped and not at hand"
)
DESIGNED_TOPICS = frozenset(
    "shells containers containers-returned dud-rate shell-age shell-share usage-rate "
    "supply-duration calibres accuracy other-weapons troops workers experts production "
    "shipping-route payback denials reactions start-date".split()
)


@pytest.fixture(scope="module")
def records() -> Records:
    return load_records(CURATED)


def on(records: Records, topic: str) -> list[Claim]:
    return [claim for claim in records.claims.values() if claim.topic == topic]


def article_of(records: Records, source: str) -> list[str]:
    report = verify(records.sources.values(), records.claims.values(), ARTICLES)
    return paragraphs((ARTICLES / report.files[source]).read_text("utf-8"))


def test_every_topic_of_the_design_has_claims(records: Records) -> None:
    assert set(records.topics) == DESIGNED_TOPICS
    assert {claim.topic for claim in records.claims.values()} == DESIGNED_TOPICS


def test_every_asserter_and_every_source_is_used(records: Records) -> None:
    claims = records.claims.values()
    assert {claim.asserter for claim in claims} == set(records.asserters)
    assert {cited.source for claim in claims for cited in claim.citations} == set(records.sources)


def test_records_are_written_in_the_canonical_form(records: Records) -> None:
    for kind, record in records.each():
        file = CURATED / f"{kind}s" / f"{record.id}.yaml"
        assert file.read_text("utf-8") == dump_record(record), file.name


def test_an_alias_names_one_topic(records: Records) -> None:
    named = Counter(
        alias.casefold() for topic in records.topics.values() for alias in set(topic.aliases)
    )
    assert [alias for alias, topics in named.items() if topics > 1] == []


def test_no_asserter_goes_by_a_country_or_by_the_name_of_a_topic(records: Records) -> None:
    topical = {alias.casefold() for topic in records.topics.values() for alias in topic.aliases}
    for asserter in records.asserters.values():
        for name in (asserter.person, asserter.organisation, *asserter.aliases):
            if name is not None:
                assert name.casefold() not in topical, asserter.id
                assert not is_country(name), (asserter.id, name)


def is_country(name: str) -> bool:
    return any((found.start, found.end) == (0, len(name)) for found in find_countries(name))


def test_topics_are_named_in_several_scripts(records: Records) -> None:
    for topic in records.topics.values():
        hangul = [alias for alias in topic.aliases if re.search(r"[가-힣]", alias)]
        cyrillic = [alias for alias in topic.aliases if re.search(r"[а-яіїєґ]", alias)]
        assert len(hangul) >= 4, topic.id
        assert len(cyrillic) >= 8, topic.id
        assert len(topic.aliases) - len(hangul) - len(cyrillic) >= 20, topic.id


def test_at_most_a_dozen_topics_ask_for_a_slash_command(records: Records) -> None:
    commands = {topic.command for topic in records.topics.values() if topic.command}
    assert {"shells", "containers", "troops", "dud-rate"} <= commands
    assert len(commands) <= 12


def test_quoted_phrases_are_short(records: Records) -> None:
    for claim in records.claims.values():
        for phrase in phrases(claim):
            assert len(phrase.split()) <= MAX_PHRASE_WORDS, (claim.id, phrase)


def phrases(claim: Claim) -> list[str]:
    return [phrase for cited in claim.citations if (phrase := phrase_of(claim, cited))]


def phrase_of(claim: Claim, cited: Citation) -> str | None:
    return cited.as_worded or (claim.figure.as_worded if claim.figure else None)


@needs_articles
def test_every_citation_is_verified(records: Records) -> None:
    report = verify(records.sources.values(), records.claims.values(), ARTICLES)
    assert [str(check) for check in report.checks if check.finding is not Finding.VERIFIED] == []
    assert set(report.files) == set(records.sources)
    assert report.unreadable == {}


@needs_articles
def test_every_figure_phrase_stands_in_its_paragraph(records: Records) -> None:
    texts = {source: article_of(records, source) for source in records.sources}
    for claim in records.claims.values():
        for cited in claim.citations:
            phrase = phrase_of(claim, cited)
            if phrase:
                assert phrase in texts[cited.source][cited.paragraph - 1], (claim.id, phrase)


@needs_articles
def test_no_article_is_copied(records: Records) -> None:
    """A title may be given as printed; no other text shares seven words running."""
    longest = MAX_PHRASE_WORDS + 1
    printed = {
        run
        for source in records.sources
        for line in article_of(records, source)
        for run in runs(line, longest)
    }
    copied = [
        (record, " ".join(run))
        for record, text in own_texts(records)
        for run in runs(text, longest) & printed
    ]
    assert copied == []


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", normalise(text))
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def own_texts(records: Records) -> Iterator[tuple[str, str]]:
    for topic in records.topics.values():
        for text in (topic.description, *topic.aliases, *topic.terms):
            yield topic.id, text
    for source in records.sources.values():
        yield source.id, source.date_reason or ""
    for claim in records.claims.values():
        for part in (claim.statement, claim.assumption, claim.note):
            yield claim.id, part or ""


def test_one_utterance_in_two_articles_is_one_claim_with_two_citations(records: Records) -> None:
    half = records.claims["dud-rate-skibitskyi-2024-02"]
    assert len({cited.source for cited in half.citations}) == 2
    assert all("Interfax-Ukraine" in cited.via for cited in half.citations)
    assert half.figure is not None
    assert (half.figure.low, half.figure.high) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("claim", "number"),
    [
        ("dud-rate-newsweek-retelling-2024-02", 0.5),
        ("shells-newsweek-retelling-2024-02", 1_000_000),
        ("shells-rfa-retelling-2024-03", 1_500_000),
    ],
)
def test_a_changed_figure_is_a_retelling_of_the_same_origin(
    records: Records, claim: str, number: float
) -> None:
    retelling = records.claims[claim]
    assert retelling.retells is not None
    original = records.claims[retelling.retells]
    assert original.origin == retelling.origin
    assert original.asserter != retelling.asserter
    assert retelling.figure is not None
    assert (retelling.figure.low, retelling.figure.relation) == (number, Relation.MORE_THAN)


def test_as_high_as_is_an_upper_bound_of_its_own_origin(records: Records) -> None:
    bound = records.claims["shells-south-korea-2024-02"]
    assert bound.figure is not None
    assert (bound.figure.low, bound.figure.high) == (None, 3_000_000)
    assert bound.asserted_on.approximate
    others = [claim for claim in records.claims.values() if claim.origin == bound.origin]
    assert others == [bound]


def test_readings_of_one_container_count_stand_apart_with_their_assumptions(
    records: Records,
) -> None:
    readings = [
        records.claims[f"shells-shin-{reading}-2024-02"] for reading in ("mix", "152mm", "122mm")
    ]
    assert len({claim.origin for claim in readings}) == 1
    assert len({claim.assumption for claim in readings}) == 3
    assert None not in {claim.assumption for claim in readings}


def test_the_lowest_figure_since_2024_without_an_assumption(records: Records) -> None:
    lows = {
        claim.figure.low
        for claim in on(records, "shells")
        if claim.figure and claim.figure.low and not claim.assumption and not claim.retells
        if claim.as_of.earliest.year == 2024
    }
    assert min(lows) == 1_500_000


def test_the_latest_count_of_shells_rests_on_an_assumption(records: Records) -> None:
    latest = max(on(records, "shells"), key=lambda claim: claim.as_of)
    assert latest.figure is not None
    assert (latest.figure.low, latest.figure.relation) == (12_000_000, Relation.MORE_THAN)
    assert latest.assumption is not None


@pytest.mark.parametrize(
    "claim", ["shells-shin-mix-2024-02", "containers-bloomberg-2024-02", "dud-rate-times-2024-10"]
)
def test_a_vague_amount_has_words_and_no_number(records: Records, claim: str) -> None:
    figure = records.claims[claim].figure
    assert figure is not None
    assert figure.vague


@pytest.mark.parametrize(
    ("claim", "relation"),
    [
        ("containers-shin-2024-03", Relation.MORE_THAN),
        ("containers-returned-shin-2024-03", Relation.AT_LEAST),
        ("shell-share-western-intelligence-2024-10", Relation.UP_TO),
        ("shell-age-skibitskyi-2024-02", Relation.BETWEEN),
    ],
)
def test_relations_are_as_printed(records: Records, claim: str, relation: Relation) -> None:
    figure = records.claims[claim].figure
    assert figure is not None
    assert figure.relation is relation


def test_undated_articles_say_how_their_date_was_inferred(records: Records) -> None:
    undated = [
        source for source in records.sources.values() if source.date_basis is not DateBasis.STATED
    ]
    assert len(undated) == 4
    assert all(source.date_reason for source in undated)


def test_claims_of_undated_articles_are_not_dated_as_if_they_were(records: Records) -> None:
    undated = records.sources["the-defense-news-2025-07"].id
    for claim in records.claims.values():
        if {cited.source for cited in claim.citations} == {undated}:
            assert claim.asserted_on.approximate, claim.id


def test_two_starts_at_odds_are_both_recorded(records: Records) -> None:
    earlier = records.claims["start-date-nis-2023-11"]
    later = records.claims["start-date-defense-news-2025-07"]
    assert str(earlier.period) == "2023-08~"
    assert str(later.period) == "2024-10~"
    assert [(link.kind, link.claim) for link in later.relations] == [
        (LinkKind.DISPUTES, earlier.id)
    ]


def test_two_agencies_count_differently_in_one_month(records: Records) -> None:
    march = {
        claim.asserter: claim.figure.low
        for claim in on(records, "containers")
        if claim.figure and str(claim.as_of).startswith("2024-03")
    }
    assert march == {"shin-won-sik": 7_000, "state-department": 10_000}


def test_denials_cover_topics_or_claims_each_with_its_date(records: Records) -> None:
    denials = on(records, "denials")
    assert all(link.kind is LinkKind.DENIES for claim in denials for link in claim.relations)
    assert {link.topic for claim in denials for link in claim.relations} == {
        "shells",
        "other-weapons",
        "payback",
        None,
    }
    assert len({str(claim.asserted_on) for claim in denials}) == 3
    assert {claim.asserter for claim in denials} == {"moscow", "pyongyang"}


def test_shares_have_no_number_beyond_one(records: Records) -> None:
    shares = {topic.id for topic in records.topics.values() if topic.measure is Measure.SHARE}
    assert shares == {"dud-rate", "shell-share"}
    for claim in records.claims.values():
        if claim.topic in shares and claim.figure:
            numbers = (claim.figure.low or 0, claim.figure.high or 0)
            assert max(numbers) <= 1, claim.id
