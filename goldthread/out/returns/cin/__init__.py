"""The children in need census (DfE; SI 2009/1563 and the guide of each year), 2022-23 to 2026-27."""
