"""Messages that the tests send."""

from __future__ import annotations

import base64

SUBJECT = "てすと"
BODY = "ぽーと30を使ったイカサマメイル"


def japanese(marker: str = "", recipient: str = "noizumi@peer.example") -> bytes:
    """A message as Winbiff wrote it in 1997: subject and body in ISO-2022-JP, CRLF, 7 bits."""
    subject = base64.b64encode(SUBJECT.encode("iso2022_jp")).decode()
    text = (f"To: {recipient}\r\nSubject: =?ISO-2022-JP?B?{subject}?=\r\nFrom: winbiff@peer.example\r\n"
            f"X-Marker: {marker}\r\nMessage-Id: <{marker or 'none'}@peer.example>\r\n"
            "Date: Thu, 18 Dec 1997 13:40:48 +0900\r\nMime-Version: 1.0\r\n"
            f"Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n{BODY}\r\n\r\n.dot at the start\r\n--\r\n")
    return text.encode("iso2022_jp")


def body_in_wire_form() -> bytes:
    return BODY.encode("iso2022_jp")


CHARSETS = {
    "iso-2022-jp": ("iso2022_jp", "日本語のメール"), "iso-2022-jp-1": ("iso2022_jp_1", "日本語 丂"),
    "iso-2022-jp-2": ("iso2022_jp_2", "日本語 中国 한국"), "iso-2022-jp-3": ("iso2022_jp_3", "日本語 ①"),
    "iso-2022-jp-ms": ("iso2022_jp_ext", "半角ｶﾅ"), "euc-jp": ("euc_jp", "日本語のメール"),
    "shift_jis": ("shift_jis", "日本語のメール"), "cp932": ("cp932", "日本語①㈱"), "gb18030": ("gb18030", "中文邮件"),
    "big5": ("big5", "中文郵件"), "koi8-r": ("koi8_r", "Русское письмо"), "windows-1251": ("cp1251", "Русское письмо"),
    "windows-1252": ("cp1252", "Größe – 5 €"), "iso-8859-1": ("latin_1", "Größe"), "utf-7": ("utf_7", "日本語 é"),
    "utf-8": ("utf_8", "日本語 é €"),
}
"""By their names in mail: Python's name for each, and a text that it can write."""
