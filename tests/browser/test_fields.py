"""Fields as wide as what stands in them."""

from typing import Any

import pytest

# what a field needs on its own: the same field, as wide as its content
NEED = """field => {
  const alone = field.cloneNode()
  alone.style.cssText = 'position: absolute; width: max-content; min-width: 0'
  field.after(alone)
  const needed = alone.offsetWidth
  alone.remove()
  return [field.offsetWidth, needed]
}"""


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("width", [360, 1440])
def test_no_field_for_a_day_or_a_time_is_narrower_than_its_text(
    width: int, language: str, world: Any, look: Any
) -> None:
    """English says 10:30 AM, which needs more room than 10:30."""
    world.manager.language = language
    world.manager.save()
    page = look(width=width, language=language, by=world.manager)
    for path in ("milestones/new/", "reviews/new/", "support/new/"):
        page.goto(f"/p/nordlichter/{path}")
        fields = page.locator("main :is(input[type=time], input[type=date]):visible").all()
        assert fields, path
        for field in fields:
            wide, needed = field.evaluate(NEED)
            assert wide >= needed, (path, field.get_attribute("name"))
