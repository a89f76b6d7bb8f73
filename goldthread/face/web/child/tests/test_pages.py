"""What every page about a child keeps: strict HTML, one h1 that is the title, unique ids, forms that need no script."""

import pytest

from goldthread.face.web.tests.pages import problems_of

pytestmark = pytest.mark.django_db
PATHS = [
    "", "chronology/", "chronology/?whose=family&words=gran", "chronology/export/", "chronology/export/?as=print", "note/", "family/", "family/add/",
    "family/{mum}/", "about/", "about/identity/", "about/name/", "about/number/", "about/reach/", "about/move/", "alerts/", "alerts/add/", "people/",
    "people/add/", "plans/", "start/", "start/closure/", "duplicates/", "duplicates/{leo}/", "death/",
]  # fmt: skip


def addresses(home) -> list[str]:
    found = [f"/child/{home.ada.reference}/" + path.format(mum=home.mum.reference, leo=home.leo.reference) for path in PATHS]
    return [*found, f"/child/{home.baby.reference}/", f"/child/{home.baby.reference}/birth/", f"/person/{home.mum.reference}/"]


def test_every_page_is_strict_html_with_its_forms_whole_and_the_child_in_sight(home, signed_in):
    client = signed_in(home.worker)
    for path in addresses(home):
        answer = client.get(path)
        assert answer.status_code == 200, path
        html = answer.content.decode()
        assert problems_of(html) == [], path
        assert html.count("csrfmiddlewaretoken") == html.count('method="post"'), path
        assert "gt-identity__name" in html or "as=print" in path, path
