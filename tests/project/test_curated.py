"""The shipped records: whole, canonical, in our own words, and borne out by the articles."""

import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from knowledge.model import (
    MAX_PHRASE_WORDS,
    Citation,
    Claim,
    DateBasis,
    LinkKind,
    Modality,
)
from knowledge.reading import BadFigure, find_countries, find_quantities, parse_figure
from knowledge.records import Records, dump_record, load_records, normalise, verify
from knowledge.records.evidence import Finding, paragraphs
from tests import DATA, ROOT

CURATED = ROOT / "knowledge" / "curated"
ARTICLES = ROOT.parent / "shared" / "seeds"
needs_articles = pytest.mark.skipif(
    not ARTICLES.is_dir(), reason="the cited articles are not shipped and not at hand"
)
LABELLED = sorted(DATA.glob("*.jsonl"))


@pytest.fixture(scope="module")
def records() -> Records:
    return load_records(CURATED)


def article_of(records: Records, source: str) -> list[str]:
    report = verify(records.sources.values(), records.claims.values(), ARTICLES)
    return paragraphs((ARTICLES / report.files[source]).read_text("utf-8"))


def test_every_topic_asserter_and_source_is_used(records: Records) -> None:
    claims = records.claims.values()
    assert {claim.topic for claim in claims} == set(records.topics)
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
            phrase = phrase_of(claim, cited) or ""
            printed = texts[cited.source][cited.paragraph - 1]
            names_no_figure = cited is not claim.citations[0] and not find_quantities(printed)
            assert phrase in printed or names_no_figure, (claim.id, phrase)


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
        (place, " ".join(run))
        for place, text in (*own_texts(records), *labelled_texts())
        for run in runs(text, longest) & printed
    ]
    assert copied == []


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", normalise(text))
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def own_texts(records: Records) -> Iterator[tuple[str, str]]:
    for topic in records.topics.values():
        for text in (topic.description, *topic.aliases):
            yield topic.id, text
    for source in records.sources.values():
        yield source.id, source.date_reason or ""
    for claim in records.claims.values():
        for part in (claim.statement, claim.assumption, claim.note):
            yield claim.id, part or ""


def labelled_texts() -> Iterator[tuple[str, str]]:
    for file in LABELLED:
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            labelled = json.loads(line)
            yield f"{file.name}:{number}", labelled.get("q") or labelled.get("text")


def test_a_phrase_that_reads_as_a_figure_has_the_numbers_of_its_claim(records: Records) -> None:
    for claim in records.claims.values():
        for cited in claim.citations:
            phrase = phrase_of(claim, cited)
            if claim.figure and not claim.figure.vague and phrase:
                found = numbers(phrase)
                kept = {claim.figure.low, claim.figure.high} - {None}
                assert not found or found & kept, (claim.id, phrase)


def numbers(phrase: str) -> set[float | None]:
    try:
        read = parse_figure(phrase)
    except BadFigure:
        return set()
    return {read.low, read.high} - {None}


def test_a_retelling_is_by_somebody_else_with_another_figure(records: Records) -> None:
    for claim in records.claims.values():
        if claim.retells is not None:
            original = records.claims[claim.retells]
            assert original.asserter != claim.asserter, claim.id
            assert bounds(original) != bounds(claim), claim.id


def bounds(claim: Claim) -> tuple[object, ...]:
    figure = claim.figure
    return (figure.low, figure.high, figure.relation) if figure else ()


def test_nothing_is_said_after_all_that_print_it(records: Records) -> None:
    for claim in records.claims.values():
        printed = [records.sources[cited.source].published_on for cited in claim.citations]
        assert all(date is None or claim.asserted_on.earliest <= date.latest for date in printed)


def test_every_source_can_be_opened_or_says_why_not(records: Records) -> None:
    for source in records.sources.values():
        basis = {source.publisher_basis, source.title_basis, source.date_basis}
        assert source.url or source.archive_url or DateBasis.UNKNOWN in basis, source.id
        assert basis == {DateBasis.STATED} or source.date_reason, source.id


@needs_articles
def test_a_date_whose_year_no_article_prints_is_marked_as_inferred(records: Records) -> None:
    texts = {source: "\n".join(article_of(records, source)) for source in records.sources}
    for claim in records.claims.values():
        year = str(claim.asserted_on.earliest.year)
        printed = any(year in texts[cited.source] for cited in claim.citations)
        assert printed or claim.asserted_on.approximate, claim.id


def test_a_forecast_speaks_of_a_time_that_was_to_come(records: Records) -> None:
    for claim in records.claims.values():
        if claim.modality is Modality.FORECAST:
            assert claim.as_of.latest >= claim.asserted_on.earliest, claim.id


def test_what_narrows_a_figure_is_a_dimension_of_its_topic(records: Records) -> None:
    for claim in records.claims.values():
        assert set(claim.qualifiers) <= set(records.topics[claim.topic].dimensions), claim.id


def test_readings_of_one_count_say_what_each_rests_on(records: Records) -> None:
    """Two numbers of one speaker, for one thing and one time, are readings of one count."""
    told: dict[tuple[object, ...], list[Claim]] = {}
    for claim in records.claims.values():
        if claim.figure and not claim.figure.vague and claim.retells is None:
            thing = (claim.topic, *sorted(claim.qualifiers.items()))
            told.setdefault((claim.origin, claim.asserter, *thing), []).append(claim)
    for readings in told.values():
        resting = [claim.assumption for claim in readings]
        assert len(readings) == 1 or len(set(resting) - {None}) == len(readings), readings


def test_a_denial_covers_what_had_been_asserted_by_its_day(records: Records) -> None:
    denied = [
        (claim, link)
        for claim in records.claims.values()
        for link in claim.relations
        if link.kind is LinkKind.DENIES
    ]
    assert {claim.id for claim, _ in denied} >= {
        claim.id for claim in records.claims.values() if claim.topic == "denials"
    }
    for denial, link in denied:
        covered = (
            claim
            for claim in records.claims.values()
            if link.claim == claim.id or link.topic == claim.topic
        )
        assert any(claim.asserted_on.earliest <= denial.asserted_on.latest for claim in covered), (
            denial.id,
            link,
        )
