"""A field for choosing a person: a list to choose from without scripts, and with them a field that finds while typing.

Who is in it is the field's queryset, so nobody is offered whom the form's room does not offer.
"""

from typing import Any

from django import forms


class PeopleSelect(forms.Select):
    """`static/js/people.js` puts a field in front of it, with the same choices."""

    class Media:
        js = ("js/pick.js", "js/people.js")

    def __init__(self, attrs: dict[str, Any] | None = None, **more: Any) -> None:
        super().__init__({"data-people": "", **(attrs or {})}, **more)


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django knows no arguments at run time
    """Somebody out of a queryset of people or memberships."""

    widget = PeopleSelect

    def label_from_instance(self, obj: Any) -> str:
        person = getattr(obj, "user", obj)
        role = obj.get_role_display() if hasattr(obj, "get_role_display") else ""
        return f"{person} ({role})" if role else str(person)
