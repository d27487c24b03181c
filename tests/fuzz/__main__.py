"""Throws hostile links at a server and prints how they were answered: `python -m tests.fuzz COUNT [SEED] [--base URL]`.

The server is one of its own, whose log is read for tracebacks too, or that of `--base`. A link that fails is printed so
that it can be put among the examples of `test_links.py`. Ends with 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import Counter
from contextlib import ExitStack

from tests.fuzz.judge import SLOW, Clock, Verdict, alike, judged, smallest, tracebacks
from tests.fuzz.links import drawn
from tests.serving import Server

AT_A_TIME, SLOWEST, SHOWN, LONGEST_TRACE = 500, 10, 3, 900


def throw(base: str, count: int, seed: int, clock: Clock) -> list[Verdict]:
    """A verdict for each of so many links; says how far it is."""
    links, verdicts = drawn(count, seed), list[Verdict]()
    for start in range(0, len(links), AT_A_TIME):
        verdicts += asyncio.run(judged(base, links[start:start + AT_A_TIME], clock))
        print(f"{len(verdicts):,} links, {sum(bool(verdict.wrong) for verdict in verdicts):,} failed", flush=True)
    return verdicts


def table(verdicts: list[Verdict]) -> str:
    """Counts by kind and status, and the slowest links with the second try of each."""
    counts = Counter((verdict.link.kind, verdict.status) for verdict in verdicts)
    rows = [f"{kind:10} {status} {count:7,}" for (kind, status), count in sorted(counts.items())]
    slowest = sorted(verdicts, key=lambda verdict: verdict.seconds, reverse=True)[:SLOWEST]
    rows += [f"{verdict.seconds:.2f} s{'' if verdict.again is None else f', again {verdict.again:.2f} s'}  "
             f"{verdict.size:,} bytes  {verdict.link.target[:300]}" for verdict in slowest]
    rows.append(f"{sum(verdict.seconds > SLOW for verdict in verdicts)} of {len(verdicts):,} took over {SLOW:.0f} s")
    return "\n".join(rows)


def main() -> None:
    """Throw, and print."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.splitlines()[0])
    asked.add_argument("count", type=int, nargs="?", default=2_000)
    asked.add_argument("seed", type=int, nargs="?", default=1)
    asked.add_argument("--base", help="the address of a server that runs already")
    given = asked.parse_args()
    with ExitStack() as held:
        server = None if given.base else held.enter_context(Server())
        base = server.base if server else given.base
        verdicts = throw(base, given.count, given.seed, (lambda: server.seconds) if server else time.perf_counter)
        print(table(verdicts))
        print(f"{server.memory / 1e6:,.0f} MB of memory" if server else "")
        failures = alike(verdicts)
        for cause, group in failures.items():
            print(f"\n{len(group)} of {cause}")
            for verdict in group[:SHOWN]:
                least = asyncio.run(smallest(base, verdict))
                print(f"  {least.link!r}\n    {'; '.join(least.wrong)}")
        logged = tracebacks(server.said) if server else {}
    for place, texts in logged.items():
        print(f"\n{len(texts)} times in the log: {place}\n{texts[0][-LONGEST_TRACE:]}")
    sys.exit(1 if failures or logged else 0)


if __name__ == "__main__":
    main()
