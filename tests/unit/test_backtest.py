from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from data import backtest, partners, paths
from data.load import Dataset, load

PER_COUNTRY = 9


@pytest.fixture(scope="module")
def world(small: Dataset) -> Dataset:
    """Cities of 12 countries: those with the same number have a network of their own, and mostly tie to each other."""
    rng = np.random.default_rng(7)
    country = small.countries.sort_values("iso3")["iso3"].repeat(PER_COUNTRY).tolist()
    number = list(range(PER_COUNTRY)) * len(small.countries)
    ids = [f"city-{iso3.lower()}-{which}" for iso3, which in zip(country, number, strict=True)]
    cities = pd.concat([small.cities.iloc[[0]]] * len(ids), ignore_index=True).assign(
        city_id=ids, name=ids, country=country, population=pd.array(rng.integers(10_000, 900_000, len(ids)), "Int64"))
    pairs = [pair for pair in combinations(range(len(ids)), 2) if country[pair[0]] != country[pair[1]]
             and rng.random() < (0.4 if number[pair[0]] == number[pair[1]] else 0.01)]
    template = small.ties[small.ties["tie_id"] == "chicago-us/kyiv-ua/sister"]
    ties = pd.concat([template] * len(pairs), ignore_index=True)
    ends = pd.DataFrame([(ids[a], ids[b]) for a, b in pairs])
    ties = ties.assign(tie_id=ends[0] + "/" + ends[1] + "/sister", city_a=ends[0], city_b=ends[1],
                       start_year=pd.array(rng.choice([1990, 2004, 2005, 2015], len(pairs)), "Int64"))
    ties.loc[::10, "start_year"] = None
    members = pd.concat([small.memberships.iloc[[0]]] * len(ids), ignore_index=True).assign(
        city_id=ids, network_id=[small.networks["network_id"].iloc[which % 4] for which in number],
        joined=pd.array([1999, 2010] * (len(ids) // 2), "Int64"))
    return replace(small, cities=cities, ties=ties, memberships=members)


def names(dataset: Dataset, pairs: np.ndarray) -> set[tuple[str, ...]]:
    """Pairs of rows as pairs of ids, in the order of the table of ties."""
    return {tuple(dataset.cities["city_id"].iloc[list(pair)]) for pair in pairs.tolist()}


def ends(ties: pd.DataFrame) -> set[tuple[str, ...]]:
    return set(ties[["city_a", "city_b"]].itertuples(index=False, name=None))


def test_a_tenth_of_the_pairs_is_hidden_and_nothing_else_goes(world: Dataset) -> None:
    known, hidden = backtest.hide(world, 3)
    assert len(hidden) == round(len(world.ties) / 10)
    assert ends(world.ties) - ends(known.ties) == names(world, hidden)
    assert len(known.ties) + len(hidden) == len(world.ties)
    assert names(world, backtest.hide(world, 4)[1]) != names(world, hidden)


def test_a_hidden_pair_loses_all_its_ties_whatever_their_kind_and_status(world: Dataset) -> None:
    again = world.ties.assign(kind="agreement", tie_id=world.ties["city_a"] + "/" + world.ties["city_b"] + "/agreement",
                              status="ended", thin=True)
    double = replace(world, ties=pd.concat([world.ties, again], ignore_index=True))
    known, hidden = backtest.hide(double, 3)
    assert not ends(known.ties) & names(world, hidden)
    assert len(known.ties) == len(double.ties) - 2 * len(hidden)


def test_hidden_ties_do_not_touch_features_or_weights(world: Dataset) -> None:
    known, hidden = backtest.hide(world, 3)
    rest = [pair not in names(world, hidden) for pair in world.ties[["city_a", "city_b"]].itertuples(index=False,
                                                                                                     name=None)]
    metrics = world.cities.columns.intersection(["ties", "partners_abroad", "networks", "betweenness", "eigenvector",
                                                 "community", "connectivity"])
    never = replace(world, ties=world.ties[rest].reset_index(drop=True), cities=world.cities.assign(
        **dict.fromkeys(metrics, 99)))
    for row in range(len(world.cities)):
        np.testing.assert_array_equal(partners.features(partners.ground(known), row),
                                      partners.features(partners.ground(never), row))
    np.testing.assert_array_equal(backtest.fit(known, 3), backtest.fit(never, 3))
    assert not set(metrics) & set(known.cities.columns)


def test_each_feature_changes_when_the_hidden_ties_come_back(world: Dataset) -> None:
    known, hidden = backtest.hide(world, 3)
    row = int(hidden[0, 0])
    before, after = (partners.features(partners.ground(dataset), row) for dataset in (known, world))
    moved = dict(zip(partners.WEIGHTS, (before != after).any(axis=0), strict=True))
    assert moved == {"networks": False, "partners": True, "size": False, "role": False, "countries": True,
                     "activity": True}


def test_before_the_split_only_what_is_dated_before_it_is_known(world: Dataset) -> None:
    known, sought = backtest.part(world)
    assert known.ties["start_year"].max() == 2004
    assert known.memberships["joined"].max() == 1999
    assert known.cities["gawc_class"].isna().all()
    assert names(world, sought) == ends(world.ties[(world.ties["start_year"] >= 2005).fillna(False)])


def test_a_pair_with_an_older_or_undated_tie_is_not_sought_later(world: Dataset) -> None:
    later = world.ties[(world.ties["start_year"] >= 2005).fillna(False)]
    older = later.iloc[:2].assign(kind="agreement", start_year=pd.array([1980, None], "Int64"))
    double = replace(world, ties=pd.concat([world.ties, older], ignore_index=True))
    assert names(world, backtest.part(double)[1]) == ends(later.iloc[2:])


def test_the_table_is_the_same_each_time_and_holds_every_method_on_the_same_cities(world: Dataset) -> None:
    table = backtest.backtest(world, 3)
    pd.testing.assert_frame_equal(table, backtest.backtest(world, 3))
    methods = [backtest.MODEL, "popularity", "country pair frequency", "common neighbours", backtest.BEST]
    for test, rows in table.groupby("test"):
        assert rows["method"].tolist() == methods
        assert rows[["known", "memberships", "cities", "hidden"]].nunique().eq(1).all(), test
        for measure in backtest.MEASURES:
            assert rows[measure].between(rows[f"{measure}_low"], rows[f"{measure}_high"]).all()


def test_precision_and_recall_are_those_counted_by_hand(world: Dataset) -> None:
    known, hidden = backtest.hide(world, 3)
    basis = partners.ground(known)
    sought: dict[int, set[int]] = {}
    for a, b in hidden.tolist():
        sought.setdefault(a, set()).add(b)
        sought.setdefault(b, set()).add(a)
    ties = ends(world.ties)
    ids, country = world.cities["city_id"], world.cities["country"]
    precision, recall = [], []
    for row, found in sought.items():
        among = [other for other in range(len(ids)) if country[other] != country[row] and (
            other in found or (min(ids[row], ids[other]), max(ids[row], ids[other])) not in ties)]
        first = sorted(among, key=lambda other: -basis.partners[other])
        precision.append(len(found & set(first[:10])) / 10)
        recall.append(len(found & set(first[:50])) / len(found))
    table = backtest.backtest(world, 3)
    rows = table[table["test"] == "hidden"].set_index("method")
    assert rows.at["popularity", "precision"] == pytest.approx(np.mean(precision))
    assert rows.at["popularity", "recall"] == pytest.approx(np.mean(recall))
    assert rows.at["popularity", "lead"] == pytest.approx(
        rows.at[backtest.MODEL, "precision"] - rows.at["popularity", "precision"])
    assert rows.at[backtest.BEST, "recall"] == 1
    assert rows.at[backtest.BEST, "precision"] == pytest.approx(np.mean([len(found) / 10 for found in sought.values()]))


def test_the_score_finds_what_networks_and_partners_tell(world: Dataset) -> None:
    rows = backtest.backtest(world, 3).set_index(["test", "method"])
    assert rows.at[("hidden", backtest.MODEL), "precision"] > 1.5 * rows.at[("hidden", "popularity"), "precision"]


def test_a_tiny_world_gives_finite_numbers(small: Dataset) -> None:
    table = backtest.backtest(small)
    assert np.isfinite(table[list(backtest.MEASURES)].to_numpy()).all()


@pytest.mark.parametrize(("low", "words"), [
    ((0.1, 0.2, 0.3), "Among the first 10, the score leads A, B and C."),
    ((0.1, -0.2, 0.3), "Among the first 10, the score leads A and C and does not surely lead B."),
    ((-0.1, -0.2, 0.0), "Among the first 10, the score does not surely lead A, B and C."),
])
def test_the_verdict_says_where_the_score_is_no_better(low: tuple[float, ...], words: str) -> None:
    rows = pd.DataFrame({"method": [backtest.MODEL, "A", "B", "C", backtest.BEST], "lead_low": [0.0, *low, -1.0]})
    assert backtest.verdict(rows) == words


def test_the_markdown_has_a_line_for_each_method(world: Dataset) -> None:
    table = backtest.backtest(world, 3)
    lines = backtest.markdown(table).splitlines()
    assert sum(line.startswith("| ") for line in lines) == len(table) + 2
    assert f"{len(backtest.hide(world, 3)[1]):,} tied pairs sought" in lines[0]


def test_the_fixed_weights_are_those_of_the_ties_that_the_backtest_does_not_hide() -> None:
    known, _ = backtest.hide(load(), backtest.SEED)
    assert dict(zip(partners.WEIGHTS, backtest.fit(known, backtest.SEED), strict=True)) == pytest.approx(
        partners.WEIGHTS, abs=0.011)
    assert len(paths.standing(known)) > 20_000
