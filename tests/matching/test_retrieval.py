"""The ranker finds what was meant, and its figures are those of a hand-computed set."""

import math
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.evaluation import CollectionError, evaluate, load_collection, write_run
from knowledge.evaluation.retrieval import average_precision
from knowledge.matching.retrieval import Passage, Ranker
from knowledge.matching.retrieval.analysis import read_message, words
from knowledge.matching.retrieval.ranker import fitted
from knowledge.matching.retrieval.signals import LEXICAL_SIGNALS
from tests import ROOT
from tests.properties import examples

PASSAGES = [
    Passage("bridge", "The old bridge was closed in August 2019", "Is the old bridge closed?"),
    Passage("library", "The library bought 400 books", "Did the library buy books?"),
    Passage("garden", "Volunteers planted a public garden", "Who planted the garden?"),
    Passage("twin", "The library bought 400 books", "Did the library buy books?"),
]
CLAIMS = "\tvclaim\ttitle\n1\tthe bridge is closed\tBridge?\n2\ta garden was planted\t\n"
QUERIES = "\ttweet_content\n10\tbridge closed\n11\tgarden planted\n12\tunrelated\n"
QRELS = "10 0 1 1\n11 0 1 1\n12\t0\t2\t0\n"


def files(
    folder: Path, claims: str = CLAIMS, queries: str = QUERIES, qrels: str = QRELS
) -> tuple[Path, Path, Path]:
    paths = folder / "claims.tsv", folder / "q.tsv", folder / "q.qrels"
    for path, text in zip(paths, (claims, queries, qrels), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_the_passage_meant_comes_first_with_its_signals() -> None:
    ranked = Ranker(PASSAGES).rank("they closed the OLD bridge?!")
    assert ranked[0].id == "bridge"
    assert set(ranked[0].signals) == set(LEXICAL_SIGNALS)
    assert all(0 <= found.score <= 1 for found in ranked)
    assert [found.score for found in ranked] == sorted(
        (found.score for found in ranked), reverse=True
    )


def test_of_equal_passages_the_older_leads() -> None:
    ranked = Ranker(PASSAGES).rank("did the library buy 400 books")
    assert [found.id for found in ranked[:2]] == ["library", "twin"]
    assert ranked[0].score == pytest.approx(ranked[1].score, abs=1e-4)


@pytest.mark.parametrize("query", ["librery books", "gardn", "oldbridge", "#OldBridge", "бридж"])
def test_misspelt_and_joined_words_are_understood(query: str) -> None:
    wanted = "library" if "lib" in query else "garden" if "gard" in query else "bridge"
    ranked = Ranker(PASSAGES).rank(query)
    assert not ranked or ranked[0].id == wanted
    assert ranked or query == "бридж"


def test_single_changes_are_seen_at_once() -> None:
    ranker = Ranker(PASSAGES)
    ranker.add([Passage("ferry", "The ferry sank")])
    assert ranker.rank("ferry")[0].id == "ferry"
    ranker.replace(Passage("ferry", "The tram stopped"))
    assert ranker.rank("ferry") == []
    ranker.remove(["ferry"])
    assert ranker.rank("tram") == []
    assert len(ranker) == len(PASSAGES)


@examples(50)
@given(query=st.text(max_size=200))
def test_any_text_can_be_ranked(query: str) -> None:
    for found in Ranker(PASSAGES).rank(query):
        assert all(math.isfinite(value) for value in found.signals.values())


@pytest.mark.parametrize("query", ["", "?!", "the of and", "😀😀", "word " * 3000])
def test_a_question_without_known_words_finds_nothing(query: str) -> None:
    assert Ranker(PASSAGES).rank(query) == []


def test_a_signature_is_read_apart_from_the_message() -> None:
    message = read_message(
        "Bridge closed https://example.org/x pic.example — Ann Lee (@annlee) August 4, 2019"
    )
    assert "example.org" not in message.sentence
    assert message.author == ("ann", "lee", "annlee")
    assert message.months == {"august"}
    assert message.years == {"2019"}
    assert message.sentence.startswith("Ann Lee: Bridge closed")
    assert message.sentence.endswith("(August 2019)")


def test_words_keep_numbers_and_take_tags_apart() -> None:
    assert words("1,500 of 3.5 #OldBridge @annLee Niinistö's") == [
        *("1500", "of", "3.5", "oldbridge", "old", "bridge"),
        *("annlee", "ann", "lee", "niinisto"),
    ]


def test_every_signal_has_a_fitted_weight() -> None:
    assert set(fitted()["lexical"]["weights"]) == set(LEXICAL_SIGNALS)


def test_importing_the_matcher_loads_no_model_library() -> None:
    code = (
        "import sys, knowledge.matching.retrieval.ranker, knowledge.matching.encoding;"
        "sys.exit(any(name in sys.modules for name in ('onnx', 'onnxruntime', 'tokenizers')))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert done.returncode == 0


def test_average_precision_by_hand() -> None:
    relevant = frozenset("ac")
    assert average_precision(list("abc"), relevant, 5) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(list("bbbbba"), relevant, 5) == 0


def test_the_report_counts_judged_queries_only(tmp_path: Path) -> None:
    collection = load_collection(*files(tmp_path))
    heard: list[tuple[int, int]] = []
    report = evaluate(
        collection, Ranker(collection.passages), lambda done, total: heard.append((done, total))
    )
    assert heard == [(1, 3), (2, 3), (3, 3)]
    assert (report.passages, report.queries, report.judged) == (2, 3, 2)
    assert report.map_at_5 == report.precision_at_1 == report.recall_at_20 == 0.5
    assert "rankings" not in report.model_dump()


def test_a_run_file_falls_in_score(tmp_path: Path) -> None:
    collection = load_collection(*files(tmp_path))
    run = tmp_path / "run.txt"
    write_run(run, evaluate(collection, Ranker(PASSAGES)), tag="t")
    rows = [line.split() for line in run.read_text().splitlines()]
    assert rows
    assert all(len(row) == 6 and row[1] == "Q0" and row[5] == "t" for row in rows)
    for before, after in pairwise(rows):
        if before[0] == after[0]:
            assert float(before[4]) > float(after[4])
            assert int(after[3]) == int(before[3]) + 1


def test_a_file_without_header_is_read_by_position(tmp_path: Path) -> None:
    collection = load_collection(
        *files(
            tmp_path, claims="1\tthe bridge\tBridge?\n2\tgarden\n", queries="10\ta\n11\tb\n12\tc"
        )
    )
    assert collection.passages == [Passage("1", "the bridge", "Bridge?"), Passage("2", "garden")]


@pytest.mark.parametrize(
    ("wrong", "where", "reason"),
    [
        ({"claims": "id\ttitle\n1\tx\n"}, "claims.tsv:1", "missing a text column"),
        ({"claims": "id\tclaim\n1\tx\n2\n"}, "claims.tsv:3", "missing columns"),
        ({"claims": "id\tclaim\n1\tx\n1\ty\n"}, "claims.tsv:3", "stands twice"),
        ({"claims": ""}, "claims.tsv:1", "empty"),
        ({"queries": "id\tquery\n\tx\n"}, "q.tsv:2", "an empty id"),
        ({"qrels": "10 0 1 1\n10 0 99 1\n"}, "q.qrels:2", "'99' is not in the claims"),
        ({"qrels": "77 0 1 1\n"}, "q.qrels:1", "'77' is not in the queries"),
        ({"qrels": "10 1 1\n"}, "q.qrels:1", "not 'query iteration"),
        ({"qrels": "10 0 1 yes\n"}, "q.qrels:1", "not 'query iteration"),
    ],
)
def test_a_malformed_file_is_named_with_line_and_reason(
    tmp_path: Path, wrong: dict[str, str], where: str, reason: str
) -> None:
    with pytest.raises(CollectionError) as raised:
        load_collection(*files(tmp_path, **wrong))
    assert where in str(raised.value)
    assert reason in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_wrong_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    paths = files(tmp_path)
    paths[0].write_bytes("id\tclaim\n1\tfine\n2\tPrüfung\n".encode("latin-1"))
    with pytest.raises(CollectionError, match=r"claims\.tsv:3: not UTF-8"):
        load_collection(*paths)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match=r"nowhere\.tsv"):
        load_collection(tmp_path / "nowhere.tsv", tmp_path / "q", tmp_path / "r")


def test_lexical_ranking_of_the_shared_set_meets_its_bar() -> None:
    folder = ROOT.parent / "shared" / "eval" / "checkthat2020"
    if not folder.is_dir():
        pytest.skip("the CheckThat data is not beside this checkout")
    collection = load_collection(
        folder / "claims.tsv", folder / "dev.queries.tsv", folder / "dev.qrels"
    )
    report = evaluate(collection, Ranker(collection.passages))
    assert report.map_at_5 >= 0.84
