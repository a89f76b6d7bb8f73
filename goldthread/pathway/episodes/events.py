"""A period of a child's life began or ended: for rooms that do not know the one it belongs to. Sent inside the action's own transaction."""

from django.dispatch import Signal

began = Signal()  # kind, child (key), on, by
ended = Signal()  # kind, child (key), on, by
