"""The stories that ship: understood in full, with a picture on every slide, and no number that the data do not give."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd
import pytest

from components.scenes import scene
from data import divides, ruptures, select
from data.load import Dataset, load
from data.paths import chains
from data.phrases import share
from data.story import STORIES, Slide, from_file, shipped, to_text
from data.view import View

SHIPPED = load()
NAMES = ["1-foreign-policy", "2-chicago", "3-nations"]
SLIDES = [pytest.param(slide, id=f"{name}-{number}") for name, story in shipped().items()
          for number, slide in enumerate(story.slides, 1)]
CHICAGO = "chicago-us"
LONGEST_TITLE, LONGEST_LINK = 60, 2_000


def _words(slide: Slide) -> str:
    return f"{slide.title} {slide.text} {slide.notes}"


def _numbers(words: str) -> set[str]:
    return set(re.findall(r"(?<![A-Za-z\d])\d+(?:[.,]\d+)*", words))


def _ends(dataset: Dataset, ties: pd.DataFrame, column: str) -> pd.DataFrame:
    places = dataset.cities.set_index("city_id")[column]
    return pd.DataFrame({"a": ties["city_a"].map(places), "b": ties["city_b"].map(places)})


def _dated(dataset: Dataset, year: int) -> pd.DataFrame:
    return select.ties(dataset, View(to_year=year, undated=False))


def _of_chicago(dataset: Dataset, **more: object) -> pd.DataFrame:
    ties = select.ties(dataset, View(cities=(CHICAGO,)).replace(**more))
    return ties.assign(partner=ties["city_a"].where(ties["city_b"] == CHICAGO, ties["city_b"]))


def _years_with(dataset: Dataset, partner: str, kind: str) -> int:
    rows = _of_chicago(dataset)
    return int(rows.loc[(rows["partner"] == partner) & (rows["kind"] == kind), "start_year"].iloc[0])


def _oldest(dataset: Dataset) -> str:
    first, second, third, *_ = dataset.ties.dropna(subset="start_year").sort_values("start_year").itertuples()
    assert second.start_year < third.start_year
    name = dataset.cities.set_index("city_id")["name"]
    one, other = (f"{name[row.city_a]} and {name[row.city_b]} in {row.start_year}" for row in (first, second))
    return f"{one}, {other}: no other tie of the Atlas has so early a year"


def _hidden(dataset: Dataset) -> str:
    ties = select.ties(dataset, View())
    return (f"Of the {len(ties):,} ties on the map of the Atlas {ties['start_year'].isna().sum():,} "
            "have no known year")


def _nordic(dataset: Dataset) -> str:
    ends = _ends(dataset, _dated(dataset, 1950), "country").isin(["DNK", "FIN", "NOR", "SWE"]).all(axis=1)
    return f"{ends.sum()} of the {len(ends)} join two of Denmark, Finland, Norway and Sweden"


def _apart(dataset: Dataset, year: int) -> str:
    ends = _ends(dataset, _dated(dataset, year), "continent")
    return share(int((ends["a"] != ends["b"]).sum()), len(ends))


def _pacific(dataset: Dataset) -> str:
    ends = _ends(dataset, _dated(dataset, 1970), "continent")
    both = ends.apply(lambda row: set(row) == {"Asia", "North America"}, axis=1)
    return f"{both.sum()} of these ties join Asia and North America"


def _decades(dataset: Dataset) -> pd.Series:
    years = select.ties(dataset, View(undated=False))["start_year"]
    return (years // 10 * 10).value_counts()


def _best_decade(dataset: Dataset) -> str:
    decades = _decades(dataset)
    return f"The {decades.idxmax()}s brought the most new dated ties: {decades.max()}"


def _late(dataset: Dataset) -> str:
    founded = dataset.networks["founded"].dropna()
    return f"{(founded >= 1990).sum()} of {len(founded)} date from 1990 or later"


def _first_network(dataset: Dataset) -> str:
    first = dataset.networks.sort_values("founded").iloc[0]
    return f"the first is the {first['name']}, founded in {first['founded']}"


def _covenant(dataset: Dataset) -> str:
    rows = dataset.memberships
    won = ((rows["network_id"] == "eu_covenant_of_mayors") & (rows["joined"] == 2013)).sum()
    more = "more" if won > _decades(dataset).max() else "fewer"
    return f"In that one year the Covenant won {more} cities than any decade has new ties with a year"


def _ended(dataset: Dataset) -> str:
    status = select.ties(dataset, View())["status"].value_counts()
    return f"{status['ended']} of these are known to have ended and {status['suspended']} to be suspended"


def _unknown(dataset: Dataset) -> str:
    ties = select.ties(dataset, View())
    undated, unstated = int(ties["start_year"].isna().sum()), int((ties["issues"].map(len) == 0).sum())
    return (f"Of {len(ties):,} ties, {undated:,} have no known year and {unstated:,} state no issue: "
            f"{share(undated, len(ties))} and {share(unstated, len(ties))}")


def _chicago_mexico(dataset: Dataset) -> str:
    sister, agreement = (_years_with(dataset, "mexico-city-mx", kind) for kind in ("sister", "agreement"))
    return (f"{_of_chicago(dataset)['partner'].nunique()} partner cities: Mexico City stands twice, "
            f"as a sister city since {sister} and with an agreement of {agreement}")


def _chicago_by_1989(dataset: Dataset) -> str:
    rows = _of_chicago(dataset, to_year=1989, undated=False)
    names = rows["partner"].map(dataset.cities.set_index("city_id")["name"])
    years = [f"{' and '.join(sorted(group))} {year}" for year, group in names.groupby(rows["start_year"])]
    return f"By 1989: {', '.join(years)}."


def _chicago_continents(dataset: Dataset) -> dict[str, int]:
    place = dataset.cities.set_index("city_id")["continent"]
    return _of_chicago(dataset)["partner"].map(place).value_counts().to_dict()


def _chicago_even(dataset: Dataset) -> str:
    found = _chicago_continents(dataset)
    assert found["Africa"] == found["South America"]
    country = _of_chicago(dataset)["partner"].map(dataset.cities.set_index("city_id")["country"])
    return (f"Africa and South America have {found['Africa']} each, and {country.isin(['CAN', 'MEX']).sum()} lead to "
            "Canada and Mexico")


def _chicago_rank(dataset: Dataset) -> str:
    cities = dataset.cities[dataset.cities["level"].eq("city") & dataset.cities["partners_abroad"].gt(0)]
    own = int(cities.loc[cities["city_id"] == CHICAGO, "partners_abroad"].iloc[0])
    above = cities[cities["partners_abroad"] > own]
    first = above[above["country"] == "USA"].squeeze()
    return (f"Chicago ranks {len(above) + 1} of {len(cities):,} cities, with {own} partners abroad; in its own country "
            f"only {first['name']} has more, {first['partners_abroad']}.")


def _chicago_moscow(dataset: Dataset) -> str:
    tie = _of_chicago(dataset).query("partner == 'moscow-ru'").squeeze()
    return f"The tie with Moscow, of {tie['start_year']}, was {tie['status']} in {tie['end_year']}"


def _chain(dataset: Dataset) -> str:
    name = dataset.cities.set_index("city_id")["name"]
    chain = chains(dataset, CHICAGO, "nairobi-ke", "ties").listed[0]
    return ", ".join(name[city] for city in [chain[0].start, *(hop.end for hop in chain)])


def _backtest(dataset: Dataset) -> str:
    row = dataset.table("backtest").query("test == 'hidden' and method == 'this score'").squeeze()
    return f"the first 50 suggestions for a city held {share(row['recall'], 1)} of its hidden partners"


def _divide(dataset: Dataset) -> str:
    found = divides.divide(dataset, View())
    (allied, _, far), (near, _, apart) = found.observed, found.ratio
    return (f"{allied:,} of {found.known:,} ties join allied nations, {near:.2f} times chance; {far:,}, or "
            f"{_far(dataset)}, join nations far apart, {apart:.2f} times chance.")


def _far(dataset: Dataset) -> str:
    found = divides.divide(dataset, View())
    return share(int(found.observed[-1]), found.known)


def _far_of(dataset: Dataset, country: str) -> str:
    return f"{len(select.ties(dataset, View(across='far', countries=(country,)))):,}"


def _bridge(dataset: Dataset) -> pd.DataFrame:
    return select.ties(dataset, View(across="far", cities=("saint-petersburg-ru",)))


def _wall(dataset: Dataset) -> pd.DataFrame:
    return ruptures.across_the_wall(dataset, View())


def _in_2022(dataset: Dataset) -> str:
    row = ruptures.endings(dataset, View()).query("year == 2022").squeeze()
    assert row["country"] == "RUS"
    return (f"In 2022 it went the other way: {row['ties']} ties are known to have been ended or suspended, "
            f"{row['touching']} of them with a city of Russia")


def _of_members(dataset: Dataset) -> str:
    inside, all_ties = (divides.divide(dataset, view).ratio[-1] for view in (View(networks=("c40",)), View()))
    return f"it is {inside:.1f} times, not {all_ties:.1f}: nearer to chance, and still below it"


FACTS: dict[str, Callable[[Dataset], str]] = {
    "oldest": _oldest, "hidden": _hidden, "nordic": _nordic,
    "apart by 1970": lambda data: f"By 1970, {_apart(data, 1970)} of the dated ties join two continents",
    "apart by 1950": lambda data: f"By 1950 it was {_apart(data, 1950)}",
    "pacific": _pacific, "best decade": _best_decade,
    "decade after": lambda data: f"the 2000s have {_decades(data)[2000]}",
    "late": _late, "first network": _first_network, "covenant": _covenant, "ended": _ended, "unknown": _unknown,
    "mexico": _chicago_mexico, "by 1989": _chicago_by_1989,
    "wall": lambda data: f"one of the {len(_wall(data))} dated ties that crossed between NATO and the Warsaw Pact",
    "continents": lambda data: "Of {} ties, {Europe} lead to Europe and {Asia} to Asia".format(
        len(_of_chicago(data)), **_chicago_continents(data)),
    "even": _chicago_even, "moscow": _chicago_moscow, "rank": _chicago_rank,
    "dated": lambda data: "most of its ties have a year: {} of {}".format(
        _of_chicago(data)["start_year"].notna().sum(), len(_of_chicago(data))),
    "toronto": lambda data: f"sister cities too, since {_years_with(data, 'toronto-ca', 'sister')}",
    "chain": _chain, "backtest": _backtest, "divide": _divide,
    "year": lambda data: f"the alliances are those of {divides.divide(data, View()).year}",
    "far": lambda data: f"Still, {_far(data)} of the ties join nations far apart",
    "ends": lambda data: f"{_far_of(data, 'RUS')} of them have an end in Russia and {_far_of(data, 'CHN')} have one in",
    "early": lambda data: "{} of the {} are known to be of 1991 or earlier".format(
        (_bridge(data)["start_year"] <= 1991).sum(), len(_bridge(data))),
    "over": lambda data: "{} of the {} are ended, suspended or no longer on the 2026 list".format(
        (_bridge(data)["status"] != "active").sum(), len(_bridge(data))),
    "standing": lambda data: "Of these {} ties, {} still stand as active".format(
        len(_wall(data)), (_wall(data)["status"] == "active").sum()),
    "in 2022": _in_2022, "all ties": lambda data: f"of all ties it was {_far(data)}", "members": _of_members,
    "at the end": lambda data: f"and {divides.divide(data, View()).observed[-1]:,} join nations far apart"}
"""What a story says beyond finding and account of its slide, in the words in which it is said."""


@pytest.mark.parametrize("name", NAMES)
def test_a_story_is_read_without_a_problem_and_is_of_the_shipped_data(name: str) -> None:
    story, problems = from_file((STORIES / f"{name}.toml").read_bytes())
    assert problems == []
    assert story.data == SHIPPED.version
    assert 7 <= len(story.slides) <= 9


def test_the_stories_come_in_their_order() -> None:
    assert list(shipped()) == NAMES


@pytest.mark.parametrize("slide", SLIDES)
def test_a_slide_has_a_picture_a_short_title_and_notes(slide: Slide) -> None:
    shown = scene(SHIPPED, slide.page, slide.view, True)
    assert shown.map is not None or shown.figure is not None
    assert 0 < len(slide.title) <= LONGEST_TITLE
    assert slide.notes


@pytest.mark.parametrize("slide", SLIDES)
def test_every_number_of_a_slide_is_in_its_finding_its_account_or_a_computed_fact(slide: Slide) -> None:
    shown, words = scene(SHIPPED, slide.page, slide.view, True), _words(slide)
    facts = [said for fact in FACTS.values() if (said := fact(SHIPPED)) in words]
    assert _numbers(words) - _numbers(f"{shown.finding} {shown.account} {' '.join(facts)}") == set()


@pytest.mark.parametrize("fact", FACTS)
def test_a_computed_fact_is_told_as_it_is_computed(fact: str) -> None:
    said = FACTS[fact](SHIPPED)
    assert any(said in _words(slide) for story in shipped().values() for slide in story.slides), said


@pytest.mark.parametrize("name", NAMES)
def test_a_story_with_its_notes_fits_a_link(name: str) -> None:
    assert len(to_text(shipped()[name])) < LONGEST_LINK
