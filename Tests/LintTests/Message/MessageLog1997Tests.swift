import Testing

@testable import Lint

/// The two conversations that were logged in 1997, with the escape sequences that the log shows as letters.
@Suite struct MessageLog1997Tests {
    private static let header = """
        To: noizumi
        X-fingerprint: 9A D0 54 84 57 69 43 4C  0C 48 BE 4C 87 C1 8A AC
        Subject: =?ISO-2022-JP?B?GyRCJCokRiQ5JEgbKEI=?=
        From: Yuji Noizumi <noizumi@xxx.xxx.xxx.co.jp>
        X-Mailer: Winbiff [Version 2.03]
        Date: Thu, 18 Dec 97 13:40:48 +0900
        Mime-Version: 1.0
        Content-Type: text/plain; charset=iso-2022-jp

        """
    private static let body = [
        "\\x1B$B$]!<$H\\x1B(B30\\x1B$B$r;H$C$?%$%+%5%^%a%$%k\\x1B(B", "", "--",
        "=========================================", "   E-MAIL: noizumi@xxx.xxx.xxx.co.jp",
        "=========================================", "",
    ]

    @Test func whatTheMailerSent() throws {
        let mail = lines(Self.header) + Self.body
        let text =
            """
            protocol: smtp
            S: 220 info.xxx.xxx.xxx.co.jp ESMTP Sendmail 8.8.8/3.5Wpl7-HMM-info; Thu, 18 Dec 1997 13:39:14 +0900
            C: HELO noizumi.xxx.xxx.xxx.co.jp
            S: 250 info.xxx.xxx.xxx.co.jp Hello root@localhost, pleased to meet you
            C: MAIL FROM: <noizumi@xxx.xxx.xxx.co.jp>
            S: 250 <noizumi@xxx.xxx.xxx.co.jp>... Sender ok
            C: RCPT TO: <noizumi>
            S: 250 <noizumi>... Recipient ok
            C: DATA
            S: 354 Enter mail, end with "." on a line by itself

            """ + mail.map { "C: \($0)\n" }.joined() + "C: .\nS: 250 ok\nC: QUIT\nS: 221 bye\n"
        #expect(
            try judgeMessage(text) == [
                "msg.date-two-digit-year": .warning, "msg.no-message-id": .warning, "msg.address-syntax": .warning,
            ])
    }

    @Test func whatTheServerHandedOut() throws {
        let trace = [
            "X-POP3-Rcpt: noizumi@info.xxx.xxx.xxx.co.jp", ">From bin  Thu Dec 18 13:39:15 1997",
            "Received: from noizumi.xxx.xxx.xxx.co.jp (root@localhost) by info.xxx.xxx.xxx.co.jp with SMTP id NAA03296",
            "Message-Id: <199712180439.NAA03296@info.xxx.xxx.xxx.co.jp>",
        ]
        let mail = trace + lines(Self.header) + Self.body
        let text =
            "protocol: pop3\nS: +OK\nC: RETR 1\nS: +OK message 1 (916 octets):\n" + mail.map { "S: \($0)\n" }.joined()
            + "S: .\nC: QUIT\nS: +OK bye\n"
        #expect(
            try judgeMessage(text) == [
                "msg.date-two-digit-year": .warning, "msg.mbox-line": .warning, "msg.address-syntax": .warning,
            ])
    }
}
