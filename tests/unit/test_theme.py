"""The six colours of the themes: to be read on both grounds, and told apart by every eye."""

from __future__ import annotations

import itertools
import math
import tomllib
from pathlib import Path

import pytest

from components import theme
from data.words import THEMES

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
SIGHTS = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
APART = 8.0  # hundredths of the OKLab scale; 2 is a just noticeable difference


def _linear(colour: str) -> list[float]:
    parts = [int(colour[start:start + 2], 16) / 255 for start in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _contrast(one: str, other: str) -> float:
    weights = (0.2126, 0.7152, 0.0722)
    dark, light = sorted(sum(weight * part for weight, part in zip(weights, _linear(colour), strict=True))
                         for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _seen(colour: str, sight: str) -> tuple[float, float, float]:
    red, green, blue = (min(1.0, max(0.0, sum(a * b for a, b in zip(row, _linear(colour), strict=True))))
                        for row in SIGHTS[sight])
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
            1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
            0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short)


LOOKS = [("light", theme.LIGHT), ("dark", theme.DARK)]


@pytest.mark.parametrize(("look", "colours"), LOOKS)
def test_every_theme_colour_has_aa_contrast_on_every_ground(look: str, colours: dict[str, str]) -> None:
    grounds = [CONFIG[look]["backgroundColor"], CONFIG[look]["secondaryBackgroundColor"],
               CONFIG[look]["sidebar"]["backgroundColor"]]
    weak = {(name, ground) for name, colour in colours.items() for ground in grounds if _contrast(colour, ground) < 4.5}
    assert not weak


@pytest.mark.parametrize("look", ["light", "dark"])
def test_text_and_links_have_aa_contrast_and_white_can_be_read_on_the_primary_colour(look: str) -> None:
    ground, side = CONFIG[look]["backgroundColor"], CONFIG[look]["sidebar"]["backgroundColor"]
    assert _contrast(CONFIG[look]["textColor"], ground) > 7
    assert _contrast(CONFIG[look]["linkColor"], ground) > 4.5
    assert _contrast("#FFFFFF", CONFIG[look]["primaryColor"]) > 4.4
    assert _contrast(CONFIG[look]["primaryColor"], side) > 4.4


@pytest.mark.parametrize(("look", "colours"), LOOKS)
@pytest.mark.parametrize("sight", SIGHTS)
def test_no_two_themes_look_alike_to_any_eye(look: str, colours: dict[str, str], sight: str) -> None:
    alike = {(a, b): round(100 * math.dist(_seen(colours[a], sight), _seen(colours[b], sight)), 1)
             for a, b in itertools.combinations(colours, 2)}
    assert min(alike.values()) > APART, min(alike, key=alike.__getitem__)


@pytest.mark.parametrize(("look", "colours"), LOOKS)
def test_the_config_gives_charts_and_words_the_same_colours(look: str, colours: dict[str, str]) -> None:
    assert CONFIG[look]["chartCategoricalColors"] == list(colours.values())
    assert {name: CONFIG[look][f"{mark}TextColor"] for name, mark in theme.MARKS.items()} == colours
    assert CONFIG[look]["backgroundColor"] == {"light": theme.LIGHT_GROUND, "dark": theme.DARK_GROUND}[look]


def test_every_theme_of_issue_areas_has_a_colour() -> None:
    assert list(theme.LIGHT) == list(theme.DARK) == list(theme.MARKS) == list(THEMES)
