"""Let a plot that Matplotlib drew follow light and dark, and give it a name."""

import re
import xml.etree.ElementTree as ET

COLOURS = {
    "#000000": "var(--fig-ink)",
    "#ffffff": "var(--fig-paper)",
    "#808080": "var(--fig-muted)",
    "#1f77b4": "var(--fig-token)",  # Matplotlib's first, second and third colour
    "#ff7f0e": "var(--fig-id)",
    "#2ca02c": "var(--fig-vector)",
}
"""Matplotlib's colours, and the ones that figures have here in light and dark."""

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
ET.register_namespace("", _SVG[1:-1])  # else each tag is written with a prefix
_DROPPED = (f"{_SVG}metadata", f"{_SVG}style")


def inline_plot(svg: str, name: str) -> str:
    """Turn an SVG file by Matplotlib into an element of a page.

    Args:
        svg: the file's text.
        name: goes before each `id`, so that two plots can share a page.

    Raises:
        ValueError: the plot has no title, or a colour that cannot follow light and dark.
    """
    root = ET.fromstring(svg)
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag in _DROPPED]:
            parent.remove(child)
        parent.text = (parent.text or "").strip()
        for child in parent:
            child.tail = ""
    for element in root.iter():
        element.attrib = {
            key.removeprefix("{http://www.w3.org/1999/xlink}"): _attribute(key, value, name)
            for key, value in element.attrib.items()
        }
    if root.find(f".//{_SVG}g[@id='{name}-title']") is None:
        raise ValueError(
            "a plot has no title to be known by: "
            'give it one with axes.set_title("...", gid="title")'
        )
    size = root.get("viewBox", "0 0 0 0").split()
    root.attrib = {
        "class": "plot",
        "viewBox": " ".join(size),
        "role": "img",
        "aria-labelledby": f"{name}-title",
    }
    return ET.tostring(root, encoding="unicode")


def _attribute(key: str, value: str, name: str) -> str:
    value = " ".join(value.split())
    if key == "id":
        return f"{name}-{value}"
    if key == _LINK:
        return value.replace("#", f"#{name}-", 1)
    if key == "style" or key in ("fill", "stroke"):
        value = _COLOUR.sub(lambda found: _colour(found[0]), value)
    return _REFERENCE.sub(rf"url(#{name}-\1)", value)


def _colour(colour: str) -> str:
    if colour.lower() not in COLOURS:
        known = ", ".join(COLOURS)
        raise ValueError(
            f"a plot has the colour {colour}, which does not follow light and dark: "
            f"use one of {known}"
        )
    return COLOURS[colour.lower()]
