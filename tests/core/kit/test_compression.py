"""Pages travel compressed, and what is no page as it is."""

import gzip
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

COMPRESSED = {"accept-encoding": "gzip"}


@pytest.mark.django_db
def test_a_page_travels_compressed(client: Client) -> None:
    address = reverse("account_login")
    answer = client.get(address, headers=COMPRESSED)
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    page = gzip.decompress(answer.content).decode()
    assert page.startswith("<!doctype html>")
    assert len(answer.content) < len(page) / 2
    assert "Content-Encoding" not in client.get(address)


@pytest.mark.django_db
def test_its_length_tells_nothing_exact(client: Client) -> None:
    """Random bytes and a token masked anew: the same page is never as long as before."""
    address = reverse("account_login")
    lengths = {len(client.get(address, headers=COMPRESSED).content) for _ in range(12)}
    assert len(lengths) > 1


def test_an_export_is_not_compressed_again(world: Any, sign_in: Any) -> None:
    address = reverse("analytics:dashboard_export", args=[world.program.slug])
    answer = sign_in(world.manager).get(f"{address}?format=csv", headers=COMPRESSED)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer
