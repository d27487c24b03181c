"""Opens many sessions that behave like readers, and prints how long they wait and what the server needs.

Each reader comes in by a link within ARRIVAL seconds, then changes a filter every PAUSE seconds for DURATION seconds,
and now and then goes to another page. Readers are of this process, the server is one of its own.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from dataclasses import dataclass, field

import numpy as np
from websockets.exceptions import WebSocketException

from tests.reader import Reader
from tests.serving import Server

READERS, SURGE = (10, 50, 100, 200, 400), 200
ARRIVAL, DURATION, PAUSE, SWITCHING = 10.0, 40.0, 3.0, 0.15
LINKS = ("/atlas", "/atlas?issue=climate", "/atlas?city=chicago-us", "/atlas?picture=ties", "/atlas?network=c40",
         "/networks?chart=growth", "/city?city=nairobi-ke", "/compare?city=chicago-us%2Ctoronto-ca", "/divides",
         "/structure?shape=ranking")
PAGES = ("atlas", "networks", "city", "structure", "divides")
THEMES = {"issue-planet": ("climate", "environment"), "issue-prosperity": ("trade", "innovation"),
          "issue-culture": ("culture", "education"), "issue-peace": ("peace", "rights")}


@dataclass
class Waits:
    """Seconds that readers waited, and how many of them lost their session."""

    opened: list[float] = field(default_factory=list)
    changed: list[float] = field(default_factory=list)
    switched: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


async def read(base: str, number: int, lasting: float, waits: Waits) -> None:
    """One reader, from the link to the last change; the same for the same number."""
    dice = random.Random(number)
    await asyncio.sleep(dice.uniform(0, ARRIVAL))
    until = time.monotonic() + lasting
    try:
        async with Reader(base) as reader:
            waits.opened.append(await reader.open(LINKS[number % len(LINKS)]))
            while time.monotonic() < until:
                await asyncio.sleep(dice.uniform(0.5, 1.5) * PAUSE)
                if dice.random() < SWITCHING:
                    waits.switched.append(await reader.switch(dice.choice(PAGES)))
                else:
                    waits.changed.append(await change(reader, dice))
                if reader.errors:
                    waits.lost.append(reader.errors[0])
                    return
    except (TimeoutError, OSError, LookupError, WebSocketException) as error:
        waits.lost.append(f"{type(error).__name__}: {error}")


async def change(reader: Reader, dice: random.Random) -> float:
    """Move one filter."""
    if dice.random() < 0.6:
        first = dice.randrange(1900, 2000)
        return await reader.change("period", double_array_value=[first, dice.randrange(first, 2026)])
    key = dice.choice(list(THEMES))
    return await reader.change(key, string_array_value=dice.sample(THEMES[key], dice.randrange(len(THEMES[key]) + 1)))


async def crowd(server: Server, readers: int, lasting: float) -> tuple[Waits, int]:
    """All readers at once; what they waited, and the most memory that the server had in bytes."""
    waits, memory = Waits(), server.memory
    tasks = [asyncio.create_task(read(server.base, number, lasting, waits)) for number in range(readers)]
    while not all(task.done() for task in tasks):
        memory = max(memory, server.memory)
        await asyncio.wait(tasks, timeout=1.0)
    await asyncio.gather(*tasks)
    return waits, memory


def row(name: str, readers: int, lasting: float) -> str:
    """One row of the table, on a fresh server."""
    with Server() as server:
        asyncio.run(crowd(server, 1, 2 * PAUSE))
        spent, start = server.seconds, time.monotonic()
        waits, memory = asyncio.run(crowd(server, readers, lasting))
        busy = (server.seconds - spent) / (time.monotonic() - start)
    for reason in sorted(set(waits.lost)):
        print(f"lost: {reason}", file=sys.stderr)
    times = " | ".join(" / ".join(f"{1000 * value:,.0f}" for value in np.percentile(waited or [np.nan], [50, 95, 99]))
                       for waited in (waits.opened, waits.changed, waits.switched))
    return f"| {name} | {times} | {len(waits.changed):,} | {len(waits.lost)} | {memory / 1e6:,.0f} | {100 * busy:.0f} |"


def main() -> None:
    """Print the table, a row as soon as it is measured."""
    print("| readers | open: p50 / p95 / p99 (ms) | filter (ms) | page (ms) | changes | lost | memory (MB) | CPU (%) |")
    print("|---|---|---|---|---|---|---|---|")
    for readers in [int(text) for text in sys.argv[1:]] or READERS:
        print(row(str(readers), readers, DURATION), flush=True)
    if not sys.argv[1:]:
        print(row(f"surge: {SURGE} arrive in {ARRIVAL:.0f} s", SURGE, 0.0), flush=True)


if __name__ == "__main__":
    main()
