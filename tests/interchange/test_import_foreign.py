"""What others publish: odd dates, people without names, ratings, answers of services, web pages."""

import json
from typing import Any

import pytest

from knowledge.interchange import FORMS, ImportRefused, export, linked_data, read
from knowledge.interchange.foreign.days import plain_day
from knowledge.interchange.foreign.ratings import rating_node, rating_of
from knowledge.model import Asserter, Claim, DateBasis, Source
from tests.bases import making
from tests.bases.making import topic
from tests.interchange.test_import_claimreview import (
    STATEMENT,
    Review,
    drafted,
    planned,
    records,
    review,
)


def changed(path: str, value: object) -> Review:
    """Return the usual review with one field of it changed, or left out."""
    data = json.loads(json.dumps(review()))
    *outer, last = path.split(".")
    inner = data
    for step in outer:
        inner = inner[step]
    inner.pop(last)
    if value is not None:
        inner[last] = value
    return data  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2020-11-07", "2020-11-07"),
        ("2020-11", "2020-11"),
        ("2020", "2020"),
        ("2020-11-07T08:00:00Z", "2020-11-07"),
        ("2020-11-07 08:00", "2020-11-07"),
        ("2018-05-24BST", "2018-05-24"),
        ("2018-05-24+01:00", "2018-05-24"),
        ("Sat, 07 Nov 2020", "2020-11-07"),
        ("Sat, 07 Nov 2020 10:00:00 GMT", "2020-11-07"),
        ("Saturday, November 7, 2020", "2020-11-07"),
        ("Saturday 7 November 2020", "2020-11-07"),
        ("Nov 7, 2020", "2020-11-07"),
        ("November 2020", "2020-11"),
        ("2020/11/07", "2020-11-07"),
        ("2020.11.7", "2020-11-07"),
        ("20201107", "2020-11-07"),
        ("25/12/2020", "2020-12-25"),
        ("12/25/2020", "2020-12-25"),
        ("03/03/2020", "2020-03-03"),
    ],
)
def test_a_day_is_read_however_it_is_written(written: str, day: str) -> None:
    assert plain_day(written) == day
    _, _, what = records(changed("itemReviewed.datePublished", written))
    assert str(what.asserted_on) == day


@pytest.mark.parametrize(
    "written",
    ["last week", "03/04/2020", "2024 wells", "since 2020", "1604707200", "summer 2020", "x" * 500],
)
def test_what_is_no_plain_day_is_none(written: str) -> None:
    assert plain_day(written) is None


def test_a_day_that_could_be_two_is_refused_as_that() -> None:
    found = drafted(changed("datePublished", "03/04/2020"))
    assert "datePublished: 03/04/2020 can be read as two days" in str(found.problems)


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ({"@type": "Person", "Name": "Amal Saïd"}, "Amal Saïd"),
        ({"@type": "Organization", "url": "http://www.wells.example/"}, "wells.example"),
        ({"@type": "Person", "sameAs": "https://chat.example/amal"}, "chat.example/amal"),
        ({"@type": "PoliticalParty", "name": "Well Party"}, "Well Party"),
        ({"@type": "http://schema.org/Person", "schema:name": "Amal"}, "Amal"),
        ({"name": "Viral posts"}, "Viral posts"),
        ("Amal Saïd", "Amal Saïd"),
        (None, "not named by the source"),
        ({"@type": "Person"}, "not named by the source"),
    ],
)
def test_an_asserter_is_named_as_far_as_the_review_does(author: object, name: str) -> None:
    who, _, _ = records(changed("itemReviewed.author", author))
    assert (who.person or who.organisation or who.role) == name


def test_a_kind_of_organisation_is_one_and_who_says_nothing_of_it_is_neither() -> None:
    party, _, _ = records(changed("itemReviewed.author", {"@type": "NGO", "name": "Wells"}))
    assert (party.organisation, party.person) == ("Wells", None)
    someone, _, _ = records(changed("itemReviewed.author", {"name": "Wells"}))
    assert (someone.role, someone.person, someone.organisation) == ("Wells", None, None)


def test_a_publisher_without_a_name_goes_by_the_site() -> None:
    author = {
        "@type": "Organization",
        "url": "http://www.politifact.com/",
        "sameAs": "https://x.y/",
    }
    _, where, _ = records(changed("author", author))
    assert (where.publisher, where.publisher_basis) == ("politifact.com", DateBasis.INFERRED)
    _, where, _ = records(changed("author", None))
    assert (where.publisher, where.publisher_basis) == ("checkers.example", DateBasis.INFERRED)


def test_an_organisation_is_the_publisher_before_its_writers() -> None:
    writers = [{"@type": "Person", "name": "Bo"}, {"@type": "Organization", "name": "Checkers"}]
    _, where, _ = records(changed("author", writers))
    assert where.publisher == "Checkers"


def test_a_claim_without_a_date_is_dated_by_its_review_and_marked() -> None:
    _, _, what = records(changed("itemReviewed.datePublished", None))
    assert str(what.asserted_on) == "2024-03-01~"
    assert what.note
    assert "the date is its own" in what.note


def test_a_claim_reviewed_may_be_an_object() -> None:
    data = changed("itemReviewed", None)
    data["claimReviewed"] = {"@type": "Claim", "text": STATEMENT, "datePublished": "2024-02-23"}
    _, _, what = records(data)
    assert (what.statement, str(what.asserted_on)) == (STATEMENT, "2024-02-23")


SCHEMA_ORG = {
    "@context": "http://schema.org",
    "@type": ["Review", "ClaimReview"],
    "datePublished": "2014-07-23",
    "url": "http://www.politifact.com/texas/statements/2014/jul/23/",
    "author": {"@type": "Organization", "url": "http://www.politifact.com/"},
    "claimReviewed": "More than 3,000 wells were dug.",
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": 6},
    "itemReviewed": {
        "@type": "CreativeWork",
        "author": {"@type": "Person", "name": "Amal Saïd", "title": "Former minister"},
        "datePublished": "2014-07-17",
        "name": "The interview",
    },
}


def test_an_example_of_the_shape_of_schema_org_is_read() -> None:
    who, where, what = records(SCHEMA_ORG)
    assert (who.person, who.role) == ("Amal Saïd", "Former minister")
    assert where.publisher == "politifact.com"
    assert (what.rating, str(what.asserted_on)) == ("1 (best 6)", "2014-07-17")


@pytest.mark.parametrize(
    ("node", "rating"),
    [
        ({"alternateName": "Mostly false"}, "Mostly false"),
        ({"alternateName": "Mostly false", "ratingValue": 2}, "Mostly false"),
        (
            {
                "alternateName": "Mostly false",
                "ratingValue": "2",
                "bestRating": 5,
                "worstRating": 1,
            },
            "Mostly false (2; worst 1, best 5)",
        ),
        ({"ratingValue": 2.5, "bestRating": "5", "worstRating": "0"}, "2.5 (worst 0, best 5)"),
        ({"ratingValue": -1, "bestRating": 5, "worstRating": 1, "name": "Unrated"}, "Unrated"),
        ({"ratingValue": "Four Pinocchios"}, "Four Pinocchios"),
        ({"ratingValue": 3}, "3"),
        ({"ratingValue": True}, None),
        ({"ratingValue": 1e308}, None),
        ({}, None),
        ({"alternateName": "x" * 300, "ratingValue": 1, "bestRating": 5}, None),
    ],
)
def test_a_rating_keeps_its_words_and_its_scale(node: Review, rating: str | None) -> None:
    found = rating_of(node)
    assert found == rating or len(node.get("alternateName", "")) > 120
    assert len(found or "") <= 120


@pytest.mark.parametrize(
    "node",
    [
        {"alternateName": "Mostly false"},
        {"alternateName": "False (so far)", "ratingValue": 2, "worstRating": 1, "bestRating": 5},
        {"ratingValue": 2.5, "worstRating": 0, "bestRating": 5},
        {"ratingValue": 1, "bestRating": 6},
    ],
)
def test_a_rating_is_written_apart_again(node: Review) -> None:
    assert rating_node(rating_of(node) or "") == {"@type": "Rating", **node}


@pytest.mark.parametrize("form", FORMS)
def test_a_rating_is_exported_in_every_form(form: str) -> None:
    made = planned(SCHEMA_ORG)
    named = [("topic", topic()), *made.added]
    back = read("".join(export(named, form)).encode(), "file", form)
    assert [one.record.rating for one in back.entries if isinstance(one.record, Claim)] == [
        "1 (best 6)"
    ]
    (node,) = [
        one
        for one in linked_data(named)["@graph"]  # type: ignore[attr-defined]
        if one["@type"] == "ClaimReview"
    ]
    assert node["reviewRating"] == {"@type": "Rating", "ratingValue": 1, "bestRating": 6}


def test_another_reviewers_rating_of_the_same_claim_is_kept() -> None:
    other = review(
        author={"@type": "Organization", "name": "Others"},
        url="https://others.example/",
        reviewRating={"alternateName": "Misleading"},
    )
    (what,) = [one for one in planned([review(), other]).records() if isinstance(one, Claim)]
    assert what.rating == "Mostly false"
    assert what.note
    assert "Others rated it “Misleading”." in what.note


FOUND = {
    "claims": [
        {
            "text": STATEMENT,
            "claimant": "Viral posts",
            "claimDate": "2024-02-23T00:00:00Z",
            "claimReview": [
                {
                    "publisher": {"name": "The Checkers", "site": "checkers.example"},
                    "url": "https://checkers.example/wells",
                    "title": "How many wells?",
                    "reviewDate": "2024-03-01T09:00:00Z",
                    "textualRating": "False",
                    "languageCode": "en",
                },
                {
                    "publisher": {"site": "others.example"},
                    "url": "https://others.example/wells",
                    "textualRating": "Misleading",
                    "languageCode": "en",
                },
            ],
        },
        {
            "text": "Nobody dug wells.",
            "claimReview": [
                {"publisher": {"name": "The Checkers"}, "reviewDate": "2024-03-02T00:00:00Z"}
            ],
        },
    ],
    "nextPageToken": "CAo",
}


@pytest.mark.parametrize("name", ["found.json", "found.jsonld", "found"])
def test_an_answer_of_the_fact_check_tools_api_is_read(name: str) -> None:
    draft = read(json.dumps(FOUND, indent=1).encode(), name, topic="wells")
    made = making.planned(draft, topic()).records()
    first, second = [one for one in made if isinstance(one, Claim)]
    assert (first.statement, first.rating, str(first.asserted_on)) == (
        STATEMENT,
        "False",
        "2024-02-23",
    )
    assert [one.role for one in made if isinstance(one, Asserter)] == [
        "Viral posts",
        "not named by the source",
    ]
    assert len(first.citations) == 2
    assert {one.publisher for one in made if isinstance(one, Source)} == {
        "The Checkers",
        "others.example",
    }
    assert str(second.asserted_on) == "2024-03-02~"


def test_an_answer_with_nothing_in_it_is_refused() -> None:
    with pytest.raises(ImportRefused, match="holds no"):
        drafted({})


def page(*scripts: str, kind: str = 'type="application/ld+json"') -> bytes:
    inside = "\n".join(f"<script {kind}>{script}</script>" for script in scripts)
    return f"<!DOCTYPE html>\n<html><head>\n{inside}\n</head><body>Wells</body></html>".encode()


def whole(data: bytes, name: str = "page.html") -> Any:
    draft = read(data, name, topic="wells")
    return making.planned(draft, topic()).records()


@pytest.mark.parametrize(
    "kind",
    [
        'type="application/ld+json"',
        "type='application/ld+json' class=\"seo\"",
        "data-x=1 TYPE=application/ld+json",
    ],
)
@pytest.mark.parametrize("name", ["page.html", "page.htm", "page", "page.jsonld"])
def test_linked_data_in_a_web_page_is_read(kind: str, name: str) -> None:
    assert whole(page(json.dumps(review()), kind=kind), name) == planned(review()).records()


@pytest.mark.parametrize("wrap", [lambda one: [one], lambda one: {"@graph": [one]}])
def test_a_list_or_a_graph_in_a_page_is_read(wrap: Any) -> None:
    assert whole(page(json.dumps(wrap(review())))) == planned(review()).records()


def test_a_review_about_a_page_is_found_inside_of_it() -> None:
    data = {"@type": "WebPage", "mainEntity": review()}
    assert whole(page(json.dumps(data))) == planned(review()).records()


def test_a_script_that_is_commented_out_or_of_another_type_is_not_read() -> None:
    hidden = page("{oops").decode()
    data = f"<!-- {hidden} --><script>var a = '<b>';</script>{page(json.dumps(review())).decode()}"
    assert whole(data.encode()) == planned(review()).records()


def test_a_script_hidden_from_xml_is_read() -> None:
    wrapped = f"\n//<![CDATA[\n{json.dumps(review())}\n//]]>\n"
    assert whole(page(wrapped)) == planned(review()).records()


def test_a_broken_script_is_named_by_its_line_and_the_others_are_read() -> None:
    draft = read(page("{oops}", json.dumps(review())), "page.html", topic="wells")
    assert len(draft.entries) == 3
    (found,) = draft.problems
    assert str(found).startswith("page.html, line 3: is not JSON")


@pytest.mark.parametrize(
    "tag",
    [
        '<link rel="canonical" href="https://checkers.example/wells?a=1&amp;b=2">',
        "<meta property='og:url' content='https://checkers.example/wells?a=1&amp;b=2' />",
    ],
)
def test_a_review_without_an_address_has_that_of_its_page(tag: str) -> None:
    data = changed("url", None)
    del data["author"]
    made = whole(f'<meta name="x" content="https://y.z">{tag}'.encode() + page(json.dumps(data)))
    (where,) = [one for one in made if isinstance(one, Source)]
    assert (where.url, where.publisher) == (
        "https://checkers.example/wells?a=1&b=2",
        "checkers.example",
    )


def test_a_review_in_a_feed_needs_no_type() -> None:
    data = changed("@type", None)
    feed = {"@type": "DataFeed", "dataFeedElement": [{"item": [data]}, {"item": None}]}
    _, _, what = records(feed)
    assert what.rating == "Mostly false"


def test_a_page_without_linked_data_is_refused_with_what_to_do() -> None:
    with pytest.raises(ImportRefused, match="an article says is drafted, not imported"):
        read(b"<html><body>Wells</body></html>", "page.html")


def test_a_page_of_many_scripts_is_read_in_one_go() -> None:
    empty = "<script type=application/ld+json>{}</script>\n" * 20_000
    draft = read(empty.encode() + page(json.dumps(review())), "page.html", topic="wells")
    assert {line for entry in draft.entries for line in entry.lines} == {20_003}


@pytest.mark.parametrize("data", [b"<script " * 200_000, b"<!--" * 200_000, b"<" * 1_000_000])
def test_a_page_of_openings_is_refused_soon(data: bytes) -> None:
    with pytest.raises(ImportRefused):
        read(data, "page.html")


CLAIM = {
    "@context": "https://schema.org",
    "@type": "Claim",
    "text": STATEMENT,
    "author": {"@type": "Organization", "name": "Ministry"},
    "datePublished": "2024-02-23",
    "appearance": {
        "@type": "Article",
        "headline": "Wells counted",
        "url": "https://news.example/wells",
        "publisher": {"@type": "Organization", "name": "News"},
        "datePublished": "2024-02-24",
    },
}


def test_a_claim_that_nobody_reviews_is_read_from_where_it_appears() -> None:
    who, where, what = records(CLAIM)
    assert (who.organisation, where.publisher, where.title) == ("Ministry", "News", "Wells counted")
    assert (what.statement, str(what.asserted_on), what.rating) == (STATEMENT, "2024-02-23", None)


def test_a_claim_is_by_whoever_wrote_where_it_appeared_first() -> None:
    place = {"url": "https://wells.example/1", "author": {"@type": "NGO", "name": "Diggers"}}
    data = {"@type": "Claim", "text": STATEMENT, "firstAppearance": place}
    assert "datePublished: is missing" in str(drafted(data).problems)
    place["datePublished"] = "2024-02-24"
    who, where, what = records(data)
    assert (who.organisation, where.publisher) == ("Diggers", "Diggers")
    assert str(what.asserted_on) == "2024-02-24~"


def test_a_claim_that_is_reviewed_is_not_taken_twice() -> None:
    data = changed("itemReviewed", {"@id": "#claim"})
    claim = {"@id": "#claim", "@type": "Claim", "datePublished": "2024-02-23"}
    _, _, what = records({"@graph": [claim, data]})
    assert str(what.asserted_on) == "2024-02-23"


def test_a_claim_of_nowhere_is_refused() -> None:
    bare = {"@type": "Claim", "text": STATEMENT, "datePublished": "2024"}
    assert "appearance: is missing" in str(drafted(bare).problems)


def test_signs_written_as_in_html_are_read() -> None:
    who, _, what = records(
        review(
            claimReviewed="It&#8217;s &quot;so&quot; &amp; not.",
            itemReviewed={
                "author": {"@type": "Person", "name": "Sa&iuml;d"},
                "datePublished": "2024",
            },
        )
    )
    assert (what.statement, who.person) == ('It’s "so" & not.', "Saïd")


def test_halves_of_characters_are_replaced() -> None:
    data = json.dumps(review(claimReviewed="Wells \ud83d dug."))
    draft = read(data.encode(), "x.json", topic="wells")
    assert [one.record.statement for one in draft.entries if isinstance(one.record, Claim)] == [
        "Wells ? dug."
    ]
