"""How forms look: one template per field, one per form (`templates/ui/`)."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    form_template_name = "ui/_form_body.html"
    field_template_name = "ui/_field.html"
