"""Cities side by side: shared and lone partners and networks against a plain count, sentences, charts and the map."""

from __future__ import annotations

import itertools
import json
import re

import pandas as pd
import pytest

from components import theme
from components.charts.compare import networks_chart, profiles_chart, timelines_chart
from components.compare import THEMES
from components.maps.several import several_map
from components.maps.world import Screen
from data import compare
from data.compare import Comparison
from data.load import Dataset, load
from data.phrases import counted
from data.view import View
from data.years import GROUPS

SHIPPED = load()
PAIRS = [("chicago-us", "toronto-ca"), ("shanghai-cn", "osaka-jp"), ("bethlehem-ps", "saint-petersburg-ru"),
         ("nairobi-ke", "gothenburg-se"), ("buenos-aires-ar", "rio-de-janeiro-br")]
FOUR = ("gothenburg-se", "nairobi-ke", "osaka-jp", "shanghai-cn")
VIEWS = {"all": View(), "a period": View(from_year=1990, to_year=2000), "only dated": View(undated=False),
         "an issue": View(issues=("climate",)), "a country": View(countries=("CHN",)), "everything": View(
             domestic=True, districts=True, thin=True), "a network": View(networks=("c40",)),
         "nothing": View(issues=("migration",), from_year=1400, to_year=1401, undated=False, unstated=False)}


def _partners(city: str) -> set[str]:
    """The partners of a city in the default view, row by row."""
    core = SHIPPED.ties[SHIPPED.ties["core"]]
    return {b if a == city else a for a, b in zip(core["city_a"], core["city_b"], strict=True) if city in (a, b)}


def _networks(city: str) -> set[str]:
    rows = SHIPPED.memberships
    return {network for network, member, status in zip(rows["network_id"], rows["city_id"], rows["status"], strict=True)
            if member == city and status == "listed"}


def _of(cells: pd.DataFrame, city: str) -> set[str]:
    return set(cells.index[cells[city] != ""])


@pytest.fixture
def two(small: Dataset) -> Comparison:
    return compare.compare(small, View(cities=("chicago-us", "tokyo-jp")))


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_shared_and_lone_partners_and_networks_equal_a_plain_count(pair: tuple[str, str]) -> None:
    shown = compare.compare(SHIPPED, View(cities=pair))
    partners, networks = ({city: count(city) for city in pair} for count in (_partners, _networks))
    for city in pair:
        assert _of(shown.partners, city) == partners[city]
        assert _of(shown.networks, city) == networks[city]
    shared = [len(set.intersection(*sets.values())) for sets in (partners, networks)]
    words = [counted(count, what) if count else f"no {what}"
             for count, what in zip(shared, ("partner city", "network"), strict=True)]
    assert f"share {words[0]} and {words[1]}; " in compare.finding(shown)
    for sets, said in ((partners, compare.of_partners(SHIPPED, shown)), (networks, compare.of_networks(shown))):
        lone = [f"{len(sets[city] - set.union(*(sets[other] for other in pair if other != city))):,} of {name}"
                for city, name in shown.names.items()]
        assert f"of just one of them: {' and '.join(lone)}." in said


def test_of_four_cities_no_two_share_more_than_the_two_that_are_named() -> None:
    shared = {pair: [len(count(pair[0]) & count(pair[1])) for count in (_partners, _networks)]
              for pair in itertools.combinations(FOUR, 2)}
    best = max(shared, key=lambda pair: sum(shared[pair]))
    shown = compare.compare(SHIPPED, View(cities=FOUR))
    assert best == ("osaka-jp", "shanghai-cn")
    assert compare.finding(shown) == (
        "Gothenburg, Nairobi, Osaka and Shanghai share no partner city and no network; no two share more than Osaka "
        f"and Shanghai, {shared[best][0]} partner cities and {shared[best][1]} networks")


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_ties_in_the_view_and_left_out_are_all_ties_of_a_city(view: View) -> None:
    shown = compare.compare(SHIPPED, view.replace(cities=FOUR))
    for city in FOUR:
        every = ((SHIPPED.ties["city_a"] == city) | (SHIPPED.ties["city_b"] == city)).sum()
        assert (shown.ties["city"] == city).sum() + shown.left_out[city] == every


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_every_view_of_every_pair_can_be_said(view: View) -> None:
    for pair in PAIRS:
        shown = compare.compare(SHIPPED, view.replace(cities=pair))
        said = [compare.finding(shown), compare.of_partners(SHIPPED, shown), compare.of_networks(shown),
                compare.of_years(shown), compare.of_issues(shown), *compare.accounts(shown)]
        assert all(said)
        assert not re.search(r"\b(nan|NA|None)\b", " ".join(said))


def test_the_numbers_are_those_of_the_small_world(two: Comparison) -> None:
    rows = compare.figures(two)
    assert rows.loc["chicago-us"].to_dict() == {
        "ties": 7, "dated": 4, "partners": 6, "countries": 6, "own": pytest.approx(1 / 6), "distance": 5000.0,
        "networks": 1}
    assert rows.loc["tokyo-jp", ["ties", "dated", "partners", "countries", "own"]].tolist() == [4, 2, 4, 3, 0]


def test_the_finding_names_what_is_shared_and_who_has_more(two: Comparison) -> None:
    assert compare.finding(two) == ("Chicago and Tokyo share 2 partner cities and 1 network; Chicago has the most "
                                    "partner cities, 6, and Tokyo the fewest, 4")


def test_a_continent_that_only_one_reaches_is_named(small: Dataset) -> None:
    shown = compare.compare(small, View(cities=("cologne-de", "mumbai-in")))
    assert compare.finding(shown).endswith("only Cologne is tied with Asia, Europe and North America")


def test_a_city_without_a_tie_in_the_view_is_said_to_have_none(small: Dataset) -> None:
    shown = compare.compare(small, View(cities=("chicago-us", "ehrenfeld-de")))
    assert compare.finding(shown) == (
        "Chicago and Ehrenfeld share no partner city and no network; Ehrenfeld has no tie in this view")
    assert compare.figures(shown).loc["ehrenfeld-de", ["own", "distance"]].isna().all()
    assert "Ehrenfeld: no tie" in compare.of_years(shown)
    assert compare.accounts(shown)[1].endswith("1 more tie is left out by this view.")


def test_a_city_of_undated_ties_only_has_no_year(small: Dataset) -> None:
    shown = compare.compare(small, View(cities=("mumbai-in", "suva-fj")))
    assert "Suva: no year of signing known" in compare.of_years(shown)
    assert compare.accounts(shown)[1] == "Suva: no known year for 2 of 2 ties and 0 of 0 memberships."


def test_years_status_and_several_ties_stand_in_the_cell_of_a_partner(two: Comparison) -> None:
    cells = two.partners
    assert cells.index[:2].tolist() == ["cologne-de", "suva-fj"]
    assert cells.loc["mexico-city-mx"].tolist() == ["1991; 2013", ""]
    assert cells.at["moscow-ru", "chicago-us"] == "1997, suspended 2022"
    assert cells.at["cologne-de", "tokyo-jp"] == "1836 (inferred)"
    assert cells.at["springfield-us-4951788", "tokyo-jp"] == "undated, delisted"
    assert two.networks.at["c40", "tokyo-jp"] == "2006"


def test_cities_that_are_tied_with_each_other_are_said_to_be(small: Dataset) -> None:
    shown = compare.compare(small, View(cities=("chicago-us", "warsaw-pl")))
    assert "Tied with each other: Chicago with Warsaw, 1960." in compare.of_partners(small, shown)


def test_the_first_four_of_many_cities_are_compared(small: Dataset) -> None:
    many = ("chicago-us", "cologne-de", "kyiv-ua", "mumbai-in", "tokyo-jp")
    assert list(compare.compare(small, View(cities=many)).names) == list(many[:4])


def test_a_place_in_the_filters_is_about_ties_and_leaves_the_networks(small: Dataset) -> None:
    shown = compare.compare(small, View(cities=("chicago-us", "tokyo-jp"), countries=("DEU",)))
    assert set(shown.ties["partner"]) == {"cologne-de"}
    assert _of(shown.networks, "chicago-us") == {"c40"}


def test_a_past_period_has_the_members_of_that_time(small: Dataset) -> None:
    view = View(cities=("chicago-us", "mexico-city-mx"), from_year=2014, to_year=2016)
    shown = compare.compare(small, view)
    assert shown.networks.loc["100rc"].tolist() == ["2014, former 2019", "2013 or before, former 2019"]
    assert "All are in 100RC (ended 2019)." in compare.of_networks(shown)


def test_profiles_count_each_network_once_and_each_tie_once() -> None:
    shown = compare.compare(SHIPPED, View(cities=FOUR))
    rows = compare.profile(shown)
    assert rows.groupby("city")["share"].sum().tolist() == pytest.approx([1, 1, 1, 1])
    assert rows["networks"].sum() == len(shown.members)
    assert rows["ties"].sum() == len(shown.ties)
    stated = rows[(rows["theme"] != GROUPS[-1]) & (rows["city"] == "osaka-jp")]["ties"].sum()
    assert f"{stated} of 16 of Osaka" in compare.of_issues(shown)


def test_timelines_have_one_scale_and_mark_what_does_not_stand(two: Comparison) -> None:
    figure = timelines_chart(two.ties, two.names, ["#000000", "#ffffff"])
    assert max(figure.data[1].y) < 0 < min(figure.data[0].y)
    assert list(figure.data[0].x) == [1960, 1991, 1997, 2013]
    assert list(figure.data[0].marker.symbol) == ["circle", "circle", "circle-open", "circle"]
    assert list(figure.data[1].x) == [1900, 1960]
    assert figure.data[2].text[0] == "<b>Chicago</b>: 4 of 7 ties of known year, 3 undated"


def test_each_city_has_its_colour_in_every_chart(two: Comparison) -> None:
    colours = ["#000000", "#ffffff"]
    inside = (two.networks != "").rename(columns=two.names)
    marked = {city: colour for trace in networks_chart(inside, colours).data if trace.name
              for city, colour in zip(trace.x, trace.marker.color, strict=True)}
    assert marked == {"Chicago": "#000000", "Tokyo": "#ffffff"}
    bars = profiles_chart(compare.profile(two), two.names, colours).data
    assert [(bar.name, bar.marker.color) for bar in bars] == [("Chicago", "#000000"), ("Tokyo", "#ffffff")]


@pytest.mark.parametrize("projection", ["atlantic", "pacific", "globe"])
def test_the_map_names_addresses_and_sends_no_rows(projection: str) -> None:
    colours = {city: theme.DARK[group] for city, group in zip(FOUR, THEMES, strict=True)}
    deck = several_map(SHIPPED, View(cities=FOUR, projection=projection), Screen(900, dark=True), colours, 111)
    made = json.loads(deck.to_json())
    layers = {layer["id"]: layer for layer in made["layers"]}
    assert len(layers) == len(made["layers"])
    assert len(deck.to_json()) < 20_000
    for number, city in enumerate(FOUR):
        assert layers[f"ties-core-{number}"]["data"].endswith(f"?city={city}")
        assert layers["homes"]["data"][number]["c"] == [int(colours[city][at:at + 2], 16) for at in (1, 3, 5)]
    assert all(isinstance(layer["data"], str) for name, layer in layers.items() if name != "homes")
    assert len(layers["homes"]["data"]) == 4
