"""Two countries, and one country beside all others: every number recounted row by row from the shipped files."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from components import diplomacy as page
from components.charts.diplomacy import MOST, pair_chart, partners_chart
from data import diplomacy
from data.diplomacy import ATOP_ENDS, BLOC_NAMES, FIRST, STANDINGS
from data.load import Dataset, load
from data.model import LAST_YEAR, TABLES_DIR
from data.view import View

SHIPPED = load()
PAIRS = [("CHN", "USA"), ("JPN", "KOR"), ("DEU", "FRA")]
COUNTRIES = ["KEN", "USA", "HKG"]


@cache
def rows_of(table: str) -> list[dict]:
    return pd.read_parquet(TABLES_DIR / f"{table}.parquet").to_dict("records")


@cache
def core_ties() -> list[tuple[str, str, dict]]:
    country = {row["city_id"]: row["country"] for row in rows_of("cities")}
    return [(country[tie["city_a"]], country[tie["city_b"]], tie) for tie in rows_of("ties") if tie["core"]]


@cache
def nations_of(country: str) -> list[dict]:
    pairs = pd.read_parquet(TABLES_DIR / "country_pairs.parquet")
    return pairs[pairs["iso3_a"].eq(country) | pairs["iso3_b"].eq(country)].to_dict("records")


@pytest.mark.parametrize("countries", PAIRS)
def test_ties_of_two_countries_are_those_of_the_table_by_year(countries: tuple[str, str]) -> None:
    found = diplomacy.pair(SHIPPED, View(), countries)
    ties = [tie for a, b, tie in core_ties() if {a, b} == set(countries)]
    assert sorted(found.ties["tie_id"]) == sorted(tie["tie_id"] for tie in ties)
    dated = [(tie["start_year"], LAST_YEAR if pd.isna(tie["end_year"]) else tie["end_year"])
             for tie in ties if not pd.isna(tie["start_year"])]
    assert list(found.years.index) == list(range(FIRST, LAST_YEAR))
    for year, row in found.years.iterrows():
        assert row["signed"] == sum(start == year for start, _ in dated)
        assert row["in_force"] == sum(start <= year <= end for start, end in dated)


@pytest.mark.parametrize("countries", PAIRS)
def test_votes_and_alliances_of_two_countries_are_those_of_the_table(countries: tuple[str, str]) -> None:
    years = diplomacy.pair(SHIPPED, View(), countries).years
    stated = {row["year"]: row for row in nations_of(countries[0]) if row["iso3_b"] == countries[1]}
    for year, row in years.iterrows():
        for column in ("un_distance", "allied"):
            value = stated.get(year, {}).get(column)
            assert (pd.isna(row[column]) and pd.isna(value)) or row[column] == value


@pytest.mark.parametrize(("countries", "votes"), [
    (PAIRS[0], "farther"), (PAIRS[1], "nearer"), (PAIRS[2], "nearer")])
def test_the_rank_among_pairs_is_that_of_the_table(countries: tuple[str, str], votes: str) -> None:
    pairs = pd.read_parquet(TABLES_DIR / "country_pairs.parquet", columns=["iso3_a", "iso3_b", "year", "un_distance"])
    newest = pairs[pairs["year"] == pairs["year"].max()].dropna(subset="un_distance")
    ours = newest[newest["iso3_a"].eq(countries[0]) & newest["iso3_b"].eq(countries[1])]["un_distance"].item()
    beaten = sum(distance < ours if votes == "farther" else distance > ours for distance in newest["un_distance"])
    said = diplomacy.pair_finding(diplomacy.pair(SHIPPED, View(), countries))
    assert f"{ours:.2g} apart in the UN General Assembly (2024), {votes} than " in said
    assert f"{100 * beaten // (len(newest) - 1)} % of pairs" in said


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_beside_all_others_is_that_of_the_tables(country: str) -> None:
    found = diplomacy.nation(SHIPPED, View(), country)
    inside = {}
    for spell in rows_of("blocs"):
        if pd.isna(spell["left"]) and spell["bloc"] != "UN":
            inside.setdefault(spell["iso3"], set()).add(spell["bloc"])
    now = {({row["iso3_a"], row["iso3_b"]} - {country}).pop(): row for row in nations_of(country)
           if row["year"] == found.newest}
    assert set(found.blocs["bloc"]) == inside.get(country, set())
    assert sorted([*found.others["iso3"], country]) == sorted(row["iso3"] for row in rows_of("countries"))
    for row in found.others.itertuples():
        allied = now.get(row.iso3, {}).get("allied")
        shared = inside.get(country, set()) & inside.get(row.iso3, set())
        assert row.ties == sum({a, b} == {country, row.iso3} for a, b, _ in core_ties())
        assert row.blocs == ", ".join(sorted(shared))
        assert row.standing == ("allied" if allied is True else "bloc" if shared else
                                "neither" if allied is False else "unknown")


@pytest.mark.parametrize("country", COUNTRIES)
def test_what_only_one_side_has_follows_from_the_rows(country: str) -> None:
    found = diplomacy.nation(SHIPPED, View(), country)
    assert set(found.of_cities_only["standing"]) <= {"neither"}
    assert (found.of_cities_only["ties"] > 0).all()
    assert found.of_nation_only["allied"].all()
    assert not found.of_nation_only["ties"].any()
    assert len(found.allies) == len(found.of_nation_only) + found.partners["allied"].fillna(False).sum()


def test_the_pair_of_a_view_is_its_first_two_or_one_and_its_strongest_or_the_first_example() -> None:
    assert diplomacy.chosen(SHIPPED, View(countries=("JPN", "KOR", "USA"))) == ("JPN", "KOR")
    assert diplomacy.chosen(SHIPPED, View(countries=("FRA",), cities=("chicago-us",))) == ("FRA", "DEU")
    assert diplomacy.chosen(SHIPPED, View()) == ("CHN", "USA")
    assert diplomacy.chosen(SHIPPED, View(countries=("BVT",))) == ("BVT", "CHN")


def test_other_places_of_the_view_are_dropped_for_a_pair_and_its_filters_are_kept() -> None:
    found = diplomacy.pair(SHIPPED, View(), ("CHN", "USA"))
    placed = View(cities=("nairobi-ke",), regions=("eastern-africa",), networks=("c40",))
    assert diplomacy.pair(SHIPPED, placed, ("CHN", "USA")).ties["tie_id"].tolist() == found.ties["tie_id"].tolist()
    dated = diplomacy.pair(SHIPPED, View(undated=False), ("CHN", "USA"))
    assert 0 < len(dated.ties) < len(found.ties)
    assert dated.years["signed"].tolist() == found.years["signed"].tolist()


def test_the_findings_say_what_there_is_and_what_is_unknown() -> None:
    said = {pair: diplomacy.pair_finding(diplomacy.pair(SHIPPED, View(), pair))
            for pair in (("CUB", "USA"), ("TWN", "USA"), ("HKG", "USA"), ("DEU", "FRA"))}
    assert said["CUB", "USA"].startswith("Cuba and the United States: 17 city ties, 1 of them known to be signed since")
    assert said["CUB", "USA"].endswith("no defence alliance since 1963")
    assert "voted 1.2 apart in the UN General Assembly (1971, the last year with data)" in said["TWN", "USA"]
    assert said["HKG", "USA"] == ("Hong Kong and the United States: no city tie in this view; no data on their UN "
                                  "votes; no data on defence alliances")
    assert said["DEU", "FRA"].endswith("in a defence alliance since 1954, the first year with data")


def test_the_account_counts_what_the_picture_cannot_show() -> None:
    found = diplomacy.pair(SHIPPED, View(), ("FRA", "GBR"))
    told, start = diplomacy.pair_account(found), found.ties["start_year"]
    assert told.startswith(f"Of {len(start)} ties: {start.isna().sum()} of unknown year, in the list only; "
                           f"{(start < FIRST).sum()} signed before {FIRST}, in the line only")
    assert "never zero" in told
    assert f"ends in {ATOP_ENDS}" in told


@pytest.mark.parametrize(("country", "words"), [
    ("BVT", "Cities of Bouvet Island have no tie abroad in this view"),
    ("HKG", "Cities of Hong Kong have ties in 1 country; there is no data on alliances and blocs of Hong Kong with any "
            "of them")])
def test_a_country_without_ties_or_data_says_so(country: str, words: str) -> None:
    assert diplomacy.country_finding(diplomacy.nation(SHIPPED, View(), country)) == words


def test_the_finding_of_a_country_counts_its_partners_and_those_apart() -> None:
    found = diplomacy.nation(SHIPPED, View(), "KEN")
    assert diplomacy.country_finding(found) == (
        f"Cities of Kenya have ties in {len(found.partners)} countries; with {len(found.of_cities_only)} of them Kenya "
        "has neither a defence alliance nor a shared bloc")


def test_a_part_without_a_choice_has_a_heading_of_its_own() -> None:
    assert page.headline(SHIPPED, View(divide="country")) == "What a country’s cities have, and what its nation has"
    assert page.headline(SHIPPED, View(divide="pair")).startswith("China and the United States: ")


@pytest.mark.parametrize("countries", [*PAIRS, ("HKG", "USA"), ("ISR", "JOR"), ("PRK", "TWN")])
def test_the_picture_of_any_pair_has_a_gap_where_there_is_no_data_and_says_an_empty_panel(
        countries: tuple[str, str]) -> None:
    years = diplomacy.pair(SHIPPED, View(), countries).years
    figure = pair_chart(years)
    line = next(trace for trace in figure.data if trace.name == "distance in UN votes")
    assert [y is None for y in line.y] == years["un_distance"].isna().tolist()
    words = {note.text for note in figure.layout.annotations}
    assert ("no city tie of known year" in words) == (not years["in_force"].any())
    assert ("no data on their UN votes" in words) == years["un_distance"].isna().all()


def test_years_of_an_alliance_are_shaded_and_those_carried_forward_apart() -> None:
    years = diplomacy.pair(SHIPPED, View(), ("DEU", "FRA")).years
    shaded = {trace.name: list(trace.x) for trace in pair_chart(years).data}
    assert shaded["defence alliance"] == list(range(1954, ATOP_ENDS + 1))
    assert shaded[f"carried forward after {ATOP_ENDS}"] == list(range(ATOP_ENDS + 1, 2025))


def test_the_bars_of_partners_are_the_first_and_each_has_one_colour() -> None:
    partners = diplomacy.nation(SHIPPED, View(), "USA").partners
    bars = {name: ties for trace in partners_chart(partners).data for name, ties in zip(trace.y, trace.x, strict=True)}
    assert bars == dict(zip(partners["name"].head(MOST), partners["ties"].head(MOST), strict=True))


def test_the_numbers_say_no_data_and_what_is_carried_forward() -> None:
    allied = page.pair_rows(diplomacy.pair(SHIPPED, View(), ("DEU", "FRA"))).set_index("Year")["Allied"]
    assert allied[["1953", "2018", "2024", "2025"]].tolist() == ["no data", "yes", "yes (carried forward)", "no data"]
    rows = page.country_rows(diplomacy.nation(SHIPPED, View(), "HKG").others)
    assert set(rows["The nations have"]) == {STANDINGS["unknown"]}
    assert rows["UN distance"].isna().all()


def test_the_nearest_and_the_farthest_in_votes_are_the_ends_of_the_order() -> None:
    others = diplomacy.nation(SHIPPED, View(), "KEN").others
    rows = page.vote_rows(others)
    assert rows["UN distance"].iloc[0] == others["un_distance"].min()
    assert rows.loc[rows["Votes"] == "farthest", "UN distance"].iloc[0] == others["un_distance"].max()
    assert len(rows) == 10


def test_every_name_of_a_bloc_belongs_to_one_of_the_table() -> None:
    assert set(BLOC_NAMES) <= {row["bloc"] for row in rows_of("blocs")}


def test_the_small_world_has_one_pair_with_data_and_the_others_without(small: Dataset) -> None:
    assert diplomacy.chosen(small, View()) == ("DEU", "RUS")
    assert diplomacy.pair_finding(diplomacy.pair(small, View(), ("POL", "USA"))) == (
        "Poland and the United States: 1 city tie; the two vote 0.9 apart in the UN General Assembly (2018); in a "
        "defence alliance since 2018, the first year with data")
    assert diplomacy.pair_finding(diplomacy.pair(small, View(), ("DEU", "RUS"))).endswith(
        "no city tie in this view; no data on their UN votes; no data on defence alliances")
    found = diplomacy.nation(small, View(), "USA")
    assert found.partners.set_index("iso3")["standing"].value_counts().to_dict() == {"unknown": 8, "allied": 1}
    assert diplomacy.country_finding(found) == (
        "Cities of the United States have ties in 9 countries; with each of them on which there is data the United "
        "States has a defence alliance or a shared bloc; no data on 8 of them")
