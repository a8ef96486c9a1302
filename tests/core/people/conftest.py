"""The clock of codes stands still: half a minute must not end between a code and its check."""

from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal import auth


@pytest.fixture(autouse=True)
def _one_half_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = auth.time.time()
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: now))
