"""Where the ties are attested: lists, and one source per transcribed page, with family, authority and licence."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pandas as pd

from data.build import read

AUTHORITY = {"official": 0, "programme": 1, "page": 2, "copy": 3}
LISTS = ["code", "source_id", "folder", "title", "publisher", "address", "licence", "reuse", "family", "as_of"]
FACTS = "facts transcribed; no licence needed for facts, the text belongs to the page's owner"
WIKIPEDIA = "CC BY-SA (Wikipedia); facts transcribed"
_ADDRESS = re.compile(r"https?://\S+")
_WRAPPED = re.compile(r"^.+https?:/{1,2}(.+)$")
_SHARED = ("co", "com", "org", "net", "gov", "gob", "govt", "go", "ac", "or", "ne", "lg", "edu", "city", "pref",
           "blogspot", "wordpress", "wixsite", "netlify", "pages", "cloudfront", "legistar")


def address(text: str) -> str:
    """The address in a transcriber's reference, without remarks; empty for a page stored without one."""
    found = _ADDRESS.search(text)
    return found[0] if found else ""


def host(text: str) -> str:
    """The host that published a page, without www; of an archived or proxied copy, the original's host."""
    target = address(text)
    wrapped = _WRAPPED.match(unquote(target))
    if wrapped and re.search(r"web\.archive\.org|cozy\.pub", target):
        target = "//" + wrapped[1]
    return (urlsplit(target).hostname or "").rstrip(".").removeprefix("www.")


def domain(name: str) -> str:
    """The part of a host under which one publisher writes: `news.leeds.gov.uk` -> `leeds.gov.uk`."""
    parts = name.split(".")
    if name.replace(".", "").isdigit() or len(parts) < 3:
        return name
    if name.endswith(".gov.au"):
        return ".".join(parts[-4:])
    return ".".join(parts[-3:] if parts[-2] in _SHARED or len(parts[-2]) < 3 or parts[-1] == "jp" else parts[-2:])


def source_id(text: str) -> str:
    """The id of a page: `page:<host>-<first eight hex digits of the address's SHA-256>`."""
    digest = hashlib.sha256((address(text) or text).encode()).hexdigest()[:8]
    return f"page:{host(text) or 'stored'}-{digest}"


def identify(references: pd.Series) -> pd.DataFrame:
    """The distinct pages among transcribers' references.

    Returns a frame indexed by reference: source_id, address, host, family (sources of one family are not independent),
    authority (official, programme, page, copy), note (for ties that take their year from it), licence, reuse.

    Raises:
        SourceError: page_sources.csv names an authority that is not one of these.
    """
    pages = pd.DataFrame(index=pd.Index(sorted(references.unique()), name="reference", dtype="str"))
    pages["source_id"] = [source_id(text) for text in pages.index]
    pages["address"] = [address(text) for text in pages.index]
    pages["host"] = [host(text) or "stored" for text in pages.index]
    pages["family"] = [domain(name) if name != "stored" else identity for name, identity
                       in zip(pages["host"], pages["source_id"], strict=True)]
    pages["authority"], pages["note"] = "page", pd.Series(pd.NA, index=pages.index, dtype="str")
    rules = read.curated("page_sources.csv", ["pattern", "family", "authority", "note", "reason"])
    wrong = rules.loc[~rules["authority"].isin([*AUTHORITY]) & rules["authority"].notna()]
    if len(wrong):
        raise read.SourceError(f"page_sources.csv authority: must be one of {', '.join(AUTHORITY)}, but "
                               f"{wrong['authority'].tolist()}")
    where = [f"{name} {reference}" for reference, name in pages["host"].items()]
    for rule in reversed(rules.to_dict("records")):
        named = [re.search(rule["pattern"], text) is not None for text in where]
        for column in ("family", "authority", "note"):
            if pd.notna(rule[column]):
                pages.loc[named, column] = rule[column]
    copied = pages["family"].eq("wikipedia")
    pages["licence"] = copied.map({True: WIKIPEDIA, False: FACTS})
    pages["reuse"] = copied.map({True: "share-alike", False: "open"})
    return pages


def lists() -> pd.DataFrame:
    """The lists of ties that merged.csv was made of, by its code: id, title, licence, family, date."""
    return read.curated("tie_lists.csv", LISTS).set_index("code")


def sources(references: pd.DataFrame) -> pd.DataFrame:
    """The `sources` rows of the lists and of every page (columns of model.SOURCES but `rows`).

    `references`: columns reference (as transcribed), as_of (date of the transcription).
    """
    dated = references.groupby("reference")["as_of"].max()
    pages = identify(references["reference"]).join(dated)
    pages["title"] = [_title(text) for text in pages.index]
    pages["publisher"] = pages["host"].where(pages["host"].ne("stored"), "page stored without an address")
    pages["address"] = pages["address"].where(pages["address"].ne(""), None)
    both = pd.concat([lists().drop(columns="folder"), pages])
    columns = ["source_id", "title", "publisher", "address", "licence", "reuse", "family", "about", "as_of"]
    return both.assign(about="ties")[columns].drop_duplicates("source_id").sort_values("source_id", ignore_index=True)


def _title(text: str) -> str:
    """A readable name of a page: its host and the last words of its address, or the transcriber's words."""
    if not address(text):
        return text.partition(": ")[2] or text
    path = urlsplit(address(text)).path.rstrip("/")
    words = re.sub(r"[_\-+]+|\.(?:html?|php|aspx?|jsp)$", " ", unquote(path.rsplit("/", 1)[-1])).strip()
    return f"{host(text)}: {words[:90] or 'home page'}"


def transcribed(folder: Path) -> str:
    """The date of a transcription, as its SOURCE.md states it.

    Raises:
        SourceError: SOURCE.md is missing or states no date in brackets.
    """
    note = folder / "SOURCE.md"
    dates = re.findall(r"\((\d{4}-\d{2}(?:-\d{2})?)\)", note.read_text(encoding="utf-8")) if note.is_file() else []
    if not dates:
        raise read.SourceError(f"{note}: must state the date of the transcription in brackets, but has none")
    return str(max(dates))
