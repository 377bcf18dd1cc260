import Testing

@testable import Lint

/// What real programs send when all is as usual: none of it is an error.
@Suite struct MessageMailersTests {
    private static let mails: [(name: String, text: String)] = [
        (
            "Thunderbird",
            """
            Message-ID: <2b0f4c1e-9f0a-4a37-8d0c-5f2d3c1b7a6e@example.com>
            Date: Tue, 4 Mar 2025 10:20:30 +0900
            MIME-Version: 1.0
            User-Agent: Mozilla Thunderbird
            Content-Language: en-US
            To: bob@example.net
            From: Alice Example <alice@example.com>
            Subject: =?UTF-8?B?6K2w5LqL6Yyy?=
            Content-Type: text/plain; charset=UTF-8; format=flowed
            Content-Transfer-Encoding: 8bit

            議事録を送ります。
            """
        ),
        (
            "Outlook",
            """
            From: "Alice Example" <alice@example.com>
            To: "'Bob'" <bob@example.net>
            Subject: Minutes
            Date: Tue, 4 Mar 2025 10:20:30 +0900
            Message-ID: <000001db8ca8$1f4e2a10$5dea7e30$@example.com>
            MIME-Version: 1.0
            Content-Type: multipart/alternative;
            \tboundary="----=_NextPart_000_0001_01DB8CF3.8F35D210"
            X-Mailer: Microsoft Outlook 16.0
            Thread-Index: AduMqB9OKhBd6n4wQ0m1o9cJ0q3yQg==
            Content-Language: en-us

            This is a multipart message in MIME format.

            ------=_NextPart_000_0001_01DB8CF3.8F35D210
            Content-Type: text/plain;
            \tcharset="iso-2022-jp"
            Content-Transfer-Encoding: 7bit

            \\x1B$B-!5D;vO?$rAw$j$^$9!#\\x1B(B

            ------=_NextPart_000_0001_01DB8CF3.8F35D210
            Content-Type: text/html;
            \tcharset="iso-2022-jp"
            Content-Transfer-Encoding: quoted-printable

            <html><body><p class=3DMsoNormal>=1B$B-!5D;vO?=1B(B</p></body></html>

            ------=_NextPart_000_0001_01DB8CF3.8F35D210--

            """
        ),
        (
            "Gmail",
            """
            MIME-Version: 1.0
            From: Alice Example <alice@example.com>
            Date: Tue, 4 Mar 2025 10:20:30 +0900
            Message-ID: <CAJ0vYxP9kq3+Xy=8Qm1Zt=abcDEF123@mail.gmail.com>
            Subject: Minutes
            To: bob@example.net
            Content-Type: multipart/mixed; boundary="000000000000abcdef0612345678"

            --000000000000abcdef0612345678
            Content-Type: multipart/alternative; boundary="000000000000abcdee0612345676"

            --000000000000abcdee0612345676
            Content-Type: text/plain; charset="UTF-8"
            Content-Transfer-Encoding: quoted-printable

            Caf=C3=A9 on Friday?

            --000000000000abcdee0612345676
            Content-Type: text/html; charset="UTF-8"
            Content-Transfer-Encoding: quoted-printable

            <div dir=3D"ltr">Caf=C3=A9 on Friday?</div>

            --000000000000abcdee0612345676--
            --000000000000abcdef0612345678
            Content-Type: text/plain; charset="US-ASCII"; name="=?UTF-8?B?6K2w5LqL6YyyLnR4dA==?="
            Content-Disposition: attachment; filename="=?UTF-8?B?6K2w5LqL6YyyLnR4dA==?="
            Content-Transfer-Encoding: base64
            Content-ID: <f_m7xyz0>
            X-Attachment-Id: f_m7xyz0

            aGVsbG8K
            --000000000000abcdef0612345678--
            """
        ),
        (
            "Apple Mail",
            """
            From: Alice Example <alice@example.com>
            Content-Type: text/plain;
            \tcharset=utf-8
            Content-Transfer-Encoding: quoted-printable
            Mime-Version: 1.0 (Mac OS X Mail 16.0 \\(3774.600.62\\))
            Subject: =?utf-8?Q?Caf=C3=A9?=
            Message-Id: <5B2C1E7A-9F0D-4C3B-8A7E-1D2F3C4B5A69@example.com>
            Date: Tue, 4 Mar 2025 10:20:30 +0900
            To: Bob <bob@example.net>
            X-Mailer: Apple Mail (2.3774.600.62)

            Caf=C3=A9 on Friday?

            """
        ),
        (
            "K-9",
            """
            Date: Tue, 04 Mar 2025 10:20:30 +0900
            From: Alice <alice@example.com>
            To: bob@example.net
            Subject: Minutes
            User-Agent: K-9 Mail for Android
            Message-ID: <0C1D2E3F-4A5B-6C7D-8E9F-0A1B2C3D4E5F@example.com>
            MIME-Version: 1.0
            Content-Type: text/plain;
             charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            See you on Friday=2E
            """
        ),
        (
            "mutt",
            """
            Date: Tue, 4 Mar 2025 10:20:30 +0900
            From: Alice Example <alice@example.com>
            To: bob@example.net
            Subject: Minutes
            Message-ID: <Z8ZVbm9uZQ@host.example.com>
            MIME-Version: 1.0
            Content-Type: multipart/signed; micalg=pgp-sha512;
            \tprotocol="application/pgp-signature"; boundary="k1lZvvs/B4yU6o8G"
            Content-Disposition: inline

            --k1lZvvs/B4yU6o8G
            Content-Type: text/plain; charset=us-ascii
            Content-Disposition: inline
            Content-Transfer-Encoding: quoted-printable

            See you on Friday.

            --k1lZvvs/B4yU6o8G
            Content-Type: application/pgp-signature; name="signature.asc"

            -----BEGIN PGP SIGNATURE-----

            iQIzBAABCAAdFiEE
            -----END PGP SIGNATURE-----

            --k1lZvvs/B4yU6o8G--
            """
        ),
        (
            "PHPMailer",
            """
            Date: Tue, 4 Mar 2025 10:20:30 +0000
            To: Bob <bob@example.net>
            From: =?UTF-8?B?QWxpY2Ug6K2w?= <alice@example.com>
            Reply-To: Alice <alice@example.com>
            Subject: =?UTF-8?Q?Caf=C3=A9?=
            Message-ID: <q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0@www.example.com>
            X-Mailer: PHPMailer 6.9.1 (https://github.com/PHPMailer/PHPMailer)
            MIME-Version: 1.0
            Content-Type: multipart/alternative;
             boundary="b1=_q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0"
            Content-Transfer-Encoding: 8bit

            --b1=_q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0
            Content-Type: text/plain; charset=UTF-8
            Content-Transfer-Encoding: 8bit

            Café on Friday?

            --b1=_q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0
            Content-Type: text/html; charset=UTF-8
            Content-Transfer-Encoding: 8bit

            <p>Café on Friday?</p>


            --b1=_q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0--

            """
        ),
        (
            "nodemailer",
            """
            Content-Type: multipart/mixed; boundary="--_NmP-1a2b3c4d5e6f7890-Part_1"
            From: Alice <alice@example.com>
            To: bob@example.net
            Subject: Minutes
            Message-ID: <d9b1a2c3-4e5f-6071-8293-a4b5c6d7e8f9@example.com>
            Date: Tue, 04 Mar 2025 10:20:30 +0000
            MIME-Version: 1.0

            ----_NmP-1a2b3c4d5e6f7890-Part_1
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 7bit

            See you on Friday.
            ----_NmP-1a2b3c4d5e6f7890-Part_1
            Content-Type: text/plain; name="=?UTF-8?Q?caf=C3=A9=2Etxt?="
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment;
             filename*0*=utf-8''caf%C3%A9.txt

            Y2Fmw6kK
            ----_NmP-1a2b3c4d5e6f7890-Part_1--
            """
        ),
        (
            "JavaMail",
            """
            Date: Tue, 4 Mar 2025 10:20:30 +0900 (JST)
            From: alice@example.com
            To: bob@example.net
            Message-ID: <1234567890.0.1741051230123@host.example.com>
            Subject: =?ISO-2022-JP?B?GyRCNUQ7dk8/GyhC?=
            MIME-Version: 1.0
            Content-Type: multipart/mixed;
            \tboundary="----=_Part_0_123456789.1741051230000"

            ------=_Part_0_123456789.1741051230000
            Content-Type: text/plain; charset=ISO-2022-JP
            Content-Transfer-Encoding: 7bit

            \\x1B$B5D;vO?\\x1B(B
            ------=_Part_0_123456789.1741051230000
            Content-Type: application/octet-stream; name=data.bin
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment; filename=data.bin

            AAECAwQF
            ------=_Part_0_123456789.1741051230000--
            """
        ),
        (
            "smtplib",
            """
            From: alice@example.com
            To: bob@example.net
            Subject: =?utf-8?q?Caf=C3=A9?=
            Content-Type: text/plain; charset="utf-8"
            Content-Transfer-Encoding: 8bit
            MIME-Version: 1.0

            Café on Friday?
            """
        ),
        ("a script", "From: alice@example.com\nTo: bob@example.net\nSubject: Minutes\n\nSee you on Friday."),
        (
            "cron",
            """
            From: root (Cron Daemon)
            To: root
            Subject: Cron <root@host> test -x /usr/sbin/anacron
            MIME-Version: 1.0
            Content-Type: text/plain; charset=UTF-8
            Content-Transfer-Encoding: 8bit
            X-Cron-Env: <SHELL=/bin/sh>
            X-Cron-Env: <HOME=/root>
            X-Cron-Env: <PATH=/usr/bin:/bin>
            X-Cron-Env: <LOGNAME=root>
            Message-Id: <20250304012030.1234567890@host.example.com>
            Date: Tue,  4 Mar 2025 10:20:30 +0900 (JST)

            df: Café: not found
            """
        ),
        (
            "git send-email",
            """
            From: Alice Example <alice@example.com>
            To: bob@example.net
            Cc: Alice Example <alice@example.com>
            Subject: [PATCH v2 1/2] lint: judge messages
            Date: Tue,  4 Mar 2025 10:20:30 +0900
            Message-ID: <20250304012030.123-2-alice@example.com>
            X-Mailer: git-send-email 2.43.0
            In-Reply-To: <20250304012030.123-1-alice@example.com>
            References: <20250304012030.123-1-alice@example.com>
            MIME-Version: 1.0
            Content-Transfer-Encoding: 8bit

            From here on it works.
            ---
             a | 1 +

            --\u{20}
            2.43.0
            """
        ),
    ]

    @Test(arguments: mails.map(\.name)) func hasNoError(_ name: String) throws {
        let mail = lines(try #require(Self.mails.first { $0.name == name }).text)
        for text in [
            SampleMail.submitted(mail, parameters: " BODY=8BITMIME"),
            SampleMail.submitted(
                ["Received: from a by b; Tue, 4 Mar 2025 10:20:31 +0900"] + mail, parameters: " BODY=8BITMIME"),
            SampleMail.kept(mail),
        ] {
            // What a script leaves out its server puts in before the message goes on.
            let added = ["smtplib", "a script"].contains(name) && text.contains("Received:") ? ["msg.no-date"] : []
            let errors = try judgeMessage(text).filter { $0.value == .error && !added.contains($0.key) }
            #expect(errors == [:], "\(name)")
        }
    }

    @Test(arguments: ["Thunderbird", "Apple Mail", "K-9", "mutt", "JavaMail", "git send-email"])
    func isClean(_ name: String) throws {
        let mail = lines(try #require(Self.mails.first { $0.name == name }).text)
        let found = try judgeMessage(SampleMail.submitted(mail, parameters: " BODY=8BITMIME"))
        #expect(found.filter { $0.value > .note } == [:], "\(name)")
    }
}
