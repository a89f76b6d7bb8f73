"""Every setting of the product, typed; `goldthread settings` prints them with their meaning."""

import os
import re
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from goldthread.ground.boot.saml import certificates

CHECKOUT = Path(__file__).resolve().parents[3]
PREFIX = "GOLDTHREAD_"
SECRET = {"secret_key", "field_keys", "database_url", "database_owner_url", "database_standby_url", "email_url", "oidc_client_secret"}
PLAINER = {
    "bool_parsing": "say true or false",
    "bool_type": "say true or false",
    "int_parsing": "give a whole number",
    "greater_than_equal": "the number is too small",
    "less_than_equal": "the number is too large",
}

Count = Annotated[int, Field(ge=1, le=64)]


class Settings(BaseSettings):
    """Read from the environment; names are the fields' names in capitals with GOLDTHREAD_ before them."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", env_ignore_empty=True)

    database_url: str = Field(
        "",
        validation_alias="DATABASE_URL",
        description="Where the product reads and writes, as the role “app”. Empty: the embedded PostgreSQL.",
    )
    database_owner_url: str = Field(
        "",
        validation_alias="DATABASE_OWNER_URL",
        description="The same database as the role that owns the tables, for migrate, backup, restore, export-all and import-all.",
    )
    database_standby_url: str = Field(
        "",
        validation_alias="DATABASE_STANDBY_URL",
        description="A standby of the same database, as the role “app”: read while the primary cannot be reached. Empty: no page is shown then.",
    )
    data_dir: Path = Field(CHECKOUT / "var", description="Folder for the embedded database, files and keys.")
    secret_key: str = Field("", description="Signs sessions. Empty: made once and kept in the data folder.")
    field_keys: str = Field(
        "",
        description="Encrypt the secrets of second steps in the database: keys, the newest first, separated by commas. Empty: made once and kept in the data folder (field-keys).",
    )
    debug: bool = Field(False, description="Show tracebacks in the browser. Never with real children.")
    allowed_hosts: str = Field("127.0.0.1,localhost,[::1]", description="Host names the product answers to, separated by commas.")
    https: bool = Field(
        False, description="Reached by https, through a proxy that sets X-Forwarded-Proto: cookies then travel by https only."
    )
    host: str = Field("127.0.0.1", description="Address “goldthread serve” listens on.")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(8000, description="Port “goldthread serve” listens on.")
    processes: Count = Field(2, description="Processes that answer requests.")
    idle_minutes: Annotated[int, Field(ge=1, le=600)] = Field(
        30, description="Minutes without a touch after which a person must sign in again; what was typed is kept."
    )
    idle_minutes_by_duty: str = Field(
        "administrator:15",
        description="Fewer or more of these minutes for whoever holds a duty, such as administrator:15,front_door:20; the fewest count. Known at the next sign-in.",
    )
    oidc_issuer: str = Field(
        "",
        description="The council’s own sign-in provider (OpenID Connect), such as https://login.example/realm. Empty: no single sign-on.",
    )
    oidc_client_id: str = Field("", description="By what name the provider knows this product.")
    oidc_client_secret: str = Field("", description="By what secret the provider knows this product.")
    oidc_name: str = Field("the council’s sign-in", description="The provider’s name, as it stands on the button: “Sign in with …”.")
    oidc_claim: str = Field(
        "sub",
        description="By which of the provider’s claims a person is known, such as sub, oid or preferred_username; never one they may change.",
    )
    oidc_second_step: str = Field(
        "", description="Words of the provider’s “amr” that count as a second step, such as mfa,hwk. Empty: ours is always asked for."
    )
    saml_entity_id: str = Field(
        "",
        description="What the council’s own sign-in provider calls itself, where it speaks SAML 2.0 (its entity ID), letter for letter. Empty: no SAML.",
    )
    saml_sign_on_url: str = Field(
        "", description="Where that provider takes sign-in requests (HTTP-Redirect), such as https://login.example/saml."
    )
    saml_certificates: str = Field(
        "", description="A file with the certificate that provider signs with (PEM); with the next one too, while it changes."
    )
    saml_name: str = Field("the council’s sign-in", description="That provider’s name, as it stands on the button: “Sign in with …”.")
    saml_claim: str = Field(
        "NameID",
        description="By what of its assertion a person is known: NameID, or the whole name of an attribute; never one they may change.",
    )
    saml_second_step: str = Field(
        "",
        description="What it calls a sign-in with a second step, such as https://refeds.org/profile/mfa; several with commas. Empty: ours is always asked for.",
    )
    patience_seconds: Annotated[int, Field(ge=1, le=600)] = Field(
        30, description="Seconds after which the database stops a single question that a page asks; the page then says so."
    )
    kept_hours: Annotated[int, Field(ge=1, le=240)] = Field(
        72,
        description="Hours for which words that could not be sent wait, encrypted, in their author’s browser; then they are deleted there.",
    )
    pack_hours: Annotated[int, Field(ge=1, le=72)] = Field(
        12, description="The most hours for which a worker may take a child’s visit pack offline."
    )
    form_megabytes: Annotated[int, Field(ge=1, le=50)] = Field(
        5, description="Megabytes that one form, draft or call of the API may hold; more is refused, and given back to who typed it."
    )
    file_megabytes: Annotated[int, Field(ge=1, le=1024)] = Field(
        200, description="Megabytes of a census file that is sent by page; the largest authority’s is under 100."
    )
    email_url: str = Field(
        "",
        description="The mail server, such as smtps://user:password@mail.example:465 (smtp:// with STARTTLS). Empty: nothing is sent; pages offer the text to copy.",
    )
    email_from: str = Field(
        "meetings@localhost", description="The sender of e-mail: one address that says nothing of children or of whom it is about."
    )
    public_url: str = Field(
        "",
        description="Where partners reach the product, such as https://goldthread.example, for links in e-mail. Empty: this machine’s own.",
    )
    threads: Count = Field(4, description="Requests one process answers at a time; each holds one database connection.")

    @field_validator("database_url", "database_owner_url", "database_standby_url")
    @classmethod
    def an_address(cls, url: str) -> str:
        if url and not url.startswith(("postgresql://", "postgres://")):
            raise ValueError("give an address such as postgresql://app:password@host/goldthread")
        return url

    @field_validator("field_keys")
    @classmethod
    def keys_of_32_bytes(cls, words: str) -> str:
        for key in words.replace(",", " ").split():
            if not re.fullmatch(r"[A-Za-z0-9_-]{43}=", key):
                raise ValueError("“goldthread rotate-keys --new” makes one; give each whole, the newest first, with commas between")
        return words

    @field_validator("idle_minutes_by_duty")
    @classmethod
    def minutes_by_duty(cls, words: str) -> str:
        if any(not re.fullmatch(r"\s*[a-z_]+\s*:\s*[1-9]\d{0,2}\s*", part) for part in words.split(",") if words):
            raise ValueError("give duties with minutes, such as administrator:15,front_door:20")
        return words

    @field_validator("email_url")
    @classmethod
    def a_mail_server(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in ("smtp", "smtps") or not parts.hostname):
            raise ValueError("give an address such as smtps://user:password@mail.example:465")
        return url

    @field_validator("public_url")
    @classmethod
    def where_partners_come(cls, url: str) -> str:
        if url and not url.startswith(("https://", "http://")):
            raise ValueError("give an address such as https://goldthread.example")
        return url.rstrip("/")

    @field_validator("oidc_issuer")
    @classmethod
    def a_provider(cls, url: str) -> str:
        if url and not url.startswith(("https://", "http://localhost")):
            raise ValueError("give an address such as https://login.example/realm")
        return url.rstrip("/")

    @model_validator(mode="after")
    def a_client_of_the_provider(self) -> Self:
        if self.oidc_issuer and not (self.oidc_client_id and self.oidc_client_secret):
            raise ValueError(
                "GOLDTHREAD_OIDC_ISSUER is set: give GOLDTHREAD_OIDC_CLIENT_ID and GOLDTHREAD_OIDC_CLIENT_SECRET too, or leave it empty"
            )
        return self

    @field_validator("saml_sign_on_url")
    @classmethod
    def a_sign_on_page(cls, url: str) -> str:
        if url and not url.startswith(("https://", "http://localhost")):
            raise ValueError("give an address such as https://login.example/saml")
        return url

    @field_validator("saml_certificates")
    @classmethod
    def a_file_of_certificates(cls, file: str) -> str:
        if file:
            certificates(file)
        return file

    @model_validator(mode="after")
    def a_service_of_the_provider(self) -> Self:
        if self.saml_entity_id and self.oidc_issuer:
            raise ValueError("GOLDTHREAD_SAML_ENTITY_ID and GOLDTHREAD_OIDC_ISSUER are both set: there is one provider, give one of them")
        parts = (self.saml_entity_id, self.saml_sign_on_url, self.saml_certificates)
        if any(parts) and not all(parts):
            raise ValueError(
                "GOLDTHREAD_SAML_ENTITY_ID, GOLDTHREAD_SAML_SIGN_ON_URL and GOLDTHREAD_SAML_CERTIFICATES belong together: give all three, or none"
            )
        return self

    @model_validator(mode="after")
    def not_only_the_owner(self) -> Self:
        if self.database_owner_url and not self.database_url:
            raise ValueError("DATABASE_OWNER_URL is set and DATABASE_URL is not: give both, or neither for the embedded PostgreSQL")
        return self

    @property
    def provider_name(self) -> str:
        """Of whichever provider is set; empty where none is."""
        return self.saml_name if self.saml_entity_id else self.oidc_name if self.oidc_issuer else ""

    @property
    def provider_claim(self) -> str:
        return self.saml_claim if self.saml_entity_id else self.oidc_claim

    @property
    def provider_second_steps(self) -> set[str]:
        """What the provider calls a second step that counts here; nothing where ours is always asked for."""
        words = self.saml_second_step if self.saml_entity_id else self.oidc_second_step
        return {word.strip() for word in words.split(",") if word.strip()}

    def idle_minutes_of(self, duties: Collection[str]) -> int:
        """The fewest minutes that any of these duties has; those of everybody where none has its own."""
        pairs = (part.split(":") for part in self.idle_minutes_by_duty.split(",") if part.strip())
        return min((int(minutes) for duty, minutes in pairs if duty.strip() in duties), default=self.idle_minutes)

    def table(self) -> list[tuple[str, str, str]]:
        """Name in the environment, value now (secrets hidden), meaning."""
        rows = []
        for field, about in type(self).model_fields.items():
            value = getattr(self, field)
            shown = ("(set)" if value else "(empty)") if field in SECRET else str(value)
            rows.append((name_of(field), shown, about.description or ""))
        return rows


def name_of(field: str) -> str:
    about = Settings.model_fields[field]
    return str(about.validation_alias) if about.validation_alias else PREFIX + field.upper()


def wrong(error: dict[str, Any]) -> str:
    """One sentence for the first thing pydantic refused."""
    reason = PLAINER.get(error["type"], error["msg"].removeprefix("Value error, "))
    if not error["loc"]:
        return f"{reason}."
    place = str(error["loc"][0])
    field = next((field for field in Settings.model_fields if place in (field, name_of(field))), place)
    shown = "" if field in SECRET else f" (“{error['input']}”)"
    return f"{name_of(field)}{shown} is not a value the product understands: {reason}."


def load() -> Settings:
    """The settings of this process; a wrong or unknown one ends it with one sentence."""
    known = {name_of(field) for field in Settings.model_fields}
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            raise SystemExit(f"{name} is not a setting of the product: “goldthread settings” lists those there are.")
    try:
        return Settings()
    except ValidationError as refused:
        raise SystemExit(wrong(dict(refused.errors()[0]))) from None


settings = load()
