"""Runs every measurement on one scratch site, prints the table and writes it as JSON if asked."""

from __future__ import annotations

import json
import os
from pathlib import Path

from benchmarks.asking import ask
from benchmarks.newsroom import furnish
from benchmarks.seeing import chromium, see
from benchmarks.serving import served
from benchmarks.table import SIZES, Report, printed


def measure(folder: Path, file: Path | None) -> None:
    """Measure the server alone, then the browser, with nothing else running in between."""
    load = os.getloadavg()[0]
    benches = furnish()
    with served(folder) as site:
        asked = {size: ask(site, benches[size, "server"]) for size in SIZES}
        with chromium() as browser:
            seen = {
                size: see(browser, site, benches[size, "desk"], benches[size, "reader"])
                for size in SIZES
            }
    report = Report(asked, seen, load)
    print(printed(report))
    if file:
        file.write_text(json.dumps(report.as_json(), indent=2) + "\n", encoding="utf-8")
