"""How quick the pages stay as the records grow. Stands above the floors, beside the command; see docs/benchmarks.md."""
