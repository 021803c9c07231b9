"""Which column of a table, or key of an object, holds which fact of an article.

Proposed by the names that columns bear in several languages; a person's choice overrides. A row
becomes a manuscript here, whichever format it came in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from annotations.importers import Question
from annotations.text.intake import UnfitText, clean_text
from annotations.workflow.intake import Manuscript


class Misfit(Exception):
    """A row that is no article; str() says what to change."""


FIELDS = (
    "text",
    "title",
    "byline",
    "outlet",
    "url",
    "published_on",
    "language",
    "external_id",
)
PREVIEW_ROWS = 3
PREVIEW_WIDTH = 120  # code points

# Folded as `_folded` does; in a table with several, the first of these is taken.
_NAMES = {
    "text": "text articletext fulltext body articlebody bodytext content articlecontent maintext "
    "article story storytext plaintext inhalt volltext artikel artikeltext texte contenu corps "
    "texteintegral texto contenido cuerpo textocompleto conteudo corpo testo contenuto "
    "articolo tekst tresc inhoud metin icerik النص نص المحتوى текст содержание 正文 内容 文本 本文",
    "title": "title headline articletitle head heading titel uberschrift schlagzeile titre "
    "titulo titular encabezado manchete titolo tytul kop kopregel baslik عنوان العنوان заголовок "
    "название 标题 題名 タイトル 見出し",
    "byline": "byline author authors writer reporter journalist by creator autor autorin autoren "
    "verfasser verfasserin auteur auteurs autora autores autore auteure schrijver yazar "
    "الكاتب كاتب автор 作者 著者",
    "outlet": "outlet source newspaper publication publisher site sitename website medium media "
    "paper domain journal quelle zeitung medien publikation herausgeber editeur periodico diario "
    "fuente fonte giornale testata jornal zrodlo krant bron gazete kaynak المصدر الصحيفة источник "
    "издание газета 来源 媒体 報道機関",
    "url": "url link weburl articleurl permalink address href uri adresse lien enlace direccion "
    "indirizzo odkaz adres baglanti رابط الرابط ссылка адрес 网址 链接",
    "published_on": "publishedon published date publicationdate publishdate publishedat datepublished "
    "pubdate datetime day created createdat datum erscheinungsdatum veroffentlicht publiziert "
    "datedepublication jour fecha fechadepublicacion publicado data datadipubblicazione pubblicato "
    "datadepublicacao dzien publicatiedatum tarih التاريخ تاريخ дата опубликовано 日期 发布日期 日付",
    "language": "language lang languagecode sprache langue idioma lingua jezyk taal dil اللغة язык "
    "语言 言語",
    "external_id": "externalid id articleid uuid guid identifier docid documentid key nummer nr "
    "identifiant identificador identificativo number الرقم номер 编号 番号",
}

_MONTHS = {
    month: number
    for number, months in enumerate(
        (
            "jan january januar janvier enero gennaio janeiro",
            "feb february februar fevrier febrero febbraio fevereiro",
            "mar march marz mars marzo marco",
            "apr april avril abril aprile",
            "may mai mayo maggio maio",
            "jun june juni juin junio giugno junho",
            "jul july juli juillet julio luglio julho",
            "aug august aout agosto",
            "sep sept september septembre septiembre settembre setembro",
            "oct october okt oktober octobre octubre ottobre outubro",
            "nov november novembre noviembre novembro",
            "dec december dez dezember decembre diciembre dicembre dezembro",
        ),
        1,
    )
    for month in months.split()
}
_PLAIN = str.maketrans("\u0131łøđ", "ilod")  # letters that do not decompose
_ISO = re.compile(r"(\d{4})[-/.]?(\d\d)[-/.]?(\d\d)(?:[T ]\d\d:?\d\d.{0,30})?")
_NUMBERS = re.compile(r"(\d{1,2})([./-]) ?(\d{1,2})\2 ?(\d{4})(?:,? \d\d:\d\d.{0,20})?")
_WORDS = re.compile(
    r"(?:[^\W\d]+\.?,? )?(?:(?P<day>\d{1,2})(?:st|nd|rd|th|\.|er)? (?:de |of )?)?(?P<month>[^\W\d]+)"
    r"\.? (?:(?P<after>\d{1,2})(?:st|nd|rd|th)?,? )?(?:de )?(?P<year>\d{4})(?:,? .{0,20})?"
)


def proposed(names: Sequence[str]) -> dict[str, str]:
    """Which column seems to hold which field: our field → the column's name."""
    by_folded: dict[str, str] = {}
    for name in names:
        by_folded.setdefault(_folded(name), name)
    found: dict[str, str] = {}
    for field, known in _NAMES.items():
        first = next((one for one in known.split() if one in by_folded), "")
        if first:
            found[field] = by_folded[first]
    return found


def chosen_of(names: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """What a person chose, else what is proposed; a field chosen as "" is left empty.

    Raises Misfit where the choice does not fit the columns, and where no column has the text.
    """
    for field, name in given.items():
        if field not in FIELDS:
            raise Misfit(
                _("There is no field “%(field)s”. Choose among: %(fields)s.")
                % {"field": field, "fields": ", ".join(FIELDS)}
            )
        if name and name not in names:
            raise Misfit(
                _("There is no column “%(name)s”. The columns are: %(names)s.")
                % {"name": name, "names": ", ".join(names)}
            )
    chosen = {field: name for field, name in (given or proposed(names)).items() if name}
    twice = [name for name in chosen.values() if list(names).count(name) > 1]
    if twice:
        raise Misfit(_("Two columns are called “%(name)s”. Rename one.") % {"name": twice[0]})
    if "text" not in chosen:
        raise Misfit(_("No column is known to hold the text of the articles. Choose it."))
    return chosen


def question(
    names: Sequence[str],
    rows: Iterable[tuple[int, str]],
    given: Mapping[str, str],
) -> Question:
    """Ask for the columns: open where nothing fits, else with what is proposed or was chosen."""
    preview = tuple((line, row[:PREVIEW_WIDTH]) for line, row in rows)
    try:
        chosen, reason = chosen_of(names, given), ""
    except Misfit as misfit:
        chosen, reason = proposed(names), str(misfit)
    return Question(
        "columns",
        reason or _("These columns were recognised by their names. Check them."),
        is_open=bool(reason),
        preview=preview,
        columns=tuple(names),
        chosen=chosen,
    )


def manuscript_of(row: Mapping[str, str], chosen: Mapping[str, str]) -> Manuscript:
    """The article of a row; raises Misfit for a text, character or date that cannot be kept."""
    told = {field: row.get(name) or "" for field, name in chosen.items()}
    for field, value in told.items():
        try:
            clean_text(value)
        except UnfitText as unfit:
            raise Misfit(f"“{chosen[field]}”: {unfit}") from unfit
    facts = {
        field: " ".join(value.split())
        for field, value in told.items()
        if field not in {"text", "published_on"}
    }
    if not told["text"].strip():
        raise Misfit(_("“%(name)s” is empty: the row has no text.") % {"name": chosen["text"]})
    when = date_of(told.get("published_on", ""))
    return Manuscript(text=told["text"], published_on=when, **facts)


def date_of(told: str) -> date | None:
    """The day that a date means, None for an empty one; a time of day is left out.

    Raises Misfit for what is no date, and for a date that is another in Europe than in America.
    """
    told = " ".join(told.split())
    if not told:
        return None
    try:
        if found := _ISO.fullmatch(told):
            return date(*map(int, found.groups()))
        if found := _NUMBERS.fullmatch(told):
            return _by_numbers(told, *(int(found[group]) for group in (1, 3, 4)), mark=found[2])
        if found := _WORDS.fullmatch(_unaccented(told.lower())):
            day, month = found["day"] or found["after"], _MONTHS.get(found["month"])
            if day and month:
                return date(int(found["year"]), month, int(day))
    except ValueError:
        pass
    raise Misfit(
        _("“%(date)s” is no date. Write it as year, month and day: 2026-11-22.")
        % {"date": told[:40]}
    )


def _by_numbers(told: str, first: int, second: int, year: int, *, mark: str) -> date:
    """A date of numbers: with full stops the day comes first, else only one reading may fit."""
    if mark == "." or first > 12 or first == second:
        return date(year, second, first)
    if second > 12:
        return date(year, first, second)
    raise Misfit(
        _("“%(date)s” may be two days. Write it as year, month and day: %(iso)s.")
        % {"date": told[:40], "iso": date(year, second, first).isoformat()}
    )


def _folded(name: str) -> str:
    """A name in small letters, without accents, spaces and marks."""
    return re.sub(r"[\W_]", "", _unaccented(name.casefold()))


def _unaccented(text: str) -> str:
    parted = unicodedata.normalize("NFD", text)
    return "".join(one for one in parted if not unicodedata.combining(one)).translate(_PLAIN)
