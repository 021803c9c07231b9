"""Measures the server alone: one client, one connection kept, no browser.

Seconds are wall time from the first byte sent to the last byte read, on loopback.
"""

from __future__ import annotations

import gzip
import http.client
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median, quantiles
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.newsroom import Act, Bench, acts_on

TOKEN = "measuring" * 3 + "token"  # 32 letters, as Django's CSRF cookie has them
CLAIMS = 40
WARMING = 6
OPENINGS = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What the server took: milliseconds, queries and bytes of a request."""

    tag_p50: float
    tag_p95: float
    tag_queries: int
    open_ms: float
    open_queries: int
    page_plain: int
    page_gzip: int


def ask(site: str, bench: Bench) -> Asked:
    """Tag three times forty passages, then open the article twenty times."""
    acts = list(acts_on(bench, CLAIMS + 1))
    allegation, source = acts[:2]
    visitor = Visitor(site, bench)
    took = _tag_all(visitor, bench, acts[3:])[WARMING:]
    opened = [visitor.get(bench.path) for _ in range(OPENINGS + WARMING)][WARMING:]
    return Asked(
        tag_p50=median(took),
        tag_p95=quantiles(took, n=20)[18],
        tag_queries=_queries_of_tag(bench, allegation, source),
        open_ms=median(one[0] for one in opened),
        open_queries=_queries_of_page(bench),
        page_plain=len(gzip.decompress(opened[-1][1])),
        page_gzip=len(opened[-1][1]),
    )


class Visitor:
    """Somebody who is signed in, on one connection that is kept."""

    def __init__(self, site: str, bench: Bench) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(site).netloc)
        self.headers = {
            "Accept-Encoding": "gzip",
            "Cookie": f"sessionid={bench.session}; csrftoken={TOKEN}",
        }

    def get(self, path: str) -> tuple[float, bytes]:
        """Milliseconds, and the body as it came."""
        took, body, _headers = self._ask("GET", path, None, self.headers)
        return took, body

    def post(self, path: str, values: dict[str, str]) -> tuple[float, str]:
        """Milliseconds, and what the answer tells the page's script."""
        headers = self.headers | {
            "Content-Type": "application/x-www-form-urlencoded",
            "HX-Request": "true",
            "X-CSRFToken": TOKEN,
        }
        took, _body, told = self._ask("POST", path, urlencode(values), headers)
        return took, told

    def _ask(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[float, bytes, str]:
        begun = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        took = (time.perf_counter() - begun) * 1000
        if answer.status != 200:
            raise SystemExit(f"{method} {path} was answered with {answer.status}.")
        return took, content, answer.headers.get("HX-Trigger", "")


def values_of(bench: Bench, act: Act, claim: str) -> dict[str, str]:
    """What the page sends to tag a passage."""
    return {
        "start": str(act.start),
        "end": str(act.end),
        "quote": act.quote,
        "text_rev": bench.text_rev,
        "tag": act.tag,
        "uid": str(uuid4()),
        "claim": claim,
    }


def _tag_all(visitor: Visitor, bench: Bench, acts: Iterable[Act]) -> list[float]:
    took, claim = [], ""
    for act in acts:
        milliseconds, told = visitor.post(f"{bench.path}spans/", values_of(bench, act, claim))
        took.append(milliseconds)
        claim = str(json.loads(told)["ascribe:changed"]["claim"] or "")
    return took


def _queries_of_tag(bench: Bench, allegation: Act, source: Act) -> int:
    """The queries of tagging a source for a claim that is open, as the page does it."""
    client = _client(bench)
    made = _posted(client, bench, values_of(bench, allegation, ""))
    claim = str(json.loads(made["HX-Trigger"])["ascribe:changed"]["claim"])
    with CaptureQueriesContext(connection) as found:
        _posted(client, bench, values_of(bench, source, claim))
    return len(found)


def _posted(client: Client, bench: Bench, values: dict[str, str]) -> HttpResponseBase:
    answer = client.post(f"{bench.path}spans/", values, headers={"HX-Request": "true"})
    if answer.status_code != 200:
        raise SystemExit(f"Tagging was answered with {answer.status_code}.")
    return answer


def _queries_of_page(bench: Bench) -> int:
    with CaptureQueriesContext(connection) as found:
        _client(bench).get(bench.path)
    return len(found)


def _client(bench: Bench) -> Client:
    client = Client(headers={"Host": "127.0.0.1"})
    client.cookies[settings.SESSION_COOKIE_NAME] = bench.session
    return client
