from typing import Any

import pytest

from programs.membership.forms import DEFAULT_ACCENT
from programs.membership.models import Program


def _settings(client: Any, world: Any, accent: str) -> Any:
    address = f"/p/{world.program.slug}/settings/"
    form = client.get(address).context["form"]
    return client.post(address, {**form.initial, "start_on": "2026-01-05", "accent": accent})


@pytest.mark.parametrize(("given", "kept"), [("#7a3b69", "#7a3b69"), (DEFAULT_ACCENT, ""), ("", "")])
def test_a_program_has_its_own_accent(given: str, kept: str, world: Any, sign_in: Any) -> None:
    assert _settings(sign_in(world.manager), world, given).status_code == 302
    assert Program.objects.get(pk=world.program.pk).accent == kept


def test_nonsense_is_no_colour(world: Any, sign_in: Any) -> None:
    answer = _settings(sign_in(world.manager), world, "red;}")
    assert answer.context["form"].errors.keys() == {"accent"}
    assert Program.objects.get(pk=world.program.pk).accent == ""


def test_the_stylesheet_carries_a_readable_accent(world: Any, sign_in: Any) -> None:
    Program.objects.filter(pk=world.program.pk).update(accent="#ffee00")
    answer = sign_in(world.influencer).get(f"/p/{world.program.slug}/accent.css")
    assert answer["Content-Type"] == "text/css"
    assert "--accent: light-dark(#" in answer.content.decode()
    assert "#ffee00," not in answer.content.decode()  # yellow on white cannot be read
