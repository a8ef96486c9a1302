"""Fields for choosing a person, or several: a list to choose from without scripts, and with them a field that finds
while typing.

Who is in it is the field's queryset, so nobody is offered whom the form's room does not offer.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PeopleSelect(forms.Select):
    """`static/js/people.js` puts a field in front of it, with the same choices."""

    class Media:
        js = ("js/pick.js", "js/people.js")

    def __init__(self, attrs: dict[str, Any] | None = None, **more: Any) -> None:
        super().__init__({"data-people": "", **(attrs or {})}, **more)


class PeopleBoxes(forms.CheckboxSelectMultiple):
    """Boxes to tick. Where they are many, the same script shows those that are ticked and a field that adds to them."""

    class Media:
        js = ("js/pick.js", "js/people.js")


class _Named:
    def label_from_instance(self, obj: Any) -> str:
        """The name, and the role where there is one."""
        person = getattr(obj, "user", obj)
        role = obj.get_role_display() if hasattr(obj, "get_role_display") else ""
        return f"{person} ({role})" if role else str(person)


class PersonField(_Named, forms.ModelChoiceField):  # type: ignore[type-arg]  # Django knows no arguments at run time
    """Somebody out of a queryset of people or memberships."""

    widget = PeopleSelect

    def __init__(self, *args: Any, **more: Any) -> None:
        more.setdefault("empty_label", _("nobody yet"))
        super().__init__(*args, **more)


class PeopleField(_Named, forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # the same
    """Several of a queryset of people or memberships."""

    widget = PeopleBoxes
