"""One network in words, from its facts: what it is, and how far its list of members can be trusted."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from data.headline import label
from data.load import Dataset
from data.phrases import counted
from data.words import ISSUES

_FORMS = {"network": "network of cities", "programme": "programme for cities",
          "declaration": "declaration that cities sign", "campaign": "campaign of cities",
          "registry": "registry to which cities report", "forum": "forum of cities",
          "council": "council of mayors", "alliance": "alliance of cities"}
_LISTS = {"complete": "is complete", "near-complete": "is nearly complete", "partial": "is incomplete",
          "one region only": "covers one region only"}
_GRADE = re.compile(r"^(near-)?full(?: \(\d+\)$)?|^partial|[()]")


def facts(dataset: Dataset, network: str) -> Any:
    """The row of a network.

    Raises:
        ValueError: the network is not in the dataset.
    """
    rows = dataset.networks[dataset.networks["network_id"] == network]
    if rows.empty:
        raise ValueError(f"network: must be a network of the dataset, but {network!r} is not")
    return rows.iloc[0]


def portrait(dataset: Dataset, network: str) -> str:
    """What a network is, in two or three sentences."""
    row = facts(dataset, network)
    subject = ", and".join(f" on {ISSUES[issue].lower()}" for issue in row["issues"])
    kind = f"{_article(row['scope'])} {row['scope']} {_FORMS[row['form']]}{subject}"
    founded = "its year of founding is unknown" if pd.isna(row["founded"]) else f"founded in {row['founded']}"
    ended = "" if pd.isna(row["dissolved"]) else f", ended in {row['dissolved']}"
    hub = "" if pd.isna(row["hub_city"]) else f" Its secretariat is in {label(dataset, row['hub_city'])}."
    return f"**{row['name']}** is {kind}; {founded}{ended}.{hub} {account(dataset, network)}"


def account(dataset: Dataset, network: str) -> str:
    """How many members its list holds, of when it is, and what it lacks."""
    row = facts(dataset, network)
    note = "" if pd.isna(row["coverage_note"]) else _GRADE.sub("", row["coverage_note"]).strip(" .")
    told = f": {note}" if note and not note.isdecimal() else ""
    return (f"The list of {row['as_of']} holds {counted(int(row['members_listed']), 'member')} and "
            f"{_LISTS[row['coverage']]}{told}.")


def trust(coverage: str, as_of: str) -> str:
    """What stands beside every number that rests on a list: how complete it is, and its date."""
    return f"{coverage}, {as_of}"


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"
