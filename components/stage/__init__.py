"""A story on a stage: one HTML document with its slides, for the server and as a file that needs no other."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import segno
from font_source_sans_pro import font_files_ttf
from fontTools.ttLib import TTFont
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from components.leaf import Leaf

FACES = {400: "SourceSansPro", 600: "SourceSansProSemibold"}
_TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)


def html(title: str, leaves: Sequence[Leaf], pictures: Sequence[str], land: str, home: str) -> str:
    """The stage of a story as an HTML document that asks for nothing but its pictures.

    Args:
        title: of the story, for the tab.
        leaves: the slides, in their order.
        pictures: addresses or data URIs, one a slide.
        land: path data of the land in km of the Atlantic plane, y to the south; behind maps of that projection.
        home: the address that Esc leads to when nothing is full-screen, or empty.

    Raises:
        ValueError: there are not as many pictures as slides.
    """
    if len(pictures) != len(leaves):
        raise ValueError(f"pictures: must be one a slide, but are {len(pictures)} of {len(leaves)} slides")
    slides = [_slide(leaf, picture) for leaf, picture in zip(leaves, pictures, strict=True)]
    codes = [{"link": leaf.link, "labels": _host(leaf.link).split("."), "code": code(leaf.link)} for leaf in leaves]
    return _TEMPLATES.get_template("stage.html").render(
        title=title, slides=slides, codes=codes, land=land, home=home,
        faces={weight: _face(name) for weight, name in FACES.items()})


def code(link: str) -> Markup:
    """The QR code of a link as inline SVG, dark on a white ground with the quiet zone that scanners need."""
    return Markup(segno.make_qr(link).svg_inline(title="QR code of this view", dark="#000", light="#fff",
                                                 omitsize=True))


def _slide(leaf: Leaf, picture: str) -> dict[str, Any]:
    """What the script needs to show a slide."""
    return {"title": leaf.title, "text": leaf.text, "notes": leaf.notes, "source": leaf.source, "picture": picture,
            "frame": asdict(leaf.frame) if leaf.frame else None}


def _host(link: str) -> str:
    return urlsplit(link).netloc.removeprefix("www.")


@lru_cache
def _face(name: str) -> str:
    """A face of the shipped font as WOFF2, in base64."""
    packed = BytesIO()
    font = TTFont(font_files_ttf[name], recalcTimestamp=False)
    font.flavor = "woff2"
    font.save(packed)
    return base64.b64encode(packed.getvalue()).decode()
