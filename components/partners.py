"""The page of new partners: whom a city should talk to next, why, who does it already, and how far to trust it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components import exhibit
from components.filters import PARTS
from components.overlaps import CITY
from data import backtest, partners
from data.headline import label
from data.load import Dataset
from data.phrases import listing
from data.search import labels
from data.view import View
from data.words import ISSUES

FIRST, LIMIT = 10, 50


def suggestions(dataset: Dataset, view: View) -> pd.DataFrame:
    """The suggestions for the first city of a view, on its first issue area if it has any."""
    return partners.suggest(dataset, view.cities[0], view.issues[0] if view.issues else "", LIMIT)


def finding(dataset: Dataset, view: View, rows: pd.DataFrame) -> str:
    """Whom the city should talk to next, in one sentence."""
    name, on = label(dataset, view.cities[0]), f" on {ISSUES[view.issues[0]].lower()}" if view.issues else ""
    if rows.empty:
        return f"There is no city to suggest to {name}{on}"
    first = listing([label(dataset, city) for city in rows["city_id"].head(3)])
    return f"The first suggestions for {name}{on}: {first}, with none of which it has a tie in force"


def draw(dataset: Dataset, view: View, rows: pd.DataFrame) -> None:
    """Draw the suggestions with their reasons, the numbers, and the backtest."""
    st.caption(terms(view))
    if rows.empty:
        st.info("No city abroad is on this issue area. Take it out of the filters.", icon=":material/filter_alt_off:")
    else:
        for number, row in enumerate(rows.head(FIRST).itertuples(), 1):
            st.markdown(_lines(dataset, number, row))
        exhibit.numbers(dataset, f"partners-{view.cities[0]}", lambda: _table(dataset, rows), CITY)
    _trust(dataset)


def terms(view: View) -> str:
    """What the list rests on, and which filters matter here."""
    kept = {name: getattr(view, name) for name in ("cities", "issues", *PARTS)}
    unused = view != View(**kept)
    return ("Cities abroad without a tie in force, by shared networks, shared partners, size, role, how often cities "
            "of the two countries tie, and how active they are. A tie that ended or was suspended is said. Of the "
            "filters only the city and the first issue area matter here"
            f"{': the others in the link are not used.' if unused else '.'}")


def _lines(dataset: Dataset, number: int, row: tuple) -> str:
    """A suggestion with its reasons and the peers that have such a tie, in Markdown."""
    name = labels(dataset)[row.city_id]
    past, reasons = (f" :orange[**{row.past}**]", row.reasons[1:]) if row.past else ("", row.reasons)
    peers = listing([f"[{label(dataset, city)}](/city?city={city})" for city in row.peers])
    done = f"  \n:gray[Cities like it that have this tie already: {peers}.]" if peers else ""
    said = "; ".join(reasons)
    return f"**{number}. [{name}](/city?city={row.city_id})**{past}  \n{said[:1].upper()}{said[1:]}.{done}"


def _table(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    cities = dataset.cities_by_id.loc[rows["city_id"]]
    country = dataset.country_names
    return pd.DataFrame({
        "Rank": range(1, len(rows) + 1), "City": cities["name"].to_numpy(), "City code": rows["city_id"],
        "Country": cities["country"].map(country).to_numpy(), "Score": rows["score"].round(2),
        "Earlier tie": rows["past"], "Reasons": rows["reasons"].map("; ".join),
        "Like cities with this tie": rows["peers"].map(lambda cell: ", ".join(label(dataset, city) for city in cell))})


def _trust(dataset: Dataset) -> None:
    """The backtest, good or poor."""
    st.header("How far to trust it", anchor=False)
    for test, rows in dataset.table("backtest").groupby("test", sort=False):
        terms = rows.iloc[0]
        how = ("One tie in ten was hidden and sought" if test == "hidden" else
               "Known only what was known before 2005, ties signed since then were sought")
        st.markdown(f"{how}: {terms['hidden']:,} pairs for {terms['cities']:,} cities. {backtest.verdict(rows)}")
        st.table(_scores(rows).set_index("Method"))
    st.caption("Per cent, with intervals of 95 %. A city has few hidden partners, so even a perfect ranking reaches "
               "only what the last row says. Most of what a city does next is not foreseen: take the list as a "
               "question, not as advice. Ties that ended between are missing from the sources, and lists differ by "
               "country.")


def _scores(rows: pd.DataFrame) -> pd.DataFrame:
    def cell(row: dict[str, float], name: str) -> str:
        return f"{100 * row[name]:.2f} ({100 * row[f'{name}_low']:.2f} to {100 * row[f'{name}_high']:.2f})"

    ranked = rows.assign(last=rows["method"] == backtest.BEST, first=rows["method"] != backtest.MODEL).sort_values(
        ["last", "first", "precision"], ascending=[True, True, False])
    columns = {f"Precision in the first {backtest.FIRST}": "precision",
               f"Recall in the first {backtest.MOST}": "recall", "Lead of the score": "lead"}
    scores = pd.DataFrame([{"Method": row["method"]} | {heading: cell(row, name) for heading, name in columns.items()}
                           for row in ranked.to_dict("records")])
    led = ranked["method"].isin([backtest.MODEL, backtest.BEST]).to_numpy()
    return scores.assign(**{"Lead of the score": scores["Lead of the score"].mask(led, "")})
