"""Under the map, what is in focus: a city's ties by country, a country's partners, a network's members."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from data import between, flows, select
from data.headline import label
from data.load import Dataset
from data.view import View
from data.words import KINDS

_LINK = st.column_config.LinkColumn


def wanted(view: View) -> bool:
    """Whether the view has one thing in focus."""
    return bool(view.cities or len(view.networks) == 1 or len(view.countries) == 1)


def draw(dataset: Dataset, view: View) -> None:
    """Draw the panel of the focus."""
    if view.cities:
        _of_cities(dataset, view, select.ties(dataset, view))
    elif len(view.networks) == 1:
        _of_network(dataset, view.networks[0], select.memberships(dataset, view))
    else:
        _of_country(dataset, view)


def _of_cities(dataset: Dataset, view: View, ties: pd.DataFrame) -> None:
    names = " and ".join(label(dataset, city) for city in view.cities[:3])
    st.header(f"{names}: {len(ties):,} {'tie' if len(ties) == 1 else 'ties'}", anchor=False)
    if len(view.cities) == 2:
        st.caption(between.words(dataset, view))
    rows = _partners(dataset, view, ties)
    st.dataframe(rows, hide_index=True, height=_tall(len(rows)), alt=f"Ties of {names} by country", column_config={
        "City": _LINK("City", display_text=r"#(.*)$"),
        "Source": _LINK("Source", display_text="open", width=60)})


def _partners(dataset: Dataset, view: View, ties: pd.DataFrame) -> pd.DataFrame:
    """The ties by country of the partner: the far end of each, and of ties between cities in focus the second."""
    inside = ties["city_a"].isin(view.cities)
    partner = ties["city_b"].where(inside, ties["city_a"])
    cities, country = dataset.cities_by_id, dataset.country_names
    address = dataset.sources.set_index("source_id")["address"].dropna()
    rows = pd.DataFrame({
        "Country": cities.loc[partner, "country"].map(country).to_numpy(),
        "City": _links(partner, cities.loc[partner, "name"]), "Since": _years(ties["start_year"]),
        "Kind": ties["kind"].map(KINDS).to_numpy(), "Status": _status(ties).to_numpy(),
        "Issues": ties["issues"].map(", ".join).to_numpy(), "Sources": ties["evidence"].to_numpy(),
        "Source": [next((address[s] for s in ids if s in address.index), None) for ids in ties["sources"]]})
    return rows.sort_values(["Country", "Since", "City"], na_position="last")


def _links(ids: pd.Series, names: pd.Series) -> list[str]:
    """Addresses of the cities, each ending in its name for the table to show."""
    return [f"/city?city={city}#{name}" for city, name in zip(ids, names, strict=True)]


def _years(years: pd.Series) -> list[str]:
    return years.astype("str").where(years.notna(), "unknown").tolist()


def _status(ties: pd.DataFrame) -> pd.Series:
    until = (" " + ties["end_year"].astype("str")).where(ties["end_year"].notna(), "")
    return ties["status"] + until


def _of_country(dataset: Dataset, view: View) -> None:
    iso3 = view.countries[0]
    rows = flows.flows(dataset, view)
    rows = rows.assign(partner=rows["country_b"].where(rows["country_a"] == iso3, rows["country_a"]))
    name = dataset.country_names
    st.header(f"{name[iso3]}: partner countries", anchor=False)
    table = pd.DataFrame({
        "Country": [f"/atlas?country={code}#{name[code]}" for code in rows["partner"]], "Ties": rows["ties"],
        "Of known year": rows["dated"]})
    st.dataframe(table, hide_index=True, height=_tall(len(table)), alt=f"Partner countries of {name[iso3]} by ties",
                 column_config={"Country": _LINK("Country", display_text=r"#(.*)$")})


def _of_network(dataset: Dataset, network: str, memberships: pd.DataFrame) -> None:
    facts: Any = dataset.networks.set_index("network_id").loc[network]
    cities, country = dataset.cities_by_id, dataset.country_names
    here = memberships[memberships["network_id"] == network]
    st.header(f"{facts['short_name']}: {facts['members_listed']:,} listed members "
              f":small[[growth, regions, neighbours](/networks?chart=network&network={network})]", anchor=False)
    hub = "secretariat unknown" if pd.isna(facts["hub_city"]) else f"secretariat in {label(dataset, facts['hub_city'])}"
    founded = "founding year unknown" if pd.isna(facts["founded"]) else f"founded {facts['founded']}"
    ended = "" if pd.isna(facts["dissolved"]) else f", ended {facts['dissolved']}"
    st.caption(f"{facts['name']}: {facts['form']}, {founded}{ended}; {hub}. The list is {facts['coverage']} as of "
               f"{facts['as_of']}; {here['joined'].isna().sum():,} of {len(here):,} have no known year of joining.")
    table = pd.DataFrame({
        "Country": cities.loc[here["city_id"], "country"].map(country).to_numpy(),
        "City": _links(here["city_id"], cities.loc[here["city_id"], "name"]), "Since": _years(here["joined"]),
        "Status": here["status"].to_numpy()}).sort_values(["Country", "City"])
    st.dataframe(table, hide_index=True, height=_tall(len(table)), alt=f"Members of {facts['name']} by country",
                 column_config={"City": _LINK("City", display_text=r"#(.*)$")})


def _tall(rows: int) -> int:
    """Height in pixels of a table: as high as its rows need, and at most ten of them."""
    return 38 + 35 * min(max(rows, 1), 10)
