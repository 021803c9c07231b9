"""What every address answers every person: a matrix that is written out in full."""

from __future__ import annotations

# Statuses of GET and of POST with a valid form, for each person. "open", "submitted" and
# "reviewed" is the state of the annotation set the address is about; Edda is its annotator.
MATRIX = """
route                            anonymous outsider  owner    editor   reviewer manager
healthz                          200 405   200 405   200 405  200 405  200 405  200 405
sign_in                          200 422   302 302   302 302  302 302  302 302  302 302
sign_out                         302 302   405 302   405 302  405 302  405 302  405 302
demo_enter                       405 404   405 404   405 404  405 404  405 404  405 404
keys                             302 302   200 302   200 302  200 302  200 302  200 302
work_list                        302 302   200 405   200 405  200 405  200 405  200 405
project_detail                   302 302   404 405   200 405  200 405  200 405  200 405
review_queue                     302 302   404 405   200 405  200 405  200 405  200 405
dataset_detail                   302 302   404 405   200 405  200 405  200 405  200 405
dataset_download                 302 302   404 405   200 405  200 405  200 405  200 405
import_new                       302 302   404 404   403 403  403 403  403 403  200 302
import_detail                    302 302   404 405   403 405  403 405  403 405  200 405
import_progress                  302 302   404 405   403 405  403 405  403 405  200 405
import_settle                    302 302   405 404   405 403  405 403  405 403  405 302
import_confirm                   302 302   405 404   405 403  405 403  405 403  405 302
import_discard                   302 302   405 404   405 403  405 403  405 403  405 302
import_resume                    302 302   405 404   405 403  405 403  405 403  405 302
article_detail                   302 302   404 405   200 405  200 405  200 405  200 405
article_take                     302 302   405 404   405 302  405 302  405 302  405 302
zone_create                      302 302   405 404   405 302  405 302  405 302  405 302
zone_lift                        302 302   405 404   405 302  405 302  405 302  405 302
zone_mark                        302 302   405 404   405 302  405 302  405 302  405 302
annotation_set_detail open       302 302   404 405   200 405  403 405  200 405  200 405
annotation_set_detail submitted  302 302   404 405   200 405  200 405  200 405  200 405
annotation_set_detail reviewed   302 302   404 405   200 405  200 405  200 405  200 405
annotation_set_review open       302 302   404 405   200 405  403 405  200 405  200 405
annotation_set_review submitted  302 302   404 405   200 405  200 405  200 405  200 405
annotation_set_news open         302 302   404 405   200 405  403 405  200 405  200 405
annotation_set_news submitted    302 302   404 405   200 405  200 405  200 405  200 405
annotation_set_undo open         302 302   405 404   405 302  405 403  405 403  405 403
annotation_set_undo submitted    302 302   405 404   405 403  405 403  405 403  405 403
annotation_set_redo open         302 302   405 404   405 302  405 403  405 403  405 403
annotation_set_redo submitted    302 302   405 404   405 403  405 403  405 403  405 403
annotation_set_submit open       302 302   405 404   405 302  405 403  405 403  405 403
annotation_set_submit submitted  302 302   405 404   405 409  405 403  405 403  405 403
annotation_set_reopen submitted  302 302   405 404   405 403  405 403  405 403  405 403
annotation_set_reopen reviewed   302 302   405 404   405 403  405 403  405 403  405 302
span_create open                 302 302   405 404   405 302  405 403  405 403  405 403
span_create submitted            302 302   405 404   405 403  405 403  405 302  405 302
span_create reviewed             302 302   405 404   405 403  405 403  405 403  405 403
span_find open                   302 302   405 404   405 302  405 403  405 403  405 403
span_find submitted              302 302   405 404   405 403  405 403  405 302  405 302
link_create open                 302 302   405 404   405 302  405 403  405 403  405 403
link_create submitted            302 302   405 404   405 403  405 403  405 302  405 302
span_retag open                  302 302   405 404   405 302  405 403  405 403  405 403
span_retag submitted             302 302   405 404   405 403  405 403  405 302  405 302
span_resize open                 302 302   405 404   405 302  405 403  405 403  405 403
span_resize submitted            302 302   405 404   405 403  405 403  405 302  405 302
span_extend open                 302 302   405 404   405 302  405 403  405 403  405 403
span_extend submitted            302 302   405 404   405 403  405 403  405 302  405 302
span_attach open                 302 302   405 404   405 302  405 403  405 403  405 403
span_attach submitted            302 302   405 404   405 403  405 403  405 302  405 302
span_detach open                 302 302   405 404   405 302  405 403  405 403  405 403
span_detach submitted            302 302   405 404   405 403  405 403  405 302  405 302
span_remove open                 302 302   405 404   405 302  405 403  405 403  405 403
span_remove submitted            302 302   405 404   405 403  405 403  405 302  405 302
span_describe open               302 302   405 404   405 302  405 403  405 403  405 403
span_describe submitted          302 302   405 404   405 403  405 403  405 302  405 302
link_remove open                 302 302   405 404   405 302  405 403  405 403  405 403
link_remove submitted            302 302   405 404   405 403  405 403  405 302  405 302
link_relay open                  302 302   405 404   405 302  405 403  405 403  405 403
link_relay submitted             302 302   405 404   405 403  405 403  405 302  405 302
link_negate open                 302 302   405 404   405 302  405 403  405 403  405 403
link_negate submitted            302 302   405 404   405 403  405 403  405 302  405 302
claim_card open                  302 302   404 405   200 405  403 405  200 405  200 405
claim_card submitted             302 302   404 405   200 405  200 405  200 405  200 405
claim_verdict open               302 302   404 405   200 405  403 405  200 405  200 405
claim_verdict submitted          302 302   404 405   200 405  200 405  200 405  200 405
claim_approve submitted          302 302   405 404   405 403  405 403  405 302  405 302
claim_return submitted           302 302   405 404   405 403  405 403  405 302  405 302
claim_reject submitted           302 302   405 404   405 403  405 403  405 302  405 302
"""
PEOPLE = ("anonymous", "outsider", "owner", "editor", "reviewer", "manager")
ROWS = {
    line[:33].strip(): [
        (int(get), int(post))
        for get, post in zip(line[33:].split()[::2], line[33:].split()[1::2], strict=True)
    ]
    for line in MATRIX.strip().splitlines()[1:]
}
