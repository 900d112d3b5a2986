"""Trying out the mail server, for whoever has just filled it in."""

import smtplib
import ssl

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection

from accounts.access.selectors import mail_server
from accounts.users.models import User

PATIENCE_SECONDS = 10
SUBJECT = "Surel percobaan dari sistem Tim Terpadu"
BODY = "Surel ini dikirim untuk mencoba server surel. Bila Anda membacanya, surel dari sistem ini sampai.\n"

FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (smtplib.SMTPAuthenticationError, "Server menolak nama pengguna atau kata sandi surel. Periksa keduanya."),
    (smtplib.SMTPSenderRefused, "Server menolak alamat pengirim. Pakai alamat yang dikenal server itu."),
    (smtplib.SMTPRecipientsRefused, "Server menolak alamat surel Anda. Periksa alamat pada akun Anda."),
    (smtplib.SMTPNotSupportedError, "Server tidak mengenal cara masuk atau enkripsi yang dipakai. Periksa port."),
    (smtplib.SMTPServerDisconnected, "Server memutus sambungan. Periksa port dan enkripsinya."),
    (smtplib.SMTPException, "Server menolak surel percobaan."),
    (ssl.SSLError, "Sambungan terenkripsi gagal. Periksa port: 465 terenkripsi sejak awal, 587 sesudah salam."),
    (TimeoutError, "Server tidak menjawab dalam 10 detik. Periksa nama server dan port."),
    (OSError, "Server tidak dapat dihubungi. Periksa nama server dan port."),
)
"""What went wrong in words that say what to look at; the first that fits."""


def send_test_mail(*, user: User) -> str:
    """Send `user` a mail through the server of this installation and return the address it went to.

    Raises ValidationError where there is no server or no address, or where the server refused, with what to look at.
    """
    server = mail_server()
    if server is None:
        raise ValidationError("Server surel belum diisi. Isi dan simpan dahulu, lalu coba lagi.")
    if not user.email:
        raise ValidationError("Alamat surel Anda belum dicatat pada akun Anda.")
    message = EmailMessage(SUBJECT, BODY, server.sender, [user.email], connection=get_connection(timeout=PATIENCE_SECONDS))
    try:
        message.send()
    except tuple(kind for kind, _ in FAULTS) as fault:
        raise ValidationError(next(words for kind, words in FAULTS if isinstance(fault, kind))) from fault
    return user.email
