"""What a file says of itself, and which files are no articles."""

import pytest

from knowledge.drafts import BadArticle, read_apart, read_article, same_article
from knowledge.drafts.articles import apart
from knowledge.model import DateBasis
from tests.bases.articles import FOLDER, TODAY, article, page, pdf

STORY = (
    "The new library in Ostby will cost 14 million crowns, twice as much as planned, "
    "Mayor Kari Lund told the council on Monday."
)
LONG = " ".join([STORY] * 8)


def test_a_wire_report_tells_its_agency_and_its_day() -> None:
    found = article((FOLDER / "bridge-wire.txt").read_text())
    assert found.title is not None
    assert found.title.startswith("Ferry bridge to open")
    assert (found.publisher, found.publisher_basis) == ("Nordwire", DateBasis.INFERRED)
    assert (str(found.published_on), found.date_basis) == ("2024-03-14", DateBasis.STATED)


def test_what_a_text_does_not_say_is_unknown() -> None:
    found = article(STORY)
    assert found.title is None
    assert found.title_basis is DateBasis.UNKNOWN
    assert found.publisher is None
    assert found.published_on is None
    assert found.date_basis is DateBasis.UNKNOWN
    assert found.date_reason


def test_a_day_that_is_only_told_of_is_a_bound() -> None:
    found = article(f"{STORY}\nThe council decided on the building in March 2021.")
    assert (str(found.published_on), found.date_basis) == ("2021-03/..", DateBasis.INFERRED)


def test_paragraphs_are_the_lines_that_are_not_blank() -> None:
    found = article(f"A title of five words\n\n  {STORY}  \r\n\r\n{LONG}\n")
    assert found.paragraphs == ("A title of five words", STORY, LONG)


def test_a_web_page_tells_what_it_is() -> None:
    head = (
        '<title>Library costs double | The Ostby Post</title><meta property="og:site_name" '
        'content="The Ostby Post"><meta property="og:title" content="Library costs double">'
        '<meta property="article:published_time" content="2024-05-03T10:00:00Z">'
    )
    body = (
        '<nav><a href="/">Home</a><a href="/news">News</a></nav><article><h1>Library costs double'
        f"</h1><p>{STORY}</p><p>{LONG}</p></article><footer>© The Ostby Post</footer>"
    )
    found = read_article(page(body, head), "library.html", TODAY, "https://post.example/library")
    assert found.title == "Library costs double"
    assert (found.publisher, found.publisher_basis) == ("The Ostby Post", DateBasis.STATED)
    assert (str(found.published_on), found.date_basis) == ("2024-05-03", DateBasis.STATED)
    assert found.url == "https://post.example/library"
    assert STORY in found.paragraphs
    assert not any("Home" in text for text in found.paragraphs)


def test_the_lines_of_a_pdf_become_paragraphs() -> None:
    found = read_article(
        pdf(
            "Library costs double",
            "The new library in Ostby will cost 14 million crowns, Mayor Kari Lund told the",
            "council on Monday.",
            "She said that 60 people work there, and that more of them are going to be looked",
            "for.",
        ),
        "library.pdf",
        TODAY,
    )
    assert found.paragraphs[0] == "Library costs double"
    assert found.paragraphs[1].endswith("told the council on Monday.")
    assert found.paragraphs[2].startswith("She said that 60 people")


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"a" * 30_000_000, "long.txt", "larger than 5 MB"),
        (pdf(), "scan.pdf", "it is a scan"),
        (b"%PDF-1.7 nothing of the kind", "broken.pdf", "damaged"),
        (bytes(range(256)) * 20, "noise.bin", "binary"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "chart.png", "binary"),
        (b"#!/bin/sh\nrm -rf /\n", "tidy.sh", "program"),
        (b"import os\n\nfor one in os.listdir():\n    print(one)\n", "tidy.py", "program"),
        (b"function a() {\n  return 1;\n}\nvar b = a();\n", "pasted.txt", "program"),
        (b"  \n\n ", "empty.txt", "empty"),
        (b"one two three", "note.txt", "no sentence"),
        (
            page(
                f"<h1>Library costs double</h1><p>{STORY}</p><p>Sign in to continue reading.</p>"
                '<form><input type="password"></form>'
            ),
            "wall.html",
            "log in or subscribe",
        ),
        (
            page(
                '<div id="root"></div><script src="/app.js"></script>'
                "<noscript>Please enable JavaScript.</noscript>"
            ),
            "app.html",
            "by scripts only",
        ),
        (page("<div></div>"), "blank.html", "no article"),
    ],
)
def test_what_is_no_article_is_refused_in_words(data: bytes, name: str, words: str) -> None:
    with pytest.raises(BadArticle, match=words) as refused:
        read_article(data, name, TODAY)
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (STORY.encode(), "story.txt"),
        (page(f"<article><h1>Library costs double</h1><p>{LONG}</p></article>"), "story.html"),
        (pdf(LONG), "story.pdf"),
    ],
)
def test_what_is_read_aside_is_the_same(data: bytes, name: str) -> None:
    address = "https://post.example/library"
    assert read_apart(data, name, TODAY, address) == read_article(data, name, TODAY, address)


def test_what_is_refused_aside_is_refused_in_the_same_words() -> None:
    with pytest.raises(BadArticle, match=r"blank\.html shows no article"):
        read_apart(page("<div></div>"), "blank.html", TODAY)


@pytest.mark.parametrize("code", ["import time; time.sleep(60)", "raise MemoryError"])
def test_what_takes_too_much_is_given_up(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(apart, "_CODE", code)
    monkeypatch.setattr(apart, "_PATIENCE", 1.0)
    with pytest.raises(BadArticle, match="takes too long to read"):
        read_apart(page("<p>x</p>"), "story.html", TODAY)


def test_who_reads_aside_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMBOT_TOKEN", "secret")
    code = (
        "import os, sys; sys.exit('CLAIMBOT_TOKEN' in os.environ or print('{\"refused\":\"no\"}'))"
    )
    monkeypatch.setattr(apart, "_CODE", code)
    with pytest.raises(BadArticle, match=r"^no$"):
        read_apart(page("<p>x</p>"), "story.html", TODAY)


@pytest.mark.parametrize(
    ("length", "words"),
    [(4_000_000, "400,000 characters at most"), (100_000, "a paragraph of more than 40,000")],
)
def test_a_long_text_is_refused_before_anything_is_looked_for_in_it(
    length: int, words: str
) -> None:
    text = (STORY * (length // len(STORY))).encode()
    with pytest.raises(BadArticle, match=words):
        read_article(text, "story.txt", TODAY)


def test_a_copy_with_other_quotes_and_a_new_headline_is_the_same_article() -> None:
    text = f'Library costs double\n"It is a scandal," the mayor says.\n{STORY}\n{LONG}'
    copy = text.replace('"', "”").replace("Library costs double", "Dear reading in Ostby today")
    assert same_article(article(text), article(copy))
    assert not same_article(article(text), article("A title of five words\n" + LONG.upper()))
