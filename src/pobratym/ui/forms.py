"""Forms look the same everywhere: label, help, refusal next to the field."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Django's forms through our components."""

    form_template_name = "ui/components/form.html"
    field_template_name = "ui/components/field.html"
