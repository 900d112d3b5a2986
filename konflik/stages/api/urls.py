"""The addresses of the work inside the stages."""

from django.urls import path

from konflik.stages.api import activities, agreements, moves

STAGE_PATTERNS = [
    path("cases/<int:pk>/moves/", moves.Moves.as_view(), name="case-moves"),
    path("cases/<int:pk>/activities/", activities.ActivitiesOfCase.as_view(), name="case-activities"),
    path("cases/<int:pk>/agreements/", agreements.Agreements.as_view(), name="case-agreements"),
    path("moves/<int:pk>/", moves.MoveDetail.as_view(), name="move"),
    path("moves/<int:pk>/correct/", moves.CorrectMove.as_view(), name="move-correct"),
    path("moves/<int:pk>/reverse/", moves.ReverseMove.as_view(), name="move-reverse"),
    path("activities/", activities.Activities.as_view(), name="activities"),
    path("activities/<int:pk>/", activities.ActivityDetail.as_view(), name="activity"),
    path("activities/<int:pk>/update/", activities.UpdateActivity.as_view(), name="activity-update"),
    path("activities/<int:pk>/correct/", activities.CorrectActivity.as_view(), name="activity-correct"),
    path("agreements/<int:pk>/", agreements.AgreementDetail.as_view(), name="agreement"),
    path("agreements/<int:pk>/correct/", agreements.CorrectAgreement.as_view(), name="agreement-correct"),
    path("terms/<int:pk>/", agreements.TermDetail.as_view(), name="term"),
    path("terms/<int:pk>/update/", agreements.UpdateTerm.as_view(), name="term-update"),
]
