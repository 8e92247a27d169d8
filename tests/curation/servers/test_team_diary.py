"""The diary of one team: from an empty folder to a base that answers, with what it cost them."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import simcord
from simcord.env import Env

from knowledge.base import KnowledgeBase, opened
from knowledge.store import Where
from tests import DATA
from tests.bases.engines import on_both_engines
from tests.conftest import TODAY, Chat, Shown
from tests.driving.curators import CURATOR, Server, answered, call, current, send

pytestmark = on_both_engines

ARTICLES = DATA / "diary"
CLAIMS = 12
ACTIONS, CHARACTERS = 3, 20
"""At most a claim; typed into the forms of each record they were 10 and 268."""

ANSWERED = {
    "how many oysters were laid on the reef": "58,000",
    "how many oysters were laid by August 2025": "65,000",
    "how many volunteers took part": "180",
    "what share of the oysters laid is alive": "55%",
    "how big is the area that divers looked at": "340 m²",
    "how many oysters laid on the reef by 2027": "30,000",
}
MEANT = {
    "what has the reef cost": ("crowns-reef", "3.1 million"),
    "did many people help out": ("volunteers-took-part", "180"),
    "how many survived": ("oysters-laid-alive", "55%"),
}
"""Asked in vain at first: the topic that each means, and what is answered then."""
NEW = "how many seals live in the bay"


@pytest.fixture
def base(where: Where, tmp_path: Path) -> Iterator[KnowledgeBase]:
    folder = tmp_path / "records"
    folder.mkdir()
    with opened(where, str(folder), lenient=True) as found:
        yield found


@dataclass
class Member:
    """Somebody of the team, whose every action and every typed character is counted."""

    chat: Chat
    actions: int = 0
    characters: int = 0

    async def type(self, command: str, **options: Any) -> Shown:
        """Type a command with what it takes, and send it; a file is chosen, not typed."""
        texts = [one for one in options.values() if isinstance(one, str)]
        self.characters += len(f"/{command}") + sum(map(len, texts))
        self.actions += 2 + len(options)
        return answered(await call(self.chat, command, options))

    async def press(self, shown: Shown, label: str) -> Shown:
        """Press a button, and look at what stands in its place then."""
        result = await self.click(shown, label)
        assert result.modal is None, label
        return Shown(current(self.chat.env, shown))

    async def fill(self, shown: Shown, label: str, **texts: str) -> Shown:
        """Press a button that opens a form, fill some of its fields, and send it."""
        opened_form = await self.click(shown, label)
        self.actions += 1 + len(texts)
        self.characters += sum(map(len, texts.values()))
        return answered(await send(self.chat, opened_form, **texts))

    async def click(self, shown: Shown, label: str) -> simcord.InteractionResult:
        """Press a button."""
        self.actions += 1
        return await self.chat.click(shown, label)

    def spent(self, on: str, claims: int = 1) -> tuple[float, float]:
        """Say how much a claim has cost since this was asked last, and begin anew."""
        each = self.actions / claims, self.characters / claims
        sys.stdout.write(f"{on}: {each[0]:.1f} actions, {each[1]:.1f} characters\n")
        self.actions = self.characters = 0
        return each


async def accept_all(member: Member, shown: Shown) -> None:
    """Accept what is proposed from an article, screen by screen."""
    while True:
        for label in [one for one in shown.buttons if one.startswith("Accept")]:
            shown = await member.press(shown, label)
        if "More" not in shown.buttons:
            return
        shown = await member.press(shown, "More")


async def make_example(member: Member, question: str, topic: str) -> None:
    """Find a question among those asked in vain, and choose the topic that it means."""
    shown = await member.type("unanswered")
    while f"“{question}”" not in shown.text:
        shown = await member.press(shown, "Next ▶")
    menus = re.findall(r"um:\d+:[0-9a-f]{12}", str(shown.message.message.components))
    member.actions += 2
    assert isinstance(member.chat.person, simcord.MemberActor)
    await member.chat.person.select(shown.message, [topic], custom_id=menus[0])


def told_in_private(env: Env, person: int) -> str:
    """Return what the bot has written to somebody last."""
    channel = env.backend.get_dm_channel(person)
    newest = list(env.backend.messages.get(channel.id, {}).values())[-1]
    return Shown(simcord.ResponseMessage(env, newest)).text


async def test_a_team_goes_from_an_empty_folder_to_a_base_that_answers(
    base: KnowledgeBase, simcord_env: Env
) -> None:
    server = Server.found(simcord_env, "Friends of the reef", review=True)
    place = str(server.guild.id)
    ann, ulf = Member(server.person("ann", CURATOR)), Member(server.person("ulf"))
    mona = Member(server.person("mona", manages=True))
    assert "holds no topics yet" in (await ulf.type("topics")).text

    assert "/claim from-article" in (await ann.type("topics")).text
    ann.spent("Looking what is on file")

    # The first day. Mona lets questions be kept; Ann reads three articles with the bot.
    await mona.press(await mona.type("settings"), "Keep questions")
    for article in ("harbour-post.txt", "coast-radio.txt", "gazette.txt"):
        sent = (article, (ARTICLES / article).read_bytes())
        await accept_all(ann, await ann.type("claim from-article", file=sent))
    claims = list(base.store.all_claims(place))
    assert len(claims) == CLAIMS
    assert all(one.citations[0].fingerprint for one in claims)
    actions, characters = ann.spent("A claim from an article", len(claims))
    assert actions <= ACTIONS
    assert characters < CHARACTERS

    # The second day. The team asks ten questions, and four of them in vain.
    for question, figure in ANSWERED.items():
        assert figure in (await ulf.type("ask", question=question)).text, question
    for question in (*MEANT, NEW):
        assert "Nothing on file about that" in (await ulf.type("ask", question=question)).text
    assert len(base.unanswered.groups(server.guild.id, TODAY)) == len(MEANT) + 1

    # The third day. Ann says what three of them mean, and the fourth becomes a topic.
    for question, (topic, _) in MEANT.items():
        await make_example(ann, question, topic)
    ann.spent("An example", len(MEANT))
    seals = {"title": "Seals in the bay", "unit": "seals", "description": "Seals that live there"}
    shown = await ann.fill(await ann.type("unanswered"), "New topic", **seals)
    assert "means Seals in the bay from now on" in answered(await ann.click(shown, "Save")).text
    ann.spent("A topic from a question")
    assert base.unanswered.groups(server.guild.id, TODAY) == []
    for question, (_, figure) in MEANT.items():
        assert figure in (await ulf.type("ask", question=question)).text, question
    assert "Seals in the bay" in (await ulf.type("ask", question=NEW)).text

    # The fourth day. Ulf reports an error, Ann mends it, and Ulf hears of it.
    shown = await ulf.type("ask", question="how many oysters were laid on the reef")
    told = await ulf.fill(shown, "Report an error", wrong="The Gazette has corrected it: 53,000")
    assert "with the curators of this server" in told.text
    ulf.spent("Asking 15 questions and reporting an error")
    (wrong,) = (one for one in claims if one.figure and one.figure.as_worded == "58,000")
    form = await call(ann.chat, "claim edit", {"claim": wrong.id})
    right = wrong.statement.replace("58,000", "53,000")
    shown = answered(await send(ann.chat, form, figure="53,000", statement=right))
    assert "Changed" in (await ann.press(shown, "Save")).text
    (report,) = server.posted()
    await ann.chat.person.submit_modal(
        await ann.click(report, "Mended"), {"line": "It says 53,000 now."}
    )
    news = told_in_private(simcord_env, ulf.chat.person.id)
    assert "Mended by" in news
    assert "It says 53,000 now." in news
    mended = await ulf.type("ask", question="how many oysters were laid on the reef")
    assert "53,000" in mended.text
    assert "58,000" not in mended.text
