"""All addresses of the app; the name of an address is the name of its view."""

from __future__ import annotations

from django.urls import path

from annotations.views import (
    accounts,
    annotation_sets,
    articles,
    claims,
    datasets,
    imports,
    keys,
    links,
    projects,
    spans,
    zones,
)

app_name = "annotations"
urlpatterns = [
    path("", projects.work_list, name="work_list"),
    # /sign-in/
    path("sign-in/", accounts.sign_in, name="sign_in"),
    path("sign-out/", accounts.sign_out, name="sign_out"),
    path("demo/<slug:username>/", accounts.demo_enter, name="demo_enter"),
    # /account/
    path("account/keys/", keys.keys, name="keys"),
    # /projects/<slug>/
    path("projects/<slug:slug>/", projects.project_detail, name="project_detail"),
    path("projects/<slug:slug>/queue/", projects.review_queue, name="review_queue"),
    path("projects/<slug:slug>/datasets/", datasets.dataset_detail, name="dataset_detail"),
    path(
        "projects/<slug:slug>/datasets/<slug:table>.csv",
        datasets.dataset_download,
        name="dataset_download",
    ),
    path("projects/<slug:slug>/import/", imports.import_new, name="import_new"),
    path("projects/<slug:slug>/imports/<int:pk>/", imports.import_detail, name="import_detail"),
    path(
        "projects/<slug:slug>/imports/<int:pk>/progress/",
        imports.import_progress,
        name="import_progress",
    ),
    path(
        "projects/<slug:slug>/imports/<int:pk>/settle/",
        imports.import_settle,
        name="import_settle",
    ),
    path(
        "projects/<slug:slug>/imports/<int:pk>/confirm/",
        imports.import_confirm,
        name="import_confirm",
    ),
    path(
        "projects/<slug:slug>/imports/<int:pk>/discard/",
        imports.import_discard,
        name="import_discard",
    ),
    path(
        "projects/<slug:slug>/imports/<int:pk>/resume/",
        imports.import_resume,
        name="import_resume",
    ),
    # /articles/<pk>/
    path("articles/<int:pk>/", articles.article_detail, name="article_detail"),
    path("articles/<int:pk>/take/", articles.article_take, name="article_take"),
    path("articles/<int:pk>/zones/", zones.zone_create, name="zone_create"),
    # /annotation-sets/<pk>/
    path(
        "annotation-sets/<int:pk>/",
        annotation_sets.annotation_set_detail,
        name="annotation_set_detail",
    ),
    path(
        "annotation-sets/<int:pk>/review/",
        annotation_sets.annotation_set_review,
        name="annotation_set_review",
    ),
    path(
        "annotation-sets/<int:pk>/news/",
        annotation_sets.annotation_set_news,
        name="annotation_set_news",
    ),
    path("annotation-sets/<int:pk>/spans/", spans.span_create, name="span_create"),
    path("annotation-sets/<int:pk>/find/", spans.span_find, name="span_find"),
    path("annotation-sets/<int:pk>/links/", links.link_create, name="link_create"),
    path(
        "annotation-sets/<int:pk>/undo/",
        annotation_sets.annotation_set_undo,
        name="annotation_set_undo",
    ),
    path(
        "annotation-sets/<int:pk>/redo/",
        annotation_sets.annotation_set_redo,
        name="annotation_set_redo",
    ),
    path(
        "annotation-sets/<int:pk>/submit/",
        annotation_sets.annotation_set_submit,
        name="annotation_set_submit",
    ),
    path(
        "annotation-sets/<int:pk>/reopen/",
        annotation_sets.annotation_set_reopen,
        name="annotation_set_reopen",
    ),
    # /spans/<pk>/
    path("spans/<int:pk>/retag/", spans.span_retag, name="span_retag"),
    path("spans/<int:pk>/resize/", spans.span_resize, name="span_resize"),
    path("spans/<int:pk>/extend/", spans.span_extend, name="span_extend"),
    path("spans/<int:pk>/attach/", spans.span_attach, name="span_attach"),
    path("spans/<int:pk>/detach/", spans.span_detach, name="span_detach"),
    path("spans/<int:pk>/remove/", spans.span_remove, name="span_remove"),
    path("spans/<int:pk>/describe/", spans.span_describe, name="span_describe"),
    # /links/<pk>/
    path("links/<int:pk>/remove/", links.link_remove, name="link_remove"),
    path("links/<int:pk>/relay/", links.link_relay, name="link_relay"),
    path("links/<int:pk>/negate/", links.link_negate, name="link_negate"),
    # /zones/<pk>/
    path("zones/<int:pk>/lift/", zones.zone_lift, name="zone_lift"),
    path("zones/<int:pk>/mark/", zones.zone_mark, name="zone_mark"),
    # /claims/<pk>/
    path("claims/<int:pk>/", claims.claim_card, name="claim_card"),
    path("claims/<int:pk>/verdict/", claims.claim_verdict, name="claim_verdict"),
    path("claims/<int:pk>/approve/", claims.claim_approve, name="claim_approve"),
    path("claims/<int:pk>/return/", claims.claim_return, name="claim_return"),
    path("claims/<int:pk>/reject/", claims.claim_reject, name="claim_reject"),
]
