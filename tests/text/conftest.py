"""What the tests of text share: the seed article, its gold annotation, the corpus."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.text.gold import GoldSpan, read_gold_spans, read_seed_text


@pytest.fixture(scope="session")
def seed_text() -> str:
    return read_seed_text()


@pytest.fixture(scope="session")
def gold_spans() -> list[GoldSpan]:
    return read_gold_spans()


@pytest.fixture(scope="session")
def corpus() -> Path:
    path = os.environ.get("ASCRIBE_CORPUS")
    if not path:
        pytest.skip("ASCRIBE_CORPUS does not name the folder of the PolNeAR corpus")
    return Path(path)
