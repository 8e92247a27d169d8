"""How the process is asked to stop."""

import asyncio
import contextlib
import signal

_STOPPING = (signal.SIGINT, signal.SIGTERM)


def signalled() -> asyncio.Event:
    """Return what the first SIGINT or SIGTERM sets; the second one ends the process at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def asked() -> None:
        stop.set()
        for each in _STOPPING:
            loop.remove_signal_handler(each)
            signal.signal(each, signal.SIG_DFL)

    for each in _STOPPING:
        # Windows has no such handlers; there, Ctrl-C raises KeyboardInterrupt.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(each, asked)
    return stop
