"""Whether code may show the order of a set, which is another one in each Python.

A run with another order costs as much as the first, so it is made only where this says so. A set
that is only counted, sorted or searched shows no order. One that an imported function makes is
not seen here.
"""

import ast
from collections.abc import Iterator

_MAKERS = ("set", "frozenset")
_ORDERLESS = ("len", "sorted", "min", "max", "any", "all", "bool", *_MAKERS)
_OF_TWO = (ast.BitAnd, ast.BitOr, ast.BitXor, ast.Sub)


def may_show(source: str) -> bool:
    """Whether code makes a set that is not at once counted, sorted or searched, or asks for hashes.

    >>> may_show("print(set(words))"), may_show("print(sorted(set(words)), len({1, 2}))")
    (True, False)
    """
    if not any(word in source for word in ("set", "{", "hash", "keys", "items")):
        return False
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return False
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    return any(not _is_orderless(node, parents) for node in _sets(tree, parents))


def _sets(tree: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    """The expressions whose value is a set, and names that lead to one or to a hash."""
    for node in ast.walk(tree):
        match node:
            case ast.SetComp() | ast.Set(elts=[_, _, *_]):
                yield node
            case ast.BinOp(op=op) if isinstance(op, _OF_TWO) and _is_of_keys(node):
                yield node
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in ("hash", "__hash__"):
                yield node
            case ast.Name(id=name) if name in _MAKERS:
                above = parents[node]
                if isinstance(above, ast.Call) and above.func is node:
                    yield above
                elif not isinstance(above, ast.Subscript):  # `set[int]` is a type
                    yield node


def _is_of_keys(node: ast.BinOp) -> bool:
    return any(
        isinstance(side, ast.Call)
        and isinstance(side.func, ast.Attribute)
        and side.func.attr in ("keys", "items")
        for side in (node.left, node.right)
    )


def _is_orderless(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether nothing of a set's order can be seen where it stands."""
    above = parents.get(node)
    match above:
        case ast.BinOp(op=op) if isinstance(op, _OF_TWO):
            return _is_orderless(above, parents)
        case ast.Compare():
            return node is not above.left or not isinstance(above.ops[0], (ast.In, ast.NotIn))
        case ast.Call(func=ast.Name(id=name), keywords=[]) if name in _MAKERS:
            return _is_orderless(above, parents)
        case ast.Call(func=ast.Name(id=name), keywords=[]) if node is not above.func:
            return name in _ORDERLESS
    return False
