"""Every setting of the product, typed; `goldthread settings` prints them with their meaning."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from the environment; names are the fields' names in capitals with GOLDTHREAD_ before them."""

    model_config = SettingsConfigDict(env_prefix="GOLDTHREAD_", extra="ignore")

    database_url: str = Field("", validation_alias="DATABASE_URL", description="Where the product reads and writes, as the role `app`. Empty: the embedded PostgreSQL.")
    database_owner_url: str = Field("", validation_alias="DATABASE_OWNER_URL", description="The same database as the role that owns the tables, used by `goldthread migrate`.")
    data_dir: Path = Field(Path("var"), description="Folder for the embedded database, files and keys.")
    secret_key: str = Field("", description="Signs sessions. Empty: made once and kept in the data folder.")
    debug: bool = Field(False, description="Show tracebacks in the browser. Never with real children.")
    allowed_hosts: str = Field("127.0.0.1,localhost", description="Host names the product answers to, separated by commas.")


settings = Settings()
