"""City ties against the relations of nations: by brute force from the tables, and chance by hand."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from data import divides, nations, ruptures, select
from data.load import Dataset, load
from data.model import TABLES_DIR
from data.relations import expected_apart
from data.view import View

SHIPPED = load()
TIES = pd.read_parquet(TABLES_DIR / "ties.parquet").query("core")
COUNTRY = pd.read_parquet(TABLES_DIR / "cities.parquet").set_index("city_id")["country"]
PAIRS = pd.read_parquet(TABLES_DIR / "country_pairs.parquet")
BLOCS = pd.read_parquet(TABLES_DIR / "blocs.parquet")


def _ends(ties: pd.DataFrame) -> list[tuple[str, str]]:
    return [tuple(sorted((COUNTRY[a], COUNTRY[b]))) for a, b in zip(ties["city_a"], ties["city_b"], strict=True)]


@pytest.mark.parametrize("cut", ["quarter", "half"])
def test_the_classes_are_recounted_from_the_tables(cut: str) -> None:
    year = PAIRS[PAIRS["year"] == nations.NEWEST].set_index(["iso3_a", "iso3_b"])
    far = year["un_distance"].dropna().quantile({"quarter": 0.75, "half": 0.5}[cut])
    counts: Counter[str] = Counter()
    for pair in _ends(TIES):
        row = year.loc[pair] if pair in year.index else None
        if row is not None and row["allied"] is not pd.NA and bool(row["allied"]):
            counts["allied"] += 1
        elif row is None or pd.isna(row["allied"]) or pd.isna(row["un_distance"]):
            counts["no data"] += 1
        else:
            counts["far apart" if row["un_distance"] >= far else "neither"] += 1
    found = divides.divide(SHIPPED, View(cut=cut))
    assert dict(zip(found.names, found.observed.tolist(), strict=True)) | {"no data": found.unknown} == dict(counts)
    assert found.cut == pytest.approx(far)


def test_ties_of_known_and_unknown_nations_are_all_ties_across_borders() -> None:
    for view in (View(), View(closeness="votes", cut="third"), View(countries=("KEN",)), View(to_year=1988)):
        found = divides.divide(SHIPPED, view)
        assert found.known + found.unknown == int(select.tie_sieve(SHIPPED, view).drawn.sum())


def test_ties_inside_blocs_are_recounted_from_the_tables() -> None:
    rows = divides.blocs(SHIPPED, View()).set_index("bloc")
    for bloc in ("EU", "ASEAN", "Mercosur"):
        of = BLOCS[(BLOCS["bloc"] == bloc) & (BLOCS["joined"].fillna(0) <= 2024) & (BLOCS["left"].fillna(9999) >= 2024)]
        member = set(of["iso3"])
        assert rows.at[bloc, "inside"] == sum(a in member and b in member for a, b in _ends(TIES))
        assert rows.at[bloc, "out"] == sum((a in member) != (b in member) for a, b in _ends(TIES))


def test_chance_is_that_of_all_pairings_without_one_inside_a_country() -> None:
    """Two ends each in a, b, c and d: every pairing of the eight ends that keeps countries apart, by hand."""
    ends = "aabbccdd"
    ways = Counter()
    for order in set(permutations(ends)):
        pairs = [tuple(sorted(order[at:at + 2])) for at in range(0, 8, 2)]
        if all(one != other for one, other in pairs):
            ways.update(pairs)
    total = sum(ways.values()) / 4
    code = {name: number for number, name in enumerate("abcd")}
    a, b = (np.array([code[ends[at]] for at in places]) for places in ((0, 2, 4, 6), (1, 3, 5, 7)))
    drawn: Counter[tuple[str, str]] = Counter()
    for one, other in divides.pairings(a, b, 4_000, seed=3):
        drawn.update(tuple(sorted(("abcd"[x], "abcd"[y]))) for x, y in zip(one, other, strict=True))
    for pair, count in ways.items():
        assert drawn[pair] / 4_000 == pytest.approx(count / total, abs=0.05)
        assert count / total == pytest.approx(expected_apart(np.array([2, 2, 2, 2]))[code[pair[0]], code[pair[1]]],
                                              abs=1e-6)


def test_draws_keep_every_country_s_ends_and_none_stays_at_home() -> None:
    a, b = divides.ends(SHIPPED, View(kinds=("agreement",)))
    for one, other in divides.pairings(a, b, 5, seed=1):
        assert (one != other).all()
        assert (np.bincount(np.concatenate([one, other]), minlength=300)
                == np.bincount(np.concatenate([a, b]), minlength=300)).all()


def test_the_interval_holds_the_analytic_expectation_and_is_reproducible() -> None:
    first = divides.divide(SHIPPED, View())
    assert (first.low <= first.expected).all()
    assert (first.expected <= first.high).all()
    divides.divide.cache_clear()
    again = divides.divide(SHIPPED, View())
    assert first.low.tolist() == again.low.tolist()
    assert first.high.tolist() == again.high.tolist()


def test_a_territory_without_a_seat_has_no_data_rather_than_zero() -> None:
    kinds = nations.classes(SHIPPED, "votes", "quarter", nations.NEWEST)
    place = SHIPPED.countries["iso3"].tolist().index("TWN")
    assert (kinds[place] == nations.NO_DATA).all()
    assert np.isnan(nations.nations(SHIPPED, nations.NEWEST)[1][place]).all()


def test_the_year_of_the_nations_is_the_end_of_the_period() -> None:
    assert [nations.year_of(view) for view in (View(), View(to_year=1988), View(to_year=1900), View(to_year=2026))] == [
        2024, 1988, 1946, 2024]


def test_the_finding_says_whether_the_claim_holds() -> None:
    found = divides.divide(SHIPPED, View())
    part = round(100 * found.observed[-1] / found.known)
    assert divides.finding(found) == (
        "City ties follow the ties of nations: 1.2 times as many as chance would give join allied nations, and "
        f"{part} % join nations far apart, 0.7 times chance")
    nothing = divides.divide(SHIPPED, View(countries=("PRK",), from_year=1400, to_year=1401, undated=False))
    assert divides.finding(nothing) == "No tie of this view joins two nations with data"


def test_ties_across_a_divide_are_a_view_of_their_own() -> None:
    found = divides.divide(SHIPPED, View())
    for across, count in zip(("close", "neither", "far"), found.observed, strict=True):
        assert len(select.ties(SHIPPED, View(across=across))) == count
    assert View(across="far").describe(SHIPPED).startswith(
        f"Between nations that are far apart: {found.observed[-1]:,} ties join")


def test_the_distance_at_signing_is_that_of_the_year() -> None:
    rows = ruptures.at_signing(SHIPPED, View()).set_index("decade")
    dated = TIES[(TIES["start_year"] >= 1980) & (TIES["start_year"] <= 1989)]
    book = PAIRS[PAIRS["year"].between(1980, 1989)].set_index(["iso3_a", "iso3_b", "year"])["un_distance"]
    keys = [(*pair, year) for pair, year in zip(_ends(dated), dated["start_year"], strict=True)]
    values = book.reindex(pd.MultiIndex.from_tuples(keys)).dropna()
    assert rows.at[1980, "ties"] == len(values)
    assert rows.at[1980, "unknown"] == len(dated) - len(values)
    assert rows.at[1980, "distance"] == pytest.approx(values.mean())


def test_ties_across_the_cold_war_line_join_the_two_alliances_in_their_year() -> None:
    rows = ruptures.across_the_wall(SHIPPED, View())
    sides = {bloc: BLOCS[BLOCS["bloc"] == bloc].set_index("iso3") for bloc in ("NATO", "Warsaw Pact")}

    def inside(country: str, bloc: str, year: int) -> bool:
        if country not in sides[bloc].index:
            return False
        spell = sides[bloc].loc[country]
        began, over = spell["joined"], spell["left"]
        return (pd.isna(began) or began <= year) and (pd.isna(over) or over >= year)

    dated = TIES[TIES["start_year"] <= 1989]
    count = sum((inside(a, "NATO", year) and inside(b, "Warsaw Pact", year))
                or (inside(b, "NATO", year) and inside(a, "Warsaw Pact", year))
                for (a, b), year in zip(_ends(dated), dated["start_year"], strict=True))
    assert len(rows) == count > 40
    assert rows["start_year"].is_monotonic_increasing


def test_endings_are_counted_by_year() -> None:
    rows = ruptures.endings(SHIPPED, View()).set_index("year")
    over = TIES[TIES["status"].isin(["ended", "suspended"])]
    assert rows.at[2022, "ties"] == (over["end_year"] == 2022).sum()
    assert rows.at[2022, "country"] == "RUS"


def test_bridges_count_the_ties_of_a_city_with_nations_far_apart() -> None:
    rows = ruptures.bridges(SHIPPED, View()).set_index("city_id")
    far = select.ties(SHIPPED, View(across="far"))
    for city in ("shanghai-cn", "chicago-us", "nairobi-ke"):
        assert rows.at[city, "far"] == ((far["city_a"] == city) | (far["city_b"] == city)).sum()


def test_networks_bridge_pairs_of_their_members_nations(small: Dataset) -> None:
    rows = ruptures.network_bridges(SHIPPED, View())
    assert (rows["far"] <= rows["known"]).all()
    assert rows["far"].is_monotonic_decreasing
    assert ruptures.bridges(small, View(issues=("food",), unstated=False)).empty


def test_every_code_of_the_pairs_is_a_country_and_serbia_votes() -> None:
    newest = PAIRS[PAIRS["year"] == nations.NEWEST]
    assert set(newest["iso3_a"]) | set(newest["iso3_b"]) <= set(SHIPPED.countries["iso3"])
    assert newest.set_index(["iso3_a", "iso3_b"]).loc[("SRB", "USA"), "un_distance"] > 0


def test_where_no_tie_is_far_there_is_no_bridge() -> None:
    rows = ruptures.bridges(SHIPPED, View(cities=("koshigaya-jp", "sant-feliu-de-codines-es")))
    assert rows.empty
    assert list(rows.columns) == ["city_id", "far", "known", "countries", "share"]


@pytest.mark.parametrize("own", [5, 8])
def test_where_one_country_has_half_of_the_ends_or_more_there_is_one_pairing(own: int) -> None:
    whole = np.array([7] * own + [1, 2, 2, 3, 4][: 10 - own if own > 5 else 5])
    a, b = whole[: len(whole) // 2], whole[len(whole) // 2:]
    drawn = divides.pairings(a, b, 3, seed=1)
    assert len(drawn) == 3
    for one, other in drawn:
        assert sorted(np.concatenate([one, other])) == sorted(whole)
        assert ((one == 7) | (other == 7)).all()
        assert ((one == 7) & (other == 7)).sum() == max(own - len(whole) // 2, 0)
