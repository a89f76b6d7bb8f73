"""Sign-in users. Who someone is at work (post, agency, person) is linked by rooms above, with dates."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A sign-in, nothing more: people change jobs and hold several capacities."""
