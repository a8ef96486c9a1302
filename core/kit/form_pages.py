"""A page that is one form: where it stands, what it is called, its fields, one button and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TEMPLATE = "form_page.html"


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """What stands around the fields. `up` leads from the place down to the page above; “Cancel” goes back there."""

    title: str
    up: Sequence[tuple[str, str]]  # label and address
    lead: str = ""
    eyebrow: str = ""
    shield: str = ""  # who can see what is entered
    submit: str = ""  # “Save” unless something else happens
    action: str = ""  # the page's own address unless the form is sent elsewhere

    @property
    def cancel_url(self) -> str:
        return self.up[-1][1]


def form_page(
    request: HttpRequest, form: BaseForm, page: FormPage, *, template: str = TEMPLATE, **more: Any
) -> HttpResponse:
    """A form that came back with mistakes answers 422. `template`: one that extends `form_page.html`."""
    context = {"form": form, "page": page, **more}
    return render(request, template, context, status=422 if form.errors else 200)
