"""Fixtures of several files."""

import pytest
from record_case import CASE, PUBLISHED, WORLD, Scene

from bearwitness.text import reading
from bearwitness.text.reading import read_draft


@pytest.fixture
def read(monkeypatch):
    """Reads a draft with the small record, from a scan made by hand."""

    def run(draft, scene=None, case=CASE, **more):
        monkeypatch.setattr(reading, "scan_text", scene or Scene())
        monkeypatch.setattr(reading, "say_values", lambda attribute, *_, **__: attribute)
        return read_draft(draft, world=WORLD, case=case, published=PUBLISHED, **more)

    return run
