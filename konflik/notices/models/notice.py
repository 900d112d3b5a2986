"""One notice to one person by one channel: the record that proves it, not a queue."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.access.selectors import area, narrowing_of, scope
from accounts.access.tables import Act
from accounts.users.models import User
from konflik.law.offices import OFFICE_LABELS
from konflik.law.secrecy import SECRECY_LABELS, Secrecy
from konflik.law.telling import GROUP_LABELS, URGENCY_LABELS, Group, Urgency
from konflik.notices.tables import CHANNEL_LABELS, MOST_SENDS, PERSON, SOURCE_LABELS, STATE_LABELS, Channel, Source, State

STILL_ASKING = Q(must_confirm=True, confirmed_at__isnull=True, answer__isnull=True)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User, *, at: datetime) -> Self:
        """Notices to `user`, and those of a kabupaten where a posting lets settle them.

        With a key, of those to its owner the ones of its regions, about what the key lets see.
        """
        own = Q(recipient=user)
        if narrowing_of(user) is not None:
            seen = Q(case__isnull=True) | scope(user, via="case__", at=at)
            own &= area(user, Act.SEE_CASES, via="kabupaten__", at=at) & seen
        return self.filter(own | area(user, Act.SETTLE_NOTICES, via="kabupaten__", at=at))

    def asking(self) -> Self:
        """Those that still ask for an answer: not answered, and not made needless by the answer of another."""
        return self.filter(STILL_ASKING)

    def in_bell_beside(self, notice: "Notice") -> Self:
        """The same notice to the same person in the bell, which alone is read and answered."""
        same = ("source", "source_id", "source_version", "milestone", "recipient_id")
        return self.filter(channel=Channel.BELL.value, **{name: getattr(notice, name) for name in same})

    def in_bell_of(self, user: User) -> Self:
        """What `user` finds in the system itself."""
        return self.filter(recipient=user, channel=Channel.BELL.value, state=State.SENT.value)


class Notice(models.Model):
    """Unique per source, version of its due date, milestone, recipient and channel, so that a moved date reminds anew.

    `milestone` is "H-3", "J-12", "L+1" of a deadline, "kejadian" of a line, "T1:H-3" for the first step of the ladder
    above "H-3", the day of a digest. A bell row is delivered by being written; it alone is confirmed. `sends` counts
    automatic sends that may have gone out, `refusals` those that were refused before the message was taken. `together` is
    how many rows were written for the milestone at once, so that a row taken away is missed. `answers_for` holds the keys of
    the parties whose answer this row is, see `parties`. `answer` is the answered row that made an answer to this one needless,
    see `konflik.notices.services.answering`. `secrecy` is the class of what it is about where there is no case.
    """

    source = models.CharField("asal", max_length=12, choices=[(s.value, v) for s, v in SOURCE_LABELS.items()])
    source_id = models.BigIntegerField("nomor asal")
    source_version = models.PositiveIntegerField("versi tanggal", default=0)
    milestone = models.CharField("saat pengingat", max_length=24)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices", verbose_name="penerima")
    channel = models.CharField("saluran", max_length=12, choices=[(c.value, v) for c, v in CHANNEL_LABELS.items()])
    group = models.CharField("kelompok", max_length=16, choices=[(g.value, v) for g, v in GROUP_LABELS.items()])
    office = models.CharField("sebagai", max_length=32, choices=[(o.value, v) for o, v in OFFICE_LABELS.items()], blank=True)
    together = models.PositiveSmallIntegerField(default=0)
    urgency = models.CharField("sifat", max_length=12, choices=[(u.value, v) for u, v in URGENCY_LABELS.items()])
    kabupaten = models.ForeignKey("accounts.Region", models.PROTECT, null=True, related_name="+", verbose_name="kabupaten/kota")
    secrecy = models.PositiveSmallIntegerField(
        "kelas keamanan", choices=[(k.value, v) for k, v in SECRECY_LABELS.items()], default=Secrecy.BIASA.value
    )
    case = models.ForeignKey("konflik.Case", models.PROTECT, null=True, related_name="notices", verbose_name="perkara")
    deadline = models.ForeignKey("konflik.Deadline", models.PROTECT, null=True, related_name="notices", verbose_name="tenggat")
    line = models.ForeignKey(
        "konflik.JournalLine", models.DO_NOTHING, db_constraint=False, null=True, related_name="notices", verbose_name="kejadian"
    )
    subscription = models.ForeignKey(
        "konflik.Subscription", models.PROTECT, null=True, related_name="notices", verbose_name="langganan kejadian"
    )
    because_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="steps", verbose_name="karena tidak ditanggapi")
    step = models.PositiveSmallIntegerField("tingkat", default=0)
    created_at = models.DateTimeField("dibuat pada")
    send_after = models.DateTimeField("dikirim sesudah")
    state = models.CharField("keadaan", max_length=12, choices=[(s.value, v) for s, v in STATE_LABELS.items()], default=State.PENDING.value)
    lease_by = models.CharField(max_length=36, blank=True)
    lease_until = models.DateTimeField(null=True)
    sends = models.PositiveSmallIntegerField("percobaan yang mungkin sampai", default=0)
    refusals = models.PositiveSmallIntegerField("percobaan yang ditolak", default=0)
    sent_at = models.DateTimeField("terkirim pada", null=True)
    receipt = models.CharField("tanda terima", max_length=120, blank=True)
    fault = models.CharField("gangguan", max_length=120, blank=True)
    content_digest = models.CharField(max_length=64, blank=True)
    seen_at = models.DateTimeField("dibaca pada", null=True)
    must_confirm = models.BooleanField("harus ditanggapi", default=False)
    answers_for = models.TextField("menjawab untuk", blank=True, editable=False)
    confirm_until = models.DateTimeField("ditanggapi paling lambat", null=True)
    confirmed_at = models.DateTimeField("ditanggapi pada", null=True)
    confirmation = models.TextField("tindakan saya", blank=True)
    answer = models.ForeignKey("self", models.PROTECT, null=True, related_name="made_needless", verbose_name="sudah dijawab dengan")
    climbed_at = models.DateTimeField("diteruskan pada", null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="diputuskan oleh")
    settled_at = models.DateTimeField("diputuskan pada", null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "pemberitahuan"
        verbose_name_plural = "pemberitahuan"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id", "source_version", "milestone", "recipient", "channel"], name="notice_once"
            ),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="notice_state_known"),
            models.CheckConstraint(condition=Q(channel__in=[c.value for c in Channel]), name="notice_channel_known"),
            models.CheckConstraint(
                condition=Q(channel=Channel.WEBHOOK.value, subscription__isnull=False)
                | (~Q(channel=Channel.WEBHOOK.value) & Q(subscription__isnull=True)),
                name="notice_webhook_has_subscription",
            ),
            models.CheckConstraint(condition=Q(source__in=[s.value for s in Source]), name="notice_source_known"),
            models.CheckConstraint(condition=Q(group__in=[g.value for g in Group]), name="notice_group_known"),
            models.CheckConstraint(condition=Q(urgency__in=[u.value for u in Urgency]), name="notice_urgency_known"),
            models.CheckConstraint(condition=Q(sends__lte=MOST_SENDS) | Q(settled_at__isnull=False), name="notice_at_most_two_sends"),
            models.CheckConstraint(
                condition=Q(state=State.SENDING.value, lease_until__isnull=False)
                | (~Q(state=State.SENDING.value) & Q(lease_until__isnull=True))
                | Q(state__in=[State.PENDING.value, State.UNCERTAIN.value]),
                name="notice_sending_is_leased",
            ),
            models.CheckConstraint(condition=~Q(state=State.SENT.value) | Q(sent_at__isnull=False), name="notice_sent_says_when"),
            models.CheckConstraint(condition=Q(confirmed_at__isnull=True) | ~Q(confirmation=""), name="notice_confirmed_says_what"),
            models.CheckConstraint(condition=Q(must_confirm=False) | Q(confirm_until__isnull=False), name="notice_confirm_has_limit"),
            models.CheckConstraint(condition=Q(answer__isnull=True) | Q(must_confirm=True), name="notice_answered_was_asked"),
        ]
        indexes = [
            models.Index(
                fields=["send_after", "id"], condition=Q(state__in=[State.PENDING.value, State.UNCERTAIN.value]), name="notice_to_send"
            ),
            # Not by the lease itself: what stands in no index PostgreSQL changes within the page, and every row is leased once.
            models.Index(fields=["id"], condition=Q(state=State.SENDING.value), name="notice_sending"),
            models.Index(
                fields=["confirm_until", "id"],
                condition=Q(must_confirm=True, confirmed_at__isnull=True, climbed_at__isnull=True, answer__isnull=True),
                name="notice_to_climb",
            ),
            models.Index(fields=["recipient", "channel", "-id"], name="notice_inbox"),
            models.Index(fields=["recipient"], condition=Q(channel=Channel.BELL.value, seen_at__isnull=True), name="notice_unread"),
            models.Index(fields=["kabupaten", "state", "-id"], name="notice_outbox"),
            models.Index(fields=["deadline", "source_version"], name="notice_of_deadline"),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.source_id} · {self.milestone}"

    @property
    def asks(self) -> bool:
        """Whether an answer is still owed; see `NoticeQuerySet.asking`."""
        return self.must_confirm and self.confirmed_at is None and self.answer_id is None

    @property
    def parties(self) -> frozenset[str]:
        """The offices and people whose answer this row is: its own, and on a step of the ladder those that are silent below."""
        return frozenset(self.answers_for.split()) or frozenset({f"{PERSON}{self.recipient_id}"})
