"""The project around the app: settings, root urls, middleware, logging, health."""

from __future__ import annotations
