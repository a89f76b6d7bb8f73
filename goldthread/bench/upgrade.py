"""Brings a database kept from an earlier run to the tables of today."""

import os

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.ground.boot.django")
    django.setup()
    from goldthread.ground.boot.roles import bring_up_to_date

    bring_up_to_date(verbosity=0)


if __name__ == "__main__":
    main()
