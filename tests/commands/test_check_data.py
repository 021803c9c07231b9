"""`manage.py check_data`: a summary where all is well, each fault and status 1 where it is not."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from annotations.models import Span
from tests.commands.running import said
from tests.people import make_cast, make_gold_set
from tests.rows import dump

pytestmark = pytest.mark.django_db


def test_a_sound_database_is_summed_up() -> None:
    cast = make_cast()
    make_gold_set(cast)
    before = dump()

    printed = said("check_data", "--project", "news")

    assert printed == (
        "No fault in 1 articles, 1 annotation sets, 50 spans, 25 links, 14 claims, 7 events.\n"
    )
    assert dump() == before


def test_each_fault_is_printed_and_ends_in_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    make_gold_set(make_cast())
    broken = Span.objects.filter(text="Jones").order_by("start")
    uids = list(broken.values_list("uid", flat=True))
    assert len(uids) > 1

    broken.update(text="Smith")

    with pytest.raises(CommandError, match=f"^{len(uids)} faults in 1 articles") as caught:
        call_command("check_data")
    assert caught.value.returncode == 1
    lines = sorted(capsys.readouterr().out.splitlines())
    assert lines == sorted(
        f"span {uid}: it quotes “Smith”, but the text has “Jones”" for uid in uids
    )


def test_another_project_is_not_looked_at() -> None:
    make_gold_set(make_cast())
    make_cast("sports")

    Span.objects.filter(tag="allegation").update(end=99_999)

    assert said("check_data", "--project", "sports").startswith("No fault in 0 articles")
    with pytest.raises(CommandError, match="14 faults"):
        call_command("check_data", project="news")


def test_a_project_that_does_not_exist_is_refused() -> None:
    make_cast()

    with pytest.raises(CommandError, match="There is no project “nix”"):
        said("check_data", "--project", "nix")
