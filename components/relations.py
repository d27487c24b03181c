"""The exhibits of bilateral relations: matrices against chance, themes, decades, and the graph of the strongest."""

from __future__ import annotations

from functools import partial

import pandas as pd

from components import screen
from components.charts.relations import FEW, decades_chart, matrix_chart, themes_chart, web_chart
from components.exhibit import Exhibit
from data import decades, findings, relations, select, subjects, web
from data.load import Dataset
from data.relations import Relations
from data.view import View
from data.web import Web
from data.words import CONTINENT_OF

COUNTRY = {"Country": ("Code", "/atlas?country=")}
_CHANCE = ("Chance: every tie cut in two and the ends paired at random, so that each side keeps its total "
           "(configuration model){}.")
_APART = ", none of them within one country, as in this view"
_MOST = 24


def of_regions(dataset: Dataset, view: View) -> Exhibit:
    """Ties between regions against chance."""
    found, chosen = relations.regions(dataset, view), relations.chosen(dataset, view, "region")
    held = found.totals > 0
    order = [name for name in CONTINENT_OF if held[found.names.get_loc(name)]]
    return _matrix(dataset, view, found, [name for name in order if name in chosen] or order, order)


def of_countries(dataset: Dataset, view: View) -> Exhibit:
    """Ties between the countries with most ties, or of those in the view with their partners, against chance."""
    found, chosen = relations.countries(dataset, view), relations.chosen(dataset, view, "country")
    totals = pd.Series(found.totals, index=found.names)
    if chosen:
        rows = totals.loc[chosen].sort_values(ascending=False, kind="stable").head(_MOST).index.tolist()
        weight = pd.Series(found.observed[found.names.get_indexer(pd.Index(rows))].sum(axis=0), index=found.names)
    else:
        rows, weight = [], totals
    most = weight.sort_values(ascending=False, kind="stable").head(12 if screen.narrow() else _MOST)
    columns = most.index[most > 0].tolist()
    return _matrix(dataset, view, found, rows or columns, columns)


def _matrix(dataset: Dataset, view: View, found: Relations, rows: list[str], columns: list[str]) -> Exhibit:
    chosen = rows if rows != columns else []
    finding = findings.of_relations(dataset, found, chosen)
    pairs = found.pairs
    pairs = pairs[pairs["a"].isin(chosen) | pairs["b"].isin(chosen)] if chosen else pairs
    if not rows or not columns or not pairs["observed"].any():
        return Exhibit(finding, None, select.coverage(dataset, view).advice)
    name = dataset.country_names
    place = [found.names.get_indexer(pd.Index(names)) for names in (rows, columns)]
    frames = [pd.DataFrame(values[place[0]][:, place[1]], index=[name.get(row, row) for row in rows],
                           columns=[name.get(column, column) for column in columns])
              for values in (found.observed, found.expected)]
    what = "countries" if found.names[0] in name.index else "regions"
    held = int((found.totals > 0).sum())
    some = "" if len(columns) == held else (f"The {len(columns)} {what} with the most ties of {held:,}; the table has "
                                            "all. ")
    shown = "Columns in the order of the rows; the" if screen.narrow() else "The number is the ties observed, the"
    note = (f"{shown} colour is how many times chance the ties are "
            f"(none where both are below {FEW}: so few tell nothing). {some}"
            f"{_CHANCE.format('' if view.domestic else _APART)} {_account(dataset, view)}")
    return Exhibit(finding, matrix_chart(*frames, numbers=not screen.narrow()), note, partial(_pairs, name, pairs))


def _pairs(name: pd.Series, pairs: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        "One side": [name.get(a, a) for a in pairs["a"]], "Other side": [name.get(b, b) for b in pairs["b"]],
        "Ties": pairs["observed"], "By chance": pairs["expected"].round(1), "Times chance": pairs["ratio"].round(2)})


def of_themes(dataset: Dataset, view: View) -> Exhibit:
    """What the ties between regions are about."""
    rows, unstated = subjects.subjects(dataset, view)
    finding = findings.of_subjects(rows, unstated)
    if rows.empty:
        return Exhibit(finding, None, "Few sources say what a tie is about. Widen the filters, or look at the issue "
                                      "areas of networks in Gaps.")
    note = (f"Each tie that states an issue area once, by the theme of its first: {int(rows['ties'].sum()):,}. The "
            f"{unstated:,} ties that state none are not in the picture. Of two regions the one with more such ties "
            f"stands at the left. {_account(dataset, view)}")
    return Exhibit(finding, themes_chart(rows), note,
                   lambda: rows.set_axis(["Region", "Theme", "Other region", "Ties"], axis=1))


def of_decades(dataset: Dataset, view: View) -> Exhibit:
    """The fastest growing pairs of countries by decade."""
    rows = decades.decades(dataset, view)
    finding, drawn = findings.of_decades(dataset, rows), decades.leaders(rows)
    if drawn.empty:
        return Exhibit(finding, None, "The years of most ties are unknown, and no two countries of this view signed "
                                      "two in one decade. Widen the filters.")
    name = dataset.country_names
    note = (f"Every pair that was among the first three of a decade, with its new ties in each; the first is outlined. "
            f"Only the {int(rows['ties'].sum()):,} ties of known year, which are no random sample: some countries’ "
            f"lists give years and others do not. {_account(dataset, view)}")
    return Exhibit(finding, decades_chart(drawn, name), note, partial(_decades, name, rows), COUNTRY)


def _decades(name: pd.Series, rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        "Country": rows["country_a"].map(name), "Code": rows["country_a"], "Partner": rows["country_b"].map(name),
        "Decade": rows["decade"].map(decades.period), "New ties": rows["ties"], "Ties before": rows["before"],
        "Rank in the decade": rows["rank"]})


def of_web(dataset: Dataset, view: View) -> Exhibit:
    """The graph of the strongest relations between countries."""
    found = web.web(dataset, view)
    finding = findings.of_web(dataset, found, relations.chosen(dataset, view, "country"))
    if found.nodes.empty:
        return Exhibit(finding, None, select.coverage(dataset, view).advice)
    name = dataset.country_names
    note = (f"The {len(found.edges):,} relations that stand out most from chance, drawn by springs: near means tied. "
            f"Circles grow with a country’s ties, lines with the ties of two. Colours are communities of all ties "
            f"between countries (Leiden, modularity {found.modularity:.2f}: 0 is none, 1 the most), not themes. "
            f"{_account(dataset, view)}")
    return Exhibit(finding, web_chart(found, name, screen.map_width()), note, partial(_edges, name, found), COUNTRY)


def _edges(name: pd.Series, found: Web) -> pd.DataFrame:
    edges, group = found.edges, found.nodes.set_index("country")["community"] + 1
    return pd.DataFrame({
        "Country": edges["a"].map(name), "Code": edges["a"], "Community": edges["a"].map(group),
        "Partner": edges["b"].map(name), "Its community": edges["b"].map(group), "Ties": edges["ties"],
        "By chance": edges["expected"].round(1), "Times chance": edges["ratio"].round(2)})


def _account(dataset: Dataset, view: View) -> str:
    return select.coverage(dataset, view).sentence
