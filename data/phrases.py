"""Counts, shares and lists as they stand in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

LONGEST_QUOTE = 60


def quoted(value: object) -> str:
    """What somebody wrote, or its kind where it is no text, in the quotes of Markdown, from which nothing gets out."""
    said = str(value) if isinstance(value, str | int | float) else f"a {type(value).__name__}"
    cut = said if len(said) <= LONGEST_QUOTE else f"{said[:LONGEST_QUOTE]}…"
    return f"`{''.join(letter if letter.isprintable() else '�' for letter in cut).replace('`', '’')}`"


def counted(count: int, what: str = "tie") -> str:
    """A number with its noun: `1 tie`, `2,000 ties`."""
    return f"{count:,} {plural(what, count)}"


def verb(count: int) -> str:
    """`is` or `are`, after so many."""
    return "is" if count == 1 else "are"


def plural(word: str, count: int) -> str:
    """A noun for so many: `tie`, `ties`; `city`, `cities`."""
    if count == 1:
        return word
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def share(part: int, whole: int) -> str:
    """A part of a whole in per cent; what is there is never 0 %."""
    percent = 100 * part / whole
    return "under 1 %" if 0 < percent < 1 else f"{percent:.0f} %"


def listing(names: Sequence[str], most: int = 3) -> str:
    """`A, B and C`; where there are more than `most`, the first two and how many more."""
    if len(names) > most:
        return f"{', '.join(names[:2])} and {len(names) - 2} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
