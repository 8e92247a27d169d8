"""The pages under bad input and many callers: a proper status, words, headers, nothing leaked."""

import asyncio
import json
import logging
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import time
from types import SimpleNamespace

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.logs import log_request
from bot.web.guards import caller
from commands.chat import Request
from knowledge.curation import Actor
from knowledge.model import Asserter, Claim, Source, Topic
from tests.driving.website import PAGES, ROOT, Website, website

OWNER = Actor("Olga", "6", "333", can_curate=True, curates_base=True)
HTML = '<script>alert(1)</script><img src=x onerror="alert(2)">"\'&\u202e{{987*654}}'


@pytest.fixture(scope="module")
def web(valley_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Website]:
    """Open the pages once, for all that only read them."""
    with website(valley_database, tmp_path_factory.mktemp("web")) as found:
        yield found


@pytest.fixture
def own(valley_database: Path, tmp_path: Path) -> Iterator[Website]:
    """Open the pages for a test that changes something."""
    with website(valley_database, tmp_path) as found:
        yield found


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/topic/zzz", 404, "There is no topic “zzz” on file. The nearest:"),
        ("/claim/no-such", 404, "There is no claim “no-such” on file."),
        ("/claim/sacks-kamau", 404, "The nearest: sacks-kamau-2024-02"),
        ("/source/none", 404, "There is no source “none” on file."),
        ("/asserter/none", 404, "There is no asserter “none” on file."),
        ("/topic/sacks?since=yesteryear", 400, "is not a date that I can read. Write it like"),
        ("/topic/sacks?until=2024-13-45", 400, "is not a date"),
        ("/topic/sacks?known-by=%00", 400, "is not a date"),
        ("/topic/sacks?since=2025&until=2024", 400, "Swap them"),
        ("/topic/sacks?by=Nobody+At+All", 400, "There is no asserter"),
        ("/topic/sacks?since=2024&since=2025", 400, "more than once"),
        ("/topic/sacks?page=0", 400, "number from 1 on"),
        ("/topic/sacks?page=²", 400, "number from 1 on"),
        ("/topic/sacks?page=99", 404, "nothing at this address"),
        ("/topics?lang=xx", 400, "is one of de, en, ko, uk"),
        ("/ask?q=%3F%3F%3F", 400, "The question is empty"),
        ("/ask?q=" + "a" * 1001, 400, "at most 1,000 are read"),
        ("/check?text=" + "a" * 4001, 400, "at most 4,000 are read"),
        ("/ask?q=" + "a" * 10_000, 414, "Ask in a sentence or two"),
        ("/" + "a" * 10_000, 414, "Ask in a sentence or two"),
        ("/nothing", 404, "nothing at this address"),
        ("/topic/", 404, "nothing at this address"),
        ("/topics.svg", 404, "nothing at this address"),
        ("/topics.exe", 404, "nothing at this address"),
        ("/static/../application.py", 404, "nothing at this address"),
        ("/static/..%2f..%2fpyproject.toml", 404, "nothing at this address"),
        ("/..%2f..%2fetc%2fpasswd", 404, "nothing at this address"),
        ("/topic/..%2f..%2fetc%2fpasswd", 404, "nothing at this address"),
        ("/topic/%00", 404, "There is no topic"),
        ("/claim/%F0%9F%92%A9", 404, "There is no claim"),
        ("/sitemap-7.xml", 404, "nothing at this address"),
    ],
)
def test_what_is_wrong_is_told_in_words(web: Website, path: str, status: int, words: str) -> None:
    page = web.get(path)
    assert page.status_code == status
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert words in page.text
    assert "Traceback" not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("language", ["de", "ko", "uk"])
def test_what_is_wrong_is_told_in_the_readers_language(web: Website, language: str) -> None:
    page = web.get("/topic/sacks?since=yesteryear", accept_language=language)
    assert page.status_code == 400
    assert f'<html lang="{language}"' in page.text
    assert "is not a date" not in page.text


def test_a_program_is_told_as_data(web: Website) -> None:
    found = web.get("/topic/sacks.json?since=yesteryear")
    assert found.headers["content-type"] == "application/problem+json"
    problem = found.json()
    assert problem["status"] == found.status_code == 400
    assert "yesteryear" in problem["detail"]
    assert problem["offers"][0].startswith("/topic/")
    nearest = web.get("/topic/zzz.json").json()
    assert all(one.startswith("/topic/") for one in nearest["offers"])
    missing = web.get("/nothing.json")
    assert (missing.status_code, missing.json()["status"]) == (404, 404)
    empty = web.get("/ask.json")
    assert (empty.status_code, empty.json()["title"]) == (400, "Nothing to read")


def test_examples_of_a_bad_date_lead_somewhere(web: Website) -> None:
    for path in web.get("/topic/sacks.json?since=yesteryear").json()["offers"]:
        assert web.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_has_not_changed_is_not_sent_again(web: Website, path: str) -> None:
    first = web.get(path)
    tag = first.headers["etag"]
    again = web.get(path, if_none_match=f'"other", {tag}')
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert web.get(path, if_none_match='"other"').status_code == 200
    german = web.get(path, accept_language="de", if_none_match=tag)
    assert german.status_code == 200
    head = web.browser.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == tag


def test_a_change_of_the_base_is_a_change_of_the_page(own: Website) -> None:
    path = "/topic/spoilt"
    before = own.get(path)
    claim = "spoilt-harper-2024-10"
    assert claim in before.text
    own.change(lambda: own.base.curation.retract(OWNER, claim, reason="withdrawn"))
    after = own.get(path, if_none_match=before.headers["etag"])
    assert after.status_code == 200
    assert claim not in after.text.split("<main")[1]


def test_one_language_is_never_taken_for_another(web: Website) -> None:
    assert "Latest:" in web.get("/topic/sacks", accept_language="en").text
    assert "Neueste Angabe:" in web.get("/topic/sacks", accept_language="de").text
    assert "Latest:" in web.get("/topic/sacks", accept_language="en").text
    assert "Accept-Language" in web.get("/topic/sacks").headers["vary"]


@pytest.mark.parametrize(
    ("accept", "status", "media"),
    [
        ("text/html,*/*;q=0.1", 200, "text/html; charset=utf-8"),
        ("application/json", 200, "application/json"),
        ("application/ld+json", 200, "application/ld+json"),
        ("text/html;q=0, application/json", 200, "application/json"),
        ("*/*", 200, "text/html; charset=utf-8"),
        ("", 200, "text/html; charset=utf-8"),
        ("application/pdf", 406, "text/html; charset=utf-8"),
        (";;;,,,", 406, "text/html; charset=utf-8"),
    ],
)
def test_the_form_is_what_is_accepted(web: Website, accept: str, status: int, media: str) -> None:
    page = web.get("/topic/sacks", accept=accept)
    assert (page.status_code, page.headers["content-type"]) == (status, media)
    assert web.get("/topic/sacks.json", accept="text/html").status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_nothing_but_reading_is_answered(web: Website, method: str) -> None:
    page = web.browser.request(method, "/topic/sacks")
    assert page.status_code == 405
    assert "for reading" in page.text
    assert set(page.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_a_form_that_is_too_long_or_no_form_is_told(web: Website) -> None:
    long = web.browser.post("/check", data={"text": "x" * 40_000})
    assert (long.status_code, "bytes are read" in long.text) == (413, True)
    assert web.browser.post("/check", data={"text": "x" * 4001}).status_code == 400
    for body, media in ((b"\xff\xfe=%zz&&&", "application/x-www-form-urlencoded"), (b"{", "a/b")):
        sent = web.browser.post("/check", content=body, headers={"content-type": media})
        assert sent.status_code in {200, 400}
        assert "Traceback" not in sent.text
    broken = {"content-type": "multipart/form-data; boundary=x"}
    assert web.browser.post("/check", content=b"--y\r\n", headers=broken).status_code in {200, 400}


def hostile(web: Website) -> str:
    """Put HTML into every text that a record holds; return the id of the claim."""
    topic = Topic(
        id="evil", title=HTML, unit=HTML, measure="level", description=HTML[:100], aliases=(HTML,)
    )
    asserter = Asserter(id="evil", person=HTML, role=HTML, organisation=HTML, aliases=(HTML,))
    source = Source(
        id="evil",
        publisher=HTML,
        title=HTML,
        published_on="2024-03",
        date_basis="inferred",
        date_reason=HTML,
        url="https://evil.example/'\"><script>",
        archive_url="https://evil.example/?q=<b>",
    )
    claim = Claim.model_validate(
        {
            "id": "evil",
            "topic": "evil",
            "asserter": "evil",
            "statement": HTML,
            "figure": {"low": 5, "high": 5, "relation": "exact", "as_worded": HTML},
            "asserted_on": "2024-03-01",
            "assumption": HTML,
            "origin": "evil",
            "note": HTML,
            "citations": [{"source": "evil", "via": [HTML], "paragraph": 1, "as_worded": HTML}],
        }
    )
    with web.base.store.change("<b>who</b>", HTML) as change:
        more = claim.model_copy(update={"id": "evil-more", "origin": "evil-more"})
        change.put_all([topic, asserter, source, claim, more])
    web.change(web.base.writer.catch_up)
    return claim.id


def test_html_in_every_text_stays_text(web: Website) -> None:
    hostile(web)
    paths = ("/topic/evil", "/claim/evil", "/source/evil", "/asserter/evil", "/", "/topics")
    feeds = ("/index.atom", "/topic/evil.atom", "/sitemap.xml")
    queries = (f"/ask?q={HTML}", f"/check?text=5 {HTML}", f"/topic/evil?since={HTML}")
    for path in (*paths, *feeds, *queries, f"/topic/{HTML.replace('/', '')}"):
        page = web.get(path)
        assert page.status_code in {200, 302, 400, 404}, path
        text = page.text.replace('<script type="application/ld+json">', "")
        assert "<script>" not in text
        assert "<img src=x" not in text
        assert "onerror=&#34;" in text or 'onerror="' not in text
        assert "\u202e" not in text
        assert str(987 * 654) not in text
    data = web.get("/topic/evil").text.split("ld+json")[1].split("</script>")[0]
    assert "<" not in data.removeprefix('">')
    assert web.get("/claim/evil.json").json()["claim"]["statement"] == HTML
    assert web.get("/claim/evil.png").status_code == 200
    assert web.get("/topic/evil.svg").status_code == 200


def test_data_is_open_to_other_sites_and_pages_are_not(web: Website) -> None:
    assert web.get("/topic/sacks.json").headers["access-control-allow-origin"] == "*"
    page = web.get("/topic/sacks")
    assert "access-control-allow-origin" not in page.headers
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["strict-transport-security"]
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert policy.startswith("default-src 'none'")


def test_styles_are_kept_for_good(web: Website) -> None:
    address = web.get("/").text.split('stylesheet" href="')[1].split('"')[0]
    style = web.get(address)
    assert style.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in style.headers["cache-control"]


def test_whoever_asks_too_often_is_told_when_to_go_on(
    valley_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Another minute may else begin between two requests.
    now = time()
    monkeypatch.setattr("limits.storage.memory.time", SimpleNamespace(time=lambda: now))
    with website(valley_database, tmp_path, a_minute=5) as web:
        answers = [web.get("/topics") for _ in range(7)]
        assert [one.status_code for one in answers] == [200] * 5 + [429] * 2
        assert "Try again in" in answers[-1].text
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
        assert web.get("/topics.json").json()["status"] == 429
        assert web.get("/static/icon.svg").status_code == 200


def test_a_network_counts_as_one_caller() -> None:
    one, other = ({"client": (f"2001:db8::{tail}", 1)} for tail in (1, 2))
    assert caller(one) == caller(other)
    assert caller({"client": ("192.0.2.1", 1)}) == "192.0.2.1"
    assert caller({}) == ""


async def test_a_thousand_at_once_are_answered_with_one_making(
    own: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    whole = own.base.workspaces.shared.figures

    def counted(*given: object) -> object:
        made.append(str(given[0]))
        return whole(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(own.base.workspaces.shared, "figures", counted)
    transport = httpx2.ASGITransport(app=own.browser.app)
    async with httpx2.AsyncClient(transport=transport, base_url=ROOT) as client:
        answers = await asyncio.gather(*(client.get("/topic/sacks") for _ in range(1000)))
        assert made == ["sacks"]
        first = date(2024, 1, 1)
        days = [first + timedelta(days=number) for number in range(400)]
        several = await asyncio.gather(*(client.get(f"/topic/sacks?since={day}") for day in days))
    assert {one.status_code for one in answers} == {200}
    assert len({one.content for one in answers}) == 1
    assert {one.status_code for one in several} <= {200, 503}
    busy = [one for one in several if one.status_code == 503]
    assert all("Try again in a second" in one.text for one in busy)


def test_a_failure_is_a_page_with_the_number_in_the_log(
    valley_database: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[Request] = []
    with website(valley_database, tmp_path, observers=(told.append, log_request)) as web:

        def fail() -> None:
            raise RuntimeError("a secret in the message")

        monkeypatch.setattr(web.base.workspaces.shared, "contents", fail)
        with caplog.at_level(logging.INFO):
            page = web.get("/topics")
            web.get("/ask?q=private+words")
    assert page.status_code == 500
    assert told[0].id in page.text
    assert "secret" not in page.text
    assert f"Error {told[0].id} in page topics" in caplog.text
    ours = [record for record in caplog.records if record.name.startswith("bot.")]
    assert "private" not in "".join(record.getMessage() for record in ours)
    assert [(one.kind, one.command, str(one.outcome)) for one in told] == [
        ("page", "topics", "failed"),
        ("page", "ask", "silent"),
    ]
    assert all(one.seconds > 0 for one in told)


TEXTS = st.text(max_size=60)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=TEXTS, since=TEXTS, by=TEXTS, lang=TEXTS, question=TEXTS)
def test_no_input_makes_a_page_fail(  # noqa: PLR0913, PLR0917 - what may be typed
    web: Website, name: str, since: str, by: str, lang: str, question: str
) -> None:
    for path, query in (
        ("/topic/sacks", {"since": since, "by": by}),
        (f"/topic/{name.encode().hex()}", {"lang": lang}),
        ("/ask", {"q": question}),
        ("/check.json", {"text": f"{question} 5 million sacks"}),
    ):
        safe = {key: value.encode("utf-8", "ignore").decode() for key, value in query.items()}
        found = web.browser.get(path, params=safe, follow_redirects=False)
        assert found.status_code in {200, 302, 400, 404, 414}
        if found.headers["content-type"].endswith("json"):
            json.loads(found.text)
