"""What `collectstatic` makes of scripts: smaller, the same again, and nothing of other people's."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.base import ContentFile
from django.core.management import call_command
from pytest_django.fixtures import Settings

from config.static import StrippedStaticFilesStorage, joined, stripped

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))


@pytest.fixture
def collected(settings: Settings, tmp_path: Path) -> Path:
    """The directory that `collectstatic` has filled."""
    settings.STATIC_ROOT = str(tmp_path)
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_comments_and_white_space_go_but_not_from_strings_and_patterns() -> None:
    script = b"""
// A comment.
/** @param {string} a */
export function f(a) {
  const url = "http://x  y"; // at the end
  return /[/*] +/.test(a)  ?  `two  spaces // ${ a }`  :  url;
}
"""

    assert stripped(script) == (
        b'export function f(a){const url="http://x  y";return/[/*] +/.test(a)?'
        b"`two  spaces // ${ a }`:url;}"
    )


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_of_ours_is_collected_stripped_and_compressed(
    collected: Path, script: Path
) -> None:
    found = collected / "js" / script.name

    assert found.read_bytes() == stripped(script.read_bytes())
    assert found.with_suffix(".js.gz").stat().st_size < script.stat().st_size / 2
    assert stripped(found.read_bytes()) == found.read_bytes()


def test_the_style_sheets_of_every_page_are_collected_as_one(collected: Path) -> None:
    names = re.findall(r'@import "(.*)";', (ROOT / "static" / "css" / "all.css").read_text())

    whole = (collected / "css" / "all.css").read_text()

    places = [whole.index((ROOT / "static" / "css" / name).read_text()) for name in names]
    assert (names[0], names[-1], len(names)) == ("tokens.css", "media.css", len(set(names)))
    assert places == sorted(places)
    assert "@import" not in whole


def test_the_one_sheet_is_joined_anew_although_it_has_not_changed(collected: Path) -> None:
    whole = (collected / "css" / "all.css").read_bytes()
    (collected / "css" / "all.css").write_text("/* from an older run */")

    call_command("collectstatic", interactive=False, verbosity=0)

    assert (collected / "css" / "all.css").read_bytes() == whole
    assert gzip.decompress((collected / "css" / "all.css.gz").read_bytes()) == whole


def test_a_style_sheet_that_is_not_there_is_told_of() -> None:
    with pytest.raises(FileNotFoundError, match=r"all\.css imports absent\.css"):
        joined(b'@import "absent.css";\n')


def test_scripts_of_other_packages_and_other_files_stay_as_they_are(collected: Path) -> None:
    for name in ("django_htmx/htmx-2.min.js", "css/tokens.css", "admin/js/core.js"):
        source = find(name)
        assert source is not None
        assert (collected / name).read_bytes() == Path(source).read_bytes()


def test_the_storage_saves_under_the_name_it_is_given(tmp_path: Path) -> None:
    storage: StaticFilesStorage = StrippedStaticFilesStorage(location=tmp_path)

    saved = storage.save("js/deep/a.js", ContentFile(b"let a = 1 ; // one\n"))

    assert (saved, (tmp_path / saved).read_bytes()) == ("js/deep/a.js", b"let a=1;")
