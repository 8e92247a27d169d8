"""Files in the chat: what an import would do, then the import itself; and the export."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from heapq import merge
from io import BytesIO

import discord

from commands.cards import DESCRIPTION, Card, fitting
from commands.chat import (
    READ_SECONDS,
    Button,
    File,
    Interaction,
    Kept,
    LastingButton,
    Outcome,
    Refused,
    Reply,
    aside,
    base_of,
    code,
    curation_of,
    curator,
    downloaded,
    in_words,
    label,
    note,
    refusal,
    revise,
    wait,
)
from commands.curation.writing import cut, differing, rows
from commands.text import clip, many, number, plain, say, told
from knowledge.curation import Actor, Invalid
from knowledge.interchange import (
    ATTACHMENT,
    Alteration,
    ImportPlan,
    ImportRefused,
    Problems,
    export,
    form_of,
    parse_map,
    plan,
    read,
)
from knowledge.model import KINDS, AnyRecord, ForPeople, RecordKind
from knowledge.records import Problem
from knowledge.store import Store
from knowledge.workspaces import Unsaved, Workspace

_SHOWN = 8
"""Problems or records that are listed: what fits on a phone (chosen by eye)."""
_FIELDS, _VALUE = 4, 90
"""Fields of a changed record that are shown, and characters of a value (chosen by eye)."""
_CELL = 80
"""Characters of a value in a row that is shown: two lines on a phone (chosen by eye)."""
_BAR = 10
"""Characters of the progress bar (chosen by eye)."""
PROGRESS_SECONDS = 2.0
"""Between two edits of the message, which Discord limits (chosen by eye)."""


# ------------------------------------------------------------------ import


async def dry_run(
    interaction: Interaction,
    attachment: discord.Attachment,
    topic: str | None,
    columns: str,
    skip_refused: bool,
) -> Reply:
    """Say what importing an attachment would do; nothing is saved.

    Raises:
        NotAllowed: the person is no curator here.
        BadMap: what maps columns to fields cannot be meant.
        Refused: the attachment is too large, or cannot be fetched.
        NotOnFile: there is no such topic.
    """
    actor = curator(interaction)
    mapped = parse_map([columns])
    if attachment.size > ATTACHMENT.size:
        raise Refused(
            say(
                "{filename} has {megabytes}; at most {megabytes2} are read from an attachment. "
                "Whoever runs the bot can import larger files with `claimbot import`.",
                filename=clip(attachment.filename, 80),
                megabytes=_megabytes(attachment.size),
                megabytes2=_megabytes(ATTACHMENT.size),
            )
        )
    app = interaction.client
    await wait(interaction)
    about = None
    if topic:
        about = (await aside(interaction, lambda: app.workspace.lookup.topic(topic))).id
    data = await downloaded(attachment, ATTACHMENT.size)
    whose = (interaction.user.id, interaction.guild_id)
    file = File(*whose, attachment.filename, data, about, mapped, skip_refused)
    try:
        found = await _planned(interaction, actor, file)
    except ImportRefused as error:
        return _refusal(file, error.problems)
    if found.refused and not (found.fits and found.taken):
        return _refusal(file, found.refused, found)
    if not found.taken:
        return note(
            say("**{name}** holds nothing new: all of it is on file.", name=plain(file.name, 100))
        )
    return _offer(app.workspace, file, found, app.files.keep(file))


async def _planned(interaction: Interaction, actor: Actor, file: File) -> ImportPlan:
    """Read a file and hold it against what is on file, without keeping anybody waiting."""
    app, curation = interaction.client, curation_of(interaction.client)

    def work() -> ImportPlan:
        draft = read(
            file.data,
            file.name,
            topic=file.topic,
            columns=file.columns,
            people=app.workspace.lookup.named_exactly,
            limits=ATTACHMENT,
        )
        return plan(
            draft,
            lambda records: curation.preview(actor, records),
            skip_refused=file.skip_refused,
        )

    return await aside(interaction, work, READ_SECONDS)


def _refusal(file: File, problems: Problems, found: ImportPlan | None = None) -> Reply:
    lines = [
        say(
            "**Nothing of {name} is imported:** {count}.",
            name=plain(file.name, 100),
            count=_count(problems.count, "problem"),
        ),
        *_listed(problems),
    ]
    if found and found.taken and not file.skip_refused:
        lines.append(
            say("-# With the option `skip-refused` what fits is imported without the rest.")
        )
    return note(fitting(lines, DESCRIPTION), outcome=Outcome.REFUSED)


def _listed(problems: Problems) -> Iterator[str]:
    listed = list(problems)[:_SHOWN]
    yield from map(_line, listed)
    if problems.count > len(listed):
        yield say("-# and {value} more", value=number(problems.count - len(listed)))


def _line(problem: Problem) -> str:
    where = say("line {line}", line=number(problem.line)) if problem.line is not None else ""
    record = code(problem.record) if problem.record else ""
    field = plain(label(problem.field), 60) if problem.field else ""
    place = ", ".join(part for part in (where, record, field) if part)
    return f"- {f'{place}: ' if place else ''}{plain(in_words(problem.reason), 300)}"


def _offer(workspace: Workspace, file: File, found: ImportPlan, key: str) -> Reply:
    left_out = (
        say("**Left out**, {count}:", count=_count(found.refused.count, "problem"))
        if found.refused
        else ""
    )
    lines = [
        *_sampled(found),
        say("**{name}** would", name=plain(file.name, 100)),
        *_changed(workspace, found),
        *_added(found.added),
        say("- leave {count} as they are", count=_count(found.unchanged, "record"))
        if found.unchanged
        else "",
        say("⚠ **Is this meant?**") if found.odd else "",
        *_listed(found.odd),
        left_out,
        *_listed(found.refused),
        say("-# All of that or nothing; each change can be undone."),
    ]
    card = Card(
        say("Import: is this right?"),
        fitting(lines, DESCRIPTION),
        footer=say("Nothing is saved yet. Only you can see this."),
    )
    return Reply(card, _buttons(key), private=True)


def _sampled(found: ImportPlan) -> Iterator[str]:
    """Show how the first rows of a mapped table are read."""
    for sample in found.samples:
        yield say("Line {line} is read as", line=number(sample.line))
        for name, column, value in sample.values:
            yield f"- {plain(label(name), 40)} ({plain(column, 40)}): {plain(value, _CELL)}"
    if found.left_out:
        yield say("-# Not read: {listed}", listed=plain(", ".join(found.left_out), 200))


def _buttons(key: str) -> list[Button]:
    return [
        ImportButton(f"i:go:{key}", say("Import"), discord.ButtonStyle.success),
        ImportButton(f"i:no:{key}", say("Cancel")),
    ]


def _added(added: Sequence[tuple[RecordKind, AnyRecord]]) -> Iterator[str]:
    for kind in KINDS:
        ids = [record.id for of, record in added if of == kind]
        if ids:
            shown = ", ".join(code(one) for one in ids[:_SHOWN])
            more = (
                say(" and {value} more", value=number(len(ids) - _SHOWN))
                if len(ids) > _SHOWN
                else ""
            )
            yield say(
                "- add {count}: {shown}{more}", count=_count(len(ids), kind), shown=shown, more=more
            )


def _changed(workspace: Workspace, found: ImportPlan) -> Iterator[str]:
    if found.changed:
        yield say(
            "- ⚠ change {count} on file, by the same id (give what is new another id):",
            count=_count(len(found.changed), "record"),
        )
    for one in found.changed[:_SHOWN]:
        yield f"  - {told(one.kind)} {code(one.after.id)}: {_from_to(workspace, one)}"
    if len(found.changed) > _SHOWN:
        yield say("  - and {value} more", value=number(len(found.changed) - _SHOWN))


def _from_to(workspace: Workspace, one: Alteration) -> str:
    """Say from what to what a record would change; fields that show nowhere by name alone."""
    changes = differing(rows(workspace, one.before), rows(workspace, one.after))
    if not changes:
        return plain(", ".join(label(field.name) for field in one.fields), 200)
    shown = [
        f"{name}: {cut(before, _VALUE) or say('nothing')} → {cut(after, _VALUE) or say('nothing')}"
        for name, before, after in changes[:_FIELDS]
    ]
    more = say("; and {value} more", value=len(changes) - _FIELDS) if len(changes) > _FIELDS else ""
    return "; ".join(shown) + more


class ImportButton(LastingButton, template=rf"i:(?P<act>go|no):(?P<key>{Kept.KEY})"):
    """Imports a file after its dry run, or forgets it."""

    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Hold the file against what is on file once more, then save all of it or nothing."""
        actor = curator(interaction)
        file = interaction.client.files.take(found["key"], interaction)
        if found["act"] == "no":
            await revise(interaction, note(say("Cancelled. Nothing was imported.")))
            return
        await revise(interaction, note(say("Importing {name} …", name=plain(file.name, 100))))
        try:
            reply = await _imported(interaction, actor, file)
        except ImportRefused as error:
            reply = _refusal(file, error.problems)
        except (Invalid, Stopping) as error:
            reply = refusal(error)
        except Unsaved as error:
            interaction.client.files.keep(file, found["key"])
            reply = note(plain(str(error), 500), _buttons(found["key"]), Outcome.REFUSED)
        except Exception:
            interaction.client.files.keep(file, found["key"])
            raise
        await revise(interaction, reply)


async def _imported(interaction: Interaction, actor: Actor, file: File) -> Reply:
    app = interaction.client
    records = (await _planned(interaction, actor, file)).records()
    gauge = Gauge(interaction, file.name)
    showing = asyncio.create_task(gauge.show())
    try:
        written = await curation_of(app).take_in(
            actor, records, why=f"imported from {clip(file.name, 80)}", progress=gauge.tell
        )
    finally:
        showing.cancel()
        await asyncio.gather(showing, return_exceptions=True)
    return note(
        say(
            "**Imported** {count} from {name}.\n-# `/claim history` lists them; each can be "
            "undone with `/claim undo`.",
            count=_count(written, "record"),
            name=plain(file.name, 100),
        )
    )


class Stopping(ForPeople):
    """An import was broken off, as the bot is about to end."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "I am about to restart, so nothing of it was imported. Please send the file "
                "again in a minute."
            )
        )


class Gauge:
    """A progress bar in the message, redrawn now and then."""

    def __init__(self, interaction: Interaction, name: str) -> None:
        self._interaction = interaction
        self._name = plain(name, 100)
        self._standing = (0, 0)

    def tell(self, done: int, total: int) -> None:
        """Note how far it is; called from another thread.

        Raises:
            Stopping: the bot is about to end, so that nothing is imported.
        """
        if self._interaction.client.stopping:
            raise Stopping
        self._standing = (done, total)

    async def show(self) -> None:
        """Redraw until cancelled; a message that cannot be edited stops nothing."""
        shown = (0, 0)
        while True:
            await asyncio.sleep(PROGRESS_SECONDS)
            if self._standing == shown or not self._standing[1]:
                continue
            shown = done, total = self._standing
            full = _BAR * done // total
            bar = "▰" * full + "▱" * (_BAR - full)
            text = say(
                "Importing {name}\n{bar} {done} of {total}",
                name=self._name,
                bar=bar,
                done=number(done),
                total=number(total),
            )
            await revise(self._interaction, note(text))


# ------------------------------------------------------------------ export


async def exported(interaction: Interaction, form: str, own: bool) -> None:
    """Send what is seen here, or this server's own records, as a file.

    Raises:
        NotAllowed: the person is no curator here.
        Refused: there is nothing, or too much for Discord.
    """
    actor = curator(interaction)
    app = interaction.client
    store = base_of(app).store
    await wait(interaction)
    limit = interaction.filesize_limit
    data, revision = await aside(
        interaction,
        lambda: (_written(store, actor.workspace, form, own), app.workspace.library.revision),
        READ_SECONDS,
    )
    if not data:
        raise Refused(say("This server has no records of its own yet."))
    if len(data) > limit:
        raise Refused(
            say(
                "The file has {megabytes}; Discord takes {megabytes2} here. Export this "
                "server's own records alone, or ask whoever runs the bot for `claimbot export`.",
                megabytes=_megabytes(len(data)),
                megabytes2=_megabytes(limit),
            )
        )
    name = f"claims-{'server' if own else 'all'}{form_of(form).endings[0]}"
    reply = note(
        say(
            "**{name}**, {data} bytes, up to revision {revision}.",
            name=name,
            data=number(len(data)),
            revision=revision,
        )
    )
    told = say("Every record on file here") if not own else say("What this server has added itself")
    file = discord.File(BytesIO(data), name, description=told)
    await interaction.followup.send(embed=reply.embed, file=file, ephemeral=True)


def _written(store: Store, workspace: str | None, form: str, own: bool) -> bytes:
    places = [workspace] if own else [None, workspace]
    order = list(KINDS)
    records = merge(
        *(store.all_records(place) for place in places), key=lambda named: order.index(named[0])
    )
    first = next(records, None)
    if first is None:
        return b""

    def everything() -> Iterator[tuple[RecordKind, AnyRecord]]:
        yield first
        yield from records

    return "".join(export(everything(), form)).encode()


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def _count(number: int, what: str) -> str:
    counted = {
        "record": lambda: many("{count} record", "{count} records", number),
        "problem": lambda: many("{count} problem", "{count} problems", number),
        "claim": lambda: many("{count} claim", "{count} claims", number),
        "topic": lambda: many("{count} topic", "{count} topics", number),
        "source": lambda: many("{count} source", "{count} sources", number),
        "asserter": lambda: many("{count} asserter", "{count} asserters", number),
        "example": lambda: many("{count} example", "{count} examples", number),
    }
    return counted[what]()
