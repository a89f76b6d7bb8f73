"""What happens to people that rooms above must act on at once. Sent inside the action's own transaction.

`pregnancy_ended` stops every letter, task and clock for the child that is not to be; so does
`person_died` all but those a death itself starts.
"""

from django.dispatch import Signal

person_born = Signal()  # person
pregnancy_ended = Signal()  # person
person_died = Signal()  # person
people_merged = Signal()  # kept, duplicate
merge_undone = Signal()  # kept, duplicate
