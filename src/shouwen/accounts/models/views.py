"""How somebody likes his lists: views with a name, the columns he chose, the view that opens first."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from shouwen.kit.ids import PublicId

from .people import Organisation, Staff


class SavedView(models.Model):
    """A list as somebody wants to find it again: its filters and order as they stand in the address, its columns.

    With `shared_with` it is also there for everybody of that organisation and below. `removed_at` takes it off the
    lists; until it is forgotten it can be brought back.
    """

    public_id = PublicId()
    owner = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    list_code = models.CharField(max_length=40)
    name = models.CharField(max_length=40)
    filters = models.JSONField(default=dict)
    columns = ArrayField(models.CharField(max_length=40), default=list)
    shared_with = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_saved_view"
        constraints = [
            models.UniqueConstraint(
                F("owner"), F("list_code"), F("name"), name="accounts_saved_view_name", condition=Q(removed_at=None)
            ),
            models.CheckConstraint(name="accounts_saved_view_named", condition=~Q(name="") & ~Q(list_code="")),
        ]
        indexes = [
            models.Index(
                fields=["list_code", "shared_with"], name="accounts_saved_view_shared", condition=Q(removed_at=None)
            ),
        ]


class ListChoice(models.Model):
    """What one member of staff chose for one list: its columns without a view, and the view that opens first."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    list_code = models.CharField(max_length=40)
    columns = ArrayField(models.CharField(max_length=40), default=list)
    first = models.ForeignKey(SavedView, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        db_table = "accounts_list_choice"
        constraints = [models.UniqueConstraint(fields=["staff", "list_code"], name="accounts_list_choice_once")]
