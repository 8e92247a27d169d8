"""The documents: nothing that a person can use is left out of them."""

import re
from collections.abc import Iterator
from pathlib import Path

import discord
import pytest
import typer
from discord import app_commands

from bot.cli import app as command_line
from bot.client import Claimbot
from bot.settings import Settings, variable
from knowledge.base import opened
from tests import ROOT

README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
OPERATING = (ROOT / "docs" / "operating.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


def cli_commands(group: typer.Typer, path: str = "claimbot") -> Iterator[str]:
    for command in group.registered_commands:
        name = command.name or getattr(command.callback, "__name__", "")
        yield f"{path} {name}"
    for sub in group.registered_groups:
        if sub.typer_instance is not None:
            inner = f"{path} {sub.name}" if isinstance(sub.name, str) else path
            yield from cli_commands(sub.typer_instance, inner)


async def test_every_slash_command_is_in_the_readme(tmp_path: Path) -> None:
    with opened(tmp_path / "claims.db") as found:
        client = Claimbot(found.workspace)
        topics = {topic.command for topic in found.workspace.library.topics.values()}
        named = [
            command.qualified_name
            for command in client.tree.walk_commands(type=discord.AppCommandType.chat_input)
            if not isinstance(command, app_commands.Group)
        ]
    missing = [name for name in named if name not in topics and f"/{name}" not in README]
    assert missing == []


def test_every_command_of_the_command_line_is_in_the_readme() -> None:
    named = list(cli_commands(command_line))
    assert "claimbot eval questions" in named
    assert [name for name in named if f"`{name}" not in README] == []


@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_is_explained(field: str) -> None:
    name = variable(field)
    assert Settings.model_fields[field].description
    assert f"| `{name}` |" in OPERATING
    assert f"{name}=" in (ROOT / ".env.example").read_text("utf-8")


def test_every_make_target_is_explained() -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    told = set(re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE))
    assert {"run", "test"} <= targets
    assert targets == told
    documents = README + CONTRIBUTING
    assert [name for name in sorted(targets) if f"make {name}" not in documents] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_within_the_repository_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "docs" / "images").glob("*"))
    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > 200_000] == []
