"""The states of hosts in Wikipedia's lists of the United States, read from the order of the list.

The lists go state by state, and by the alphabet within a state. The sources kept the order and lost the states. For a
run of hosts, the likeliest states are those with the fewest breaks: a new state, or a step back in the alphabet.
"""

from __future__ import annotations

import pandas as pd

from data.build.gazetteer import Gazetteer
from data.spelling import fold

COUNTRY = "USA"
LISTS = ("enwiki_2026", "enwiki_2023")
SHORTEST_RUN, FEWEST_OF_STATE = 8, 3


def with_states(rows: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """The rows of the lists (raw.rows) with `state_a` where the order of hosts leaves one state only."""
    states = rows["state_a"].copy()
    for source in LISTS:
        listed = rows[rows["source"].eq(source)].sort_values("line")
        host = listed["country_a"].astype("str").fillna("") + "/" + listed["name_a"].astype("str").fillna("")
        run = listed["country_a"].ne(listed["country_a"].shift()).cumsum()
        for _, block in listed[listed["country_a"].eq(COUNTRY)].groupby(run):
            turn = host[block.index].ne(host[block.index].shift()).cumsum()
            names = block["name_a"].groupby(turn).first().tolist()
            if len(names) >= SHORTEST_RUN:
                found = pd.Series(read_states(names, gazetteer), index=sorted(turn.unique()), dtype="object")
                states = states.fillna(turn.map(found))
    return rows.assign(state_a=states)


def read_states(names: list[str], gazetteer: Gazetteer) -> list[str | None]:
    """The state of each name of one run of hosts.

    None where two states are as likely, the place is unknown, or fewer than FEWEST_OF_STATE names in a row have it.
    """
    possible = [_states(name, gazetteer) for name in names]
    every = sorted(set().union(*possible))
    options = [sorted(found) or every for found in possible]
    before = _costs(names, options)
    after = _costs(names[::-1], options[::-1], backwards=True)[::-1]
    found = [_single({state: before[turn][state] + after[turn][state] for state in options[turn]}) if possible[turn]
             else None for turn in range(len(names))]
    known = pd.Series(found, dtype="object").dropna()
    of_state = known.groupby(known.ne(known.shift()).cumsum()).transform("size")
    kept = set(known.index[of_state >= FEWEST_OF_STATE])
    return [state if turn in kept else None for turn, state in enumerate(found)]


def _states(name: str, gazetteer: Gazetteer) -> set[str]:
    return {gazetteer.place(key).admin1 for key in gazetteer.keys(name, COUNTRY)}


def _costs(names: list[str], options: list[list[str]], backwards: bool = False) -> list[dict[str, int]]:
    """The fewest breaks from the start of the run to each name in each of its states."""
    costs = [dict.fromkeys(options[0], 0)] if names else []
    for turn in range(1, len(names)):
        first, second = fold(names[turn - 1]), fold(names[turn])
        stay = int((second > first) if backwards else (second < first))
        cheapest = min(costs[-1].values()) + 1
        costs.append({state: min(costs[-1].get(state, cheapest) + stay, cheapest) for state in options[turn]})
    return costs


def _single(costs: dict[str, int]) -> str | None:
    least = min(costs.values())
    best = [state for state, cost in costs.items() if cost == least]
    return best[0] if len(best) == 1 else None
