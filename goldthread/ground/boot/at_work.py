"""Django for a command: set up, and reading over everyone, as nobody signed in asked for it."""

import os


def set_up_django() -> None:
    """Once in the life of a process that is neither a web process nor a test."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "goldthread.ground.boot.django"
    import django

    django.setup()
    from goldthread.ground.access.belt import over_everyone_from_now_on

    over_everyone_from_now_on()
