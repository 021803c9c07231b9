"""Attributed claims in news articles: marking, reviewing, publishing.

Its modules stand on floors and import only downwards; `tests/test_floors.py` holds the list.
"""

from __future__ import annotations
