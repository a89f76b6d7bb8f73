"""A migration that is told what a model has gained does what one does that draws all of them anew."""

from django.db import migrations, models
from django.db.migrations.state import ProjectState

from goldthread.ground.boot.migrating import drawing_models_once

FIRST = migrations.CreateModel("Thing", [("id", models.BigAutoField(primary_key=True)), ("number", models.IntegerField())])
SECOND = migrations.CreateModel(
    "Part", [("id", models.BigAutoField(primary_key=True)), ("of", models.ForeignKey("a.Thing", models.CASCADE))]
)
POSITIVE = migrations.AddConstraint("thing", models.CheckConstraint(condition=models.Q(number__gt=0), name="a_positive_number"))
BY_NUMBER = migrations.AddIndex("thing", models.Index(fields=["number"], name="thing_by_number"))


def test_a_model_knows_of_its_constraint_and_its_index_and_is_not_drawn_anew():
    state = ProjectState()
    for operation in (FIRST, SECOND):
        operation.state_forwards("a", state)
    before = state.apps.get_model("a", "Thing")
    with drawing_models_once():
        for operation in (POSITIVE, BY_NUMBER):
            operation.state_forwards("a", state)
    drawn = state.apps.get_model("a", "Thing")
    assert drawn is before
    assert [one.name for one in drawn._meta.constraints] == ["a_positive_number"]
    assert [one.name for one in drawn._meta.indexes] == ["thing_by_number"]
    assert [one.name for one in state.models["a", "thing"].options["constraints"]] == ["a_positive_number"]


def test_outside_django_draws_as_it_always_did():
    with drawing_models_once():
        pass
    state = ProjectState()
    FIRST.state_forwards("a", state)
    before = state.apps.get_model("a", "Thing")
    POSITIVE.state_forwards("a", state)
    assert state.apps.get_model("a", "Thing") is not before
