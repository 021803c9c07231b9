"""Imports go down only: each module stands on a floor and may import those below it.

The list of floors is here and nowhere else; a module that stands on none fails.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

FLOORS = {
    "annotations.urls": 8,
    "annotations.admin": 8,
    "annotations.apps": 8,
    "annotations.management": 8,
    "annotations.views": 7,
    "annotations.forms": 6,
    "annotations.jobs": 6,
    "annotations.templatetags": 6,
    "annotations.importers": 5,
    "annotations.exporters": 5,
    "annotations.workflow": 4,
    "annotations.permissions": 3,
    "annotations.models": 2,
    "annotations.states": 1,
    "annotations.keymap": 1,
    "annotations.text": 0,
    "annotations.scheme": 0,
    "annotations.agreement": 0,
}
TOP, GROUND = 8, 0

# Exporters read; what writes stands on the floors between.
HIGHEST_FOR_EXPORTERS = 2

ROOT = Path(__file__).resolve().parent.parent
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "annotations").rglob("*.py"))
    if "migrations" not in path.parts
}


def faults(module: str, source: str) -> list[str]:
    """What is wrong with the imports of a module, as sentences; [] when nothing is."""
    if module == "annotations":
        return ["the app's root imports something"] if list(_imports(ast.parse(source))) else []
    home = _package_of(module)
    if home is None:
        return ["it stands on no floor"]
    tree = ast.parse(source)
    found = [*_misplaced(tree)]
    for target in _imports(tree):
        found.extend(_fault_of(home, target))
    return found


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_lies_below(module: str) -> None:
    source = MODULES[module].read_text()

    assert faults(module, source) == []


@pytest.mark.parametrize(
    ("module", "source", "expected"),
    [
        (
            "annotations.models.claim",
            "from annotations.workflow.reviewing import approve",
            ["annotations.models (floor 2) imports annotations.workflow (floor 4)"],
        ),
        (
            "annotations.states",
            "from annotations import permissions",
            ["annotations.states (floor 1) imports annotations.permissions (floor 3)"],
        ),
        (
            "annotations.forms",
            "import annotations.jobs",
            ["annotations.forms (floor 6) imports annotations.jobs (floor 6)"],
        ),
        (
            "annotations.exporters.brat",
            "from annotations.workflow.log import record",
            ["exporters import annotations.workflow (floor 4)"],
        ),
        (
            "annotations.importers.brat",
            "from annotations.exporters.brat import LINE",
            ["annotations.importers (floor 5) imports annotations.exporters (floor 5)"],
        ),
        (
            "annotations.text.offsets",
            "from django.utils.text import slugify",
            ["the ground floor imports django, which is not of the standard library"],
        ),
        ("annotations.shortcuts", "", ["it stands on no floor"]),
        ("annotations.views.claims", "from . import access", ["line 1: a relative import"]),
        (
            "annotations.views.claims",
            "def claim_detail():\n    import json",
            ["line 2: an import inside a function"],
        ),
        (
            "annotations.views.claims",
            "from typing import TYPE_CHECKING",
            ["line 1: TYPE_CHECKING hides a circle"],
        ),
        ("annotations", "from annotations import models", ["the app's root imports something"]),
    ],
)
def test_a_planted_fault_is_found(module: str, source: str, expected: list[str]) -> None:
    assert faults(module, source) == expected


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("annotations.text.segments", "from annotations.text.offsets import Fragment"),
        ("annotations.scheme.reading", "from annotations.text.offsets import Fragment"),
        ("annotations.views.claims", "from annotations import permissions, workflow"),
        ("annotations.exporters.csv", "import csv\nfrom annotations.models import Claim"),
        ("annotations.urls", "from annotations import admin, views"),
        ("annotations.exporters.parquet", "try:\n    import pyarrow\nexcept ImportError: ..."),
    ],
)
def test_an_import_that_is_allowed_is_no_fault(module: str, source: str) -> None:
    assert faults(module, source) == []


def _package_of(module: str) -> str | None:
    """The entry of `FLOORS` that a module belongs to."""
    package = ".".join(module.split(".")[:2])
    return package if package in FLOORS else None


def _imports(tree: ast.AST) -> Iterator[str]:
    """The full names of the modules a tree imports, those of relative imports left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            if node.module == "annotations":
                yield from (f"annotations.{alias.name}" for alias in node.names)
            elif node.module and node.module != "__future__":
                yield node.module


def _fault_of(home: str, target: str) -> Iterator[str]:
    """What is wrong with one import of a module that belongs to the package `home`."""
    floor, library = FLOORS[home], target.partition(".")[0]
    if library != "annotations":
        if floor == GROUND and library not in sys.stdlib_module_names:
            yield f"the ground floor imports {library}, which is not of the standard library"
        return
    there = _package_of(target)
    if there is None:
        yield f"it imports {target}, which stands on no floor"
    elif there == home or (floor in {GROUND, TOP} and FLOORS[there] == floor):
        return
    elif home == "annotations.exporters" and HIGHEST_FOR_EXPORTERS < FLOORS[there] < floor:
        yield f"exporters import {there} (floor {FLOORS[there]})"
    elif FLOORS[there] >= floor:
        yield f"{home} (floor {floor}) imports {there} (floor {FLOORS[there]})"


def _misplaced(tree: ast.Module) -> Iterator[str]:
    """Imports that are relative, inside a function, or there for the type checker alone."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield f"line {node.lineno}: a relative import"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    yield f"line {inner.lineno}: an import inside a function"
        if isinstance(node, ast.ImportFrom | ast.Import):
            for alias in node.names:
                if alias.name == "TYPE_CHECKING":
                    yield f"line {node.lineno}: TYPE_CHECKING hides a circle"
        if isinstance(node, ast.Attribute) and node.attr == "TYPE_CHECKING":
            yield f"line {node.lineno}: TYPE_CHECKING hides a circle"
