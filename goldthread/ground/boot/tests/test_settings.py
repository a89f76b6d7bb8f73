import pytest

from goldthread.ground.boot.settings import Settings, load


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("GOLDTHREAD_PORT", "eighty", "GOLDTHREAD_PORT (“eighty”) is not a value the product understands: give a whole number."),
        ("GOLDTHREAD_PORT", "70000", "GOLDTHREAD_PORT (“70000”) is not a value the product understands: the number is too large."),
        ("GOLDTHREAD_DEBUG", "perhaps", "GOLDTHREAD_DEBUG (“perhaps”) is not a value the product understands: say true or false."),
        ("GOLDTHREAD_PROT", "80", "GOLDTHREAD_PROT is not a setting of the product: “goldthread settings” lists those there are."),
        (
            "GOLDTHREAD_IDLE_MINUTES_BY_DUTY",
            "administrator",
            "GOLDTHREAD_IDLE_MINUTES_BY_DUTY (“administrator”) is not a value the product understands: give duties with minutes, such as administrator:15,front_door:20.",
        ),
        (
            "GOLDTHREAD_FIELD_KEYS",
            "too-short",
            "GOLDTHREAD_FIELD_KEYS is not a value the product understands: “goldthread rotate-keys --new” makes one; give each whole, the newest first, with commas between.",
        ),
        (
            "DATABASE_OWNER_URL",
            "postgresql://owner@here/x",
            "DATABASE_OWNER_URL is set and DATABASE_URL is not: give both, or neither for the embedded PostgreSQL.",
        ),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_sentence(monkeypatch, name, value, sentence):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as stopped:
        load()
    assert str(stopped.value) == sentence


def test_a_wrong_address_is_refused_without_repeating_its_pass_phrase(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://app:hunter2@here/x")
    with pytest.raises(SystemExit) as stopped:
        load()
    assert "hunter2" not in str(stopped.value) and str(stopped.value).startswith("DATABASE_URL is not a value")


def test_every_setting_has_a_meaning_and_no_secret_is_shown():
    rows = Settings(secret_key="do not show").table()  # type: ignore[call-arg]
    assert all(meaning for _, _, meaning in rows)
    assert "do not show" not in str(rows)


def test_the_fewest_minutes_of_the_duties_somebody_holds_count():
    kept = Settings(idle_minutes=30, idle_minutes_by_duty="administrator:15, front_door:20")  # type: ignore[call-arg]
    assert [kept.idle_minutes_of(duties) for duties in ([], ["front_door"], ["front_door", "administrator"], ["data_officer"])] == [
        30,
        20,
        15,
        30,
    ]
