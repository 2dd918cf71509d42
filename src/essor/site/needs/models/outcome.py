"""What came of a need, as each side tells it."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from essor.site.members.models.claim import REASON_LENGTH
from essor.site.members.models.member import Member
from essor.site.needs.models.exchange import Exchange
from essor.site.needs.models.posting import Posting
from essor.site.needs.words import Amount, Hindrance, Result

LEAST, MOST = 1, 5


class Outcome(models.Model):
    """One row what a side says: the buyer of her need, or an organisation of its exchange."""

    posting = models.ForeignKey(Posting, models.CASCADE, related_name="outcomes")
    exchange = models.OneToOneField(Exchange, models.CASCADE, null=True, related_name="outcome")
    """None: the buyer says it."""
    result = models.CharField(max_length=16, choices=Result.choices)
    amount = models.CharField(max_length=16, choices=Amount.choices, blank=True)
    hindrance = models.CharField(max_length=16, choices=Hindrance.choices, blank=True)
    satisfaction = models.PositiveSmallIntegerField(
        null=True, validators=[MinValueValidator(LEAST), MaxValueValidator(MOST)]
    )
    """From 1 to 5, of Essor and not of the other side; None: not said."""
    comment = models.TextField(max_length=REASON_LENGTH, blank=True)
    said_at = models.DateTimeField(auto_now=True)
    said_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["posting"],
                condition=models.Q(exchange=None),
                name="one_outcome_of_the_buyer",
            ),
            models.CheckConstraint(
                condition=~models.Q(result=Result.NOTHING.value, hindrance=""),
                name="nothing_concluded_has_a_reason",
            ),
        ]
