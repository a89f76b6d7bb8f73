"""A child who may be on file twice: found before the return tells of both. Rule 1520 sees only those with one pupil number."""

from collections.abc import Collection
from typing import Any

from django.db import connection

from goldthread.ground.access.predicate import withheld

CODE, ELEMENT = "twice", "PersonBirthDate"
MESSAGE = "Another child on file has the same name and date of birth. Compare them: join them, or remember that they are two."
ALIKE = """
SELECT DISTINCT one.id FROM people_person one JOIN people_person other
    ON other.born_on = one.born_on AND other.sort_name = one.sort_name AND other.id <> one.id
 WHERE one.id = ANY(%(children)s) AND one.is_named AND other.is_named AND one.merged_into_id IS NULL AND other.merged_into_id IS NULL
   AND NOT one.identity_protected AND NOT other.identity_protected AND one.id <> ALL(%(kept)s) AND other.id <> ALL(%(kept)s)
   AND NOT EXISTS (SELECT 1 FROM people_notthisperson said WHERE said.person_id = one.id AND said.described_key = 'person:' || other.id)
"""


def perhaps_twice(children: Collection[Any]) -> list[int]:
    """Keys of those of these children who have a double that nobody has looked at.

    Restricted people and protected identities are left to those who may see them: a list must not tell that they are here.
    """
    kept = list(withheld())
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, {"children": list(children), "kept": kept})
        return [key for (key,) in cursor.fetchall()]
