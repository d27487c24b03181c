"""A city on one page to print: the sentences of its page, its map, partners, networks and numbered sources."""

from __future__ import annotations

import base64
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path

import pandas as pd
from font_source_sans_pro import font_files_ttf
from fpdf import FPDF
from jinja2 import Template
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from components.dossier import own
from components.maps.routes import asked
from components.maps.still import OUTLINES, bare
from components.prints import base, drawn
from components.store import dataset
from data.dossier import Dossier, dossier
from data.view import View

FORMS = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}
TEMPLATE = Path(__file__).with_suffix(".html")
_MARGIN, _MAP_WIDTH, _MAP_PIXELS = 12.0, 92.0, 1_400
_SETTINGS = ((True, 8.0), (True, 7.0), (False, 7.0), (False, 6.2), (False, 5.5), (False, 4.8), (False, 4.2))
_INK, _QUIET, _LINK = (28, 36, 48), (86, 96, 110), (29, 79, 145)


def lines_of_ties(found: Dossier) -> list[str]:
    """Each partner with its year, what is to be known of its status, and the numbers of its sources."""
    lines = []
    for tie in found.ties.sort_values(["country", "name"]).itertuples():
        since = "year unknown" if pd.isna(tie.start_year) else f"{tie.start_year}"
        until = "" if pd.isna(tie.end_year) else f" {tie.end_year}"
        status = "" if tie.status == "active" else f", {tie.status}{until}"
        lines.append(f"{tie.name}, {tie.country}: {since}{status} [{found.numbers(tie.sources)}]")
    return lines


def lines_of_networks(found: Dossier) -> list[str]:
    """Each network with the year of joining and the numbers of its sources."""
    lines = []
    for row in found.memberships.itertuples():
        since = "year unknown" if pd.isna(row.joined) else f"{int(row.joined)}"
        ended = "" if pd.isna(row.dissolved) else f", ended {int(row.dissolved)}"
        past = "" if row.status == "listed" else f", {row.status}"
        lines.append(f"{row.short_name}: {since}{ended}{past} [{found.numbers(row.sources)}]")
    return lines


def lines_of_sources(found: Dossier) -> list[str]:
    """Each source with its publisher and date, in the order of the numbers."""
    return [f"{row.title}, {row.publisher}" + ("" if pd.isna(row.as_of) else f", {row.as_of}")
            for row in found.sources.itertuples()]


def foot(found: Dossier) -> str:
    """What the briefing rests on, before the link that makes it again."""
    data = found.dataset
    return f"Atlas of City Alliances, dataset {data.version}, {data.licence}. {OUTLINES} Made from"


def html(found: Dossier, link: str) -> bytes:
    """The briefing as one HTML file that needs no other; `link` is the address of the city's page."""
    picture = base64.b64encode(bare(found.dataset, _drawn(found), _MAP_PIXELS)).decode()
    text = Template(TEMPLATE.read_text(encoding="utf-8"), autoescape=True).render(
        found=found, title=own(found.view).describe(found.dataset), map=picture, ties=lines_of_ties(found),
        networks=lines_of_networks(found), sources=lines_of_sources(found), foot=foot(found), link=link)
    return text.encode("utf-8")


def pdf(found: Dossier, link: str) -> bytes:
    """The briefing as one page of A4.

    The map goes over the whole width, or, where the lists need the room, beside the text; the lists are set as small
    as they must be to fit.
    """
    picture = bare(found.dataset, _drawn(found), _MAP_PIXELS)
    for wide, size in _SETTINGS:
        sheet = _sheet(found, link, size, picture, wide)
        if sheet.page == 1:
            break
    return bytes(sheet.output())


def _sheet(found: Dossier, link: str, size: float, picture: bytes, wide: bool) -> FPDF:
    """The page with its lists at a size in points; more than one page where they do not fit."""
    sheet = FPDF(format="A4")
    sheet.set_title(f"{found.name}: briefing")
    sheet.set_margin(_MARGIN)
    sheet.set_auto_page_break(True, _MARGIN)
    for style, face in (("", "SourceSansPro"), ("B", "SourceSansProSemibold")):
        sheet.add_font("atlas", style, font_files_ttf[face])
    sheet.add_page()
    _opening(sheet, found, picture, wide)
    _columns(sheet, f"{len(found.ties):,} ties", lines_of_ties(found), size, 3)
    _columns(sheet, f"{len(found.memberships):,} networks", lines_of_networks(found), size, 3)
    _columns(sheet, "Sources", [f"{number} {line}" for number, line in enumerate(lines_of_sources(found), 1)],
             0.85 * size, 2)
    sheet.ln(2)
    _write(sheet, foot(found), 6.5, colour=_QUIET)
    sheet.set_text_color(*_LINK)
    sheet.multi_cell(0, 2.8, link, link=link)
    return sheet


def _opening(sheet: FPDF, found: Dossier, picture: bytes, wide: bool) -> None:
    """Headline over the whole width; then the map, and the sentences below it or beside it."""
    _write(sheet, own(found.view).describe(found.dataset), 17, strong=True)
    top, width = sheet.get_y() + 2, sheet.epw if wide else _MAP_WIDTH
    placed = sheet.image(BytesIO(picture), _MARGIN, top, width, alt_text=found.sentences["Ties"])
    below = top + placed.rendered_height
    left = _MARGIN if wide else _MARGIN + width + 5
    sheet.set_left_margin(left)
    sheet.set_xy(left, below + 3 if wide else top)
    for subject, sentence in found.sentences.items():
        sheet.set_text_color(*_INK)
        sheet.set_font("atlas", "B", 8.5)
        sheet.write(3.9, f"{subject}. ")
        sheet.set_font("atlas", "", 8.5)
        sheet.write(3.9, sentence)
        sheet.ln(4.6)
    sheet.set_left_margin(_MARGIN)
    sheet.set_xy(_MARGIN, max(below, sheet.get_y()) + 2)


def _columns(sheet: FPDF, heading: str, lines: list[str], size: float, columns: int) -> None:
    """A heading and the lines below it, in columns of even length."""
    _write(sheet, heading, 10, strong=True)
    sheet.set_font("atlas", "", size)
    sheet.set_text_color(*_INK)
    with sheet.text_columns(ncols=columns, gutter=4, balance=True, text_align="L", line_height=1.15) as text:
        text.write("\n".join(lines or ["None in this view."]))
    sheet.ln(1.5)


def _write(sheet: FPDF, text: str, size: float, strong: bool = False, colour: tuple[int, int, int] = _INK) -> None:
    sheet.set_font("atlas", "B" if strong else "", size)
    sheet.set_text_color(*colour)
    sheet.multi_cell(0, 0.43 * size, text, align="L", new_x="LMARGIN", new_y="NEXT")


def _drawn(found: Dossier) -> View:
    return found.view.replace(picture="ties", projection="atlantic" if found.view.projection == "globe" else
                              found.view.projection)


async def answer(request: Request) -> Response:
    """The briefing of the first city in the query."""
    form = request.path_params["form"]
    if form not in FORMS:
        return PlainTextResponse(f"briefing.{form}: must be one of {', '.join(FORMS)}, but is not.", 404)
    view, problems = await asked(request)
    if not view.cities:
        problems = [*problems, "city: must name a city, such as chicago-us, but does not."]
    name = f"atlas-briefing-{''.join(view.cities[:1])}-{dataset().version}.{form}"
    place = "inline" if form == "html" else "attachment"
    return await drawn(problems, partial(made, view, form, base(request)), FORMS[form],
                       {"content-disposition": f'{place}; filename="{name}"'})


@lru_cache(maxsize=32)
def made(view: View, form: str, address: str) -> bytes:
    """The briefing of a view as a file; `address` is scheme and host of the server."""
    found = dossier(dataset(), view)
    link = address + found.view.link("city", pinned=dataset().version)
    return html(found, link) if form == "html" else pdf(found, link)


routes = [Route("/api/briefing.{form}", answer)]
