"""Imprint and privacy notice stand at the door, written by the company."""

from typing import Any

from django.test import Client

LEGAL = ('href="/privacy-notice/"', 'href="/imprint/"')


def test_both_are_linked_where_people_sign_in(db: None) -> None:
    for path in ("/accounts/login/", "/accounts/password/reset/", "/invitation/x/"):
        page = Client().get(path).content.decode()
        assert all(link in page for link in LEGAL), path


def test_an_administrator_writes_them_in_both_languages(world: Any, sign_in: Any) -> None:
    client = sign_in(world.admin)
    client.post("/operate/texts/imprint/", {"de": "**Nordwerk AG**, Bremen", "en": "Nordwerk AG, *Bremen*"})
    german = Client(headers={"accept-language": "de"}).get("/imprint/").content.decode()
    english = Client(headers={"accept-language": "en"}).get("/imprint/").content.decode()
    assert "<strong>Nordwerk AG</strong>, Bremen" in german
    assert "Nordwerk AG, <em>Bremen</em>" in english
    client.post("/operate/texts/imprint/", {"de": "", "en": "Nordwerk AG"})
    assert "Nordwerk AG" in Client(headers={"accept-language": "de"}).get("/imprint/").content.decode()
    assert client.get("/operate/texts/other/").status_code == 404


def test_markdown_of_administrators_runs_nothing(world: Any, sign_in: Any) -> None:
    sign_in(world.admin).post("/operate/texts/privacy/", {"en": "<script>alert(1)</script> [x](javascript:alert(1))"})
    page = Client(headers={"accept-language": "en"}).get("/privacy-notice/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert "<script" not in main
    assert 'href="javascript' not in main


def test_the_notice_lists_what_signing_in_stores(db: None) -> None:
    page = Client(headers={"accept-language": "en"}).get("/privacy-notice/").content.decode()
    assert "What is stored when you sign in" in page
    assert "IP address" in page
