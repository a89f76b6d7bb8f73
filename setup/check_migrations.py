"""Whether every model's change has its migration, and whether each migration is safe on a table people are working with."""

import os
import sys
import tempfile
from pathlib import Path

from goldthread.ground.boot.postgres import THROWAWAY, embedded
from goldthread.ground.boot.settings import CHECKOUT, settings
from goldthread.ground.boot.trouble import Trouble


def main() -> None:
    """On an empty throw-away server: the linter asks PostgreSQL's own dialect, never a table."""
    folder = Path(tempfile.gettempdir()) / f"goldthread-migrations-{os.geteuid()}"
    with embedded(folder, options=THROWAWAY) as urls:
        settings.database_url, settings.database_owner_url = urls.app, urls.owner
        import django
        from django.conf import settings as django_settings
        from django.core.management import call_command

        os.environ["DJANGO_SETTINGS_MODULE"] = "goldthread.ground.boot.django"
        django_settings.INSTALLED_APPS.append("django_migration_linter")
        django.setup()
        call_command("makemigrations", check_changes=True, dry_run=True)
        ours = [label for label, app in django.apps.apps.app_configs.items() if app.name.startswith("goldthread.")]
        # An app’s first migrations make its tables: nobody works with those yet.
        call_command(
            "lintmigrations",
            project_root_path=str(CHECKOUT),
            include_apps=ours,
            ignore_name_contains="_initial",
            no_cache=True,
            quiet=["ok", "ignore"],
        )


if __name__ == "__main__":
    try:
        main()
    except Trouble as trouble:
        sys.exit(str(trouble))
