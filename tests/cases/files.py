"""Files for tests: sound ones of every allowed type, and what hostile or careless people send."""

import io
import zipfile
import zlib

from PIL import Image

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
GPS = "SIMILIKITI-GPS"


def picture(form: str = "JPEG", *, size: tuple[int, int] = (8, 6), exif: Image.Exif | None = None, **more: object) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    image = Image.new("RGB", size, (120, 80, 40))
    image.save(out, form, **({"exif": exif} if exif is not None else {}), **more)
    return out.getvalue()


def picture_from_a_phone(form: str = "JPEG") -> bytes:
    """With the place, the device and a direction, as a camera writes them."""
    exif = Image.Exif()
    exif[0x010F] = GPS
    exif[0x0112] = 6
    places = exif.get_ifd(0x8825)
    places[1], places[2], places[3], places[4] = "S", (1.0, 45.0, 12.0), "E", (103.0, 10.0, 1.0)
    return picture(form, size=(8, 6), exif=exif)


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these parts under their own names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


TYPES = "[Content_Types].xml"
DOCX = {TYPES: '<Types><Override ContentType="wordprocessingml.document.main+xml"/></Types>', "word/document.xml": "<w:document/>"}
XLSX = {TYPES: "<Types/>", "xl/workbook.xml": "<workbook/>"}
ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>"}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"

SOUND: dict[str, tuple[bytes, str]] = {
    "surat.pdf": (PDF, "application/pdf"),
    "FOTO.JPG": (picture(), "image/jpeg"),
    "foto.jpeg": (picture(), "image/jpeg"),
    "peta.png": (picture("PNG"), "image/png"),
    "peta.webp": (picture("WEBP"), "image/webp"),
    "risalah.docx": (packed(DOCX), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "data.xlsx": (packed(XLSX), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "risalah.odt": (packed(ODT), "application/vnd.oasis.opendocument.text"),
    "rekaman.mp3": (b"ID3\x04\x00" + bytes(64), "audio/mpeg"),
    "rekaman.ogg": (b"OggS" + bytes(64), "audio/ogg"),
    "rekaman.mp4": (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(64), "video/mp4"),
}

EXE = b"MZ\x90\x00" + bytes(128)
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that say they unfold to so many pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    return PNG_SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00" * 64)) + chunk(b"IEND", b"")


def corrupted(parts: dict[str, str | bytes], name: str) -> bytes:
    """A zip in which the packed bytes of one part are spoilt."""
    data = bytearray(packed(parts))
    at = data.index(name.encode()) + len(name)
    data[at : at + 6] = b"\xff" * 6
    return bytes(data)


WRONG: dict[str, tuple[str, bytes]] = {
    "program renamed": ("surat.pdf", EXE),
    "program under its name": ("setup.exe", EXE),
    "program as a picture": ("foto.jpg", EXE),
    "page": ("halaman.html", HTML),
    "page as a picture": ("foto.png", HTML),
    "drawing with a script": ("denah.svg", SVG),
    "drawing as a picture": ("denah.png", SVG),
    "text": ("catatan.txt", b"hanya teks"),
    "no ending": ("surat", PDF),
    "two endings, the last is bad": ("surat.pdf.exe", PDF),
    "hidden turn of the writing": ("surat\u202efdp.exe", PDF),
    "picture under another type": ("foto.png", picture("JPEG")),
    "letter as a table": ("surat.xlsx", packed(DOCX)),
    "plain archive": ("berkas.zip", packed({"a.txt": "a"})),
    "plain archive as a letter": ("surat.docx", packed({"a.txt": "a"})),
    "archive that calls itself a letter of the world": ("surat.pdf", packed({"mimetype": "application/pdf", "a.txt": "a"})),
    "archive that calls itself a picture": ("foto.jpg", packed({"mimetype": "image/jpeg"})),
    "letter with macros": ("surat.docx", packed({**DOCX, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})),
    "letter with macros under its name": ("surat.docm", packed({**DOCX, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})),
    "letter with hidden macros": (
        "surat.docx",
        packed({**DOCX, TYPES: '<Override ContentType="application/vnd.ms-office.vbaProject"/>', "word/x.bin": b"x"}),
    ),
    "letter that says it has macros": (
        "surat.docx",
        packed({**DOCX, TYPES: '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'}),
    ),
    "table with macros": ("data.xlsx", packed({**XLSX, "xl/VBAProject.bin": b"x"})),
    "open letter with macros": ("surat.odt", packed({**ODT, "Basic/Standard/Module1.xml": "<x/>"})),
    "bomb": ("surat.docx", packed({**DOCX, "word/media/0.xml": b"\x00" * 4_000_000})),
    "letter with a spoilt part": ("surat.odt", corrupted(ODT, "mimetype")),
    "archive cut off": ("surat.docx", packed(DOCX)[:60]),
    "archive with a spoilt index": ("surat.docx", packed(DOCX)[:-22] + bytes(22)),
    "only the head of an archive": ("surat.docx", b"PK\x03\x04"),
}
UNREADABLE: dict[str, tuple[str, bytes]] = {
    "half a picture": ("foto.jpg", picture(size=(600, 400))[:300]),
    "picture of noise": ("foto.jpg", b"\xff\xd8\xff\xe0" + b"\x13" * 400),
    "half a png": ("peta.png", picture("PNG", size=(300, 300))[:60]),
    "png that claims too much": ("peta.png", png_that_claims(60_000, 60_000)),
}
