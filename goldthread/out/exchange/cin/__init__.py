"""Children in need census files: read into plain objects here, into the database by `actions.import_file`."""
