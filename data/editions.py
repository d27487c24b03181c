"""What has changed between the data that a link was made with and the newest."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data import select
from data.load import Dataset
from data.phrases import counted
from data.view import View


@dataclass(frozen=True)
class Change:
    """How many ties, or memberships, a view had `then` and has `now`, and how many came and went between."""

    what: str
    then: int
    now: int
    more: int
    less: int

    @property
    def words(self) -> str:
        """The change in words: `412 ties then, 419 now: +9 −2`."""
        moved = f": +{self.more:,} −{self.less:,}" if self.more or self.less else ", the same ones"
        return f"{counted(self.then, self.what)} then, {self.now:,} now{moved}"


def changes(then: Dataset, now: Dataset, view: View) -> list[Change]:
    """The change of ties and of memberships in a view between two editions of the dataset."""
    key = ["network_id", "city_id"]
    ties = [pd.Index(select.ties(data, view)["tie_id"]) for data in (then, now)]
    members = [pd.MultiIndex.from_frame(select.memberships(data, view)[key]) for data in (then, now)]
    return [_change("tie", *ties), _change("membership", *members)]


def _change(what: str, then: pd.Index, now: pd.Index) -> Change:
    return Change(what, len(then), len(now), len(now.difference(then)), len(then.difference(now)))
