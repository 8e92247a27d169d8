"""Articles for tests: those in tests/data/articles, and files made on the spot."""

from datetime import date

from knowledge.drafts import Article, Proposal, Proposals, propose, read_article
from knowledge.workspaces import Workspace
from tests import DATA

FOLDER = DATA / "articles"
TODAY = date(2026, 3, 10)


def article(text: str, name: str = "article.txt") -> Article:
    """Read a text as an article."""
    return read_article(text.encode(), name, TODAY)


def drafted(workspace: Workspace, text: str) -> Proposals:
    """Draft from a text."""
    return propose(article(text), workspace, TODAY)


def only(found: Proposals) -> Proposal:
    """Return the one proposal of an article."""
    (one,) = found.claims
    return one


def pdf(*lines: str) -> bytes:
    """Write a PDF with a line of text for each line, or an empty page without any."""
    shown = "".join(f"({line}) Tj T*\n" for line in lines)
    content = f"BT /F1 11 Tf 14 TL 40 800 Td\n{shown}ET" if lines else ""
    sheet = "/Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page {sheet} /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    head = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer << /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    return (body + head + tail).encode("latin-1")


def page(body: str, head: str = "") -> bytes:
    """Write a web page."""
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()
