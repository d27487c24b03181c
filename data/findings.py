"""What each chart of the page of networks shows, in one sentence computed from its numbers."""

from __future__ import annotations

import pandas as pd

from data import gain, gaps, overlap
from data.decades import period
from data.headline import label
from data.lives import Growth
from data.load import Dataset
from data.phrases import counted, listing, share, verb
from data.relations import Relations
from data.roster import Roster, short_names
from data.view import View
from data.web import Web
from data.words import ISSUES, THEMES

_LEAST_TIES, _SEVERAL = 20, 3


def of_lives(rows: pd.DataFrame) -> str:
    """How many networks there are, and in which ten years most of them were founded."""
    if rows.empty:
        return "No network has a member in this view"
    founded = rows["founded"].dropna().astype(int)
    ended = int(rows["dissolved"].notna().sum())
    told = f"{counted(len(rows), 'network')}"
    if founded.empty:
        return f"{told}, none with a known year of founding"
    decade = (founded // 10 * 10).value_counts().sort_index(ascending=False)
    past = f"; {ended} {'has' if ended == 1 else 'have'} ended" if ended else ""
    return f"{told}: {int(decade.max())} were founded in the {decade.idxmax()}s, more than in any other decade{past}"


def of_growth(dataset: Dataset, view: View, growth: Growth) -> str:
    """In which year most cities joined, and how much of that is one network's."""
    subject = f"Networks on {listing([ISSUES[issue].lower() for issue in view.issues])}" if view.issues else "Networks"
    if growth.peak is None:
        return f"{subject}: no year of joining is known"
    year, joined, network, its = growth.peak
    name = short_names(dataset)[network]
    return (f"{subject} grew fastest in {year}, when {counted(joined, 'city')} joined; "
            f"{share(its, joined)} of them joined {name}")


def of_gaps(rows: pd.DataFrame) -> str:
    """The issue areas with the fewest members here, among those that have a network."""
    sums = gaps.by_issue(rows)
    sums = sums[sums["networks"] > 0]
    if sums.empty:
        return "No network of the Atlas is on these issue areas"
    if not sums["members"].any():
        return "No city of this view is in a network"
    fewest = sums[sums["members"] == sums["members"].iloc[0]]
    names = [ISSUES[issue].lower() for issue in fewest["issue"]]
    count, most = int(sums["members"].iloc[0]), sums.iloc[-1]
    if len(sums) == 1:
        return (f"{ISSUES[most['issue']]}: {counted(count, 'city')} in {counted(int(most['regions']), 'region')} "
                f"{verb(count)} in a network on it")
    told = listing(names)
    return (f"{told[0].upper()}{told[1:]} {'has' if len(names) == 1 else 'have'} the fewest member cities, "
            f"{f'{count:,}' if count else 'none'}; {ISSUES[most['issue']].lower()} has the most, "
            f"{int(most['members']):,}")


def of_overlap(dataset: Dataset, roster: Roster) -> str:
    """Which two networks are the most alike."""
    pairs = overlap.pairs(roster)
    if pairs.empty:
        return "No two of these networks share a member"
    several = pairs[pairs["shared"] >= _SEVERAL]
    top, name = (pairs if several.empty else several).iloc[0], short_names(dataset)
    return (f"{name[top['network_a']]} and {name[top['network_b']]} overlap most: "
            f"{counted(int(top['shared']), 'city')} {verb(top['shared'])} in both, "
            f"{share(round(1000 * top['jaccard']), 1000)} of those in either")


def of_combinations(dataset: Dataset, roster: Roster, sets: pd.DataFrame) -> str:
    """How many cities are in several networks, and the commonest set of them."""
    if sets.empty:
        return "No city is in two of these networks"
    name, top = short_names(dataset), sets.iloc[0]
    several, members = int(sets["cities"].sum()), int((roster.inside.sum(axis=1) > 0).sum())
    together = listing([name[network] for network in top["networks"]])
    return (f"{share(several, members)} of the {members:,} member cities are in several networks; "
            f"{counted(top['cities'], 'city')} {verb(top['cities'])} in {together} and no other")


def of_memberships(dataset: Dataset, view: View, roster: Roster) -> str:
    """Which networks the cities of the view share, or how many the one has."""
    place = roster.cities.get_indexer(pd.Index(view.cities))
    inside = roster.inside[place].toarray() > 0
    names = listing([label(dataset, city) for city in view.cities])
    if len(view.cities) == 1:
        count = int(inside.sum())
        return f"{names} is in {counted(count, 'network') if count else 'no network of the Atlas'}"
    common = _marked(roster.networks[inside.all(axis=0)])
    if not common:
        return f"{names} share no network"
    return f"{names} share {counted(len(common), 'network')}: {listing(common, most=8)}"


def of_gains(dataset: Dataset, view: View, city: str, rows: pd.DataFrame) -> str:
    """Which network would bring a city the most new peers."""
    open_to = rows[~rows["inside"] & rows["near"] & (rows["new"] > 0)]
    mine, who = int(rows["inside"].sum()), label(dataset, city)
    if open_to.empty:
        return f"No network of this view would bring {who} a new peer"
    top = open_to.iloc[0]
    return (f"{who} is in {counted(mine, 'network')} that {'goes' if mine == 1 else 'go'} on; joining "
            f"{short_names(dataset)[top['network_id']]} would bring it the most new peers, {int(top['new']):,}")


def of_gain(dataset: Dataset, view: View, city: str, network: str) -> str:
    """What joining one network would bring a city."""
    rows = gain.peers(dataset, view, city, network)
    name, who = short_names(dataset)[network], label(dataset, city)
    facts = dataset.networks.set_index("network_id").loc[network]
    inside = ((dataset.memberships["network_id"] == network) & (dataset.memberships["city_id"] == city)
              & (dataset.memberships["status"] == "listed")).any()
    new, partners = int(rows["new"].sum()), int(rows["partner"].sum())
    if not pd.isna(facts["dissolved"]):
        return f"{name} ended in {facts['dissolved']}: {who} can no longer join it"
    if inside:
        return (f"{who} is in {name} already, with {counted(len(rows), 'peer')}; {partners:,} of them {verb(partners)} "
                "its partners")
    if rows.empty:
        return f"{name} has no member in this view for {who} to meet"
    some = f"{counted(partners, 'partner')} {verb(partners)}" if partners else "none of its partners is"
    here = ""
    if view.regions or view.countries:
        here = f", {int((rows['new'] & rows['cared']).sum()):,} of them in the chosen places"
    return (f"Joining {name} would bring {who} {counted(new, 'new peer')} among its "
            f"{counted(len(rows), 'member')}{here}; "
            f"{some} inside")


def of_relations(dataset: Dataset, relations: Relations, rows: list[str]) -> str:
    """Which two groups have the most ties beyond chance, and which the fewest, among those where chance gives many."""
    pairs = relations.pairs
    if rows:
        pairs = pairs[pairs["a"].isin(rows) | pairs["b"].isin(rows)]
    strong = pairs[pairs["observed"] >= _LEAST_TIES].sort_values("ratio", ascending=False)
    weak = pairs[pairs["expected"] >= _LEAST_TIES].sort_values("ratio")
    if not pairs["observed"].any():
        return "No tie is in this view"
    if strong.empty:
        top = pairs.iloc[0]
        return f"{_pair(dataset, top)} have the most ties, {int(top['observed']):,}"
    most = strong.iloc[0]
    told = f"{_pair(dataset, most)}: {times(most['ratio'])} the ties that chance would give, {int(most['observed']):,}"
    if weak.empty or weak.iloc[0]["ratio"] >= 1:
        return told
    least = weak.iloc[0]
    return (f"{told}; {_pair(dataset, least)} have the fewest for their size, {int(least['observed']):,} where chance "
            f"gives {least['expected']:.0f}")


def of_subjects(rows: pd.DataFrame, unstated: int) -> str:
    """The theme of most ties that state one, and how many state none."""
    stated = int(rows["ties"].sum())
    if not stated + unstated:
        return "No tie is in this view"
    if not stated:
        return f"None of {counted(unstated)} states what it is about"
    themes = rows.groupby("theme")["ties"].sum().reindex(list(THEMES)).fillna(0)
    return (f"{themes.idxmax()} is the theme of {share(int(themes.max()), stated)} of the ties that state one; "
            f"only {stated:,} of {stated + unstated:,} do")


def of_decades(dataset: Dataset, rows: pd.DataFrame) -> str:
    """Which pair of countries signed most in its best decade, and which in the newest one."""
    if rows.empty:
        return "No tie of known year joins two countries in this view"
    name = dataset.country_names
    best = rows.sort_values(["ties", "decade"], ascending=[False, True]).iloc[0]
    newest = rows[rows["decade"] == rows["decade"].max()].iloc[0]
    told = (f"{name[best['country_a']]} and {name[best['country_b']]} grew fastest by ties of known year, with "
            f"{int(best['ties']):,} new ones {_in(best['decade'])}")
    if newest["decade"] == best["decade"]:
        return told
    return (f"{told}; {_in(newest['decade'])} it is {name[newest['country_a']]} and {name[newest['country_b']]}, "
            f"{int(newest['ties'])}")


def of_web(dataset: Dataset, web: Web, near: list[str]) -> str:
    """How many communities there are, and who leads them; or how many of them the countries `near` reach."""
    if web.nodes.empty:
        return "No two countries of this view are tied"
    name = dataset.country_names
    leaders = [name[first] for first, *_ in web.leaders]
    if near:
        far = web.nodes[~web.nodes["country"].isin(near)]
        return (f"{listing([name[country] for country in near])}: tied with {counted(len(far), 'country')} of "
                f"{far['community'].nunique()} of the world’s {counted(len(leaders), 'community')}")
    return (f"Countries form {counted(len(leaders), 'community')} by their cities’ "
            f"ties, around {listing(leaders, most=6)}")


def times(ratio: float) -> str:
    """How many times, in words."""
    return f"{ratio:.0f} times" if ratio >= 10 else f"{ratio:.1f} times"


def _pair(dataset: Dataset, row: pd.Series) -> str:
    name = dataset.country_names
    a, b = (name.get(row[end], row[end]) for end in ("a", "b"))
    return f"{a} with itself" if a == b else f"{a} and {b}"


def _in(decade: int) -> str:
    return period(decade) if decade < 1950 else f"in the {period(decade)}"


def _marked(networks: pd.DataFrame) -> list[str]:
    """Short names; of a network that has ended, with the year."""
    return [name if pd.isna(year) else f"{name} (ended {year})"
            for name, year in zip(networks["short_name"], networks["dissolved"], strict=True)]
