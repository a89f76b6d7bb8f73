"""Static files under names with their hash, also where one script imports another."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedNames(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
