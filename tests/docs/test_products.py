"""The pages of Part 3 print the same when every product of matrices is added up another way.

Machines have different libraries for `@`, which add in different orders. Here each `@`, on the
pages and in the package, becomes an `einsum` without any such library.
"""

import ast
import builtins
import io
import json
import subprocess
import sys
from contextlib import redirect_stdout
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

import numpy as np

from proof.page import read
from tests import PATIENCE

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted((DOCS / "coding-attention-mechanisms").glob("*.md"))
PACKAGE = str(ROOT / "src" / "verdict")
PRODUCTS = {
    (1, 1): "i,i->",
    (1, 2): "j,...jk->...k",
    (2, 1): "...ij,j->...i",
    (2, 2): "...ij,...jk->...ik",
}
"""By whether each side has one axis, or two and more."""


class Products(ast.NodeTransformer):
    """Write `product_in_order(a, b)` for each `a @ b`."""

    def __init__(self) -> None:
        self.changed = 0

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.MatMult):
            return node
        self.changed += 1
        function = ast.Name("product_in_order", ast.Load())
        return ast.Call(function, [node.left, node.right], [])


def product_in_order(one: Any, other: Any) -> Any:
    sides = min(np.ndim(one), 2), min(np.ndim(other), 2)
    return np.einsum(PRODUCTS[sides], one, other, optimize=False)


def changed(source: str | bytes, path: str) -> tuple[Any, int]:
    products = Products()
    tree = ast.fix_missing_locations(products.visit(ast.parse(source)))
    return compile(tree, path, "exec"), products.changed


def run_pages() -> None:
    """Run each page in a namespace of its own; print what differs, and how many `@` there were."""
    in_package = 0

    def source_to_code(self: Any, data: Any, path: str, **_: Any) -> Any:
        nonlocal in_package
        code, count = (
            changed(data, path) if path.startswith(PACKAGE) else (compile(data, path, "exec"), 0)
        )
        in_package += count
        return code

    vars(builtins)["product_in_order"] = product_in_order
    SourceFileLoader.source_to_code = source_to_code  # type: ignore[method-assign, assignment]
    on_pages, blocks, differ = 0, 0, []
    for path in PAGES:
        page, _ = read(path.read_text(encoding="utf-8"), path, [DOCS, ROOT])
        names: dict[str, Any] = {"__name__": "__main__"}
        for block in page.blocks:
            code, count = changed(block.source, path.name)
            on_pages += count
            printed = io.StringIO()
            with redirect_stdout(printed):
                try:
                    exec(code, names)
                except Exception as error:
                    print("Traceback (most recent call last):\n  ...")
                    print(f"{type(error).__name__}: {error}")
            blocks += 1
            if printed.getvalue().strip() != str(block.shown or "").strip():
                differ.append([path.name, printed.getvalue(), block.shown])
    print(json.dumps([on_pages, in_package, blocks, differ]))


def test_an_einsum_in_place_of_each_product_prints_the_same(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", f"pycache_prefix={tmp_path}", "-m", "tests.docs.test_products"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=PATIENCE,
    )
    on_pages, in_package, blocks, differ = json.loads(done.stdout)
    assert differ == []
    assert (on_pages > 40, in_package >= 4, blocks > 80) == (True, True, True)


if __name__ == "__main__":
    run_pages()
