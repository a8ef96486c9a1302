"""A long page begins with its headings; each is a place to jump to."""

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from core.kit.markdown import render
from programs.handbook.headings import places_in
from tests.factories.handbook import make_page

LONG = "# Time & <b>people</b>\n\nWords.\n\n## مرحبا\n\n# \u200b\n\n# Last *one*\n\nWords."


def test_each_heading_leads_to_its_place(world: Any, sign_in: Any) -> None:
    page = make_page(world.program, text={"en": LONG})
    shown = sign_in(world.influencer).get(reverse("programs:handbook_page", args=[world.program.slug, page.pk]))
    words = shown.content.decode()
    nav = words[words.index('aria-label="On this page"') :].split("</nav>")[0]
    assert re.findall(r'href="#([^"]+)">([^<]+)<', nav)[0] == ("part-1", "Time &amp; &lt;b&gt;people&lt;/b&gt;")
    assert '<li class="is-below"><a href="#part-2">مرحبا</a>' in nav
    for key in re.findall(r'href="#([^"]+)"', nav):
        assert words.count(f'id="{key}"') == 1


@pytest.mark.parametrize("text", ["", "Words.", "# One\n\n# Two"])
def test_a_short_page_needs_none(text: str, world: Any, sign_in: Any) -> None:
    page = make_page(world.program, text={"en": text} if text else {})
    shown = sign_in(world.influencer).get(reverse("programs:handbook_page", args=[world.program.slug, page.pk]))
    assert "On this page" not in shown.content.decode()
    assert places_in(mark_safe("<h2>a</h2><p>b</p>")) == ("<h2>a</h2><p>b</p>", [])


@given(st.lists(st.text(st.sampled_from('# ab<>&"\n`*1.'), max_size=20), max_size=8))
def test_nothing_but_places_is_added(lines: list[str]) -> None:
    html = render("\n".join(lines))
    marked, places = places_in(html)
    assert re.sub(r' id="part-[0-9]+"', "", marked) == html
    assert [each.key for each in places if f'id="{each.key}"' not in marked] == []
