import Lint
import Testing

/// As servers that behave well speak: nothing of it is an error or a warning.
@Suite struct SMTPServerRealSessionsTests {
    @Test(arguments: [
        // Postfix
        """
        protocol: smtp
        S: 220 mail.example.com ESMTP Postfix (Debian/GNU)
        C: EHLO client.example.org
        S: 250-mail.example.com
        S: 250-PIPELINING
        S: 250-SIZE 10240000
        S: 250-VRFY
        S: 250-ETRN
        S: 250-STARTTLS
        S: 250-AUTH DIGEST-MD5 CRAM-MD5
        S: 250-AUTH=DIGEST-MD5 CRAM-MD5
        S: 250-XCLIENT NAME ADDR PROTO HELO REVERSE_NAME PORT LOGIN DESTADDR DESTPORT
        S: 250-ENHANCEDSTATUSCODES
        S: 250-8BITMIME
        S: 250-DSN
        S: 250-SMTPUTF8
        S: 250 CHUNKING
        C: MAIL FROM:<alice@example.org> SIZE=300
        C: RCPT TO:<nobody@example.com>
        C: RCPT TO:<bob@example.com>
        C: DATA
        S: 250 2.1.0 Ok
        S: 550 5.1.1 <nobody@example.com>: Recipient address rejected: User unknown in local recipient table
        S: 250 2.1.5 Ok
        S: 354 End data with <CR><LF>.<CR><LF>
        C: From: <alice@example.org>
        C: \\x0D\\x0A\\c
        C: Hello
        C: .
        C: QUIT
        S: 250 2.0.0 Ok: queued as 4F2A01234
        S: 221 2.0.0 Bye
        end: server-closed
        """,
        """
        protocol: smtp
        S: 220 mail.example.com ESMTP Postfix
        C: EHLO client.example.org
        S: 250-mail.example.com
        S: 250-STARTTLS
        S: 250-ENHANCEDSTATUSCODES
        S: 250 8BITMIME
        C: MAIL FROM:<alice@example.org>
        S: 530 5.7.0 Must issue a STARTTLS command first
        C: RSET
        S: 250 2.0.0 Ok
        C: VRFY bob
        S: 252 2.0.0 bob
        C: EXPN staff
        S: 502 5.5.1 Error: command not recognized
        C: HELP
        S: 214 2.0.0 https://www.postfix.org/smtpd.8.html
        C: STARTTLS
        S: 454 4.7.0 TLS not available due to local problem
        wait: 301
        S: 421 4.4.2 mail.example.com Error: timeout exceeded
        end: server-closed
        """,
        // postscreen
        """
        protocol: smtp
        S: 220-mail.example.com ESMTP Postfix
        S: 220 mail.example.com ESMTP Postfix
        C: EHLO client.example.org
        S: 250-mail.example.com
        S: 250-ENHANCEDSTATUSCODES
        S: 250 8BITMIME
        C: MAIL FROM:<alice@example.org>
        S: 250 2.1.0 Ok
        C: RCPT TO:<bob@example.com>
        S: 450 4.3.2 Service currently unavailable
        C: QUIT
        S: 221 2.0.0 Bye
        end: server-closed
        """,
        "protocol: smtp\nS: 521 5.3.2 Service currently unavailable\nend: server-closed\n",
        "protocol: smtp\nS: 421 4.7.0 mail.example.com Error: too many connections from 192.0.2.1\nend: server-closed\n",
        // Exim
        """
        protocol: smtp
        S: 220 mx.example.com ESMTP Exim 4.96 Mon, 02 Mar 2026 10:00:00 +0000
        C: EHLO client.example.org
        S: 250-mx.example.com Hello client.example.org [192.0.2.1]
        S: 250-SIZE 52428800
        S: 250-8BITMIME
        S: 250-PIPELINING
        S: 250-PIPECONNECT
        S: 250-CHUNKING
        S: 250-STARTTLS
        S: 250 HELP
        C: NOOP
        S: 250 OK
        C: VRFY bob
        S: 252 Administrative prohibition
        C: HELP
        S: 214-Commands supported:
        S: 214 AUTH STARTTLS HELO EHLO MAIL RCPT DATA BDAT NOOP QUIT RSET HELP
        C: MAIL FROM:<alice@example.org>
        C: RCPT TO:<bob@example.com>
        C: BDAT 6 LAST
        C: Hello\\x0A\\c
        S: 250 OK
        S: 250 Accepted
        S: 250- 6 byte chunk, total 6
        S: 250 OK id=1abcde-000123-AB
        C: QUIT
        S: 221 mx.example.com closing connection
        end: server-closed
        """,
        // Sendmail
        """
        protocol: smtp
        S: 220 mx.example.com ESMTP Sendmail 8.17.1/8.17.1; Mon, 2 Mar 2026 10:00:00 GMT
        C: EHLO client.example.org
        S: 250-mx.example.com Hello client.example.org [192.0.2.1], pleased to meet you
        S: 250-ENHANCEDSTATUSCODES
        S: 250-PIPELINING
        S: 250-EXPN
        S: 250-VERB
        S: 250-8BITMIME
        S: 250-SIZE
        S: 250-DSN
        S: 250-ETRN
        S: 250-DELIVERBY
        S: 250 HELP
        C: MAIL FROM:<alice@example.org> SIZE=20
        S: 250 2.1.0 <alice@example.org>... Sender ok
        C: RCPT TO:<bob@example.com>
        S: 250 2.1.5 <bob@example.com>... Recipient ok
        C: DATA
        S: 354 Enter mail, end with "." on a line by itself
        C: From: <alice@example.org>
        C: \\x0D\\x0A\\c
        C: Hello
        C: .
        S: 250 2.0.0 222A0abc012345 Message accepted for delivery
        C: QUIT
        S: 221 2.0.0 mx.example.com closing connection
        end: server-closed
        """,
        // Exchange
        """
        protocol: smtp
        tls server start=implicit
        tls client start=implicit
        S: 220 EX01.corp.example.com Microsoft ESMTP MAIL Service ready at Mon, 2 Mar 2026 10:00:00 +0000
        C: EHLO client.example.org
        S: 250-EX01.corp.example.com Hello [192.0.2.1]
        S: 250-SIZE 37748736
        S: 250-PIPELINING
        S: 250-DSN
        S: 250-ENHANCEDSTATUSCODES
        S: 250-X-ANONYMOUSTLS
        S: 250-AUTH NTLM LOGIN
        S: 250-X-EXPS GSSAPI NTLM
        S: 250-8BITMIME
        S: 250-BINARYMIME
        S: 250-CHUNKING
        S: 250-XEXCH50
        S: 250-SMTPUTF8
        S: 250 XSHADOWREQUEST
        C: AUTH NTLM
        S: 334 NTLM supported
        C: *
        S: 501 5.7.0 Authentication aborted
        C: MAIL FROM:<alice@example.org>
        S: 250 2.1.0 Sender OK
        C: RCPT TO:<bob@example.com>
        S: 550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain
        C: QUIT
        S: 221 2.0.0 Service closing transmission channel
        end: server-closed
        """,
        // Gmail
        """
        protocol: smtp
        S: 220 mx.google.com ESMTP 38308e7fff4ca-2ea1 - gsmtp
        C: EHLO client.example.org
        S: 250-mx.google.com at your service, [192.0.2.1]
        S: 250-SIZE 157286400
        S: 250-8BITMIME
        S: 250-STARTTLS
        S: 250-ENHANCEDSTATUSCODES
        S: 250-PIPELINING
        S: 250-CHUNKING
        S: 250 SMTPUTF8
        C: STARTTLS
        S: 220 2.0.0 Ready to start TLS
        tls server
        tls client
        C: EHLO client.example.org
        S: 250-mx.google.com at your service, [192.0.2.1]
        S: 250-SIZE 157286400
        S: 250-8BITMIME
        S: 250-ENHANCEDSTATUSCODES
        S: 250-PIPELINING
        S: 250-CHUNKING
        S: 250 SMTPUTF8
        C: MAIL FROM:<alice@example.org>
        S: 250 2.1.0 OK 38308e7fff4ca-2ea1 - gsmtp
        C: RCPT TO:<bob@gmail.example>
        S: 550-5.1.1 The email account that you tried to reach does not exist. Please try
        S: 550-5.1.1 double-checking the recipient's email address for typos or
        S: 550 5.1.1 unnecessary spaces. - gsmtp
        C: QUIT
        S: 221 2.0.0 closing connection 38308e7fff4ca-2ea1 - gsmtp
        end: server-closed
        """,
        // qmail
        """
        protocol: smtp
        S: 220 mx.example.com ESMTP
        C: EHLO client.example.org
        S: 250-mx.example.com
        S: 250-PIPELINING
        S: 250 8BITMIME
        C: VRFY bob
        S: 252 send some mail, i'll try my best
        C: MAIL FROM:<alice@example.org>
        S: 250 ok
        C: RCPT TO:<bob@example.com>
        S: 553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)
        C: DATA
        S: 503 RCPT first (#5.5.1)
        wait: 1200
        S: 451 timeout (#4.4.2)
        end: server-closed
        """,
        // Dovecot, LMTP
        """
        protocol: lmtp
        S: 220 mail.example.com Dovecot (Debian) ready.
        C: LHLO client.example.org
        S: 250-mail.example.com
        S: 250-8BITMIME
        S: 250-CHUNKING
        S: 250-ENHANCEDSTATUSCODES
        S: 250-PIPELINING
        S: 250 STARTTLS
        C: MAIL FROM:<alice@example.org>
        S: 250 2.1.0 OK
        C: RCPT TO:<bob@example.com>
        S: 250 2.1.5 OK
        C: RCPT TO:<nobody@example.com>
        S: 550 5.1.1 <nobody@example.com> User doesn't exist: nobody@example.com
        C: RCPT TO:<carol@example.com>
        S: 250 2.1.5 OK
        C: DATA
        S: 354 OK
        C: From: <alice@example.org>
        C: \\x0D\\x0A\\c
        C: Hello
        C: .
        S: 250 2.0.0 <bob@example.com> abcdef Saved
        S: 452 4.2.2 <carol@example.com> Quota exceeded (mailbox for user is full)
        C: QUIT
        S: 221 2.0.0 Bye
        end: server-closed
        """,
        // Python's aiosmtpd
        """
        protocol: smtp
        S: 220 host Python SMTP 1.4.4
        C: ehlo client.example.org
        S: 250-host
        S: 250-SIZE 33554432
        S: 250-8BITMIME
        S: 250-SMTPUTF8
        S: 250 HELP
        C: mail FROM:<alice@example.org> size=20
        S: 250 OK
        C: rcpt TO:<bob@example.com>
        S: 250 OK
        C: data
        S: 354 End data with <CR><LF>.<CR><LF>
        C: From: <alice@example.org>
        C: \\x0D\\x0A\\c
        C: Hello
        C: .
        S: 250 Message accepted for delivery
        C: QUIT
        S: 221 Bye
        end: server-closed
        """,
        // A capture that begins in the middle.
        """
        protocol: smtp
        C: RCPT TO:<bob@example.com>
        S: 250 2.1.5 Ok
        C: DATA
        S: 354 End data with <CR><LF>.<CR><LF>
        C: Hello
        C: .
        S: 250 2.0.0 Ok: queued as 4F2A01234
        C: QUIT
        S: 221 2.0.0 Bye
        end: server-closed
        """,
        // TLS from the first byte on that nobody looks into.
        """
        protocol: smtp
        C: \\x16\\x03\\x01\\x00\\x0A\\x01\\x0Ahello\\c
        S: \\x16\\x03\\x03\\x00\\x0A\\x02\\x0A\\x8F2\\x0Ahello\\x0D\\c
        end: server-closed
        """,
    ]) func isClean(_ text: String) throws {
        let findings = try lint(text).filter { $0.rule.hasPrefix("smtp.server.") && $0.severity > .note }
        #expect(findings.map(\.rule) == [])
    }
}
