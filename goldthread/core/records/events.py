"""What happens to a whole record that rooms above must act on at once. Sent inside the action's own transaction."""

from django.dispatch import Signal

left_file = Signal()  # record, children (keys): withdrawn, or taken off these children
put_back = Signal()  # record, children (keys): on these children's file again
