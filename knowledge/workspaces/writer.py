"""The one writer: every change is written by one thread, and then the workspaces follow it."""

import logging
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from knowledge.model import KINDS, AnyRecord, ForPeople, RecordKind, Revision
from knowledge.store import Change, Store, StoreError, Unsure, Written
from knowledge.workspaces.garbage import uncollected
from knowledge.workspaces.workspaces import Workspaces

if TYPE_CHECKING:
    import asyncio

_log = logging.getLogger(__name__)
_CAUGHT_UP_AT_ONCE = 1000
"""Revisions, a few MB of records (chosen by eye)."""

Result = TypeVar("Result")
Listener = Callable[[Sequence[Written]], None]
Work = Callable[[Change], Result]


class Unsaved(ForPeople):
    """The database could not be written: nothing of the change is saved, as far as is known."""

    def __init__(self, error: StoreError) -> None:
        reason = error.reason or str(error)
        if isinstance(error, Unsure):
            super().__init__(
                "The database was lost just as this was saved: look whether it is there before "
                "you do it again."
            )
        else:
            super().__init__(f"Nothing was saved: the database {reason}.")


class Writer:
    """Writes changes one after the other, so that nobody who asks or answers waits for a disk.

    A change is confirmed when it is on the disk and the workspaces show it.
    """

    def __init__(self, store: Store, workspaces: Workspaces) -> None:
        self._store = store
        self._workspaces = workspaces
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._turns = Lock()
        self._lines: OrderedDict[str | None, deque[Callable[[], None]]] = OrderedDict()
        """What each place has to be written; the places take turns, whoever writes much."""
        self._listeners: list[Listener] = []

    def on_change(self, listener: Listener) -> None:
        """Call somebody after each change, on the event loop of whoever wrote it."""
        self._listeners.append(listener)

    async def write(
        self, work: Work[Result], *, who: str, why: str, workspace: str | None = None
    ) -> Result:
        """Let `work` put records into a change of one place, and return what it returns.

        The change is finished and told to the listeners even if the caller is cancelled.

        Raises:
            Unsaved: the database is locked, full or read-only; nothing was saved.
            Refused: the records do not fit the others; nothing was saved.
            Conflict: somebody else has changed a record meanwhile; nothing was saved.
        """
        result, _ = await self._awaited(self._submit(work, (who, why), workspace))
        return result

    def write_now(
        self, work: Work[Result], *, who: str, why: str, workspace: str | None = None
    ) -> Result:
        """Write and wait; for programs without an event loop. Raises what `write` does."""
        result, written = self._submit(work, (who, why), workspace).result()
        self._tell(written)
        return result

    async def catch_up(self) -> int:
        """Follow what other processes have written; return how many revisions that were.

        Raises:
            Unsaved: the database cannot be read.
        """
        count, _ = await self._awaited(self._thread.submit(self._catch_up))
        return count

    def close(self) -> None:
        """Finish what is being written; what waits to be is not begun any more."""
        self._thread.shutdown(cancel_futures=True)

    def _submit(
        self, work: Work[Result], by: tuple[str, str], workspace: str | None
    ) -> "Future[tuple[Result, Sequence[Written]]]":
        done: Future[tuple[Result, Sequence[Written]]] = Future()

        def write() -> None:
            if done.set_running_or_notify_cancel():
                try:
                    done.set_result(self._write(work, by, workspace))
                except BaseException as error:  # noqa: BLE001 - whoever waits is told
                    done.set_exception(error)

        with self._turns:
            self._lines.setdefault(workspace, deque()).append(write)
        self._thread.submit(self._write_next)
        return done

    def _write_next(self) -> None:
        """Write the oldest change of the place whose turn it is."""
        with self._turns:
            place, line = self._lines.popitem(last=False)
            write = line.popleft()
            if line:
                self._lines[place] = line
        write()

    async def _awaited(
        self, future: "Future[tuple[Result, Sequence[Written]]]"
    ) -> tuple[Result, Sequence[Written]]:
        # Whoever only reads does not wait for the library; whoever writes has it by now.
        import asyncio  # noqa: PLC0415

        wrapped = asyncio.wrap_future(future)
        wrapped.add_done_callback(self._done)
        return await asyncio.shield(wrapped)

    def _done(self, future: "asyncio.Future[tuple[Result, Sequence[Written]]]") -> None:
        if not future.cancelled() and future.exception() is None:
            self._tell(future.result()[1])

    def _tell(self, written: Sequence[Written]) -> None:
        for listener in self._listeners if written else ():
            try:
                listener(written)
            except Exception:  # noqa: BLE001 - whatever it is, the others are told
                _log.exception("A listener failed on revision %d", written[-1].number)

    def _write(
        self, work: Work[Result], by: tuple[str, str], workspace: str | None
    ) -> tuple[Result, Sequence[Written]]:
        with uncollected():
            return self._written(work, by, workspace)

    def _written(
        self, work: Work[Result], by: tuple[str, str], workspace: str | None
    ) -> tuple[Result, Sequence[Written]]:
        try:
            with self._store.change(*by, workspace) as change:
                result = work(change)
        except StoreError as error:
            _log.warning("A change was not saved: %s", error)
            raise Unsaved(error) from error
        return result, self._followed(change.written)

    def _followed(self, written: Sequence[Written]) -> Sequence[Written]:
        """Let the workspaces follow, others' revisions first where these were missed so far."""
        if not written:
            return ()
        try:
            if written[0].number == self._workspaces.revision + 1:
                self._workspaces.apply(written)
                return written
            return [one for some in self._missed() for one in some]
        except Exception:  # noqa: BLE001 - whatever it is, the change is saved
            # The change stands; what is shown is read anew rather than left behind.
            _log.exception("The workspaces did not follow revision %d", written[-1].number)
            self._workspaces.refresh()
            return written

    def _catch_up(self) -> tuple[int, Sequence[Written]]:
        try:
            newest = self._store.revision()
            if newest < self._workspaces.revision:
                _log.warning("The database was put back to revision %d: it is read anew", newest)
                self._workspaces.refresh()
            if newest <= self._workspaces.revision:
                return 0, ()
            with uncollected():
                written = [one for some in self._missed() for one in some]
        except StoreError as error:
            raise Unsaved(error) from error
        return len(written), written

    def _missed(self) -> Iterator[Sequence[Written]]:
        """Follow what stands in the database and was not followed yet, some at a time."""
        revisions = iter(self._store.history(after=self._workspaces.revision))
        while some := list(islice(map(_short, revisions), _CAUGHT_UP_AT_ONCE)):
            self._workspaces.apply(some)
            yield some


def _short(revision: Revision) -> Written:
    return Written(
        revision.number,
        revision.place_number,
        revision.kind,
        revision.record,
        revision.workspace,
        _record(revision.kind, revision.before),
        _record(revision.kind, revision.after),
    )


def _record(kind: RecordKind, fields: dict[str, object] | None) -> AnyRecord | None:
    return None if fields is None else KINDS[kind].model_validate(fields)
