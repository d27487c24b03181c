"""The memory of the server, kept small and quick to look through while many read.

Streamlit collects garbage after each run of the script, and looks at every object for it: of the dataset, of the caches
and of all sessions. What has outlived a second is therefore taken out of the count, and put back for one whole
collection every SWEEP seconds.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

SETTLE, SWEEP = 1, 300
TURNS = threading.Semaphore(2)
"""Whose turn it is to draw: many scripts at once would take the one interpreter from each other all the time, and all
be late; in turns, each is done soon."""


@asynccontextmanager
async def keeping(_: Any) -> AsyncIterator[None]:
    """Keep the memory of the server for as long as it runs."""
    task = asyncio.create_task(_keep())
    yield
    task.cancel()


async def _keep() -> None:
    while True:
        for _ in range(SWEEP // SETTLE):
            await asyncio.sleep(SETTLE)
            gc.freeze()
        await asyncio.to_thread(sweep)


def sweep() -> None:
    """Collect all garbage, and give what is free back to the machine."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
