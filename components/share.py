"""Sharing a page: link, QR code, embed code, citation and picture; and, within another site, the way to the Atlas."""

from __future__ import annotations

import datetime
import re
from html import escape
from urllib.parse import urlsplit

import segno
import streamlit as st

from components import theme
from components.shown import FORMS, NAME, Shown, query
from data.load import Dataset
from data.view import View

SIZES = {"Small": (480, 400), "Medium": (760, 560), "Large": (1100, 800)}
_WAYS = {"link": "Link", "embed": "Embed", "cite": "Cite", "picture": "Picture"}


def button(dataset: Dataset, page: str, view: View) -> None:
    """The button that opens the dialog of a page, which stays open when the page is drawn anew."""
    st.button("Share", key="share", icon=":material/share:", type="tertiary", on_click=_open, args=(page,))
    if st.session_state.get("_sharing") == page:
        _dialog(shown(dataset, page, view))


def _open(page: str = "") -> None:
    st.session_state["_sharing"] = page


def shown(dataset: Dataset, page: str, view: View) -> Shown:
    """A page as it is shared, with the address of this server."""
    return Shown(dataset, page, view.replace(data="", edition="now"), host())


def host() -> str:
    """Scheme and host of the server, as the reader's browser has it."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def qr(link: str, alt: str, width: int) -> str:
    """The QR code of a link as an image in HTML."""
    picture = segno.make(link, error="m").svg_data_uri(scale=4, border=4, light="#fff", dark="#000")
    return f"<img src=\"{picture}\" alt=\"{escape(alt)}\" width=\"{width}\" height=\"{width}\">"


def plain(text: str) -> str:
    """Text for Markdown that shows as it was typed."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>$~:^=&])", r"\\\1", text)


def citation(what: Shown, today: datetime.date) -> str:
    """How to cite a view, as a sentence."""
    return (f"{NAME} ({what.dataset.version[:4]}). “{what.scene(False).finding}.” Dataset {what.dataset.version} "
            f"({what.dataset.licence}). Retrieved {today.day} {today:%B %Y} from {what.link}")


def bibtex(what: Shown, today: datetime.date) -> str:
    """How to cite a view, as an entry of BibTeX."""
    title = "".join(f"\\{letter}" if letter in "&%$#_{}" else letter for letter in what.scene(False).finding)
    return "\n".join([
        f"@misc{{atlas-{what.page}-{what.dataset.version},", f"  author = {{{{{NAME}}}}},", f"  title = {{{title}}},",
        f"  year = {{{what.dataset.version[:4]}}},",
        f"  note = {{Dataset {what.dataset.version}, {what.dataset.licence}. Retrieved {today.isoformat()}}},",
        f"  url = {{{what.link}}}", "}"])


def frame(what: Shown, width: int, height: int) -> str:
    """The HTML that shows a view within a page of another site."""
    title = escape(what.scene(False).finding)
    return (f'<iframe src="{escape(what.link)}&amp;embed=true" title="{title}" width="{width}" height="{height}" '
            'style="border:0;max-width:100%" loading="lazy" allow="fullscreen"></iframe>')


@st.dialog("Share this view", width="large", on_dismiss=_open)
def _dialog(what: Shown) -> None:
    way = st.segmented_control("How", list(_WAYS), format_func=_WAYS.get, key="way", default="link", required=True,
                               label_visibility="collapsed")
    {"link": _link, "embed": _embed, "cite": _cite, "picture": _picture}[way](what)


def _link(what: Shown) -> None:
    st.markdown(f"The pinned link says every choice and the version of the data, {what.dataset.version}: whoever "
                "opens it later sees this view, and is told what has changed in the data since.")
    st.code(what.link, language=None, wrap_lines=True)
    st.html(qr(what.link, "QR code of the pinned link", 260))


def _embed(what: Shown) -> None:
    size = st.segmented_control("Size", list(SIZES), key="embed-size", default="Small", required=True)
    width, height = SIZES[size]
    st.code(frame(what, width, height), language="html", wrap_lines=True)
    st.iframe(f"{what.link}&embed=true", width=width, height=height, alt="The view as another site shows it")


def _cite(what: Shown) -> None:
    today = datetime.datetime.now(tz=datetime.UTC).date()
    st.markdown("As a sentence")
    st.code(citation(what, today), language=None, wrap_lines=True)
    st.markdown("For BibTeX")
    st.code(bibtex(what, today), language="latex", wrap_lines=True)
    st.caption("Each source with its own licence stands on the page Data and sources.")


def _picture(what: Shown) -> None:
    asked = query(what.page, what.view)
    ground = "dark" if theme.dark() else "light"
    links = ", ".join(f"[{form.upper()}](/api/still.{form}?{asked}&theme={ground})" for form in FORMS)
    st.markdown(f"For print, with finding, account, sources and link: {links}")
    st.markdown(f"![The picture that stands beside the link in a chat](/preview.png?{asked})")
    st.caption("This picture stands beside the link where it is shared.")


def outside(what: Shown) -> None:
    """At the foot of a page within another site: the way to the Atlas."""
    data, newest = what.dataset, what.dataset.sources["as_of"].dropna().max()
    st.markdown(f"**[Open in the Atlas]({what.link})** :small[:gray[{len(data.sources):,} sources, each with its "
                f"licence, newest source of {newest}; dataset {data.version}, {data.licence}.]]")
