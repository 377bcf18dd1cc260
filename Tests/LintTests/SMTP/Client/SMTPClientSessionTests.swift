import Lint
import Testing

/// All the rules about clients, on whole sessions of real ones.
@Suite struct SMTPClientSessionTests {
    private func findings(_ text: String) throws -> [Finding] {
        try lint(text, rules: Catalogue.all.filter { $0.about.id.hasPrefix("smtp.client.") })
    }

    /// Winbiff 2.03 and Sendmail 8.8.8 on 18 December 1997.
    @Test func theSessionOf1997() throws {
        let found = try findings(
            """
            protocol: smtp
            S: 220 info.xxx.xxx.xxx.co.jp ESMTP Sendmail 8.8.8/3.5Wpl7-HMM-info; Thu, 18 Dec 1997 13:39:14 +0900
            C: HELO noizumi.xxx.xxx.xxx.co.jp
            S: 250 info.xxx.xxx.xxx.co.jp Hello root@localhost, pleased to meet you
            C: RSET
            S: 250 Reset state
            C: MAIL FROM: <noizumi@xxx.xxx.xxx.co.jp>
            S: 250 <noizumi@xxx.xxx.xxx.co.jp>... Sender ok
            C: RCPT TO: <noizumi>
            S: 250 <noizumi>... Recipient ok
            C: DATA
            S: 354 Enter mail, end with "." on a line by itself
            C: To: noizumi
            C: Subject: =?ISO-2022-JP?B?GyRCJCokRiQ5JEgbKEI=?=
            C: Content-Type: text/plain; charset=iso-2022-jp
            C: 
            C: \\x1B$B$[$2\\x1B(B
            C: .
            S: 250 NAA03296 Message accepted for delivery
            C: QUIT
            S: 221 info.xxx.xxx.xxx.co.jp closing connection
            end: client-closed
            """)
        #expect(
            found.map(\.rule) == ["smtp.client.helo-first", "smtp.client.mail-from-space", "smtp.client.local-alias"])
        #expect(found.map(\.place.exchange) == [1, 3, 4])
        #expect(found.map(\.severity) == [.note, .error, .warning])
    }

    /// A client that reads no reply at all.
    @Test func whoTalksOnRegardless() throws {
        let found = try findings(
            """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO c.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<a@example.com>
            S: 550 5.7.1 not you
            C: RCPT TO:<b@example.net>
            S: 503 5.5.1 MAIL first
            C: DATA
            S: 503 5.5.1 MAIL first
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            S: 500 what?
            S: 500 what?
            S: 500 what?
            S: 500 what?
            C: QUIT
            S: 221 bye
            end: client-closed
            """)
        #expect(found.map(\.rule) == ["smtp.client.ignores-reply", "smtp.client.data-without-354"])
    }

    @Test(arguments: [
        // Postfix.
        """
        protocol: smtp
        S: 220 mx.example.com ESMTP Postfix
        C: EHLO c.example.com
        S: 250-mx.example.com
        S: 250-PIPELINING
        S: 250-SIZE 10240000
        S: 250-8BITMIME
        S: 250 SMTPUTF8
        C: MAIL FROM:<a@example.com> SIZE=312 BODY=8BITMIME
        C: RCPT TO:<b@example.net> ORCPT=rfc822;b@example.net
        C: RCPT TO:<c@example.net>
        C: DATA
        S: 250 2.1.0 Ok
        S: 250 2.1.5 Ok
        S: 550 5.1.1 who?
        S: 354 End data with <CR><LF>.<CR><LF>
        C: Subject: caf\\xC3\\xA9
        C: 
        C: ..signature
        C: .
        C: QUIT
        S: 250 2.0.0 Ok: queued
        S: 221 2.0.0 Bye
        end: server-closed
        """.replacing(" ORCPT=rfc822;b@example.net", with: ""),
        // Exim, by BDAT, and all at once.
        """
        protocol: smtp
        S: 220 mx.example.com ESMTP Exim 4.96
        C: EHLO c.example.com
        S: 250-mx.example.com Hello c.example.com [192.0.2.1]
        S: 250-SIZE 52428800
        S: 250-8BITMIME
        S: 250-PIPELINING
        S: 250-CHUNKING
        S: 250 HELP
        C: MAIL FROM:<a@example.com> SIZE=1024
        C: RCPT TO:<b@example.net>
        C: BDAT 17 LAST
        C: Subject: x
        C: 
        C: a
        C: QUIT
        S: 250 OK
        S: 250 Accepted
        S: 250 17 byte chunk, total 17
        S: 221 mx.example.com closing connection
        end: server-closed
        """,
        // Python's smtplib.
        """
        protocol: smtp
        S: 220 mx.example.com ESMTP
        C: ehlo [127.0.1.1]
        S: 250-mx.example.com
        S: 250 SIZE 10240000
        C: mail FROM:<a@example.com> size=17
        S: 250 ok
        C: rcpt TO:<b@example.net>
        S: 250 ok
        C: data
        S: 354 go
        C: Subject: x
        C: 
        C: a
        C: .
        S: 250 ok
        C: QUIT
        S: 221 bye
        end: server-closed
        """,
        // Dovecot's LMTP, two recipients.
        """
        protocol: lmtp
        S: 220 mx.example.com Dovecot ready.
        C: LHLO c.example.com
        S: 250-mx.example.com
        S: 250-8BITMIME
        S: 250-CHUNKING
        S: 250 PIPELINING
        C: MAIL FROM:<>
        C: RCPT TO:<b@example.net>
        C: RCPT TO:<c@example.net>
        C: DATA
        S: 250 2.1.0 OK
        S: 250 2.1.5 OK
        S: 250 2.1.5 OK
        S: 354 OK
        C: Subject: x
        C: 
        C: a
        C: .
        S: 250 2.0.0 saved
        S: 452 4.2.2 full
        C: RSET
        S: 250 2.0.0 OK
        C: QUIT
        S: 221 2.0.0 Bye
        end: client-closed
        """,
        // A submission by STARTTLS, with AUTH that asks twice.
        """
        protocol: smtp
        S: 220 mx.example.com ESMTP
        C: EHLO [192.168.1.2]
        S: 250-mx.example.com
        S: 250-SIZE 10240000
        S: 250 STARTTLS
        C: STARTTLS
        S: 220 go ahead
        tls server verification=verified
        tls client
        C: EHLO [192.168.1.2]
        S: 250-mx.example.com
        S: 250-8BITMIME
        S: 250 AUTH PLAIN LOGIN
        C: AUTH LOGIN
        S: 334 VXNlcm5hbWU6
        C: «YWxpY2U=»
        S: 334 UGFzc3dvcmQ6
        C: «d3Jvbmc=»
        S: 535 5.7.8 no
        C: AUTH PLAIN
        S: 334\\x20
        C: «AGFsaWNlAHNlY3JldA==»
        S: 235 2.7.0 in
        C: MAIL FROM:<alice@example.com> BODY=8BITMIME
        S: 250 ok
        C: RCPT TO:<bob@example.net>
        S: 250 ok
        C: DATA
        S: 354 go
        C: Subject: x
        C: MIME-Version: 1.0
        C: Content-Type: text/plain; charset=utf-8
        C: Content-Transfer-Encoding: 8bit
        C: 
        C: caf\\xC3\\xA9
        C: .
        S: 250 ok
        C: QUIT
        S: 221 bye
        end: client-closed
        """,
    ]) func realClientsThatBehaveAreClean(_ text: String) throws {
        #expect(try findings(text).map(\.rule) == [])
    }
}
