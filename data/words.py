"""The fixed vocabularies of the Atlas: codes that stand in links and tables, and their English words."""

from __future__ import annotations

THEMES: dict[str, tuple[str, ...]] = {
    "Planet": ("climate", "environment", "resilience"),
    "Prosperity": ("trade", "innovation", "tourism", "mobility"),
    "Culture and learning": ("culture", "education", "youth"),
    "People": ("health", "food", "planning", "migration", "inclusion"),
    "Peace and rights": ("peace", "rights"),
    "Governance": ("governance",),
}

ISSUES: dict[str, str] = {
    "climate": "Climate and energy",
    "environment": "Environment and water",
    "resilience": "Resilience",
    "trade": "Trade and economy",
    "innovation": "Technology and science",
    "tourism": "Tourism",
    "mobility": "Transport and ports",
    "culture": "Arts and heritage",
    "education": "Education and research",
    "youth": "Youth and sport",
    "health": "Health",
    "food": "Food",
    "planning": "Housing and planning",
    "migration": "Migration and diversity",
    "inclusion": "Poverty, inclusion, gender",
    "peace": "Peace and security",
    "rights": "Human rights and democracy",
    "governance": "Governance",
}

THEME_OF: dict[str, str] = {issue: theme for theme, issues in THEMES.items() for issue in issues}

KINDS: dict[str, str] = {
    "sister": "Sister city or twin town",
    "friendship": "Friendship or partner city",
    "agreement": "Cooperation agreement",
}

STATUSES: dict[str, str] = {
    "active": "in force as far as the sources say",
    "suspended": "suspended by one side; not ended",
    "ended": "ended or dissolved",
    "delisted": "on older lists of both cities' pages, no longer on the 2026 list",
}

LEVELS: dict[str, str] = {
    "city": "municipality or metropolitan government",
    "district": "part of a city",
    "region": "county, province or other region",
}

CONTINENT_OF: dict[str, str] = {
    "Northern Africa": "Africa",
    "Eastern Africa": "Africa",
    "Middle Africa": "Africa",
    "Southern Africa": "Africa",
    "Western Africa": "Africa",
    "Northern America": "North America",
    "Central America": "North America",
    "Caribbean": "North America",
    "South America": "South America",
    "Central Asia": "Asia",
    "Eastern Asia": "Asia",
    "South-Eastern Asia": "Asia",
    "Southern Asia": "Asia",
    "Western Asia": "Asia",
    "Eastern Europe": "Europe",
    "Northern Europe": "Europe",
    "Southern Europe": "Europe",
    "Western Europe": "Europe",
    "Australia and New Zealand": "Oceania",
    "Melanesia": "Oceania",
    "Micronesia": "Oceania",
    "Polynesia": "Oceania",
}

CONTINENTS = tuple(dict.fromkeys(CONTINENT_OF.values()))
REGIONS: dict[str, str] = {name.lower().replace(" ", "-"): name for name in CONTINENT_OF}

PROJECTIONS: dict[str, str] = {"atlantic": "Atlantic", "pacific": "Pacific", "globe": "Globe"}

PICTURES: dict[str, str] = {"flows": "Flows", "ties": "Ties", "cities": "Cities", "networks": "Networks"}

CAMERAS: dict[str, str] = {
    "world": "World",
    "africa": "Africa",
    "asia": "Asia",
    "europe": "Europe",
    "north-america": "North America",
    "oceania": "Oceania",
    "south-america": "South America",
}

PAGES: dict[str, str] = {
    "atlas": "World map",
    "networks": "Networks and relations",
    "city": "One city",
    "compare": "Compare cities",
    "structure": "Structure and paths",
    "divides": "Cities and nations",
    "partners": "New partners",
    "room": "The room",
    "data": "Data and sources",
}
"""The pages that show a view, by the first part of their addresses."""

CHARTS: dict[str, dict[str, str]] = {
    "Landscape": {"lives": "Lives", "growth": "Growth", "gaps": "Gaps"},
    "One network": {"network": "One network"},
    "Overlap": {"overlap": "Shared members", "combinations": "Combinations", "joining": "Joining"},
    "Relations": {"regions": "Regions", "countries": "Countries", "themes": "Themes", "decades": "Decades",
                  "web": "Graph"},
}

CHART_NAMES: dict[str, str] = {code: name for charts in CHARTS.values() for code, name in charts.items()}

SHAPES: dict[str, str] = {"summary": "In numbers", "ranking": "Rankings", "communities": "Communities",
                          "degrees": "Degrees", "paths": "Paths"}

RANKS: dict[str, str] = {"degree": "Degree", "betweenness": "Betweenness", "eigenvector": "Eigenvector",
                         "coreness": "Core number", "connectivity": "Connectivity"}

DIVIDES: dict[str, str] = {"question": "The question", "time": "Through time", "pair": "Two countries",
                           "bridges": "Bridges", "country": "One country"}

CLOSENESS: dict[str, str] = {"allies": "Defence alliances and UN votes", "votes": "UN votes alone"}

CUTS: dict[str, str] = {"quarter": "the farthest quarter", "third": "the farthest third", "half": "the farthest half"}

ACROSS: dict[str, str] = {"close": "Between nations that are close", "neither": "Between nations neither close nor far",
                          "far": "Between nations that are far apart"}

SORTS: dict[str, str] = {"age": "by age", "size": "by size", "issue": "by issue area", "region": "by region"}

EDITIONS: dict[str, str] = {"now": "The newest data", "then": "The data that the link names"}

LANGUAGES: dict[str, str] = {"en": "English"}
CHOICES: dict[str, tuple[str, dict[str, str]]] = {
    "map": ("picture", PICTURES), "proj": ("projection", PROJECTIONS), "camera": ("camera", CAMERAS),
    "chart": ("chart", CHART_NAMES), "sort": ("sort", SORTS), "shape": ("shape", SHAPES), "rank": ("rank", RANKS),
    "across": ("across", ACROSS), "divide": ("divide", DIVIDES), "close": ("closeness", CLOSENESS),
    "cut": ("cut", CUTS), "as": ("edition", EDITIONS), "lang": ("language", LANGUAGES)}
"""Key of the link -> field of the View, and the codes that it may have with their English words."""
