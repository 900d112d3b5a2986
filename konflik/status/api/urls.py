"""The addresses of a Status Keadaan Konflik."""

from django.urls import path

from konflik.status.api import basis, money, reading, running, tni

STATUS_PATTERNS = [
    path("cases/<int:pk>/status-criteria/", basis.Criteria.as_view(), name="case-status-criteria"),
    path("cases/<int:pk>/consultations/", basis.Consultations.as_view(), name="case-consultations"),
    path("cases/<int:pk>/status-decrees/", basis.StatusesOfCase.as_view(), name="case-status-decrees"),
    path("status-criteria/<int:pk>/", basis.CriterionDetail.as_view(), name="status-criterion"),
    path("consultations/<int:pk>/", basis.ConsultationDetail.as_view(), name="consultation"),
    path("status-decrees/", reading.StatusList.as_view(), name="status-decrees"),
    path("status-decrees/<int:pk>/", reading.StatusDetail.as_view(), name="status-decree"),
    path("status-decrees/<int:pk>/correct/", running.CorrectStatus.as_view(), name="status-correct"),
    path("status-decrees/<int:pk>/extend/", running.ExtendStatus.as_view(), name="status-extend"),
    path("status-decrees/<int:pk>/revoke/", running.RevokeStatus.as_view(), name="status-revoke"),
    path("status-decrees/<int:pk>/measures/", running.OrderMeasure.as_view(), name="status-measures"),
    path("status-decrees/<int:pk>/reports/", running.ReportProgress.as_view(), name="status-reports"),
    path("status-decrees/<int:pk>/access-grants/", running.GrantForStatus.as_view(), name="status-access-grants"),
    path("status-decrees/<int:pk>/tni-oral/", tni.AskOrally.as_view(), name="status-tni-oral"),
    path("status-decrees/<int:pk>/tni-letter/", tni.AskInWriting.as_view(), name="status-tni-letter"),
    path("status-decrees/<int:pk>/tni-end/", tni.TellEnd.as_view(), name="status-tni-end"),
    path("status-decrees/<int:pk>/btt-uses/", money.DecideBtt.as_view(), name="status-btt-uses"),
    path("status-measures/<int:pk>/", running.MeasureDetail.as_view(), name="status-measure"),
    path("status-measures/<int:pk>/end/", running.EndMeasure.as_view(), name="status-measure-end"),
    path("tni-requests/<int:pk>/", tni.TniDetail.as_view(), name="tni-request"),
    path("tni-requests/<int:pk>/letter/", tni.FollowInWriting.as_view(), name="tni-request-letter"),
    path("tni-requests/<int:pk>/approve/", tni.Approve.as_view(), name="tni-request-approve"),
    path("tni-requests/<int:pk>/decline/", tni.Decline.as_view(), name="tni-request-decline"),
    path("tni-requests/<int:pk>/order/", tni.Order.as_view(), name="tni-request-order"),
    path("btt-uses/<int:pk>/", money.BttDetail.as_view(), name="btt-use"),
    path("btt-uses/<int:pk>/plan/", money.SubmitPlan.as_view(), name="btt-use-plan"),
    path("btt-uses/<int:pk>/pay/", money.Pay.as_view(), name="btt-use-pay"),
    path("btt-uses/<int:pk>/dprd/", money.TellDprd.as_view(), name="btt-use-dprd"),
    path("btt-uses/<int:pk>/account/", money.Account.as_view(), name="btt-use-account"),
]
