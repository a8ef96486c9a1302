"""What links to a page is told before its links lead nowhere; a new page starts from another one."""

from typing import Any

from django.urls import reverse

from programs.handbook.models import HandbookPage
from tests.factories.handbook import make_page


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def test_what_links_to_a_page_is_told_beside_its_versions_and_when_it_is_deleted(world: Any, sign_in: Any) -> None:
    page, client = world.handbook_page, sign_in(world.coach)
    below = make_page(world.program, parent=page, title={"en": "Below"})
    link = url(world, "handbook_page", page.pk)
    make_page(world.program, title={"en": "Points there"}, text={"de": f"Siehe [hier]({link})."})
    make_page(world.program, title={"en": "Points below"}, text={"en": f"[x]({url(world, 'handbook_page', below.pk)})"})
    make_page(world.program, title={"en": "Points elsewhere"}, text={"en": f"[x]({link[:-1]}9/)"})
    gone = make_page(world.program, title={"en": "Gone"}, text={"en": f"[x]({link})"})
    gone.put_away()
    shown = client.get(url(world, "handbook_versions", page.pk)).content.decode()
    linked = shown[shown.index('id="h-linking"') :]
    assert "Points there" in linked
    for words in ("Points below", "Points elsewhere", "Gone"):
        assert words not in linked
    assert "Linked from" not in client.get(url(world, "handbook_versions", world.handbook_draft.pk)).content.decode()
    told = client.post(url(world, "handbook_page_delete", page.pk), follow=True).content.decode()
    assert "Still linked from: “Points there”, “Points below”." in told
    assert "Still linked" not in client.post(url(world, "handbook_page_delete", gone.pk), follow=True).content.decode()


def test_a_new_page_starts_from_another_one(world: Any, sign_in: Any) -> None:
    page, client = world.handbook_page, sign_in(world.coach)
    start = f"{url(world, 'handbook_page_new')}?like={page.pk}"
    assert start in client.get(url(world, "handbook_page", page.pk)).content.decode()
    answer = client.get(start)
    assert f"?language=de&amp;like={page.pk}" in answer.content.decode(), "the other language starts from it as well"
    form = answer.context["form"]
    assert (form["title"].value(), form["text"].value()) == (str(page.title), "One hour a week.")
    assert client.get(f"{start}&language=de").context["form"]["text"].value() == "Eine Stunde pro Woche."
    client.post(start, {"title": "Like the other", "text": "One hour a week.", "based_on": "0"})
    made = HandbookPage.objects.latest("pk")
    assert (str(made.title), made.is_published) == ("Like the other", False)
    assert client.get(f"{url(world, 'handbook_page_new')}?like=1").status_code == 404
