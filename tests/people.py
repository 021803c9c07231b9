"""The people of the tests and what they work on, made through the verbs themselves.

Edda and Egon edit, Rosa reviews, Mara manages, the stranger has no role.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from annotations.models import AnnotationSet, Article, ClaimAnnotation, Link, Person, Project, Span
from annotations.states import Role
from annotations.text.offsets import Fragment
from annotations.workflow import annotating, importing, intake, joining, organising, reviewing
from annotations.workflow.passages import Passage
from tests.seed import gold, seed_text

TEXT = (
    "Officials said the dam had failed. Photographs show cracks, according to Jones.\n\n"
    "“We told them in May,” Smith said. Nobody 🙂 listened to the engineers.\n"
)


@dataclass(frozen=True)
class Cast:
    """One project and its people."""

    project: Project
    edda: Person
    egon: Person
    rosa: Person
    mara: Person
    stranger: Person


def make_cast(slug: str = "news") -> Cast:
    operator = Person(username="operator")
    project = organising.create_project(slug=slug, name=slug.title(), by=operator)
    edda, egon, rosa, mara, stranger = (
        make_person(name) for name in ("edda", "egon", "rosa", "mara", "stranger")
    )
    roles = {edda: Role.EDITOR, egon: Role.EDITOR, rosa: Role.REVIEWER, mara: Role.MANAGER}
    for person, role in roles.items():
        organising.add_member(project, person=person, role=role, by=operator)
    return Cast(project, edda, egon, rosa, mara, stranger)


def make_person(username: str) -> Person:
    return Person.objects.get_or_create(username=username, defaults={"name": username.title()})[0]


def make_article(cast: Cast, text: str = TEXT) -> Article:
    return intake.take_in(cast.project, intake.Manuscript(text), by=cast.mara)[0]


def make_set(cast: Cast, text: str = TEXT, *, by: Person | None = None) -> AnnotationSet:
    """An open set, of Edda's unless somebody else takes it."""
    return organising.take(make_article(cast, text), by=by or cast.edda)


def make_submitted_set(cast: Cast) -> AnnotationSet:
    """A set of Edda's with two claims to decide: the dam (by officials), the warning (by Smith)."""
    annotation_set = make_set(cast)
    for source, allegation in (
        ("Officials", "the dam had failed"),
        ("Smith", "“We told them in May,”"),
    ):
        claim = tag(annotation_set, allegation, "allegation")
        tag(annotation_set, source, "source", claim=claim)
    return reviewing.submit(annotation_set, by=cast.edda)


def passage_of(article: Article, *words: str) -> Passage:
    """The passage with one fragment for each of these words, as a client sends it."""
    fragments, begin = [], 0
    for one in words:
        start = article.text.index(one, begin)
        begin = start + len(one)
        fragments.append(Fragment(start, begin))
    return Passage(tuple(fragments), words, article.text_rev)


def tag(
    annotation_set: AnnotationSet,
    words: str,
    tag: str,
    *,
    claim: Span | None = None,
    uid: UUID | None = None,
    by: Person | None = None,
) -> Span:
    """The span of these words, tagged by the annotator unless somebody else does it."""
    outcome = annotating.tag(
        annotation_set,
        by=by or annotation_set.annotator,
        passage=passage_of(annotation_set.article, words),
        tag=tag,
        uid=uid or uuid4(),
        claim=claim_of(claim) if claim else None,
    )
    assert outcome.span is not None
    return outcome.span


def link(link_type: str, from_span: Span, to_span: Span | None = None, implicit: str = "") -> Link:
    """A link made by the annotator."""
    annotation_set = from_span.annotation_set
    ends = joining.Ends(link_type, from_span, to_span, implicit)
    joining.link(annotation_set, by=annotation_set.annotator, ends=ends)
    return Link.objects.filter(annotation_set=annotation_set).latest("pk")


def claim_of(allegation: Span) -> ClaimAnnotation:
    """The claim of an allegation as it is now."""
    return ClaimAnnotation.objects.select_related("annotation_set").get(allegation=allegation)


def fresh(span: Span) -> Span:
    """The span as it is now."""
    return Span.objects.get(pk=span.pk)


def gold_passages() -> list[importing.Passage]:
    return [
        importing.Passage(
            key=span["id"],
            tag=span["tag"],
            fragments=tuple(Fragment(*part) for part in span["fragments"]),
            quote=span["text"],
            attributes=span["attributes"],
        )
        for span in gold()["spans"]
    ]


def gold_relations() -> list[importing.Relation]:
    return [
        importing.Relation(
            type=link["type"],
            from_key=link["from"],
            to_key=link["to"],
            cue_key=link.get("cue"),
            negated=link["attributes"].get("negated", False),
        )
        for link in gold()["links"]
    ]


def make_gold_set(cast: Cast, *, annotator: Person | None = None) -> AnnotationSet:
    """The seed article with its gold annotation, as Edda's open set."""
    return importing.bring_in(
        make_article(cast, seed_text()),
        annotator=annotator or cast.edda,
        passages=gold_passages(),
        relations=gold_relations(),
        by=cast.mara,
    )
