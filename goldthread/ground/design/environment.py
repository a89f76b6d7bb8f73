"""The one Jinja2 environment that every page is drawn with.

Unknown names stop the page (StrictUndefined): a misspelt variable on a child's page must never be an empty space.
"""

from collections.abc import MutableMapping
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    pass_context,
)
from jinja2.runtime import Context

from goldthread.ground.boot.settings import settings as product
from goldthread.ground.design import words
from goldthread.ground.design.away import FORM_MODULES, modules_when_away
from goldthread.ground.design.chronological import by_year_and_month
from goldthread.ground.design.questions import as_question
from goldthread.ground.design.tables import table_body
from goldthread.ground.time.words import day_in_words, moment_in_words, short_day


class LenientLoader(PrefixLoader):
    """Loads a library's templates so that they may ask for options nobody gave.

    The GOV.UK macros test `params.hint` and the like without asking whether it is there, so they alone are compiled
    in an overlay where a missing name is merely empty. Ours stay strict.
    """

    lenient: Environment | None = None

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        if self.lenient is None:
            self.lenient = environment.overlay(undefined=ChainableUndefined)
        return super().load(self.lenient, name, globals)


@pass_context
def csp_nonce(context: Context) -> str:
    """The nonce of this response's content security policy; empty where no policy is set."""
    return str(getattr(context.get("request"), "csp_nonce", "") or "")


def url(name: str, /, *args: Any, **kwargs: Any) -> str:
    """A page's address by its name, as `reverse` gives it."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def compiled_templates() -> FileSystemBytecodeCache | None:
    """Compiled templates kept between starts, in a folder only this user may write: it holds code."""
    folder = product.data_dir / "templates"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder))


def environment(**options: Any) -> Environment:
    """What Django's Jinja2 backend calls; `options["loader"]` finds each room's `jinja2/` folder."""
    library = LenientLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options["loader"] = ChoiceLoader([options["loader"], library])
    options["bytecode_cache"] = None if settings.DEBUG else compiled_templates()
    options.pop("autoescape", None)
    options["undefined"] = StrictUndefined
    made = Environment(trim_blocks=True, lstrip_blocks=True, autoescape=True, **options)
    made.globals.update(url=url, static=static, csp_nonce=csp_nonce, as_question=as_question, table_body=table_body)
    made.globals.update(form_modules=FORM_MODULES, modules_when_away=modules_when_away)
    made.filters.update(words.FILTERS, by_year_and_month=by_year_and_month)
    made.filters.update(day_in_words=day_in_words, moment_in_words=moment_in_words, short_day=short_day)
    return made
