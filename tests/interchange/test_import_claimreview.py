"""ClaimReviews of fact-checkers: what becomes of them, and what is refused rather than guessed."""

import json
from typing import Any

import pytest

from knowledge.interchange import ImportDraft, ImportPlan, ImportRefused, read
from knowledge.model import AnyRecord, Asserter, Claim, DateBasis, Source, Status
from knowledge.records import fingerprint
from tests.bases import making
from tests.bases.making import asserter, topic

STATEMENT = "The ministry dug two thousand wells."
Review = dict[str, Any]


def review(**more: object) -> Review:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://checkers.example/wells",
        "name": "How many wells?",
        "claimReviewed": STATEMENT,
        "datePublished": "2024-03-01T08:00:00Z",
        "author": {"@type": "Organization", "name": "The Checkers"},
        "reviewRating": {"@type": "Rating", "ratingValue": 1, "alternateName": "Mostly false"},
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "Amal Saïd", "jobTitle": "minister"},
            "datePublished": "2024-02-23",
            "firstAppearance": {"@type": "Article", "url": "https://news.example/1"},
            "appearance": ["https://news.example/1", {"url": "https://paper.example/2"}],
        },
        **more,
    }


def drafted(data: object, on: str | None = "wells") -> ImportDraft:
    return read(json.dumps(data, indent=1).encode(), "checks.json", topic=on)


def planned(data: object, *standing: AnyRecord) -> ImportPlan:
    return making.planned(drafted(data), topic(), *standing)


def records(data: object) -> tuple[Asserter, Source, Claim]:
    who, where, what = planned(data).records()
    assert isinstance(who, Asserter)
    assert isinstance(where, Source)
    assert isinstance(what, Claim)
    return who, where, what


def test_a_review_becomes_an_asserter_a_source_and_a_claim() -> None:
    who, where, what = records(review())
    assert (who.id, who.person, who.role) == ("amal-said", "Amal Saïd", "minister")
    assert (where.publisher, where.title) == ("The Checkers", "How many wells?")
    assert (str(where.published_on), where.url) == ("2024-03-01", "https://checkers.example/wells")
    assert (what.topic, what.asserter, str(what.asserted_on)) == ("wells", who.id, "2024-02-23")
    assert what.statement == STATEMENT
    (cited,) = what.citations
    assert (cited.source, cited.via, cited.paragraph) == (where.id, ("news.example",), 1)
    assert cited.fingerprint == fingerprint(STATEMENT)


def test_a_rating_is_kept_in_its_words_and_no_figure_is_read_out_of_a_statement() -> None:
    _, _, what = records(review())
    assert what.figure is None
    assert what.relations == ()
    assert what.rating == "Mostly false"
    assert what.status is Status.ACTIVE
    assert what.note == (
        "Read from a ClaimReview; paragraph 1 is its claimReviewed. "
        "Appeared at https://news.example/1 . Appeared at https://paper.example/2 ."
    )


def test_what_the_review_does_not_say_of_itself_is_marked() -> None:
    bare = review()
    del bare["name"], bare["datePublished"]
    _, where, _ = records(bare)
    assert where.title == "[No title printed] ClaimReview by The Checkers"
    assert (where.title_basis, where.date_basis) == (DateBasis.UNKNOWN, DateBasis.UNKNOWN)
    assert where.published_on is None


def without(*path: str) -> Review:
    data = review()
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return data


def undated() -> Review:
    data = without("itemReviewed", "datePublished")
    del data["datePublished"]
    return data


def unsigned() -> Review:
    data = without("author")
    del data["url"]
    return data


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (undated(), "itemReviewed.datePublished: is missing, and so is the date of what it"),
        (unsigned(), "author: is missing: it says who published it"),
        (without("claimReviewed"), "claimReviewed: is missing: it says what was claimed"),
        (review(datePublished="last week"), "datePublished: last week is no ISO 8601 date"),
        (review(datePublished="2024-02-31"), "published_on: '2024-02-31' is not a date"),
        (review(claimReviewed="word " * 200), "statement: is longer than 600 characters"),
        (review(url="ftp://x"), "url: ftp://x does not fit: it is a web address"),
        (
            review(itemReviewed=[{"@type": "Claim"}, {"@type": "Claim"}]),
            "itemReviewed: names several: a ClaimReview is of one claim",
        ),
    ],
)
def test_what_cannot_be_mapped_is_refused(data: Review, words: str) -> None:
    found = planned(data)
    assert words in str(found.refused)
    with pytest.raises(ImportRefused):
        found.records()


def test_several_asserters_are_refused() -> None:
    data = review()
    data["itemReviewed"]["author"] = [{"@type": "Person", "name": name} for name in ("A", "B")]
    assert "names several: a claim has one asserter" in str(drafted(data).problems)


def test_a_topic_has_to_be_named() -> None:
    (found,) = drafted(review(), on=None).problems
    assert str(found) == (
        "checks.json, line 1: topic: a ClaimReview names no topic: "
        "say which one its claims belong to"
    )


def test_a_topic_that_is_not_on_file_is_refused() -> None:
    assert "there is no topic bridges" in str(
        making.planned(drafted(review(), on="bridges"), topic()).refused
    )


def test_a_file_without_a_review_is_refused() -> None:
    with pytest.raises(ImportRefused, match="holds no ClaimReview"):
        drafted({"@context": "https://schema.org", "@type": "Article", "name": "x"})


def feed(data: Review) -> Review:
    item = {"@type": "DataFeedItem", "item": [data]}
    return {"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": [item]}


def spelled_out(data: Review) -> Review:
    return {
        name if name.startswith("@") else f"http://schema.org/{name}": value
        for name, value in data.items()
    } | {"@type": ["http://schema.org/ClaimReview"]}


def by_reference(data: Review) -> Review:
    checkers = {"@id": "#checkers", "@type": "Organization", "name": "The Checkers"}
    return {"@graph": [{**data, "author": {"@id": "#checkers"}}, checkers]}


@pytest.mark.parametrize("wrap", [lambda data: [data], feed, spelled_out, by_reference])
def test_reviews_are_found_however_they_are_wrapped(wrap: Any) -> None:
    assert records(wrap(review())) == records(review())


def test_two_reviews_of_one_utterance_are_two_citations_of_one_claim() -> None:
    other = review(
        author={"@type": "Organization", "name": "Others"}, url="https://others.example/"
    )
    made = planned([review(), other])
    (what,) = [record for record in made.records() if isinstance(record, Claim)]
    assert len({cited.source for cited in what.citations}) == 2
    assert {kind for kind, _ in made.added} == {"asserter", "source", "claim"}
    assert len(made.added) == 4


def test_reading_a_review_again_changes_nothing() -> None:
    who, where, what = records(review())
    made = planned(review(), who, where, what)
    assert (made.added, made.changed, made.unchanged) == ([], [], 3)


def test_an_asserter_on_file_stays_as_curated() -> None:
    curated = asserter("amal-said", person="Amal Saïd", organisation=None, aliases=("Saïd",))
    made = planned(review(), curated)
    assert made.changed == []
    assert [kind for kind, _ in made.added] == ["source", "claim"]


def test_another_one_of_the_same_id_on_file_is_refused() -> None:
    other = asserter("amal-said", organisation="Amal Said Ltd")
    made = planned(review(), other)
    assert "the asserter of this id on file is another one" in str(made.refused)


def test_a_name_in_any_script_gives_an_id() -> None:
    for name in ("Кирило Буданов", "신원식", "🙂", "=+-"):
        data = review()
        data["itemReviewed"]["author"]["name"] = name
        who, _, _ = records(data)
        assert who.person == name


def test_exported_linked_data_that_was_edited_on_one_side_is_refused() -> None:
    node = {
        "@id": "urn:claimbot:claim:x",
        "@type": "Claim",
        "text": "Edited.",
        "claimbot:record": {"id": "x", "statement": "Not edited."},
    }
    draft = drafted({"@context": "https://schema.org", "@graph": [node]})
    assert "text: differs from the statement in claimbot:record" in str(draft.problems)
