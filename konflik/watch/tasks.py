"""What Celery may start. Messages carry nothing: the database knows what is due."""

from celery import shared_task
from django.utils import timezone

from konflik.watch import services


@shared_task(name="konflik.sweep")
def sweep() -> None:
    """Each minute: the complete sweep."""
    services.sweep(now=timezone.now())


@shared_task(name="konflik.deliver")
def deliver() -> None:
    """When somebody has written what is to be sent now."""
    services.deliver_now(now=timezone.now())


@shared_task(name="konflik.reconcile")
def reconcile() -> None:
    """Each hour: does every deadline have its rows in a lawful state?"""
    services.reconcile_all(now=timezone.now())
