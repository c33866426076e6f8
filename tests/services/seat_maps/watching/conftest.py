"""Watchers that end soon."""

from collections.abc import Iterator

import pytest

from webapp.services.seat_maps.watching import audience, end_when


@pytest.fixture(autouse=True)
def _quick_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    """No watcher outlives its test for long."""
    monkeypatch.setattr(audience, "LINGER_SECONDS", 0.2)


@pytest.fixture
def _ending() -> Iterator[None]:
    yield
    end_when(bool)
