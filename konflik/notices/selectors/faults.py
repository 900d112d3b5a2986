"""What hindered a notice, in words that say what to look at."""

import re

UNREACHED = "Server tidak dapat dihubungi. Periksa nama server dan sambungan internet."
CUT = "Sambungan terputus sebelum pesan selesai dikirim."
SEALED = "Sambungan terenkripsi gagal. Periksa port dan sertifikat server."

BY_NAME: dict[str, str] = {
    "TimeoutError": "Server tidak menjawab.",
    "ConnectionRefusedError": UNREACHED,
    "gaierror": UNREACHED,
    "OSError": UNREACHED,
    "SMTPConnectError": UNREACHED,
    "ConnectionResetError": CUT,
    "BrokenPipeError": CUT,
    "SMTPServerDisconnected": CUT,
    "RemoteDisconnected": CUT,
    "SMTPAuthenticationError": "Server surel menolak nama pengguna atau kata sandi.",
    "SMTPNotSupportedError": "Server surel tidak mengenal cara masuk atau enkripsi yang dipakai. Periksa port.",
    "SSLError": SEALED,
    "SSLCertVerificationError": SEALED,
}

BY_PATTERN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"HTTP (401|403)"), "Layanan pesan singkat menolak kunci rahasia."),
    (re.compile(r"HTTP 429"), "Layanan pesan singkat sedang penuh."),
    (re.compile(r"HTTP 4\d\d"), "Layanan pesan singkat tidak menerima nomor atau isinya."),
    (re.compile(r"HTTP \d+"), "Layanan pesan singkat terganggu."),
    (re.compile(r"4\d\d\b.*"), "Server surel menolak untuk sementara."),
    (re.compile(r"5\d\d\b.*"), "Server surel menolak pesan atau alamatnya."),
    (re.compile(r"[A-Za-z]+"), "Gangguan yang belum dikenal."),
)


def fault_words(fault: str) -> str:
    """What a channel noted as a sentence, with the number that the other side gave."""
    code = re.search(r"\b\d{3}\b", fault)
    for pattern, words in BY_PATTERN:
        if pattern.fullmatch(fault):
            found = BY_NAME.get(fault, words)
            return f"{found[:-1]} (kode {code[0]})." if code else found
    # The ledger's own words, which stand in it as part of a sentence; what the machine calls it stands in brackets.
    own = re.sub(r" \([A-Za-z]+\)$", "", fault).removesuffix(".")
    return f"{own[:1].upper()}{own[1:]}."
