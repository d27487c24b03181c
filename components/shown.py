"""A page as it is shown elsewhere: in print, in a chat, in a citation, on a slide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from data.load import Dataset
from data.view import View

if TYPE_CHECKING:
    from components.scenes import Scene

NAME = "Atlas of City Alliances"
FORMS: dict[str, str] = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


def query(page: str, view: View) -> str:
    """The query by which the server is asked for a picture of a page."""
    return urlencode({"page": page} | view.to_query(), safe=",")


@dataclass(frozen=True)
class Shown:
    """What a picture is of: the data, a page of PAGES, the view, and the address of the server, or nothing."""

    dataset: Dataset
    page: str
    view: View
    address: str = ""

    @property
    def link(self) -> str:
        """The pinned link of the page."""
        return self.address + self.view.link(self.page, pinned=self.dataset.version)

    def scene(self, dark: bool) -> Scene:
        """What is on the page."""
        from components.scenes import scene  # the scenes need the pages, which need what is shared of them

        return scene(self.dataset, self.page, self.view, dark)
