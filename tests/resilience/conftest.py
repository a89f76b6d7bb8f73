"""One product for all of them: filled once, killed many times."""

from collections.abc import Iterator

import pytest
from django.db import connection

from goldthread.ground.boot.tests.servers import point
from tests.resilience.standing import Standing, standing


@pytest.fixture(scope="session")
def standing_product() -> Iterator[Standing]:
    with standing() as made:
        yield made


@pytest.fixture
def product(standing_product, django_db_blocker) -> Iterator[Standing]:
    """The same, with Django in this process speaking to its database."""
    before = {**connection.settings_dict}
    standing_product.await_answer()
    with django_db_blocker.unblock():
        point(standing_product.urls, "goldthread")
        yield standing_product
        connection.close()
        connection.settings_dict.update(before)
