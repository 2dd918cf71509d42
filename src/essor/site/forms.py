"""Forms as the theme draws them: each widget with the class that its kind has in Bootstrap."""

from django import forms

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    # Boxes too: Django makes them of radio buttons.
    (forms.RadioSelect, "form-check-input"),
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)


class ThemedForm(forms.Form):
    """A form whose widgets have their classes; Django marks the faulty ones (`aria-invalid`)."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # Django's own signature
        for field in self.fields.values():
            field.widget.attrs["class"] = css_class(field.widget)
            if length := getattr(field, "max_length", None):
                field.widget.attrs.setdefault("maxlength", str(length))


def css_class(widget: forms.Widget) -> str:
    """Return the class that a kind of widget has in the theme."""
    return next(css for kind, css in _CLASSES if isinstance(widget, kind))
