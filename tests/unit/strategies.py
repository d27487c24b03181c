"""Views as hypothesis draws them: any of the vocabulary, any years, any ids that a link could name."""

from __future__ import annotations

from hypothesis import strategies as st

from data.model import FIRST_YEAR, LAST_YEAR
from data.view import View
from data.words import (
    ACROSS,
    CAMERAS,
    CHART_NAMES,
    CLOSENESS,
    CUTS,
    DIVIDES,
    EDITIONS,
    ISSUES,
    KINDS,
    PICTURES,
    PROJECTIONS,
    RANKS,
    REGIONS,
    SHAPES,
    SORTS,
)

_YEARS = st.one_of(st.none(), st.integers(FIRST_YEAR, LAST_YEAR), st.integers(1950, 2026))


_COUNTRIES = st.from_regex(r"[A-Z]{3}", fullmatch=True)
_CITIES = st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){1,2}", fullmatch=True)
_TYPED = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20).map("?{}".format)
_NETWORKS = st.from_regex(r"[a-z0-9_]{2,12}", fullmatch=True)


def _few(codes: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(codes, max_size=4).map(tuple)


def views(countries: st.SearchStrategy[str] = _COUNTRIES, cities: st.SearchStrategy[str] = _CITIES,
          networks: st.SearchStrategy[str] = _NETWORKS) -> st.SearchStrategy[View]:
    """Any View; ids are of the right form, or of the strategies given."""
    period = st.tuples(_YEARS, _YEARS).map(
        lambda pair: tuple(sorted(pair)) if None not in pair else pair)  # type: ignore[type-var]
    return st.builds(
        lambda years, **fields: View(from_year=years[0], to_year=years[1], **fields), period,
        issues=_few(st.sampled_from(list(ISSUES))), kinds=_few(st.sampled_from(list(KINDS))),
        regions=_few(st.sampled_from(list(REGIONS))),
        countries=_few(countries), cities=_few(cities), networks=_few(networks),
        undated=st.booleans(), unstated=st.booleans(), domestic=st.booleans(), districts=st.booleans(),
        thin=st.booleans(), projection=st.sampled_from(list(PROJECTIONS)),
        picture=st.sampled_from(["", *PICTURES]), camera=st.sampled_from(list(CAMERAS)),
        chart=st.sampled_from(list(CHART_NAMES)), sort=st.sampled_from(list(SORTS)),
        shape=st.sampled_from(list(SHAPES)), rank=st.sampled_from(list(RANKS)),
        divide=st.sampled_from(list(DIVIDES)), closeness=st.sampled_from(list(CLOSENESS)),
        cut=st.sampled_from(list(CUTS)), across=st.sampled_from(["", *ACROSS]),
        edition=st.sampled_from(list(EDITIONS)), room=_few(st.one_of(cities, _TYPED)),
        data=st.sampled_from(["", "2026.11.0"]))
