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
