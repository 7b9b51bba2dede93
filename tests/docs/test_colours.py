"""The colours of the pages can be read, in light and in dark; figures have a test of their own."""

import re

import pytest

from tests.docs.test_figures import ASSETS, SCHEMES, contrast, every_scheme

STYLES = (ASSETS / "variables.css").read_text(encoding="utf-8")
INKS = ("ink", "quiet", "accent")
CODE = ("name", "word", "text", "number", "function", "note")


def colours(scheme: str) -> dict[str, str]:
    found = re.findall(r"--([\w-]+): (#[0-9a-f]{6});", STYLES)
    both = {name: [value for key, value in found if key == name][:2] for name, _ in found}
    return {name: values[SCHEMES.index(scheme)] for name, values in both.items()}


@every_scheme
@pytest.mark.parametrize("ink", [*INKS, *(f"code-{kind}" for kind in CODE)])
def test_text_has_the_contrast_that_reading_needs(scheme: str, ink: str) -> None:
    colour = colours(scheme)
    for ground in ("paper", "wash"):
        assert contrast(colour[ink], colour[ground]) >= 4.5, ground


def test_each_colour_is_there_for_light_and_for_dark() -> None:
    light, dark = (colours(scheme) for scheme in SCHEMES)
    assert light.keys() == dark.keys()
    assert light["paper"] != dark["paper"]
