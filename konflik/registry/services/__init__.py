"""The one door to write people, institutions, postings, bodies and seats: rule of the region, pure write, journal line."""

from konflik.registry.services.first_code import forget_setup_code, is_setup_code, setup_code
from konflik.registry.services.forums import amend_body, amend_seat, end_seat, record_body, record_seat
from konflik.registry.services.installation import amend_installation, begin_installation, set_up_installation
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
    "amend_body",
    "amend_installation",
    "amend_institution",
    "amend_seat",
    "amend_user",
    "begin_installation",
    "end_posting",
    "end_seat",
    "forget_setup_code",
    "invite_user",
    "is_setup_code",
    "issue_login_link",
    "record_body",
    "record_institution",
    "record_posting",
    "record_seat",
    "release_second_factor",
    "set_up_installation",
    "setup_code",
]
