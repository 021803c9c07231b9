"""Where things lie: mirrors of modules, sizes, names, and the few places that may do a thing."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from annotations.urls import urlpatterns

ROOT = Path(__file__).resolve().parent.parent
DIRECTORIES = {
    *(".ci", "annotations", "benchmarks", "config", "docs"),
    *("seeds", "static", "templates", "tests"),
}
JUNK_DRAWERS = {"utils", "helpers", "services", "common", "misc", "shared", "tools", "util"}
SOURCES = sorted(
    path
    for name in ("annotations", "config", "static", "templates", "tests")
    for path in (ROOT / name).rglob("*")
    if path.suffix in {".py", ".js", ".html"} and "migrations" not in path.parts
)
LONGEST_FILE, LONGEST_VIEW = 300, 25

METHODS = {"require_safe", "require_GET", "require_POST", "require_http_methods"}
SIGN_IN = {"login_required", "login_not_required"}

# They hold no behaviour of their own: a registration, and commands that parse and call down.
WITHOUT_MIRROR = {"apps.py", "management"}
MODULES = [
    path.relative_to(ROOT / "annotations")
    for path in SOURCES
    if path.is_relative_to(ROOT / "annotations")
    and path.suffix == ".py"
    and path.name != "__init__.py"
    and path.relative_to(ROOT / "annotations").parts[0] not in WITHOUT_MIRROR
]
VIEWS = {
    pattern.name or str(pattern.pattern): inspect.unwrap(pattern.callback)
    for pattern in urlpatterns
}


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_has_a_test_file_of_its_name(module: Path) -> None:
    mirror = ROOT / "tests" / module.parent / f"test_{module.name}"

    assert mirror.is_file(), f"{mirror.relative_to(ROOT)} is missing"


def test_no_file_is_longer_than_an_idea() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().split("\n")) - 1 for path in SOURCES
    }

    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_file_is_a_junk_drawer() -> None:
    assert [str(path) for path in SOURCES if path.stem.lstrip("_") in JUNK_DRAWERS] == []


def test_the_top_level_holds_the_known_directories_only() -> None:
    ignored = {
        line.rstrip("/") for line in (ROOT / ".gitignore").read_text().split() if line.endswith("/")
    }

    present = {path.name for path in ROOT.iterdir() if path.is_dir()} - ignored - {".git"}

    assert present - DIRECTORIES == set()


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_bears_the_name_of_its_address(name: str) -> None:
    assert VIEWS[name].__name__ == name


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_says_its_method_then_who_may_come(name: str) -> None:
    first, second, *_ = [*_decorators(VIEWS[name]), "", ""]

    assert (first in METHODS, second in SIGN_IN) == (True, True), f"{first}, {second}"


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_short(name: str) -> None:
    function = _definition(VIEWS[name])

    assert (function.end_lineno or 0) - function.lineno + 1 <= LONGEST_VIEW


@pytest.mark.parametrize(
    ("words", "home"),
    [
        ("get_object_or_404", "annotations/views/access.py"),
        ("request.htmx", "annotations/views/responses.py"),
    ],
)
def test_only_one_module_does_it(words: str, home: str) -> None:
    places = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if path.suffix == ".py" and "tests" not in path.parts and words in path.read_text()
    ]

    assert [place for place in places if place != home] == []


def _definition(view: object) -> ast.FunctionDef:
    """The definition of a view, decorators included."""
    assert inspect.isfunction(view), "views are functions"
    statement = ast.parse(inspect.getsource(view)).body[0]
    assert isinstance(statement, ast.FunctionDef)
    return statement


def _decorators(view: object) -> list[str]:
    return [
        node.func.id
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        else ast.unparse(node)
        for node in _definition(view).decorator_list
    ]
