"""Calls, the legs they consist of, what their media server is told to do, and the phones of staff."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Call(models.Model):
    """One call of a customer, or to him when it is `outbound`: where it stands, who talks with him.

    `asterisk` is the media server that holds it for its whole life, `network_id` the network's name of it (SIP
    Call-ID). `calling` is the customer's number and `dialled` the code of ours, whoever calls whom. `callback` is the
    call we owed and make with it; `about` (with `about_id`) what else it is made for: a ticket.
    """

    class Step(models.TextChoices):
        NOTICE = "notice"
        DIALLING = "dialling"
        WAITING = "waiting"
        TALKING = "talking"
        OVER = "over"

    class Outcome(models.TextChoices):
        ANSWERED = "answered"
        ABANDONED = "abandoned"
        TURNED_AWAY = "turned_away"
        CUT = "cut"
        CALLBACK = "callback"
        BUSY = "busy"
        NO_ANSWER = "no_answer"
        REFUSED = "refused"
        WRONG_NUMBER = "wrong_number"
        UNREACHABLE = "unreachable"
        CANCELLED = "cancelled"
        NOT_TAKEN = "not_taken"

    interaction = models.OneToOneField(
        "interactions.Interaction", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    asterisk = models.CharField(max_length=30)
    network_id = models.CharField(max_length=200, blank=True, default="", db_default="")
    dialled = models.CharField(max_length=20)
    calling = models.CharField(max_length=40, blank=True)
    outbound = models.BooleanField(default=False, db_default=False)
    callback = models.ForeignKey("routing.Callback", on_delete=models.PROTECT, null=True, related_name="+")
    about = models.CharField(max_length=20, blank=True, default="", db_default="")
    about_id = models.BigIntegerField(null=True)
    step = models.CharField(max_length=10, choices=Step, default=Step.NOTICE)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    """Since when the one who talks has the caller listen to music."""
    reconnect_by = models.DateTimeField(null=True)
    """The line of the one who talks was lost: until when it may come back before somebody else takes over."""

    tell_at = models.DateTimeField(null=True)
    """When somebody who waits is told his place next."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="telephony_call_step",
                condition=Q(step__in=["notice", "dialling", "waiting", "talking", "over"])
                & (Q(outbound=False) & ~Q(step="dialling") | Q(outbound=True) & ~Q(step="notice")),
            ),
            models.CheckConstraint(
                name="telephony_call_about",
                condition=Q(about="", about_id=None) | ~Q(about="") & Q(outbound=True, about_id__isnull=False),
            ),
            models.CheckConstraint(
                name="telephony_call_outcome",
                condition=~Q(step="over") & Q(outcome="")
                | Q(
                    step="over",
                    outcome__in=[
                        *("answered", "abandoned", "turned_away", "cut", "callback"),
                        *("busy", "no_answer", "refused", "wrong_number", "unreachable", "cancelled", "not_taken"),
                    ],
                ),
            ),
            models.CheckConstraint(
                name="telephony_call_answered",
                condition=Q(staff=None) & ~Q(step="talking")
                | Q(staff__isnull=False, answered_at__isnull=False)
                | Q(outbound=True, staff__isnull=False) & ~Q(step="talking"),
            ),
            models.CheckConstraint(
                name="telephony_call_laid_aside",
                condition=Q(step="talking") | Q(held_at=None, reconnect_by=None),
            ),
            models.CheckConstraint(name="telephony_call_told", condition=Q(step="waiting") | Q(tell_at=None)),
        ]
        indexes = [
            models.Index(fields=["asterisk"], name="telephony_call_running", condition=~Q(step="over")),
            models.Index(fields=["network_id"], name="telephony_call_named", condition=~Q(network_id="")),
            models.Index(fields=["reconnect_by"], name="telephony_call_lost", condition=Q(reconnect_by__isnull=False)),
            models.Index(fields=["calling"], name="telephony_call_to_number", condition=Q(outbound=True)),
            models.Index(fields=["tell_at"], name="telephony_call_to_tell", condition=Q(tell_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"call {self.pk}"


class Leg(models.Model):
    """One line of a call between the media server and a person. `channel` is its name there."""

    class Side(models.TextChoices):
        CUSTOMER = "customer"
        AGENT = "agent"
        CONSULTED = "consulted"

    channel = models.CharField(max_length=64, unique=True)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="legs", db_index=False)
    side = models.CharField(max_length=10, choices=Side)
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    work_item_id = models.BigIntegerField(null=True)
    begun_at = models.DateTimeField()
    rang_at = models.DateTimeField(null=True)
    up_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    cause = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "side"], name="telephony_leg_one_a_side", condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="telephony_leg_side",
                condition=Q(side="customer", staff=None) | Q(side__in=["agent", "consulted"], staff__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["call", "id"], name="telephony_leg_of_call"),
            models.Index(fields=["begun_at"], name="telephony_leg_port", condition=Q(side="customer")),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.channel}"


class Consult(models.Model):
    """A question to a colleague in the middle of a call: who asks, which queue, who took it, what became of it."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="consults", db_index=False)
    asked_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+", db_index=False)
    queue_code = models.CharField(max_length=40)
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    begun_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call"], name="telephony_consult_one", condition=Q(ended_at=None)),
            models.CheckConstraint(
                name="telephony_consult_answered",
                condition=Q(staff=None, answered_at=None) | Q(staff__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="telephony_consult_ended",
                condition=Q(ended_at=None, outcome="") | Q(ended_at__isnull=False) & ~Q(outcome=""),
            ),
        ]
        indexes = [models.Index(fields=["call", "id"], name="telephony_consult_of_call")]

    def __str__(self) -> str:
        return f"consult {self.pk} in {self.call_id}"


class Instruction(models.Model):
    """Something a media server shall do for a call, in the order given; done again it changes nothing.

    `failed` says why it could not be done; what follows from that is decided by what happens to the call.
    """

    class Verb(models.TextChoices):
        GREET = "greet"
        TURN_AWAY = "turn_away"
        HOLD = "hold"
        TELL = "tell"
        FAREWELL = "farewell"
        RING = "ring"
        DIAL = "dial"
        CONNECT = "connect"
        JOIN = "join"
        HANG_UP = "hang_up"
        PAUSE = "pause"
        UNPAUSE = "unpause"

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="instructions", db_index=False)
    asterisk = models.CharField(max_length=30)
    verb = models.CharField(max_length=10, choices=Verb)
    arguments = models.JSONField()
    given_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    """When a customer was about to be called with it: who finds it so does not call him again."""
    done_at = models.DateTimeField(null=True)
    failed = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["call", "id"], name="telephony_instruction_of"),
            models.Index(fields=["asterisk", "id"], name="telephony_instruction_due", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.call_id}"


class Phone(models.Model):
    """What rings for a member of staff: the phone in his browser, one that registers, or one at a fixed address.

    `owner` is whose it is; one without an owner stands at a seat, and who sits down there takes it. `holder` is whom
    calls reach by it now: nobody holds two. `seat` says where it stands; `registered` whether the media server can
    reach it, and `registered_at` since when that is so.
    """

    class Kind(models.TextChoices):
        DESK = "desk"
        BROWSER = "browser"

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DESK)
    address = models.CharField(max_length=80, blank=True)
    seat = models.CharField(max_length=40, blank=True, default="", db_default="")
    registered = models.BooleanField(default=False, db_default=False)
    registered_at = models.DateTimeField(null=True)
    secret = models.CharField(max_length=64)
    secret_at = models.DateTimeField()
    owner = models.ForeignKey("accounts.Staff", on_delete=models.CASCADE, null=True, related_name="+")
    holder = models.OneToOneField("accounts.Staff", on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind"], name="telephony_phone_one_of_a_kind"),
            models.CheckConstraint(name="telephony_phone_number", condition=Q(number__regex=r"^[0-9]{2,20}$")),
            models.CheckConstraint(name="telephony_phone_secret", condition=~Q(secret="")),
            models.CheckConstraint(
                name="telephony_phone_kind",
                condition=Q(kind="desk") | Q(kind="browser", owner__isnull=False, address=""),
            ),
            models.CheckConstraint(
                name="telephony_phone_held_by_owner",
                condition=Q(owner=None) | Q(holder=None) | Q(holder=F("owner")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Recording(models.Model):
    """The sound of a whole call, sealed in the store of files; `digest` is of what was recorded."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, primary_key=True, related_name="recording")
    file = models.OneToOneField("kit.StoredFile", on_delete=models.SET_NULL, null=True, related_name="+")
    seconds = models.FloatField()
    digest = models.CharField(max_length=64)
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"recording {self.pk}"


class RecordingPause(models.Model):
    """A stretch of a call that is not recorded, while the caller says the number of a card; it ends by itself.

    It was asked for at `begun_at`; the recording stands still from when `instruction` was carried out until
    `resumption` was.
    """

    class EndedBy(models.TextChoices):
        AGENT = "agent"
        LIMIT = "limit"
        MOVED = "moved"
        CALL = "call"
        FAILED = "failed"

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="pauses", db_index=False)
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+", db_index=False)
    instruction = models.OneToOneField(Instruction, on_delete=models.PROTECT, null=True, related_name="+")
    resumption = models.OneToOneField(Instruction, on_delete=models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=6, choices=EndedBy, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call"], name="telephony_pause_one", condition=Q(ended_at=None)),
            models.CheckConstraint(
                name="telephony_pause_ended",
                condition=Q(ended_at=None, ended_by="")
                | Q(ended_at__isnull=False, ended_by__in=["agent", "limit", "moved", "call", "failed"]),
            ),
            models.CheckConstraint(name="telephony_pause_limited", condition=Q(until__gt=F("begun_at"))),
        ]
        indexes = [
            models.Index(fields=["call", "id"], name="telephony_pause_of_call"),
            models.Index(fields=["until"], name="telephony_pause_due", condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return f"pause in {self.call_id}"


class MediaServer(models.Model):
    """One Asterisk as its gateway last told of it: how many calls it may take at once."""

    name = models.CharField(max_length=30, primary_key=True)
    ports = models.PositiveIntegerField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Trunk(models.Model):
    """A switch of the operator's at a media server: whether it answers, and since when."""

    server = models.ForeignKey(MediaServer, on_delete=models.CASCADE, related_name="trunks", db_index=False)
    address = models.CharField(max_length=60)
    up = models.BooleanField()
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["server", "address"], name="telephony_trunk_one")]

    def __str__(self) -> str:
        return f"{self.server_id} {self.address}"


class RefusedCall(models.Model):
    """A call that was not taken: it never became a contact, and is in no figure but the system's.

    It found no port free, or nobody led its media server. `network_id` is its name in the network: another media server
    may have refused it too, or have taken it.
    """

    class Why(models.TextChoices):
        FULL = "full"
        UNLED = "unled"

    channel = models.CharField(max_length=64, unique=True)
    asterisk = models.CharField(max_length=30)
    network_id = models.CharField(max_length=200, blank=True, default="", db_default="")
    dialled = models.CharField(max_length=20)
    why = models.CharField(max_length=5, choices=Why, default=Why.FULL, db_default="full")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network_id"], name="telephony_refused_once", condition=~Q(network_id="")),
            models.CheckConstraint(name="telephony_refused_why", condition=Q(why__in=["full", "unled"])),
        ]
        indexes = [models.Index(fields=["at", "id"], name="telephony_refused_at")]

    def __str__(self) -> str:
        return f"refused {self.channel}"
