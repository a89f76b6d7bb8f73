"""What this installation is."""


def responsible_authority() -> str:
    """The three-digit number of the authority whose database this is."""
    from goldthread.ground.boot.models import Installation

    return Installation.objects.values_list("la_code", flat=True).first() or ""
