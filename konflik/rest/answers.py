"""What was answered to a request that carried an Idempotency-Key."""

from datetime import datetime, timedelta

from django.db import models

KEPT_FOR = timedelta(days=30)


class IdempotentAnswer(models.Model):
    """One perbuatan of one caller: reserved first, answered in the transaction of the act itself."""

    principal = models.CharField(max_length=40)
    key_hash = models.CharField(max_length=64)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.BinaryField(default=b"")
    headers = models.JSONField(default=dict)
    reserved_at = models.DateTimeField()

    class Meta:
        verbose_name = "jawaban atas kiriman ulang"
        verbose_name_plural = "jawaban atas kiriman ulang"
        constraints = [models.UniqueConstraint(fields=["principal", "key_hash"], name="idempotent_answer_once")]
        indexes = [models.Index(fields=["reserved_at"], name="idempotent_answer_age")]

    def __str__(self) -> str:
        return f"{self.principal} {self.key_hash[:8]}"


def forget_answers(*, now: datetime) -> int:
    """Delete what is older than KEPT_FOR; how many that were. For the sweep."""
    return IdempotentAnswer.objects.filter(reserved_at__lt=now - KEPT_FOR).delete()[0]
