"""What this installation is."""

from django.apps import apps


def responsible_authority() -> str:
    """The three-digit number of the authority whose database this is; empty before the first run."""
    try:
        installation = apps.get_model("boot", "Installation")
    except LookupError:
        return ""
    return installation.objects.values_list("la_code", flat=True).first() or ""
