"""The site's Markdown, without the site: the judge of what a reader of a page sees."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from markdown import Markdown
from mkdocs.utils.yaml import yaml_load

ROOT = Path(__file__).parents[2]


def render(text: str, includes: Sequence[Path] = (), **settings: dict[str, Any]) -> str:
    """Render a page's text with the extensions that `mkdocs.yml` lists.

    Each of the settings changes one of pymdownx' extensions: `highlight={"linenums": True}`.
    """
    html: str = _renderer(tuple(includes), json.dumps(settings)).reset().convert(text)
    return html


@cache
def _renderer(includes: tuple[Path, ...], settings: str) -> Markdown:
    names, configs = _extensions()
    configs["pymdownx.snippets"]["base_path"] = [str(folder) for folder in includes]
    for name, changed in json.loads(settings).items():
        configs[f"pymdownx.{name}"] = configs.get(f"pymdownx.{name}", {}) | changed
    return Markdown(extensions=names, extension_configs=configs)


def _extensions() -> tuple[list[str], dict[str, dict[str, Any]]]:
    with (ROOT / "mkdocs.yml").open(encoding="utf-8") as file:
        listed = yaml_load(file)["markdown_extensions"]
    names, configs = ["toc", "tables", "fenced_code"], {}  # which MkDocs adds by itself
    for entry in listed:
        name, config = next(iter(entry.items())) if isinstance(entry, dict) else (entry, {})
        names.append(name)
        configs[name] = config
    return names, configs
