"""Where letters about a conference are seen to: a page that every conference has."""

from goldthread.pathway.letters.pages import LETTERS, letters_page
from goldthread.pathway.registry import page_for
from goldthread.practice.protection.conferences.conference import Conference
from goldthread.practice.protection.letters import conference_invitation, conference_outcome

__all__ = ["conference_invitation", "conference_outcome"]  # register themselves

page_for(Conference, LETTERS, title="Letters to the family")(letters_page)
