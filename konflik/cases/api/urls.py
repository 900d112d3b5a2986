"""The addresses of cases and of what hangs on them."""

from django.urls import path

from konflik.cases.api import access, changing, documents, events, facts, opening

CASE_PATTERNS = [
    path("cases/", opening.Cases.as_view(), name="cases"),
    path("cases/bulk/", opening.OpenCases.as_view(), name="cases-bulk"),
    path("cases/<int:pk>/", changing.OneCase.as_view(), name="case"),
    path("cases/<int:pk>/opening/", changing.CorrectOpening.as_view(), name="case-opening"),
    path("cases/<int:pk>/places/", changing.SetPlaces.as_view(), name="case-places"),
    path("cases/<int:pk>/severity/", changing.SetSeverity.as_view(), name="case-severity"),
    path("cases/<int:pk>/qualification/", changing.QualifyCase.as_view(), name="case-qualification"),
    path("cases/<int:pk>/secrecy/", changing.ClassifyCase.as_view(), name="case-secrecy"),
    path("cases/<int:pk>/handler/", changing.AssignHandler.as_view(), name="case-handler"),
    path("cases/<int:pk>/parties/", facts.Parties.as_view(), name="case-parties"),
    path("cases/<int:pk>/figures/", facts.Figures.as_view(), name="case-figures"),
    path("cases/<int:pk>/notes/", facts.AddNote.as_view(), name="case-notes"),
    path("cases/<int:pk>/attachments/", documents.Attachments.as_view(), name="case-attachments"),
    path("cases/<int:pk>/access-grants/", access.Grants.as_view(), name="case-access-grants"),
    path("cases/<int:pk>/links/", access.Links.as_view(), name="case-links"),
    path("cases/<int:pk>/events/", events.Events.as_view(), name="case-events"),
    path("parties/<int:pk>/", facts.OneParty.as_view(), name="party"),
    path("figures/<int:pk>/", facts.FigureDetail.as_view(), name="figure"),
    path("figures/<int:pk>/correct/", facts.CorrectFigure.as_view(), name="figure-correct"),
    path("figures/<int:pk>/declare/", facts.DeclareFigure.as_view(), name="figure-declare"),
    path("attachments/<int:pk>/", documents.AttachmentDetail.as_view(), name="attachment"),
    path("attachments/<int:pk>/file/", documents.Download.as_view(), name="attachment-file"),
    path("access-grants/<int:pk>/", access.GrantDetail.as_view(), name="access-grant"),
    path("access-grants/<int:pk>/revoke/", access.RevokeGrant.as_view(), name="access-grant-revoke"),
]
