"""What the page of networks says in words: each sentence from its numbers, also where there is little or nothing."""

from __future__ import annotations

import pandas as pd
import pytest

from components import profile
from components.gallery import EXHIBITS
from data import findings, gain, gaps, lives, overlap, relations, web
from data.load import Dataset, load
from data.phrases import counted, listing, share
from data.portrait import account, facts, portrait
from data.roster import everywhere, roster
from data.view import View
from data.words import CHART_NAMES

SHIPPED = load()
NOTHING = View(countries=("PRK",), from_year=1400, to_year=1401, undated=False)


def test_the_landscape_names_the_decade_of_most_foundings() -> None:
    founded = SHIPPED.networks["founded"].dropna() // 10 * 10
    assert findings.of_lives(lives.lives(SHIPPED, View())) == (
        f"119 networks: {(founded == 2010).sum()} were founded in the 2010s, more than in any other decade; 1 has "
        "ended")
    assert founded.value_counts().idxmax() == 2010


def test_growth_says_how_much_of_its_peak_is_one_network() -> None:
    climate = View(issues=("climate",))
    assert findings.of_growth(SHIPPED, climate, lives.growth(SHIPPED, climate)) == (
        "Networks on climate and energy grew fastest in 2013, when 1,434 cities joined; 98 % of them joined EU "
        "Covenant of Mayors")


def test_the_gap_in_africa_is_named() -> None:
    view = View(regions=("eastern-africa", "middle-africa", "northern-africa", "southern-africa", "western-africa"))
    assert findings.of_gaps(gaps.gaps(SHIPPED, view)).startswith("Youth and sport has the fewest member cities, none;")


def test_the_two_networks_that_overlap_most_are_named_with_their_numbers() -> None:
    assert findings.of_overlap(SHIPPED, roster(SHIPPED, View())) == (
        "EU Covenant of Mayors and GCoM overlap most: 8,547 cities are in both, 75 % of those in either")


def test_networks_that_two_cities_share_are_listed_and_an_ended_one_is_marked() -> None:
    view = View(cities=("chicago-us", "nairobi-ke"))
    assert findings.of_memberships(SHIPPED, view, roster(SHIPPED, everywhere(view))) == (
        "Chicago and Nairobi share 5 networks: 100RC (ended 2019), C40, GCoM, MUFPP and R2Z")


@pytest.mark.parametrize(("network", "words"), [
    ("iclei", "Joining ICLEI would bring Lagos (Nigeria) 33 new peers among its 130 members; none of its partners is "
              "inside"),
    ("c40", "Lagos (Nigeria) is in C40 already, with 96 peers; 2 of them are its partners"),
    ("100rc", "100RC ended in 2019: Lagos (Nigeria) can no longer join it")])
def test_what_a_network_would_bring_is_said_for_any_standing(network: str, words: str) -> None:
    assert findings.of_gain(SHIPPED, View(), "lagos-ng", network) == words


def test_chosen_places_are_counted_apart() -> None:
    view = View(regions=("western-europe",))
    rows = gain.peers(SHIPPED, view, "lagos-ng", "iclei")
    here = int((rows["new"] & rows["cared"]).sum())
    assert f", {here} of them in the chosen places" in findings.of_gain(SHIPPED, view, "lagos-ng", "iclei")


def test_a_city_in_no_network_is_said_to_be_in_none(small: Dataset) -> None:
    view = View(cities=("toledo-us",))
    assert findings.of_memberships(small, view, roster(small, everywhere(view))).endswith(
        "is in no network of the Atlas")
    shown = EXHIBITS["combinations"](small, view)
    assert shown.figure is None
    assert "Joining shows what a network would bring" in shown.note


def test_relations_name_the_strongest_and_the_weakest_pair_beyond_chance() -> None:
    found = relations.regions(SHIPPED, View())
    pairs = found.pairs
    least = pairs[pairs["expected"] >= 20].sort_values("ratio").iloc[0]
    said = findings.of_relations(SHIPPED, found, [])
    assert said.startswith("South-Eastern Asia with itself: 16 times the ties that chance would give, 45;")
    assert said.endswith(f"{least['observed']} where chance gives {least['expected']:.0f}")


def test_the_communities_are_named_by_the_country_of_most_ties() -> None:
    found = web.web(SHIPPED, View())
    count = found.nodes["community"].nunique()
    assert findings.of_web(SHIPPED, found, []).startswith(f"Countries form {count} communities by their cities’ ties, "
                                                      "around Germany, United States")


def test_a_country_is_said_to_reach_communities_of_the_whole_world() -> None:
    found = web.web(SHIPPED, View(countries=("KEN",)))
    assert found.leaders == web.web(SHIPPED, View()).leaders
    far = found.nodes[found.nodes["country"] != "KEN"]
    assert findings.of_web(SHIPPED, found, ["KEN"]) == (
        f"Kenya: tied with {len(far)} countries of {far['community'].nunique()} of the world’s 5 communities")


@pytest.mark.parametrize("chart", EXHIBITS)
def test_a_view_that_leaves_nothing_has_a_designed_state(chart: str) -> None:
    shown = EXHIBITS[chart](SHIPPED, NOTHING)
    assert shown.figure is None
    assert shown.finding
    assert shown.note


@pytest.mark.parametrize("chart", EXHIBITS)
@pytest.mark.parametrize("view", [
    View(), View(issues=("migration",)), View(countries=("KEN",)), View(cities=("lagos-ng",)),
    View(networks=("c40",)), View(cities=("lagos-ng",), networks=("mmc",)), View(from_year=1990, undated=False)],
    ids=["all", "an issue", "a country", "a city", "a network", "a city and a network", "a period"])
def test_every_chart_of_every_kind_of_view_says_and_shows_or_explains(chart: str, view: View) -> None:
    shown = EXHIBITS[chart](SHIPPED, view.replace(chart=chart))
    assert shown.finding
    assert shown.note
    assert shown.figure is None or len(shown.rows())


@pytest.mark.parametrize("chart", EXHIBITS)
def test_links_in_the_numbers_lead_to_codes_that_are_there(chart: str) -> None:
    shown = EXHIBITS[chart](SHIPPED, View(cities=("chicago-us",) if chart == "joining" else ()))
    rows = shown.rows()
    for heading, (code, address) in shown.links.items():
        assert {heading, code} <= set(rows.columns)
        assert address.startswith("/")


def test_every_chart_of_the_vocabulary_is_drawn() -> None:
    assert set(EXHIBITS) | {"network"} == set(CHART_NAMES)


def test_a_portrait_is_made_of_facts() -> None:
    assert portrait(SHIPPED, "c40") == (
        "**C40 Cities Climate Leadership Group** is a global network of cities on climate and energy; founded in 2005. "
        "Its secretariat is in London (United Kingdom). The list of 2025 holds 97 members and is complete.")
    assert "founded in 2013, ended in 2019" in portrait(SHIPPED, "100rc")
    assert "its year of founding is unknown" in portrait(SHIPPED, "delice")


def test_a_partial_list_says_so() -> None:
    assert account(SHIPPED, "mayors_for_peace") == (
        "The list of 2021-07 holds 18 members and is incomplete: 18 executive cities of 8,000+.")
    assert account(SHIPPED, "metropolis").endswith("covers one region only: European members only.")
    assert account(SHIPPED, "delice") == "The list of 2022 holds 14 members and is incomplete."


def test_an_unknown_network_is_named() -> None:
    with pytest.raises(ValueError, match="'atlantis'"):
        facts(SHIPPED, "atlantis")


def test_one_network_in_a_sentence_names_the_nearest() -> None:
    near = overlap.closest(roster(SHIPPED, View()), "eurocities").iloc[0]
    name = SHIPPED.networks.set_index("network_id").at[near["network_id"], "short_name"]
    said = profile.finding(SHIPPED, View(networks=("eurocities",)))
    assert said.startswith("Eurocities: 205 members in ")
    assert said.endswith(f"also in {name}, the nearest network")


def test_a_network_without_members_in_the_view_says_so() -> None:
    assert profile.finding(SHIPPED, View(networks=("douzelage",), countries=("JPN",))) == (
        "Douzelage has no member in this view")


@pytest.mark.parametrize(("said", "words"), [
    (counted(1, "city"), "1 city"), (counted(2_000, "country"), "2,000 countries"), (counted(3), "3 ties"),
    (share(1, 1_000), "under 1 %"), (share(1, 2), "50 %"), (listing([]), ""), (listing(["A"]), "A"),
    (listing(["A", "B", "C"]), "A, B and C"), (listing(list("ABCDE")), "A, B and 3 more")])
def test_counts_shares_and_lists_read_as_words(said: str, words: str) -> None:
    assert said == words


def test_the_numbers_of_joining_have_the_chosen_places_only_when_there_are_some() -> None:
    city = View(cities=("lagos-ng",))
    plain, cared = (EXHIBITS["joining"](SHIPPED, view).rows() for view in (city, city.replace(countries=("JPN",))))
    assert "New in chosen places" not in plain
    assert pd.to_numeric(cared["New in chosen places"]).sum() > 0
