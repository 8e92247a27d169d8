"""The one writer: every change is written by one thread, and then the workspaces follow it."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import contextmanager, suppress
from itertools import count, islice
from typing import TYPE_CHECKING, Any, TypeVar

from knowledge.fairness import fairness
from knowledge.model import KINDS, AnyRecord, ForPeople, RecordKind, Revision
from knowledge.store import Change, Prepared, Store, StoreError, Unsure, Written
from knowledge.workspaces.garbage import leave_alone, uncollected
from knowledge.workspaces.queues import Queues
from knowledge.workspaces.workspaces import Unindexed, Workspaces

if TYPE_CHECKING:
    import asyncio

_log = logging.getLogger(__name__)
_CAUGHT_UP_AT_ONCE = 1000
"""Revisions, a few MB of records (chosen by eye)."""
_AGAIN = 2
"""How often a change that others came in the way of is prepared anew; then it is made while nobody
else writes, as somebody may write without end (chosen by eye)."""
_INDEXING = 2
"""Threads: while one of them puts the index of a large workspace in order, which takes a second or
two, the others have their changes confirmed."""
_BREATH = 0.0005
"""Seconds that such a thread rests after some claims: whoever asks a question comes first (chosen
by eye; `bench.writing` shows the p99 of answers during an import)."""
_MANY_SLICES = 100
"""Of an index: some 2,000 claims, from which on looking for garbage among them is felt (chosen by
eye)."""

Result = TypeVar("Result")
Done = Future[tuple[Result, Sequence[Written]]]
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
        self._writing = Queues("writer")
        self._preparing = Queues("preparing")
        self._indexing = Queues("indexing", _INDEXING)
        self._listeners: list[Listener] = []
        self._waited: set[Future[Any]] = set()
        """What somebody waits for, whatever it brings."""

    def on_change(self, listener: Listener) -> None:
        """Call somebody after each change, on the event loop of whoever wrote it."""
        self._listeners.append(listener)

    async def write(
        self,
        work: Work[Result],
        *,
        who: str,
        why: str,
        workspace: str | None = None,
        large: bool = False,
    ) -> Result:
        """Let `work` put records into a change of one place, and return what it returns.

        The change is finished and told to the listeners even if the caller is cancelled. One that
        is `large` is prepared while others are written, and anew where they came in its way.

        Raises:
            Unsaved: the database is locked, full or read-only; nothing was saved.
            Refused: the records do not fit the others; nothing was saved.
            Conflict: somebody else has changed a record meanwhile; nothing was saved.
        """
        submit = self._submit_large if large else self._submit
        result, _ = await self._awaited(submit(work, (who, why), workspace))
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
        done: Done[int] = self._waiting()
        if not self._writing.submit(None, lambda: self._done_with(done, self._caught_up)):
            _tell_of_the_end(done)
        count, _ = await self._awaited(done)
        return count

    def close(self) -> None:
        """Finish what is being written; what waits to be is not begun, and whoever waits is told.

        So is whoever comes later.
        """
        self._preparing.close(finish=False)
        self._writing.close(finish=False)
        self._indexing.close(finish=True)
        for done in tuple(self._waited):
            _tell_of_the_end(done)

    def _waiting(self) -> Done[Result]:
        """Make what somebody waits for."""
        done: Done[Result] = Future()
        self._waited.add(done)
        done.add_done_callback(self._waited.discard)
        return done

    def _submit(
        self, work: Work[Result], by: tuple[str, str], workspace: str | None
    ) -> Done[Result]:
        done: Done[Result] = self._waiting()

        def write() -> _Shown[Result]:
            with fairness.serving(workspace):
                return self._written(work, by, workspace)

        if not self._writing.submit(workspace, lambda: self._done_with(done, write)):
            _tell_of_the_end(done)
        return done

    def _submit_large(
        self, work: Work[Result], by: tuple[str, str], workspace: str | None
    ) -> Done[Result]:
        done: Done[Result] = self._waiting()
        again = iter(range(_AGAIN))

        def prepare() -> None:
            with fairness.serving(workspace, patient=True), uncollected(), _unsaved():
                prepared = self._store.prepare(work, *by, workspace)
            self._writing.submit(workspace, lambda: self._do(done, lambda: confirm(prepared)))

        def confirm(prepared: Prepared[Result]) -> "_Shown[Result] | None":
            with uncollected():
                with _unsaved():
                    written = prepared.confirm()
                if written is not None:
                    return prepared.result, *self._followed(written)
                if next(again, None) is None:
                    return self._written(work, by, workspace)
            self._preparing.submit(workspace, lambda: self._do(done, prepare))
            return None

        if not self._preparing.submit(workspace, lambda: self._done_with(done, prepare)):
            _tell_of_the_end(done)
        return done

    def _done_with(self, done: Done[Result], step: "Callable[[], _Shown[Result] | None]") -> bool:
        return self._do(done, step) if done.set_running_or_notify_cancel() else True

    def _do(self, done: Done[Result], step: "Callable[[], _Shown[Result] | None]") -> bool:
        """Write, or follow what others have written; whoever waits is told when all is indexed.

        A step that returns nothing has brought another one on its way.
        """
        try:
            shown = step()
            if shown:
                result, written, left = shown
                self._index(left, lambda: done.set_result((result, written)))
        except BaseException as error:  # noqa: BLE001 - whoever waits is told
            done.set_exception(error)
        return True

    def _index(self, left: Sequence[Unindexed], then: Callable[[], None]) -> None:
        """Let the indexes of some places follow, one after the other, each in its turns."""
        if not left:
            then()
            return
        first, *others = left
        slices = count(1)

        def take_up() -> bool:
            try:
                with fairness.serving(first.place, patient=True):
                    fairness.look_up()
                    done = first.take_up()
            except Exception:  # noqa: BLE001 - whatever it is, the change is saved
                _log.exception("The index of %s did not follow", first.place)
                if not self._writing.submit(None, lambda: self._refreshed(then)):
                    then()
                return True
            taken = next(slices)
            time.sleep(_BREATH)
            if done:
                if taken > _MANY_SLICES:
                    leave_alone()
                self._index(others, then)
            return done

        self._indexing.submit(first.place, take_up)

    def _refreshed(self, then: Callable[[], None]) -> bool:
        """Read everything anew, as what is shown is better than what was left behind."""
        try:
            self._workspaces.refresh()
        finally:
            then()
        return True

    async def _awaited(self, future: Done[Result]) -> tuple[Result, Sequence[Written]]:
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

    def _written(
        self, work: Work[Result], by: tuple[str, str], workspace: str | None
    ) -> "_Shown[Result]":
        with _unsaved(), self._store.change(*by, workspace) as change:
            result = work(change)
        return result, *self._followed(change.written)

    def _followed(self, written: Sequence[Written]) -> tuple[Sequence[Written], list[Unindexed]]:
        """Let the workspaces follow, others' revisions first where these were missed so far."""
        if not written:
            return (), []
        try:
            if written[0].number == self._workspaces.revision + 1:
                return written, [*self._workspaces.show(written)]
            return self._missed()
        except Exception:  # noqa: BLE001 - whatever it is, the change is saved
            # The change stands; what is shown is read anew rather than left behind.
            _log.exception("The workspaces did not follow revision %d", written[-1].number)
            self._workspaces.refresh()
            return written, []

    def _caught_up(self) -> "_Shown[int]":
        with uncollected():
            return self._catch_up()

    def _catch_up(self) -> "_Shown[int]":
        try:
            newest = self._store.revision()
            if newest < self._workspaces.revision:
                _log.warning("The database was put back to revision %d: it is read anew", newest)
                self._store.forget()
                self._workspaces.refresh()
            if newest <= self._workspaces.revision:
                return 0, (), []
            written, left = self._missed()
        except StoreError as error:
            raise Unsaved(error) from error
        return len(written), written, left

    def _missed(self) -> tuple[Sequence[Written], list[Unindexed]]:
        """Follow what stands in the database and was not followed yet, some at a time."""
        revisions = map(_short, self._store.history(after=self._workspaces.revision))
        written: list[Written] = []
        left: list[Unindexed] = []
        while some := list(islice(revisions, _CAUGHT_UP_AT_ONCE)):
            left += self._workspaces.show(some)
            written += some
        return written, left


def _tell_of_the_end(done: Future[Any]) -> None:
    # Whoever has gone does not wait any more.
    with suppress(InvalidStateError):
        done.set_exception(Unsaved(StoreError("It is being closed.", "is being closed")))


@contextmanager
def _unsaved() -> Iterator[None]:
    """Word for people what the database says."""
    try:
        yield
    except StoreError as error:
        _log.warning("A change was not saved: %s", error)
        raise Unsaved(error) from error


_Shown = tuple[Result, Sequence[Written], list[Unindexed]]
"""What came of a change, what was written, and what the indexes have yet to take up."""


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
