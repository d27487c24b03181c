"""What the tables hold: every column with its type, meaning and bounds; one declaration for check, package and page."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path

from data.words import CONTINENT_OF, CONTINENTS, ISSUES, KINDS, LEVELS, STATUSES

TABLES_DIR = Path(__file__).parent / "tables"
ASSETS_DIR = Path(__file__).parent / "assets"
FIRST_YEAR, LAST_YEAR = 1000, datetime.datetime.now(tz=datetime.UTC).year + 1
ISO3, ISO2, CITY_ID = r"[A-Z]{3}", r"[A-Z]{2}", r"[a-z0-9]+(-[a-z0-9]+)*"
REUSE = ("open", "share-alike", "non-commercial", "unstated")


@dataclass(frozen=True)
class Field:
    """One column.

    `dtype` is one of text, integer, number, boolean, list (of text), years (list of integer), point, polygon.
    `values` closes the vocabulary (of a list: of its members); `low` and `high` are inclusive bounds; `refers` names
    the `table.column` in which every value must stand; `pattern` must match the whole text.
    """

    name: str
    dtype: str
    meaning: str
    nullable: bool = False
    unique: bool = False
    values: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    refers: str = ""
    pattern: str = ""


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its key, and its columns in order."""

    name: str
    row: str
    key: tuple[str, ...]
    fields: tuple[Field, ...] = field(repr=False)

    @property
    def columns(self) -> list[str]:
        """The column names in order."""
        return [column.name for column in self.fields]

    @property
    def geometry(self) -> str | None:
        """The name of the geometry column, if there is one."""
        return next((column.name for column in self.fields if column.dtype in ("point", "polygon")), None)


def _year(name: str, meaning: str) -> Field:
    return Field(name, "integer", meaning, nullable=True, low=FIRST_YEAR, high=LAST_YEAR)


def _count(name: str, meaning: str) -> Field:
    return Field(name, "integer", meaning, low=0)


_AS_OF = r"\d{4}(-\d{2}){0,2}"
_PLACE = "uncertain where the place of an end may be a namesake's: drawn fainter, left out of rankings"

CITIES = Table("cities", "a city, district or region that has a tie or a membership", ("city_id",), (
    Field("city_id", "text", "readable address of the city: name and country; it does not change between versions",
          unique=True, pattern=CITY_ID),
    Field("name", "text", "common English name, as the lists of ties use it"),
    Field("aliases", "list", "native and other names, without the display name"),
    Field("country", "text", "ISO 3166-1 alpha-3 code", refers="countries.iso3", pattern=ISO3),
    Field("admin1", "text", "state or province; given where it tells namesakes apart", nullable=True),
    Field("region", "text", "UN M49 subregion", values=tuple(CONTINENT_OF)),
    Field("continent", "text", "continent of the subregion", values=CONTINENTS),
    Field("population", "integer", "inhabitants (GeoNames); unknown for places without a GeoNames id", nullable=True,
          low=0),
    Field("level", "text", "city, or a district or region that signed in its own name", values=tuple(LEVELS)),
    Field("geonameid", "integer", "GeoNames id", nullable=True, low=1),
    Field("wikidata", "text", "Wikidata item", nullable=True, pattern=r"Q\d+"),
    Field("gawc_class", "text", "GaWC 2024 world city class", nullable=True),
    _count("ties", "ties in the default core (cross-border, city level, not thin, place certain)"),
    _count("partners_abroad", "different partner cities abroad in the default core"),
    _count("networks", "networks of which the city is a listed member"),
    Field("betweenness", "number",
          "share of shortest paths through the city in the default core (Freeman 1977), 0 to 1",
          nullable=True, low=0, high=1),
    Field("eigenvector", "number", "eigenvector centrality in the default core (Bonacich 1972), largest = 1",
          nullable=True, low=0, high=1.000001),
    Field("community", "integer", "Leiden community in the default core (Traag 2019), 0 = largest", nullable=True,
          low=0),
    Field("coreness", "integer", "core number in the default core (Seidman 1983): the largest k such that the city is "
          "one of a set of cities with k partners or more in the set", nullable=True, low=0),
    Field("connectivity", "number", "interlocking network connectivity over memberships (Taylor 2001), largest = 1",
          nullable=True, low=0, high=1.000001),
    Field("geometry", "point", "longitude and latitude, EPSG:4326"),
))

TIES = Table("ties", "an undirected bilateral relation of two cities, of one kind", ("tie_id",), (
    Field("tie_id", "text", "city_a/city_b/kind", unique=True),
    Field("city_a", "text", "the end that comes first in the alphabet", refers="cities.city_id"),
    Field("city_b", "text", "the other end", refers="cities.city_id"),
    Field("kind", "text", "sister city, friendship, or agreement", values=tuple(KINDS)),
    Field("issues", "list", "issue areas that a source states; empty = unstated", values=tuple(ISSUES)),
    _year("start_year", "year of signing; empty = undated"),
    _year("end_year", "year in which the tie ended or was suspended (see status)"),
    Field("status", "text", "; ".join(f"{code}: {words}" for code, words in STATUSES.items()), values=tuple(STATUSES)),
    Field("start_basis", "text", "stated; inferred from an anniversary or article date; conflicting: sources differ, "
          "the most authoritative is used", nullable=True, values=("stated", "inferred", "conflicting")),
    Field("other_years", "years", "other start years that sources give", low=FIRST_YEAR, high=LAST_YEAR),
    Field("distance_km", "number", "great-circle distance of the ends, mean Earth radius 6371.0088 km", low=0,
          high=20_040),
    Field("domestic", "boolean", "both ends in one country"),
    Field("thin", "boolean", "one older list only: not on the 2026 list, a single record, undated"),
    Field("core", "boolean", "in the default view: cross-border, both ends cities, not thin"),
    Field("sources", "list", "where the tie is attested"),
    Field("evidence", "integer", "independent sources: snapshots of one Wikipedia count once", low=1),
    Field("place", "text", _PLACE, values=("certain", "uncertain")),
    Field("note", "text", "what a reader should know about this row", nullable=True),
    Field("reuse", "text", "the least restricted licence class among its sources", values=REUSE),
))

NETWORKS = Table("networks", "a multilateral alliance of cities (transnational municipal network)", ("network_id",), (
    Field("network_id", "text", "short code", unique=True, pattern=r"[a-z0-9_]+"),
    Field("name", "text", "full name"),
    Field("short_name", "text", "name in use"),
    Field("form", "text", "what kind of alliance it is",
          values=("network", "programme", "declaration", "campaign", "registry", "forum", "council", "alliance")),
    Field("scope", "text", "reach by its own aim", values=("global", "regional", "national")),
    Field("issues", "list", "issue areas from its name and stated aims", values=tuple(ISSUES)),
    _year("founded", "year of founding"),
    _year("dissolved", "year in which it ended"),
    Field("hub_city", "text", "city of the secretariat", nullable=True, refers="cities.city_id"),
    Field("website", "text", "address", nullable=True),
    _count("members_listed", "members in the memberships table with the status listed"),
    Field("coverage", "text", "how much of the network the list holds at its date",
          values=("complete", "near-complete", "partial", "one region only")),
    Field("coverage_note", "text", "the same in words, with figures where known", nullable=True),
    Field("as_of", "text", "date of the newest list used", pattern=_AS_OF),
    Field("sources", "list", "where the network and its members are attested"),
))

MEMBERSHIPS = Table("memberships", "a city in a network", ("network_id", "city_id"), (
    Field("network_id", "text", "the network", refers="networks.network_id"),
    Field("city_id", "text", "the member", refers="cities.city_id"),
    _year("joined", "year of joining; empty = undated"),
    Field("joined_basis", "text", "stated; inferred; upper bound: joined in this year or before", nullable=True,
          values=("stated", "inferred", "upper bound")),
    _year("left", "year of leaving"),
    Field("status", "text", "listed: on the newest list; former: left; delisted: on an older list, not on the newest",
          values=("listed", "former", "delisted")),
    Field("sources", "list", "where the membership is attested"),
    Field("as_of", "text", "date of the list", pattern=_AS_OF),
    Field("place", "text", _PLACE, values=("certain", "uncertain")),
    Field("note", "text", "role or remark of the source", nullable=True),
    Field("reuse", "text", "the least restricted licence class among its sources", values=REUSE),
))

SOURCES = Table("sources", "a source", ("source_id",), (
    Field("source_id", "text", "short code", unique=True),
    Field("title", "text", "what it is"),
    Field("publisher", "text", "who publishes it"),
    Field("address", "text", "where it stands", nullable=True),
    Field("licence", "text", "licence as stated"),
    Field("reuse", "text", "licence class", values=REUSE),
    Field("family", "text", "sources of one family are not independent of each other"),
    Field("about", "text", "what it is used for", values=("ties", "networks", "places", "nations")),
    Field("as_of", "text", "date of the data", nullable=True, pattern=_AS_OF),
    _count("rows", "rows of the tables that name it"),
))

COUNTRIES = Table("countries", "a country or territory", ("iso3",), (
    Field("iso3", "text", "ISO 3166-1 alpha-3 code (XKX: Kosovo)", unique=True, pattern=ISO3),
    Field("iso2", "text", "ISO 3166-1 alpha-2 code", pattern=ISO2),
    Field("name", "text", "common English name"),
    Field("region", "text", "UN M49 subregion", values=tuple(CONTINENT_OF)),
    Field("continent", "text", "continent of the subregion", values=CONTINENTS),
    Field("income", "text", "World Bank income group", nullable=True),
    Field("geometry", "polygon", "outline, EPSG:4326, in the one border policy of the Atlas", nullable=True),
))

COUNTRY_PAIRS = Table("country_pairs", "two countries in a year", ("iso3_a", "iso3_b", "year"), (
    Field("iso3_a", "text", "the country that comes first in the alphabet", pattern=ISO3),
    Field("iso3_b", "text", "the other country", pattern=ISO3),
    Field("year", "integer", "calendar year", low=1945, high=LAST_YEAR),
    Field("allied", "boolean", "defence alliance in force (ATOP 5.1; carried forward after 2018); empty = no data",
          nullable=True),
    Field("un_distance", "number", "distance of UN General Assembly ideal points; empty = no data", nullable=True,
          low=0),
    Field("shared_igos", "integer", "shared intergovernmental organisations, to 2014", nullable=True, low=0),
    Field("trade_agreements", "integer", "trade agreements in force, to 2021", nullable=True, low=0),
))

BLOCS = Table("blocs", "a country's spell of membership in a bloc", ("bloc", "iso3", "joined"), (
    Field("bloc", "text", "the bloc"),
    Field("iso3", "text", "the country", refers="countries.iso3"),
    _year("joined", "first year"),
    _year("left", "last year; empty = still a member"),
    Field("status", "text", "as the source gives it"),
    Field("sources", "list", "where it is attested"),
    Field("note", "text", "remark, or how sources differ", nullable=True),
))

MEASURES = Table("measures", "a number of the graph of the default core, or of chance", ("group", "measure"), (
    Field("group", "text", "what it belongs to", values=("summary", "small world", "communities")),
    Field("measure", "text", "short code", pattern=r"[a-z_]+"),
    Field("value", "number", "the number; for random graphs the mean of the draws; empty where it is not defined",
          nullable=True),
    Field("low", "number", "2.5 percentile of the random graphs", nullable=True),
    Field("high", "number", "97.5 percentile of the random graphs", nullable=True),
    Field("meaning", "text", "what it says, and whose measure it is"),
))

HISTORY = Table("history", "a city at the end of a decade", ("city_id", "year"), (
    Field("city_id", "text", "the city", refers="cities.city_id"),
    Field("year", "integer", "calendar year", low=FIRST_YEAR, high=LAST_YEAR),
    Field("degree", "integer", "different partners by ties of the default core that have a known year and were in "
          "force at the end of the year", low=1),
    Field("rank", "integer", "rank by degree, from 1; equals share the best", low=1),
))

def _interval(name: str, meaning: str) -> tuple[Field, ...]:
    bounds = (("", "mean over cities"), ("_low", "lower end of its 95 % interval"), ("_high", "upper end of it"))
    return tuple(Field(name + end, "number", f"{meaning}: {words}", nullable=True, low=-1, high=1)
                 for end, words in bounds)


BACKTEST = Table("backtest", "a method in one test of the suggestions of partners", ("test", "method"), (
    Field("test", "text", "hidden: one tie in ten is hidden and sought; later: known until 2005, sought since",
          values=("hidden", "later")),
    _count("known", "pairs of cities that the methods may use"),
    _count("memberships", "memberships that they may use"),
    _count("cities", "cities with at least one hidden tie"),
    _count("hidden", "pairs to be found"),
    Field("method", "text", "the score, a baseline, or the most that any method could reach"),
    *_interval("precision", "share of the first 10 that are hidden partners"),
    *_interval("recall", "share of hidden partners among the first 50"),
    *_interval("lead", "precision of the score less that of the method, on the same cities"),
))

TABLES: dict[str, Table] = {table.name: table for table in (
    CITIES, TIES, NETWORKS, MEMBERSHIPS, SOURCES, COUNTRIES, COUNTRY_PAIRS, BLOCS, MEASURES, HISTORY, BACKTEST)}
