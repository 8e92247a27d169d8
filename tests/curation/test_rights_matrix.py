"""Who may do what: every command and every button, for every kind of person, in every place."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

import pytest
import simcord
from discord import app_commands
from simcord.env import Env

from bot.client import Claimbot
from commands.chat import AnswerButton, LastingButton
from knowledge.base import KnowledgeBase
from knowledge.model import AnyRecord, RecordKind, Status, Use
from knowledge.store import Change
from tests.bases.engines import on_both_engines
from tests.conftest import Chat, Shown
from tests.driving.curators import (
    ADD,
    CONTRIBUTOR,
    CURATOR,
    Server,
    answered,
    call,
    curating_bot,
    drafted,
    fill,
    pressed,
    send,
)

pytestmark = [on_both_engines, pytest.mark.long]

SHIPPED = "sacks-kamau-2024-02"
KINDS = ("owner", "manager", "curator", "contributor", "nobody")
CURATES = frozenset({"owner", "manager", "curator"})
PROPOSES = CURATES | {"contributor"}
PLACES = ("server", "direct message", "other server")
"""In the other server, everybody is a member without any role there."""

FILE = ("claims.csv", b"kind,id\nclaim,x\n")
STORY = ("story.txt", b"On 2 May 2024 Mayor Kari Lund said that 60 people work in the mill.")
COMMANDS: dict[str, tuple[dict[str, object], frozenset[str]]] = {
    "claim add": (dict(ADD), PROPOSES),
    "claim edit": ({"claim": "{own}"}, CURATES),
    "claim retract": ({"claim": "{own}", "reason": "wrong"}, CURATES),
    "claim restore": ({"claim": "{own}"}, CURATES),
    "claim history": ({}, CURATES),
    "claim undo": ({"revision": 1}, CURATES),
    "claim pending": ({}, PROPOSES),
    "claim errors": ({}, CURATES),
    "claim approve": ({"claim": "{proposal}"}, CURATES),
    "claim reject": ({"claim": "{proposal}", "reason": "wrong"}, CURATES),
    "claim import": ({"file": FILE}, CURATES),
    "claim from-article": ({"file": STORY}, CURATES),
    "claim export": ({"form": "yaml"}, CURATES),
    "topic add": ({"measure": "cumulative"}, CURATES),
    "topic edit": ({"topic": "{topic}"}, CURATES),
    "topic example add": ({"topic": "{topic}", "question": "which spans stand"}, CURATES),
    "topic example list": ({}, CURATES),
    "topic example remove": ({"example": "{example}"}, CURATES),
    "unanswered": ({}, CURATES),
    "topic retire": ({"topic": "{topic}", "reason": "not asked any more"}, CURATES),
    "sources add": ({}, CURATES),
    "sources edit": ({"source": "{source}"}, CURATES),
    "asserter add": ({}, CURATES),
    "asserter edit": ({"asserter": "{asserter}"}, CURATES),
}
"""Each command for curators, options with which it would work, and who may use it."""


@dataclass(slots=True)
class Scene:
    """Two servers with everybody in them, and records of the first one."""

    base: KnowledgeBase
    server: Server
    other: Server
    people: dict[str, Chat]
    records: dict[str, str] = field(default_factory=dict)

    def at(self, kind: str, place: str) -> Chat:
        """Return a person in a place."""
        here = self.people[kind]
        assert isinstance(here.person, simcord.MemberActor)
        user = here.person.user
        if place == "direct message":
            return Chat(here.env, user, None)
        if place == "other server":
            member = simcord.MemberActor(here.env, self.other.guild, user)
            return Chat(here.env, member, self.other.channel)
        return here

    def revision(self) -> int:
        """Return the newest revision: it tells whether anything was written."""
        return self.base.store.revision()

    def filled(self, options: dict[str, object]) -> dict[str, object]:
        """Put the ids of the records into options."""
        return {
            name: value.format(**self.records) if isinstance(value, str) else value
            for name, value in options.items()
        }


@pytest.fixture
async def scene(simcord_env: Env, base: KnowledgeBase) -> Scene:
    server = Server.found(simcord_env, "Alpha", review=True)
    other = Server.found(simcord_env, "Beta", review=True)
    people = {
        "owner": server.owner(),
        "manager": server.person("manager", manages=True),
        "curator": server.person("curator", CURATOR),
        "contributor": server.person("contributor", CONTRIBUTOR),
        "nobody": server.person("nobody"),
    }
    for chat in people.values():
        assert isinstance(chat.person, simcord.MemberActor)
        other.guild.add_member(chat.person.user)
    made = Scene(base, server, other, people)
    await furnish(made)
    return made


async def furnish(scene: Scene) -> None:
    """Let a curator add one record of each kind, and a contributor propose a claim."""
    helper = scene.server.person("helper", CURATOR)
    forms = {
        "topic": (
            ("topic add", {"measure": "level"}),
            {"title": "Bridges", "unit": "bridges", "description": "Bridges that stand"},
        ),
        "source": (("sources add", {}), {"publisher": "The Quay", "title": "Bridges counted"}),
        "asserter": (("asserter add", {}), {"organisation": "Harbour office"}),
    }
    for (command, options), texts in forms.values():
        form = await helper.invoke(command, **options)
        await pressed(helper, await fill(helper, form, **texts), "Save")
    await pressed(helper, await drafted(helper), "Save")
    await helper.run("topic example add", topic="Bridges", question="what spans the river")
    proposer = scene.server.person("proposer", CONTRIBUTOR)
    shown = await drafted(proposer, figure="9 million", statement="Somebody counted nine million.")
    await pressed(proposer, shown, "Propose")
    store, place = scene.base.store, str(scene.server.guild.id)
    scene.records["topic"] = store.topics(place)[0].id
    scene.records["source"] = store.sources(place)[0].id
    scene.records["asserter"] = store.asserters(place)[0].id
    scene.records["example"] = store.examples(place)[0].id
    for claim in store.all_claims(place):
        scene.records["own" if claim.status == "active" else "proposal"] = claim.id


def allowed(kind: str, place: str, those: frozenset[str]) -> bool:
    return place == "server" and kind in those


def is_refused(result: simcord.InteractionResult) -> bool:
    """Whether a person was turned away, in private and in words."""
    if result.modal is not None:
        return False
    shown = answered(result)
    assert shown.private
    turned_away = "Only curators" in shown.text or "In a direct message nothing" in shown.text
    assert not (turned_away and shown.buttons)
    return turned_away


def test_the_matrix_holds_every_command_for_curators(simcord_bot: Claimbot) -> None:
    named = set()
    for each in simcord_bot.tree.get_commands():
        inside = list(each.walk_commands()) if isinstance(each, app_commands.Group) else [each]
        if getattr(each, "description", "").startswith("For curators"):
            leaves = (one for one in inside if isinstance(one, app_commands.Command))
            named |= {leaf.qualified_name for leaf in leaves}
    assert named == set(COMMANDS)


@pytest.mark.parametrize("place", PLACES)
async def test_commands(scene: Scene, place: str) -> None:
    for kind in KINDS:
        chat = scene.at(kind, place)
        for command, (options, those) in COMMANDS.items():
            if place == "direct message":
                with pytest.raises(simcord.SetupError, match="context"):
                    await call(chat, command, scene.filled(options))
                continue
            before = scene.revision()
            result = await call(chat, command, scene.filled(options))
            may = allowed(kind, place, those)
            assert is_refused(result) is not may, (kind, place, command)
            if not may:
                assert scene.revision() == before, (kind, place, command)
            await furnish_again(scene)


async def furnish_again(scene: Scene) -> None:
    """Put back what a command has changed: the claim is active, the proposal waits."""
    place = str(scene.server.guild.id)
    statuses: tuple[tuple[RecordKind, str, Status | Use], ...] = (
        ("claim", "own", Status.ACTIVE),
        ("claim", "proposal", Status.PROPOSED),
        ("topic", "topic", Use.ACTIVE),
    )
    for kind, key, status in statuses:
        held = scene.base.store.placed(kind, scene.records[key], place)
        assert held is not None
        record = held.record.model_copy(update={"status": status})
        if record != held.record:
            work = partial(put, record)
            await scene.base.writer.write(work, who="test", why="", workspace=held.workspace)


def put(record: AnyRecord, change: Change) -> None:
    change.put(record)


# ------------------------------------------------------------------ buttons and forms

Made = Callable[[Scene], Awaitable[tuple[Chat, Shown]]]


async def a_draft(scene: Scene) -> tuple[Chat, Shown]:
    chat = scene.people["curator"]
    return chat, await drafted(chat, figure="5 million", asserted_on="2024-01-05")


async def a_saved_claim(scene: Scene) -> tuple[Chat, Shown]:
    chat, shown = await a_draft(scene)
    return chat, await pressed(chat, shown, "Save")


async def a_refusal(scene: Scene) -> tuple[Chat, Shown]:
    chat = scene.people["curator"]
    return chat, await chat.run("claim edit", claim=SHIPPED)


async def a_history(scene: Scene) -> tuple[Chat, Shown]:
    chat = scene.people["curator"]
    for number in range(8):
        form = await chat.invoke("asserter add")
        await pressed(chat, await fill(chat, form, organisation=f"Office {number}"), "Save")
    return chat, await chat.run("claim history")


async def a_file(scene: Scene) -> tuple[Chat, Shown]:
    chat = scene.people["curator"]
    text = "# asserter\nid: quay\norganisation: Quay\n"
    options = {"file": ("quay.yaml", f"---\n{text}".encode())}
    return chat, answered(await call(chat, "claim import", options))


async def an_article(scene: Scene) -> tuple[Chat, Shown]:
    chat = scene.people["curator"]
    return chat, answered(await call(chat, "claim from-article", {"file": STORY}))


BUTTONS: dict[tuple[str, str], Made] = {
    ("DraftButton", "Save"): a_draft,
    ("DraftButton", "Edit"): a_draft,
    ("DraftButton", "More fields"): a_draft,
    ("UndoButton", "Undo"): a_saved_claim,
    ("ShowButton", "Show"): a_saved_claim,
    ("DisputeButton", "Dispute it"): a_refusal,
    ("HistoryButton", "Older ▶"): a_history,
    ("ImportButton", "Import"): a_file,
    ("ArticleButton", "Accept 1"): an_article,
    ("ArticleButton", "Edit 1"): an_article,
}


@pytest.mark.parametrize("button", BUTTONS)
async def test_a_private_button_stops_working_for_those_who_lose_their_role(
    scene: Scene, button: tuple[str, str]
) -> None:
    chat, shown = await BUTTONS[button](scene)
    lose_role(scene, chat, CURATOR)
    before = scene.revision()
    result = await chat.click(shown, button[1])
    assert is_refused(result)
    assert scene.revision() == before


async def test_members_are_not_shown_the_commands_for_curators(simcord_env: Env) -> None:
    guild = simcord_env.create_guild("Gamma")
    channel = guild.create_text_channel("general")
    member = guild.add_member(simcord_env.create_user("ulf"))
    shown = {one.split()[0] for one in member.available_commands(channel)}
    assert not shown & {"claim", "topic", "sources", "asserter", "settings", "unanswered", "watch"}
    assert {"figures", "ask", "help"} <= shown


def lose_role(scene: Scene, chat: Chat, role: str) -> None:
    held = scene.server.guild.roles[role]
    chat.env.backend.remove_member_role(scene.server.guild.id, chat.person.id, held.id)


@pytest.mark.parametrize("label", ["Approve", "Edit", "Reject"])
async def test_the_buttons_under_a_proposal(scene: Scene, label: str) -> None:
    (posted,) = scene.server.posted()
    for kind in ("contributor", "nobody", "curator"):
        before = scene.revision()
        result = await scene.people[kind].click(posted, label)
        if kind in CURATES:
            assert result.modal is not None or scene.revision() > before
        else:
            assert is_refused(result), kind
            assert scene.revision() == before


async def test_a_form_is_refused_to_those_who_lose_their_role_while_it_is_open(
    scene: Scene,
) -> None:
    chat = scene.people["curator"]
    forms = {
        "claim add": await chat.invoke("claim add", **ADD),
        "topic add": await chat.invoke("topic add", measure="level"),
        "sources add": await chat.invoke("sources add"),
        "asserter add": await chat.invoke("asserter add"),
    }
    (posted,) = scene.server.posted()
    rejecting = await chat.click(posted, "Reject")
    lose_role(scene, chat, CURATOR)
    before = scene.revision()
    texts = {
        "claim add": {"statement": "x", "asserted_on": "2024", "paragraph": "1"},
        "topic add": {"title": "x", "description": "x"},
        "sources add": {"publisher": "x", "title": "x"},
        "asserter add": {"person": "x"},
    }
    for command, form in forms.items():
        assert is_refused(await send(chat, form, **texts[command])), command
    assert is_refused(await send(chat, rejecting, reason="x"))
    assert scene.revision() == before


ELSEWHERE = {"ProposalButton", "PendingButton", "SettingsButton", "UnansweredButton"} | {
    "DecisionButton",
    "ErrorsButton",
    "ReportButton",
    "TakeBackButton",
    "AddButton",
}
"""Buttons with a test of their own, here or beside the command that shows them."""


def test_every_button_for_curators_stands_in_these_tests() -> None:
    acting = set(LastingButton.__subclasses__()) - {AnswerButton}
    every = {each.__name__ for each in acting}
    assert every == {name for name, _ in BUTTONS} | ELSEWHERE


async def test_turning_the_proposals_is_for_curators(scene: Scene) -> None:
    proposer = scene.people["contributor"]
    shown = await drafted(proposer, figure="8 million", statement="Somebody counted them.")
    await pressed(proposer, shown, "Propose")
    chat = scene.people["curator"]
    first = await chat.run("claim pending")
    lose_role(scene, chat, CURATOR)
    assert is_refused(await chat.click(first, "Next ▶"))


# ------------------------------------------------------------------ what is seen where


async def test_nothing_of_a_server_is_seen_elsewhere(scene: Scene) -> None:
    names = [*scene.records.values(), "Bridges", "The Quay", "Harbour office"]
    for place in ("direct message", "other server"):
        chat = scene.at("owner", place)
        for record in scene.records.values():
            shown = await chat.run("source", what=record)
            assert "There is no topic" in shown.text, (place, record)
        assert "There is no" in (await chat.run("figures", topic="Bridges")).text
        assert "There is no" in (await chat.run("sacks", by="Harbour office")).text
        everything = [
            await chat.run("topics"),
            await chat.run("figures", topic="sacks", since="2024-02-02", until="2024-02-02"),
            await chat.run("ask", question="How many bridges stand, says the harbour office?"),
        ]
        for shown in everything:
            assert not any(name in shown.text.replace("bridges stand", "") for name in names)
            assert "2 million sacks" not in shown.text
        for command, option, typed in (
            ("figures", "topic", "bridges"),
            ("figures", "by", "harbour"),
            ("source", "what", scene.records["own"]),
            ("claim add", "source", "quay"),
            ("claim edit", "claim", scene.records["own"]),
            ("claim approve", "claim", ""),
            ("claim restore", "claim", ""),
            ("claim add", "relates-to", "bridges"),
        ):
            if place == "direct message" and command.startswith("claim"):
                continue
            offered = await chat.complete(command, option, typed)
            assert not {value for _, value in offered} & set(scene.records.values()), command


async def test_curators_of_another_server_reach_nothing_of_this_one(scene: Scene) -> None:
    stranger = scene.other.person("stranger", CURATOR, manages=True)
    before = scene.revision()
    for command, (options, _) in COMMANDS.items():
        if not any("{" in str(value) for value in options.values()):
            continue
        result = await call(stranger, command, scene.filled(options))
        assert "There is no" in answered(result).text, command
    newest = scene.revision()
    assert newest == before
    shown = answered(await call(stranger, "claim undo", {"revision": newest}))
    assert "There is no revision" in shown.text
    history = await stranger.run("claim history")
    assert not any(record in history.text for record in scene.records.values())


async def test_completion_gives_nothing_to_those_who_may_not(scene: Scene) -> None:
    for kind in ("contributor", "nobody"):
        chat = scene.people[kind]
        assert await chat.complete("claim approve", "claim", "") == []
        assert await chat.complete("claim restore", "claim", "") == []
    assert await scene.people["nobody"].complete("claim edit", "claim", "") == []


async def test_curators_of_a_base_server_change_what_everybody_sees(
    base: KnowledgeBase, simcord_env: Env
) -> None:
    server = Server.found(simcord_env, "Base")
    await simcord_env.restart_bot(curating_bot(base, frozenset({server.guild.id})))
    ann, other = server.person("ann", CURATOR), Server.found(simcord_env, "Beta")
    await pressed(ann, await drafted(ann), "Save")
    form = await ann.invoke("claim edit", claim=SHIPPED)
    form = await ann.click(await fill(ann, form), "More fields")
    await pressed(ann, await fill(ann, form, assumption="if nobody errs"), "Save")
    held = base.store.placed("claim", SHIPPED)
    assert held is not None
    assert getattr(held.record, "assumption", None) == "if nobody errs"
    seen = await other.person("bob").run(
        "figures", topic="sacks", since="2024-02-02", until="2024-02-02"
    )
    assert "more than 2 million" in seen.text
    carl = server.person("carl", CONTRIBUTOR)
    assert "Save" not in (await drafted(carl, figure="7 million")).buttons
