"""The front door: finds out what has been brought, and proposes the format of each file.

Files of archives are files like others. Texts and the annotations that belong to them make one
bundle: NAME.txt with NAME.ann or NAME_ANNOTATOR.ann, in one directory or in two beside each other,
as in text/NAME.txt and attributions/NAME_ANNOTATOR.ann. What programs leave in directories for
themselves is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from annotations.importers import FORMATS, Format, Rejection, Settled, Upload
from annotations.importers.archives import members, why_too_large
from annotations.importers.ceilings import within_bytes

HEAD = 64 * 1024  # bytes that a format sees of a file to know it by, or its whole first line
PASSED_OVER = {"thumbs.db", "desktop.ini", "annotation.conf", "visual.conf", "tools.conf"}
OTHER_WAYS = {
    (".doc", ".docx", ".odt", ".rtf", ".pages"): _later(
        "Save it as plain text (.txt), then import that."
    ),
    (".pdf", ".epub"): _later("Copy its text and paste it, or save it as plain text (.txt)."),
    (".xls", ".xlsx", ".ods", ".numbers"): _later("Save the sheet as CSV, then import that."),
    (".gz", ".tgz", ".bz2", ".xz", ".tar", ".rar", ".7z"): _later(
        "Pack the files as a zip instead."
    ),
    (".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff"): _later(
        "Copy the text that it shows."
    ),
}


@dataclass(frozen=True, slots=True)
class Bundle:
    """A file with what belongs to it, and the format to read it by."""

    upload: Upload
    format: Format


def sorted_in(
    uploads: Iterable[Upload], settled: Mapping[str, Settled] | None = None
) -> Iterator[Bundle | Rejection]:
    """What has been brought, file by file; what nobody can read is a Rejection that says so.

    `settled` has what a person said of files, by their labels.
    """
    found = list(
        within_bytes(one for upload in uploads for one in _unpacked(upload, settled or {}))
    )
    files = [one for one in found if isinstance(one, Upload)]
    texts = {one.label: one for one in files if _suffix(one) == ".txt"}
    owners, orphans = _paired(texts, [one for one in files if _suffix(one) == ".ann"])
    seen: set[str] = set()
    for one in found:
        if isinstance(one, Rejection):
            yield one
        elif one.label in orphans:
            yield Rejection(orphans[one.label], file=one.label)
        elif one.label in owners and one.label in seen:
            reason = _("There are two texts of this name. Import them one by one.")
            yield Rejection(reason, file=one.label)
        elif one.label in owners:
            seen.add(one.label)
            beside = tuple(
                replace(part, encoding=part.encoding or one.encoding) for part in owners[one.label]
            )
            yield Bundle(replace(one, beside=beside), FORMATS["brat"])
        elif _suffix(one) != ".ann":
            yield _proposed(one)


def _unpacked(upload: Upload, settled: Mapping[str, Settled]) -> Iterator[Upload | Rejection]:
    """The file itself, or the files of an archive, each with what a person said of it."""
    if _suffix(upload) == ".zip":
        is_empty = True
        for one in members(upload):
            if isinstance(one, Rejection):
                yield replace(one, file=one.file or upload.label)
                is_empty = False
            elif not _is_passed_over(one):
                yield _told(one, settled)
                is_empty = False
        if is_empty:
            yield Rejection(_("It holds no files that can be read."), file=upload.label)
    elif not _is_passed_over(upload):
        with upload.open() as file:
            reason = why_too_large(file)
        yield Rejection(reason, file=upload.label) if reason else _told(upload, settled)


def _told(upload: Upload, settled: Mapping[str, Settled]) -> Upload:
    said = settled.get(upload.label)
    if said is None:
        return upload
    return replace(
        upload,
        encoding=said.encoding or upload.encoding,
        columns=said.columns or upload.columns,
        format=said.format or upload.format,
    )


def _is_passed_over(upload: Upload) -> bool:
    parts = PurePosixPath(upload.name).parts
    # A file called ".txt" is no hidden file: somebody cut its name off.
    hidden = any(
        part.startswith(".") and part not in {".", ".."} and part.lower() not in _suffixes()
        for part in parts
    )
    return hidden or "__MACOSX" in parts or PurePosixPath(upload.name).name.lower() in PASSED_OVER


def _paired(
    texts: Mapping[str, Upload], annotations: Sequence[Upload]
) -> tuple[dict[str, list[Upload]], dict[str, str]]:
    """Annotation files by the label of their text, and those without one, each with the reason."""
    by_name: dict[str, list[PurePosixPath]] = {}
    for label in texts:
        path = PurePosixPath(label)
        by_name.setdefault(path.stem, []).append(path)
    owners: dict[str, list[Upload]] = {}
    orphans: dict[str, str] = {}
    for one in annotations:
        path = PurePosixPath(one.label)
        found = _texts_of(path, by_name)
        if len(found) == 1:
            owners.setdefault(str(found[0]), []).append(one)
        else:
            orphans[one.label] = _orphaned(path, found)
    return owners, orphans


def _texts_of(
    path: PurePosixPath, by_name: Mapping[str, list[PurePosixPath]]
) -> list[PurePosixPath]:
    """The texts an annotation file may belong to: the longest name it begins with decides.

    Its own directory comes first, then the directories beside it, then all.
    """
    name = path.stem
    while name:
        found = by_name.get(name, [])
        near = [one for one in found if one.parent == path.parent]
        aside = [one for one in found if one.parent.parent == path.parent.parent]
        if found:
            return near or aside or found
        name = name.rpartition("_")[0]
    return []


def _orphaned(path: PurePosixPath, found: Sequence[PurePosixPath]) -> str:
    if not found:
        return _(
            "There is no text that it annotates. Import it together with the text, which is called "
            "as it is, with or without _ANNOTATOR at the end: %(name)s"
        ) % {"name": f"{path.stem}.txt"}
    return _("It could belong to several texts: %(texts)s. Import them one by one.") % {
        "texts": ", ".join(map(str, found[:3]))
    }


def _proposed(upload: Upload) -> Bundle | Rejection:
    """The file with the format a person chose, or else with the one it seems to be of."""
    if upload.format:
        chosen = FORMATS.get(upload.format)
        if chosen is None:
            known = ", ".join(sorted(FORMATS))
            reason = _("There is no format “%(key)s”. Choose one of %(known)s.")
            return Rejection(reason % {"key": upload.format, "known": known}, file=upload.label)
        return Bundle(upload, chosen)
    with upload.open() as file:
        head = file.read(HEAD)
        if b"\n" not in head.strip():  # keys of an article may stand after its text
            head += file.readline()
    proposed = _format_of(upload.name, head)
    return Bundle(upload, proposed) if proposed else Rejection(_unread(upload), file=upload.label)


def _format_of(name: str, head: bytes) -> Format | None:
    """Of the formats of its ending the one that knows it, else the one that takes any."""
    announced = [one for one in FORMATS.values() if name.lower().endswith(one.suffixes)]
    for one in announced or FORMATS.values():
        if one.sniff and one.sniff(name, head):
            return one
    return next((one for one in announced if one.sniff is None), None)


def _unread(upload: Upload) -> str:
    advice = next((say for ends, say in OTHER_WAYS.items() if _suffix(upload) in ends), "")
    if advice:
        return _("Files of this kind are not read. %(advice)s") % {"advice": advice}
    return _(
        "What it is cannot be told from its name or how it begins. It may end in %(suffixes)s."
    ) % {"suffixes": ", ".join(sorted(_suffixes()))}


def _suffixes() -> set[str]:
    return {suffix for one in FORMATS.values() for suffix in one.suffixes}


def _suffix(upload: Upload) -> str:
    return PurePosixPath(upload.name).suffix.lower()
