"""Times imports of files that are in memory, and prints a row for each step."""

from __future__ import annotations

import time
from collections.abc import Sequence
from statistics import median

from annotations.importers import held
from annotations.importers.run import run
from annotations.models import AnnotationSet, Article, Link, Person, Project, Span
from annotations.states import Role
from annotations.workflow import organising

STEPS = ("dry run", "import", "again")


def measure(files: Sequence[tuple[str, bytes]], rounds: int) -> None:
    """Import the files into a project of each round: dry, for good, and again."""
    operator, manager = Person(username="operator"), Person.objects.create_user("manager")
    uploads = [held(name, raw) for name, raw in files]
    took: dict[str, list[float]] = {step: [] for step in STEPS}
    worked: dict[str, list[float]] = {step: [] for step in STEPS}
    for number in range(rounds):
        project = organising.create_project(slug=f"round-{number}", name="Round", by=operator)
        organising.add_member(project, person=manager, role=Role.MANAGER, by=operator)
        for annotator in Person.objects.filter(is_active=False):  # made by the first round
            organising.add_member(project, person=annotator, role=Role.EDITOR, by=operator)
        for step in STEPS:
            begun, idle = time.perf_counter(), time.process_time()
            report = run(project, uploads, by=manager, dry_run=step == "dry run")
            took[step].append(time.perf_counter() - begun)
            worked[step].append(time.process_time() - idle)
            if not report.is_fit:
                raise SystemExit("\n".join(map(str, report.of("rejected")[:20])))
    counted = _counts(Project.objects.latest("pk"))
    print(", ".join(f"{count:,} {name}" for name, count in counted.items()))
    print("| step | wall, median | range | processor |\n|---|---|---|---|")
    for step, seconds in took.items():
        spread = f"{min(seconds):.2f} to {max(seconds):.2f} s"
        print(f"| {step} | {median(seconds):.2f} s | {spread} | {median(worked[step]):.2f} s |")


def _counts(project: Project) -> dict[str, int]:
    spans = Span.objects.filter(annotation_set__project=project)
    links = Link.objects.filter(annotation_set__project=project)
    return {
        "articles": Article.objects.filter(project=project).count(),
        "annotation sets": AnnotationSet.objects.filter(project=project).count(),
        "spans": spans.count(),
        "links": links.count(),
    }
