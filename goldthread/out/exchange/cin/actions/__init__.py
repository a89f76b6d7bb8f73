"""The one door by which a census file changes anything."""

from goldthread.out.exchange.cin.actions.importing import ImportReport, import_file

__all__ = ["ImportReport", "import_file"]
