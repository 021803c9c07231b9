"""What the linters cannot see: templates, migrations, suppressions, locks, words left behind."""

from __future__ import annotations

import io
import re
import tokenize
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.template import Engine

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted(
    str(path.relative_to(ROOT / "templates")) for path in (ROOT / "templates").rglob("*.html")
)
IGNORED = {".git", *(ROOT / ".gitignore").read_text().replace("/", "").split()}
SUFFIXES = {".py", ".html", ".js", ".css", ".md", ".toml", ".txt", ".in", ".json", ".svg", ""}
TEXTS = sorted(
    path
    for top in ROOT.iterdir()
    if top.name not in IGNORED
    for path in ([top] if top.is_file() else top.rglob("*"))
    if path.suffix in SUFFIXES and path.is_file()
)
PYTHON = [path for path in TEXTS if path.suffix == ".py"]

UNESCAPED = r"\|\s*safe\b|autoescape\s+off|safeseq"
FORBIDDEN_IN_MARKUP = {
    "an inline style": r"<style\b|\sstyle\s*=",
    "an inline script": r"<script(?![^>]*\bsrc=)[^>]*>",
    "a handler in an attribute": r"\son[a-z]+\s*=",
    "program text for htmx": r"\bhx-on\b|hx-vals\s*=\s*.js:|hx-(vals|headers)\s*=\s*.javascript:",
}

# Put together from halves, so that this file does not hold what it looks for.
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b")
HOSTS_AND_PATHS = re.compile(
    "|".join(
        (
            *("py" + r"pi\.org", "python" + r"hosted\.", "npm" + r"js\.", "deb" + r"\.debian"),
            *("index" + "-url", "find" + "-links", "trusted" + "-host"),
            "/wo" + "rk/",
        )
    )
)

NOQA = re.compile(r"# noqa: [A-Z]+\d+(, [A-Z]+\d+)* -- \w.*")
TYPE_IGNORE = re.compile(r"# type: ignore\[[a-z-]+(, ?[a-z-]+)*\]  # \w.*")


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_compiles(template: str) -> None:
    assert Engine.get_default().get_template(template).name == template


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_holds_nothing_the_policy_or_escaping_forbids(template: str) -> None:
    source = (ROOT / "templates" / template).read_text()

    assert _forbidden_in(source) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("{{ claim.text|safe }}", "unescaped text"),
        ('<p style="color: red">', "an inline style"),
        ("<script>go()</script>", "an inline script"),
        ('<a href="#" onclick="go()">', "a handler in an attribute"),
        ('<form hx-on:submit="go()">', "program text for htmx"),
    ],
)
def test_what_is_forbidden_in_templates_is_recognised(source: str, fault: str) -> None:
    assert _forbidden_in(source) == [fault]


def test_template_tags_are_not_taken_for_markup() -> None:
    assert _forbidden_in("{% with one=claim style=tag %}{% endwith %}") == []


def test_the_migrations_say_what_the_models_say() -> None:
    loader = MigrationLoader(None)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))

    changes = detector.changes(graph=loader.graph)

    assert {app: [str(migration) for migration in found] for app, found in changes.items()} == {}


def test_a_suppression_carries_a_code_and_a_reason() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{line}: {comment}"
        for path in PYTHON
        for line, comment in _comments(path)
        if re.match(r"#\s*(noqa|type:\s*ignore)", comment)
        and not (NOQA.fullmatch(comment) or TYPE_IGNORE.fullmatch(comment))
    ]

    assert bare == []


def test_nothing_is_left_unfinished() -> None:
    assert _lines_with(UNFINISHED) == []


def test_no_file_names_a_registry_or_a_machine() -> None:
    assert _lines_with(HOSTS_AND_PATHS) == []


def test_the_two_locks_agree_and_every_package_in_them_has_a_hash() -> None:
    running, developing = (_locked(name) for name in ("requirements.txt", "requirements-dev.txt"))

    assert running.items() - developing.items() == set()
    assert [name for name, (_, hashes) in developing.items() if not hashes] == []


def _forbidden_in(source: str) -> list[str]:
    """What a template holds that the content policy or escaping forbids."""
    markup = re.sub(r"{%.*?%}|{{.*?}}", "", source)
    found = [name for name, pattern in FORBIDDEN_IN_MARKUP.items() if re.search(pattern, markup)]
    return (["unescaped text"] if re.search(UNESCAPED, source) else []) + found


def _comments(path: Path) -> list[tuple[int, str]]:
    """Line numbers and comments, a comment inside a comment as one."""
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text()).readline)
    return [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]


def _lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in TEXTS
        for number, line in enumerate(path.read_text().split("\n"), start=1)
        if pattern.search(line)
    ]


def _locked(name: str) -> dict[str, tuple[str, int]]:
    """Version and number of hashes of each package in a lock file."""
    entries = re.findall(
        r"^([a-z0-9-]+)==(\S+)((?: \\\n    --hash=\S+)*)", (ROOT / name).read_text(), re.MULTILINE
    )
    return {package: (version, hashes.count("--hash")) for package, version, hashes in entries}
