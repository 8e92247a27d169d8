"""The pages: the answers of the chat in four languages, and nothing but the shared base."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator
from PIL import Image
from starlette.testclient import TestClient

from bot.client import Claimbot
from bot.published import Published
from bot.web import application
from bot.web.pages import VIEWS
from bot.web.pages.answers import of_claim
from bot.web.pages.page import Site
from bot.web.pages.words import LANGUAGES, language_wanted
from commands.text import TRANSLATED, Addresses
from docs.catalogs import WEB, described, entries, is_translated, spoken
from knowledge.base import KnowledgeBase
from knowledge.curation import Actor
from knowledge.library import Window
from knowledge.model import AnyRecord, Claim, Link, LinkKind, Status, Use
from knowledge.store import open_store
from knowledge.workspaces import Workspace, Workspaces
from tests.driving.command_line import runner
from tests.driving.website import PAGES, ROOT, Website, website
from tests.project.test_catalogs import PLACEHOLDER, forms

OWNER = Actor("Olga", "6", "333", can_curate=True, can_propose=True, curates_base=True)
OTHER = Actor("Otto", "7", "333", can_curate=True, can_propose=True, curates_base=True)
GUEST = Actor("Gesa", "8", "444", can_curate=True, can_propose=True)
CLAIM = "spoilt-harper-2024-10"
ATOM = "{http://www.w3.org/2005/Atom}"


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


def tree(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own output


def held(web: Website, claim: str = CLAIM) -> Claim:
    found = web.base.workspaces.shared.library.claim(claim)
    assert found is not None
    return found


def add(web: Website, record: AnyRecord, actor: Actor = OWNER) -> None:
    web.change(lambda: web.base.curation.add(actor, record))


def changed(web: Website, claim: str = CLAIM, **fields: object) -> Claim:
    return held(web, claim).model_copy(update=fields)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_reads_in_every_language(web: Website, path: str, language: str) -> None:
    page = web.get(path, accept_language=f"{language}-XX,{language};q=0.9,en;q=0.1")
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text
    chosen = web.get(f"{path}{'&' if '?' in path else '?'}lang={language}", accept_language="en")
    assert f'<html lang="{language}"' in chosen.text
    for link in re.findall(
        r'<a href="(/(?:topic|claim|source|asserter|topics)[^"#]*)"', chosen.text
    ):
        if not re.search(r"\.(json|jsonld|atom)", link):
            assert "lang=" in link


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_a_script_or_a_style(web: Website, path: str) -> None:
    text = web.get(path).text
    scripts = re.findall(r"<script([^>]*)>", text)
    assert [one for one in scripts if one != ' type="application/ld+json"'] == []
    assert "<style" not in text
    assert not re.search(r"\s(style|on[a-z]+)=\"", text)


def test_the_answer_is_that_of_the_chat(web: Website) -> None:
    window = Window(since=date(2024, 2, 1))
    answer = web.base.workspaces.shared.figures("sacks", window)
    assert web.get("/topic/sacks.json?since=2024-02").json() == json.loads(answer.model_dump_json())
    page = web.get("/topic/sacks?since=2024-02").text
    for claim in answer.claims:
        assert f'href="/claim/{claim.id}"' in page
    assert "more than 8 million" in page


def test_json_is_what_the_command_line_prints(
    own: Website,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = runner(tmp_path / "claims.db", capsys, monkeypatch)
    printed = json.loads(run("figures", "sacks", "--json", "--by", "Chile").out)
    assert own.get("/topic/sacks.json?by=Chile").json() == printed
    printed = json.loads(run("topics", "--json").out)
    assert own.get("/topics.json").json() == own.get("/index.json").json() == printed


def test_every_json_is_what_its_description_says(web: Website) -> None:
    described = web.get("/openapi.json").json()
    assert set(described["paths"]) == {
        f"{'/index' if view.path == '/' else view.path}.json" for view in VIEWS
    }
    queries = {"/ask.json": "q=how many sacks", "/check.json": "text=Norway sent 20 million sacks"}
    for path, operations in described["paths"].items():
        named = [one for one in operations["get"]["parameters"] if one["in"] == "path"]
        address = path.replace("{name}", named[0]["example"]) if named else path
        for query, status in ((queries.get(path, ""), "200"), ("lang=xx", "400")):
            found = web.get(f"{address}?{query}")
            assert str(found.status_code) == status, path
            (content,) = operations["get"]["responses"][status]["content"].items()
            assert found.headers["content-type"] == content[0]
            schema = content[1]["schema"] | {"components": described["components"]}
            Draft202012Validator(schema).validate(found.json())


def test_a_question_is_answered_offered_or_met_with_silence(web: Website) -> None:
    answered = web.get("/ask?q=how+many+wagons+by+august+2024")
    assert "about 11,000 wagons" in answered.text
    silent = web.get("/ask?q=how+many+sacks+did+Peru+send")
    assert "Nothing on file about that." in silent.text
    assert silent.status_code == 200
    assert 'name="robots" content="noindex"' in silent.text
    assert web.get("/ask.json?q=how+many+sacks+did+Peru+send").json()["kind"] == "no_match"


def test_a_text_is_checked_by_form_and_by_address(web: Website) -> None:
    text = "Norway sent 20 million sacks and a quarter were spoilt"
    sent = web.browser.post("/check", data={"text": text})
    assert sent.status_code == 200
    assert "Above the highest on file" in sent.text
    assert sent.headers["cache-control"] == "no-store"
    found = web.get(f"/check.json?text={text}").json()
    assert [one["verdict"] for one in found["assertions"]] == ["above-range", "matches"]
    assert "Nothing in it" in web.browser.post("/check", data={"text": "hello"}).text
    kept = web.browser.post("/check", data={"text": "one\r\ntwo <b> </textarea>"}).text
    assert "one\ntwo &lt;b&gt; &lt;/textarea&gt;" in kept


def test_a_claim_says_all_that_is_known_of_it(web: Website) -> None:
    page = web.get("/claim/sacks-kamau-2024-02").text
    for words in (
        "about 1.2 million sacks",
        "Wanjiru Kamau",
        "23 February 2024",
        "Agency Savanna",
        "Mill Review",
        "paragraph",
        "Retold, with a changed figure, by",
        "Denied by",
        "shipped with this version",
    ):
        assert words in page, words
    record = web.get("/claim/sacks-kamau-2024-02.json").json()
    assert record["claim"]["id"] == "sacks-kamau-2024-02"
    assert {one["kind"] for one in record["bearings"]} == {"retells", "denies"}
    assert record["history"][0]["why"] == "shipped with this version"
    retelling = web.get("/claim/sacks-fjord-2024-03").text
    assert "Retells, with a changed figure" in retelling


def test_a_retracted_claim_stays_readable_and_counts_nowhere(own: Website) -> None:
    own.change(lambda: own.base.curation.retract(OWNER, CLAIM, reason="the article was withdrawn"))
    page = own.get(f"/claim/{CLAIM}")
    assert page.status_code == 200
    assert "This claim was retracted" in page.text
    assert "the article was withdrawn" in page.text
    assert "<del>" in page.text
    assert re.search(r'og:description" content="[^"]*\(retracted · ', page.text)
    assert CLAIM not in own.get("/topic/spoilt").text.split("<main")[1]
    assert CLAIM in own.get("/index.atom").text
    source = held(own).citations[0].source
    assert "retracted" in own.get(f"/source/{source}").text


def test_a_claim_on_a_retired_topic_keeps_its_page_and_says_so(own: Website) -> None:
    topic = own.base.workspaces.shared.library.topic(held(own).topic)
    with own.base.store.change("test", "merged") as change:
        change.put(topic.model_copy(update={"status": Use.RETIRED}))
    own.change(own.base.writer.catch_up)
    page = own.get(f"/claim/{CLAIM}").text
    assert "This topic was retired" in page
    assert f'href="/topic/{topic.id}"' not in page
    assert own.get(f"/topic/{topic.id}").status_code == 404
    assert CLAIM not in own.get("/sitemap.xml").text


def test_a_superseded_claim_names_its_successor(own: Website) -> None:
    link = Link(kind=LinkKind.SUPERSEDES, claim=CLAIM)
    add(own, changed(own, id="spoilt-times-2025", relations=(link,)))
    page = own.get(f"/claim/{CLAIM}").text
    assert "This claim was superseded" in page
    assert 'href="/claim/spoilt-times-2025"' in page
    assert "Superseded by" in page
    assert re.search(r'og:description" content="[^"]*\(superseded · ', page)


def test_proposals_are_not_public_not_even_when_they_were_turned_down(own: Website) -> None:
    proposal = changed(own, id="proposed-one", statement="Only proposed, nothing more.")
    own.change(lambda: own.base.curation.propose(OWNER, proposal))

    def seen() -> list[str]:
        paths = ("/index.atom", "/topic/spoilt", "/sitemap.xml", "/topic/spoilt.json", "/")
        cited = f"/source/{proposal.citations[0].source}"
        said = f"/asserter/{proposal.asserter}"
        return [path for path in (*paths, cited, said) if "proposed-one" in own.get(path).text]

    assert own.get("/claim/proposed-one").status_code == 404
    assert seen() == []
    own.change(lambda: own.base.curation.reject(OTHER, "proposed-one", reason="no"))
    assert own.get("/claim/proposed-one").status_code == 404
    assert seen() == []
    again = changed(own, id="proposed-two")
    own.change(lambda: own.base.curation.propose(OWNER, again))
    own.change(lambda: own.base.curation.approve(OTHER, "proposed-two"))
    record = own.get("/claim/proposed-two.json").json()
    assert len(record["history"]) == 1
    assert record["claim"]["status"] == Status.ACTIVE


def test_nothing_of_a_servers_workspace_is_public(own: Website) -> None:
    secret = changed(own, id="secret-claim", statement="Only this server says so, privately.")
    add(own, secret, GUEST)
    library = own.base.workspaces.of("444").library
    assert library.claim("secret-claim") is not None
    before = own.get("/index.json").json()["claims"]
    assert before == own.base.workspaces.shared.contents().claims
    assert own.get("/claim/secret-claim").status_code == 404
    assert own.get("/claim/secret-claim.json").status_code == 404
    pages = (*PAGES, "/index.atom", "/topic/spoilt.atom", "/topic/spoilt", "/sitemap.xml")
    for path in (*pages, f"/asserter/{secret.asserter}", "/ask?q=what+does+this+server+say"):
        text = own.get(path).text
        assert "secret-claim" not in text
        assert "privately" not in text


def test_no_curator_is_named(own: Website) -> None:
    edited = changed(own, note="A new note.")
    seen = own.base.curation.find(OWNER, "claim", CLAIM).revision
    own.change(lambda: own.base.curation.edit(OWNER, edited, seen=seen, why="worded better"))
    page = own.get(f"/claim/{CLAIM}").text
    assert "worded better" in page
    assert "Olga" not in page + own.get("/index.atom").text + own.get(f"/claim/{CLAIM}.json").text


def test_linked_data_is_read_back_and_names_addresses(web: Website) -> None:
    page = web.get("/topic/sacks").text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    document = json.loads(found[1])
    assert document == web.get("/topic/sacks.jsonld").json()
    claims = [node for node in document["@graph"] if node["@type"] == "Claim"]
    assert f"{ROOT}/claim/sacks-kamau-2024-02" in {node["url"] for node in claims}
    reviews = web.get("/claim/start-date-bureau-2023-11.jsonld").json()["@graph"]
    assert "ClaimReview" in {node["@type"] for node in reviews}


def test_a_link_unfurls_as_a_card_with_the_figure(web: Website) -> None:
    page = web.get("/topic/sacks?since=2024-02").text
    meta = dict(re.findall(r'<meta property="([^"]+)" content="([^"]*)">', page))
    assert meta["og:title"] == "Sacks of grain delivered"
    assert meta["og:description"].startswith("Latest: more than 8 million sacks")
    assert "[" not in meta["og:description"]
    assert meta["og:url"] == f"{ROOT}/topic/sacks?since=2024-02-01"
    picture = meta["og:image"].replace("&amp;", "&").removeprefix(ROOT)
    drawn = web.get(picture)
    assert drawn.headers["content-type"] == "image/png"
    assert "immutable" in drawn.headers["cache-control"]
    assert Image.open(BytesIO(drawn.content)).size == (1200, 630)


def test_a_claim_alone_says_on_what_it_rests(own: Website) -> None:
    add(own, changed(own, id="assumed", assumption="if every *second* sack was weighed"))
    page = own.get("/claim/assumed").text
    assert re.search(r'og:description" content="[^"]* · if every \*second\* sack was weigh', page)
    library = own.base.workspaces.shared.library
    (view,) = library.views([library.entry("assumed")])
    said = of_claim("Sacks", None, view).said
    assert said.endswith(" · if every *second* sack was weighed")


def test_the_chart_is_drawn_for_a_dark_and_for_a_light_page(web: Website) -> None:
    dark = web.get("/topic/sacks.svg")
    light = web.get("/topic/sacks.svg?ground=light")
    assert dark.headers["content-type"] == light.headers["content-type"] == "image/svg+xml"
    assert "#313338" in dark.text
    assert "#313338" not in light.text
    tree(dark.text)
    assert web.get("/topic/denials.svg").status_code == 404


def test_feeds_are_atom_and_follow_the_topic(own: Website) -> None:
    own.change(lambda: own.base.curation.retract(OWNER, CLAIM, reason="withdrawn"))
    for path in ("/index.atom", "/topic/spoilt.atom"):
        feed = tree(own.get(path).text)
        assert feed.tag == f"{ATOM}feed"
        for name in ("id", "title", "updated", "author"):
            assert feed.find(f"{ATOM}{name}") is not None
        listed = feed.findall(f"{ATOM}entry")
        ids = [entry.findtext(f"{ATOM}id") for entry in listed]
        assert len(ids) == len(set(ids)) > 1
        assert f"{ROOT}/claim/{CLAIM}#r" in (ids[0] or "")
        assert (listed[0].findtext(f"{ATOM}title") or "").startswith("retracted")
    topics = {
        entry.find(f"{ATOM}category").get("term")  # type: ignore[union-attr]
        for entry in tree(own.get("/topic/spoilt.atom").text).findall(f"{ATOM}entry")
    }
    assert topics == {"spoilt"}


def test_the_sitemap_lists_pages_that_are_there(web: Website) -> None:
    root = tree(web.get("/sitemap.xml").text)
    listed = [one.text or "" for one in root.iter() if one.tag.endswith("loc")]
    library = web.base.workspaces.shared.library
    records = len(library.topics) + len(library.sources) + len(library.asserters)
    assert len(listed) == 2 + web.site.published.workspace.contents().claims + records
    for address in listed[:: len(listed) // 12]:
        assert web.get(address.removeprefix(ROOT)).status_code == 200
    assert f"Sitemap: {ROOT}/sitemap.xml" in web.get("/robots.txt").text


def test_another_name_of_a_topic_leads_to_it(web: Website) -> None:
    moved = web.get("/topic/sacks%20of%20grain?since=2024-02&lang=de")
    assert moved.status_code == 302
    assert moved.headers["location"] == "/topic/sacks?since=2024-02-01&lang=de"


def test_long_topics_stand_on_several_pages(own: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    first = held(own, "sacks-kamau-2024-02")
    for number in range(150):
        one = first.model_copy(
            update={"id": f"many-{number}", "origin": f"many-{number}", "relations": ()}
        )
        with own.base.store.change("test", "many") as change:
            change.put(one)
    own.change(own.base.writer.catch_up)
    page = own.get("/topic/sacks")
    assert 'rel="next"' in page.headers["link"]
    assert "Page 1 of 2" in page.text
    assert own.get("/topic/sacks?page=2").status_code == 200
    assert own.get("/topic/sacks?page=3").status_code == 404
    assert len(own.get("/topic/sacks.json").json()["claims"]) > 150
    assert own.get("/topic/sacks.json?page=2").status_code == 404
    monkeypatch.setattr("bot.web.pages.topics.CLAIMS_IN_DATA", 100)
    own.browser = TestClient(application(own.site), base_url=ROOT)
    data = [own.get(f"/topic/sacks.json?page={page}") for page in (1, 2)]
    assert 'rel="next"' in data[0].headers["link"]
    ids = [claim["id"] for one in reversed(data) for claim in one.json()["claims"]]
    whole = own.base.workspaces.shared.figures("sacks")
    assert ids == [claim.id for claim in whole.claims]
    assert data[1].json()["latest"] == whole.latest
    for one in data:
        listed = one.json()
        shown = {claim["id"] for claim in listed["claims"]}
        assert shown.issuperset([*listed["forecasts"], *listed["suppositions"]])
        for part in (*listed["groups"], *listed["disagreements"]):
            assert shown.issuperset(part["claims"])


def test_a_long_answer_to_a_question_is_dealt_out_the_best_first(
    own: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "/ask.json?q=how+many+sacks+were+delivered"
    whole = [claim["id"] for claim in own.get(address).json()["claims"]]
    assert len(whole) > 4
    monkeypatch.setattr("bot.web.pages.questions.CLAIMS_IN_DATA", 4)
    own.browser = TestClient(application(own.site), base_url=ROOT)
    dealt, page = list[str](), 1
    while page:
        found = own.get(f"{address}&page={page}")
        dealt += [claim["id"] for claim in found.json()["claims"]]
        page = page + 1 if 'rel="next"' in found.headers.get("link", "") else 0
    assert dealt == whole
    assert own.get(f"{address}&page=99").status_code == 404
    assert own.get("/ask?q=how+many+sacks+were+delivered&page=2").status_code == 404


def test_addresses_read_back_as_the_same_window(web: Website) -> None:
    lookup = web.base.workspaces.shared.lookup
    window = Window(date(2024, 2, 1), date(2025, 1, 31), date(2025, 8, 1), lookup.by("Rosa Vidal"))
    path = Addresses().topic("sacks", window)
    found = web.get(path.replace("/topic/sacks", "/topic/sacks.json")).json()["filters"]
    assert found == json.loads(window.filters().model_dump_json())


# ---------------------------------------------------------------- languages


@pytest.mark.parametrize("language", TRANSLATED)
async def test_every_text_stands_in_one_catalog_and_no_other(
    language: str, workspace: Workspace
) -> None:
    chat = spoken() | described(Claimbot(workspace))
    own = entries(language, WEB)
    assert set(own) == spoken(WEB) - chat, "make catalogs puts them there, and takes them out"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_of_the_pages_is_whole(language: str) -> None:
    translated = {key: one for key, one in entries(language, WEB).items() if is_translated(one)}
    for key, message in translated.items():
        wanted = sorted(PLACEHOLDER.findall(key if isinstance(key, str) else key[1]))
        assert all(sorted(PLACEHOLDER.findall(text)) == wanted for text in forms(message)), key


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("fr,de;q=0.5", "de"),
        ("uk-UA,uk;q=0.9,en-US;q=0.8", "uk"),
        ("ko;q=0.2, de;q=0.1", "ko"),
        ("xx;q=abc, de;q=zzz, ko;q=0.3", "ko"),
        ("," * 5000, "en"),
        ("*", "en"),
    ],
)
def test_a_language_is_chosen_by_what_the_browser_likes(header: str, language: str) -> None:
    assert language_wanted(header) == language


def test_an_empty_base_says_so(tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "empty.db")) as store:
        base: Any = SimpleNamespace(store=store, workspaces=Workspaces(store))
        site = Site(Published(cast("KnowledgeBase", base)), Addresses(ROOT), date.today)
        browser = TestClient(application(site))
        assert "The database holds no topics yet." in browser.get("/").text
        assert "The database holds no topics yet." in browser.get("/topics").text
        assert browser.get("/index.atom").status_code == 200
