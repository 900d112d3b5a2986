"""The one door to write people, institutions, postings, bodies and seats: rule of the region, pure write, journal line."""

from konflik.registry.services.first_code import forget_setup_code, is_setup_code, setup_code
from konflik.registry.services.forums import amend_body, amend_seat, end_seat, record_body, record_seat
from konflik.registry.services.gateways import GatewayFacts, amend_gateway, record_gateway, send_test_message
from konflik.registry.services.hooks import SubscriptionFacts, end_subscription, subscribe
from konflik.registry.services.installation import amend_installation, begin_installation, set_up_installation
from konflik.registry.services.keys import make_key, revoke_key
from konflik.registry.services.mail import send_test_mail
from konflik.registry.services.people import (
    amend_institution,
    amend_user,
    end_posting,
    invite_user,
    issue_login_link,
    record_institution,
    record_posting,
    release_second_factor,
)

__all__ = [
    "GatewayFacts",
    "SubscriptionFacts",
    "amend_body",
    "amend_gateway",
    "amend_installation",
    "amend_institution",
    "amend_seat",
    "amend_user",
    "begin_installation",
    "end_posting",
    "end_seat",
    "end_subscription",
    "forget_setup_code",
    "invite_user",
    "is_setup_code",
    "issue_login_link",
    "make_key",
    "record_body",
    "record_gateway",
    "record_institution",
    "record_posting",
    "record_seat",
    "release_second_factor",
    "revoke_key",
    "send_test_mail",
    "send_test_message",
    "set_up_installation",
    "setup_code",
    "subscribe",
]
