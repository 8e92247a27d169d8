"""Evidence: what a fingerprint survives, and what becomes of a citation in a folder."""

import os
import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Claim, Source
from knowledge.records import EvidenceReport, fingerprint, normalise, verify
from knowledge.records.evidence import (
    MAX_BYTES,
    Finding,
    UnreadableArticleError,
    fingerprints,
    paragraphs,
)

LINES = ("A headline", "The first thing said.", "The second thing said.", "The third thing said.")


def source(name: str = "paper", opening: str | None = None, **more: Any) -> Source:
    fields = {"publisher": "Paper", "title": "A headline", "published_on": "2024", **more}
    if opening:
        fields["opening"] = fingerprint(opening)
    return Source.model_validate({"id": name, **fields})


def claim(*cited: tuple[int, str], of: str = "paper") -> Claim:
    citations = [
        {"source": of, "paragraph": number, "fingerprint": fingerprint(text)}
        for number, text in cited
    ]
    return Claim.model_validate(
        {
            "id": "said",
            "topic": "things",
            "asserter": "somebody",
            "statement": "Things were said.",
            "asserted_on": "2024",
            "origin": "said-2024",
            "citations": citations,
        }
    )


def write(folder: Path, name: str, *lines: str) -> None:
    (folder / name).write_text("\n\n".join(lines), "utf-8")


def findings(report: EvidenceReport) -> list[Finding]:
    return [check.finding for check in report.checks]


SECOND = claim((2, LINES[1]), (3, LINES[2]))


@pytest.mark.parametrize(
    "copy",
    [
        "“It’s half – or more”",
        '"It\'s half - or more"',
        "  «IT'S  half\t—\u00a0or\u200b mo\u00adre»  ",
        "„it‘s ｈａｌｆ ‑ or more‟",
    ],
)
def test_a_fingerprint_survives_other_typesetting(copy: str) -> None:
    assert normalise(copy) == '"it\'s half - or more"'
    assert fingerprint(copy) == fingerprint('"It\'s half - or more"')


def test_a_fingerprint_can_be_recomputed_with_any_sha256() -> None:
    expected = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert fingerprint("ABC") == expected


def test_other_words_and_other_figures_have_other_fingerprints() -> None:
    assert fingerprint("over half") != fingerprint("half")
    assert fingerprint("1.5 million") != fingerprint("15 million")


@given(st.text(), st.text(alphabet=" \t\n\r\u00a0\u3000", max_size=5))
def test_white_space_around_a_paragraph_does_not_count(text: str, space: str) -> None:
    assert fingerprint(space + text + space) == fingerprint(text)


@given(st.text(alphabet=string.printable))
def test_case_does_not_count(text: str) -> None:
    assert fingerprint(text.upper()) == fingerprint(text.lower())


def test_paragraphs_are_the_lines_that_are_not_blank() -> None:
    assert paragraphs("one\r\n\r\n  two \n \t \nthree\rfour") == ["one", "two", "three", "four"]


def test_a_copy_named_like_its_source_is_verified(tmp_path: Path) -> None:
    write(tmp_path, "paper.txt", *LINES)
    report = verify([source()], [SECOND], tmp_path)
    assert findings(report) == [Finding.VERIFIED, Finding.VERIFIED]
    assert report.complete
    assert report.files == {"paper": "paper.txt"}
    assert report.counts()[Finding.MISSING] == 0


def test_a_copy_of_any_name_is_known_by_its_opening(tmp_path: Path) -> None:
    write(tmp_path, "000.txt", LINES[0], "Nothing else is as it was.")
    report = verify([source(opening=LINES[0])], [SECOND], tmp_path)
    assert report.files == {"paper": "000.txt"}
    assert findings(report) == [Finding.CHANGED, Finding.CHANGED]


def test_a_copy_of_any_name_is_known_by_most_of_what_is_cited(tmp_path: Path) -> None:
    write(tmp_path, "000.txt", "Another headline", *LINES[1:3])
    assert verify([source()], [SECOND], tmp_path).complete


def test_half_of_what_is_cited_makes_no_copy(tmp_path: Path) -> None:
    write(tmp_path, "000.txt", LINES[1])
    report = verify([source()], [SECOND], tmp_path)
    assert findings(report) == [Finding.MISSING, Finding.MISSING]
    assert report.unrelated == ("000.txt",)


def test_the_fullest_of_several_copies_is_taken(tmp_path: Path) -> None:
    write(tmp_path, "paper.txt", "An empty page")
    write(tmp_path, "whole.txt", *LINES)
    assert verify([source()], [SECOND], tmp_path).files == {"paper": "whole.txt"}


def test_a_changed_paragraph_is_told_from_a_moved_one(tmp_path: Path) -> None:
    write(tmp_path, "paper.txt", LINES[0], "A word more.", LINES[1], "Another second thing.")
    report = verify([source()], [SECOND], tmp_path)
    assert [str(check) for check in report.checks] == [
        "said: paper, paragraph 2: moved, now paragraph 3 of paper.txt",
        "said: paper, paragraph 3: changed in paper.txt",
    ]
    assert not report.complete


def test_a_paragraph_beyond_the_end_is_changed(tmp_path: Path) -> None:
    write(tmp_path, "paper.txt", LINES[0])
    assert findings(verify([source()], [claim((9, "gone"))], tmp_path)) == [Finding.CHANGED]


def test_an_article_that_is_not_there_is_missing(tmp_path: Path) -> None:
    report = verify([source()], [SECOND], tmp_path)
    assert str(report.checks[0]) == "said: paper, paragraph 2: missing"


def test_a_source_without_citations_takes_no_file(tmp_path: Path) -> None:
    write(tmp_path, "000.txt", *LINES)
    assert verify([source("other")], [], tmp_path).files == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_common_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "paper.txt").write_text("\r\n".join(LINES), encoding)
    assert verify([source()], [SECOND], tmp_path).complete


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"caf\xe9 au lait", "is not UTF-8 text"),
        (b"PK\x03\x04\x00\x00", "is not text but binary data"),
        (b"\xff\xfea", "is not UTF-8 text"),
        (b"\x89PNG\r\n\x1a\n", "is not UTF-8 text"),
        (b"a" * (MAX_BYTES + 1), "is larger than 2,000,000 bytes (2,000,001)"),
    ],
)
def test_what_is_no_text_is_reported(tmp_path: Path, raw: bytes, reason: str) -> None:
    (tmp_path / "odd.bin").write_bytes(raw)
    write(tmp_path, "paper.txt", *LINES)
    report = verify([source()], [SECOND], tmp_path)
    assert report.complete
    assert report.unreadable == {"odd.bin": reason}


def test_pipes_and_dangling_links_are_reported_and_folders_passed_over(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    report = verify([source()], [], tmp_path)
    assert report.unreadable == {"link": "is not there", "pipe": "is not a file"}


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError, match="nowhere is not a folder"):
        verify([source()], [SECOND], tmp_path / "nowhere")


@given(raw=st.binary(max_size=300))
def test_any_file_is_read_or_reported(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "any").write_bytes(raw)
    report = verify([source()], [SECOND], folder)
    assert bool(report.unreadable) != bool(report.unrelated)


def test_a_curator_gets_number_fingerprint_and_first_words(tmp_path: Path) -> None:
    write(tmp_path, "paper.txt", *LINES, "one two three four five six seven eight nine")
    numbered = fingerprints(tmp_path / "paper.txt")
    assert [one.number for one in numbered] == [1, 2, 3, 4, 5]
    assert numbered[1].fingerprint == fingerprint(LINES[1])
    assert numbered[4].first_words == "one two three four five six seven eight"


def test_a_curator_is_told_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableArticleError, match="is not there"):
        fingerprints(tmp_path / "paper.txt")
