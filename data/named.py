"""Names of cities letter for letter, without words of office around them."""

from __future__ import annotations

import re

from data import search
from data.load import Dataset

OFFICE = re.compile(
    r"^(?:(?:the )?(?:metropolitan )?(?:city|municipality|town) of|ville d[e']|stadt|ciudad de|cidade de|comune di|"
    r"ayuntamiento de|mairie de|prefeitura de|δήμος|город|місто|г\.|м\.)\s*(?=\w\w)|"
    r"(?<=\w\w)(?:\s+(?:municipality|city council|municipal council)|市|特別市|특별시|광역시|시)$", re.IGNORECASE)


def exact(dataset: Dataset, name: str) -> list[search.Match]:
    """The cities with this name letter for letter, or else without words of office (`City of`, `市`), or with 市."""
    forms = [name, OFFICE.sub("", name), *([f"{name}市"] if re.fullmatch(r"[\u4e00-\u9fff]{2,}", name) else [])]
    for form in dict.fromkeys(forms):
        found = search.bearers(dataset, form, 20)
        if found:
            return found
    return []
