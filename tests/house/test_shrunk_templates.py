"""The web server (deploy/gunicorn.conf.py) keeps templates without what only their parser needs: they say the same."""

import gc
import runpy
from typing import Any

from django.template import Context, Template
from django.template.base import Node, NodeList, TextNode

from influencer.settings import BASE_DIR

TEXT = """{% load i18n %}{% for one in many %}
  <li>{{ one.name|default:"nobody"|upper }}</li>
  <li>{{ one.name|default:"nobody"|upper }}</li>
{% empty %}
  <li>{% translate "Nothing yet" %}</li>
{% endfor %}{% if many.0.name == "Ada" and 3 > 2.5 %}
  <li>{{ "<b>"|safe }}{{ "<b>" }}{{ many.0.name.0 }}</li>
{% else %}
  <li></li>
{% endif %}{% with total=many|length %}{% blocktranslate %}{{ total }} people{% endblocktranslate %}{% endwith %}"""


def test_a_shrunk_template_says_the_same_in_less() -> None:
    server: dict[str, Any] = runpy.run_path(str(BASE_DIR / "deploy/gunicorn.conf.py"))
    known = {id(each) for each in gc.get_objects()}
    template = Template(TEXT)
    made = [each for each in gc.get_objects() if id(each) not in known]
    values = [{"many": [{"name": "Ada"}, {"name": ""}]}, {"many": []}]
    said = [template.render(Context(each)) for each in values]
    server["shrink"](made)
    assert [template.render(Context(each)) for each in values] == said
    nodes = template.nodelist.get_nodes_by_type(Node)
    assert not [each for each in nodes if each.token]
    assert template.source == ""
    same = [each for each in nodes if isinstance(each, TextNode) and each.s == "</li>\n  <li>"]
    assert len({id(each) for each in same}) == 1
    assert not [each for each in made if isinstance(each, NodeList) and vars(each)]
