import Testing

@testable import Lint

/// Whole sessions of servers and clients that behave well, and what is left of the log of 1997.
@Suite struct POP3SessionTests {
    /// As the mailer of that log and its server spoke, the text of the message in ISO-2022-JP as its header says.
    static let log = """
        protocol: pop3
        S: +OK info.example.co.jp POP3 Server (Version 1.004) ready.
        C: USER noizumi
        S: +OK please send PASS command
        C: PASS «secret»
        S: +OK 1 messages ready for noizumi in /usr/spool/mail/noizumi
        C: STAT
        S: +OK 1 916
        C: UIDL
        S: -ERR Invalid command; valid commands:  DELE, HOST, LAST, LIST, MBOX, NOOP,RETR, RSET, STAT, TOP  or  QUIT
        C: LIST 1
        S: +OK 1 916
        C: RETR 1
        S: +OK message 1 (916 octets):
        S: X-POP3-Rcpt: noizumi@info.example.co.jp
        S: >From bin  Thu Dec 18 13:39:15 1997
        S: Received: from noizumi.example.co.jp (root@localhost) by info.example.co.jp (8.8.8/3.5Wpl7-HMM-info) with SMTP id NAA03296 for <noizumi>; Thu, 18 Dec 1997 13:39:14 +0900
        S: Message-Id: <199712180439.NAA03296@info.example.co.jp>
        S: To: noizumi
        S: Subject: =?ISO-2022-JP?B?GyRCJCokRiQ5JEgbKEI=?=
        S: From: Yuji Noizumi <noizumi@example.co.jp>
        S: X-Mailer: Winbiff [Version 2.03]
        S: Date: Thu, 18 Dec 97 13:40:48 +0900
        S: Mime-Version: 1.0
        S: Content-Type: text/plain; charset=iso-2022-jp
        S: 
        S: \\x1B$B$]!<$H\\x1B(B30\\x1B$B$r;H$C$?%$%+%5%^%a%$%k\\x1B(B
        S: 
        S: --
        S: =========================================
        S:          Yuji Noizumi
        S:    E-MAIL: noizumi@example.co.jp
        S: =========================================
        S: 
        S: .
        C: QUIT
        S: +OK info.example.co.jp POP3 Server (Version 1.004) shutdown.
        end: client-closed
        """

    /// The size is wrong; that UIDL is refused, and the mailer copes, is right on both sides.
    @Test func theSizeOf1997IsFound() throws {
        let findings = try lint(Self.log).filter { $0.rule.hasPrefix("pop3.") || $0.rule.hasPrefix("tls.") }
        #expect(findings.map(\.rule) == ["tls.password-clear", "pop3.server.octets-mismatch"])
        #expect(findings.contains { $0.means.en.contains("LIST announced 916 octets for message 1, and it had") })
    }

    /// The answer to RETR tells it as well.
    @Test func theSizeOf1997IsFoundWithoutLIST() throws {
        let text = Self.log.replacing("C: LIST 1\nS: +OK 1 916\n", with: "")
        let findings = try lint(text, rules: Catalogue.pop3Client + Catalogue.pop3Server)
        #expect(findings.map(\.rule) == ["pop3.server.octets-mismatch"])
        #expect(findings.map(\.severity) == [.warning])
    }

    private static let secure = "protocol: pop3\ntls server start=implicit\ntls client start=implicit\n"
    private static let message = POP3Text.message
    private static let left = POP3Text.left

    static let clean: [String] = [
        // Dovecot: after login nothing is listed that belongs to it.
        secure + """
            S: +OK Dovecot (Debian) ready.
            C: CAPA
            S: +OK
            S: CAPA
            S: TOP
            S: UIDL
            S: RESP-CODES
            S: PIPELINING
            S: AUTH-RESP-CODE
            S: USER
            S: SASL PLAIN LOGIN
            S: .
            C: AUTH PLAIN
            S: + 
            C: «AGFsaWNlAHNlY3JldA==»
            S: +OK Logged in.
            C: CAPA
            S: +OK
            S: CAPA
            S: TOP
            S: UIDL
            S: RESP-CODES
            S: PIPELINING
            S: AUTH-RESP-CODE
            S: .
            C: STAT
            S: +OK 2 50
            C: UIDL
            S: +OK
            S: 1 00000001662f1d3a
            S: 2 00000002662f1d3a
            S: .
            C: LIST
            S: +OK 2 messages:
            S: 1 25
            S: 2 25
            S: .
            C: RETR 1
            S: +OK 25 octets

            """ + message + """
                C: DELE 1
                S: +OK Marked to be deleted.
                C: TOP 2 0
                S: +OK
                S: Subject: hello
                S: 
                S: .
                C: QUIT
                S: +OK Logging out, messages deleted.
                end: server-closed
                """,
        // Dovecot refuses a password, and the client takes its leave.
        secure + """
            S: +OK Dovecot ready.
            C: USER alice
            S: +OK
            C: PASS «wrong»
            S: -ERR [AUTH] Authentication failed.
            C: QUIT
            S: +OK Logging out
            end: client-closed
            """,
        // Courier.
        secure + """
            S: +OK Hello there. <6391.1700000000@mail.example.com>
            C: CAPA
            S: +OK Here's what I can do:
            S: SASL LOGIN CRAM-MD5 PLAIN
            S: TOP
            S: USER
            S: LOGIN-DELAY 10
            S: PIPELINING
            S: UIDL
            S: IMPLEMENTATION Courier Mail Server
            S: .
            C: USER alice
            S: +OK Password required.
            C: PASS «secret»
            S: +OK logged in.
            C: STAT
            S: +OK 1 25
            C: UIDL
            S: +OK
            S: 1 UID1-1700000000
            S: .
            C: RETR 1
            S: +OK 25 octets follow.

            """ + message + "C: QUIT\nS: +OK Bye-bye.\nend: server-closed\n",
        // Cyrus.
        secure + """
            S: +OK mail.example.com Cyrus POP3 3.2 server ready <1234.1700000000@mail.example.com>
            C: CAPA
            S: +OK List of capabilities follows
            S: SASL PLAIN LOGIN
            S: EXPIRE NEVER
            S: LOGIN-DELAY 0
            S: TOP
            S: UIDL
            S: PIPELINING
            S: RESP-CODES
            S: AUTH-RESP-CODE
            S: USER
            S: IMPLEMENTATION Cyrus POP3 server 3.2
            S: .
            C: AUTH PLAIN «AGFsaWNlAHNlY3JldA==»
            S: +OK Mailbox locked and ready
            C: STAT
            C: LIST
            C: UIDL
            S: +OK 1 25
            S: +OK scan listing follows
            S: 1 25
            S: .
            S: +OK unique-id listing follows
            S: 1 1700000000.1
            S: .
            C: RETR 1
            S: +OK Message follows

            """ + message + "C: DELE 1\nS: +OK message deleted\n" + left,
        // Qpopper, and a client that keeps its mail for a fortnight.
        "protocol: pop3\ntls server start=implicit\n" + """
            S: +OK Qpopper (version 4.0.5) at pop.example.com starting.  <1896.697170952@pop.example.com>
            C: APOP alice «c4c9334bac560ecc979e58001b3e22fb»
            S: +OK alice has 2 visible messages (0 hidden) in 50 octets.
            C: STAT
            S: +OK 2 50
            C: LIST
            S: +OK 2 visible messages (50 octets)
            S: 1 25
            S: 2 25
            S: .
            C: UIDL
            S: +OK uidl command accepted.
            S: 1 a(H!!nDO"!4/_"!8#M!!
            S: 2 *B9"!@Z+"!AX1!!>:$"!
            S: .
            C: RETR 2
            S: +OK 25 octets

            """ + message + """
                C: DELE 1
                S: +OK Message 1 has been deleted.
                C: QUIT
                S: +OK Pop server at pop.example.com signing off.
                end: server-closed
                """,
        // Exchange.
        secure + """
            S: +OK The Microsoft Exchange POP3 service is ready. [VABZADIAUAA=]
            C: CAPA
            S: +OK
            S: TOP
            S: UIDL
            S: SASL PLAIN
            S: USER
            S: .
            C: USER alice@example.com
            S: +OK
            C: PASS «secret»
            S: +OK User successfully logged on.
            C: STAT
            S: +OK 1 25
            C: LIST
            S: +OK 1 25
            S: 1 25
            S: .
            C: UIDL
            S: +OK
            S: 1 11
            S: .
            C: RETR 1
            S: +OK

            """ + message + """
                C: QUIT
                S: +OK Microsoft Exchange Server POP3 server signing off.
                end: server-closed
                """,
        // popa3d knows neither CAPA nor texts.
        secure + """
            S: +OK
            C: CAPA
            S: -ERR
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK
            C: STAT
            S: +OK 1 25
            C: UIDL
            S: +OK
            S: 1 0123456789abcdef0123456789abcdef
            S: .
            C: LIST 1
            S: +OK 1 25
            C: RETR 1
            S: +OK

            """ + message + "C: DELE 1\nS: +OK\n" + left,
        // Gmail, and curl.
        secure + """
            S: +OK Gpop ready for requests from 192.0.2.1 a1mb123456
            C: CAPA
            S: +OK Capability list follows
            S: USER
            S: RESP-CODES
            S: EXPIRE 0
            S: LOGIN-DELAY 300
            S: TOP
            S: UIDL
            S: X-GOOGLE-RICO
            S: SASL PLAIN XOAUTH2 OAUTHBEARER
            S: .
            C: AUTH PLAIN
            S: + 
            C: «AGFsaWNlAHNlY3JldA==»
            S: +OK Welcome.
            C: RETR 1
            S: +OK message follows

            """ + message + "C: QUIT\nS: +OK Farewell.\nend: server-closed\n",
    ]

    @Test(arguments: clean) func isClean(_ text: String) throws {
        let findings = try lint(text, rules: Catalogue.pop3Client + Catalogue.pop3Server)
        #expect(findings.map { "\($0.rule): \($0.means.en)" } == [])
    }

    /// A server that hears SASL said where commands stand: what the client says then may be its password.
    @Test func noSecretIsToldBehindAWrongChallenge() throws {
        let secret = "AGFsaWNlAHNlY3JldHNlY3JldHNlY3JldHNlY3JldHNlY3JldHNlY3JldA=="
        let text =
            POP3Text.opened + "C: AUTH PLAIN\nS: +OK go\nC:  \(secret)\\xE9\\x0A\\c\nS: -ERR what\n" + POP3Text.left
        for finding in try lint(text, rules: Catalogue.pop3Client + Catalogue.pop3Server) {
            #expect(!finding.json(.en).text.contains("AGFs") && !finding.json(.ja).text.contains("AGFs"))
        }
    }

    /// Behind a CR a command may stand that nobody took for one.
    @Test(arguments: ["USER a", "USER  a\\xE9", "APOP a", "STAT", "QUIT", "FOO"])
    func noSecretIsToldBehindACR(_ command: String) throws {
        let long = String(repeating: "a", count: 300)
        let text =
            "protocol: pop3\nS: -ERR ready\n" + POP3Text.capa("TOP") + "C: \(command)\\x0DPASS hidden\nS: -ERR\n"
            + "C: \(command)\\x0DPASS hidden \(long)\nS: +OK\nC: DELE 0\\x0DPASS hidden\nS: +OK\nend: client-closed\n"
        for finding in try lint(text, rules: Catalogue.pop3Client + Catalogue.pop3Server) {
            #expect(!finding.json(.en).text.contains("hidden") && !finding.json(.ja).text.contains("hidden"))
        }
    }

    /// However many messages there are, what is remembered is bounded, and nothing is made up of what is not.
    @Test func manyMessagesAreBounded() throws {
        let count = POP3SoFar.messageLimit + 50
        let list = (1...count).map { "S: \($0) 9\n" }.joined()
        let deleted = (1...count).map { "C: DELE \($0)\nS: +OK\n" }.joined()
        let text =
            POP3Text.loggedIn + "C: STAT\nS: +OK \(count) \(9 * count)\nC: LIST\nS: +OK\n" + list + "S: .\n"
            + "C: UIDL\nS: +OK\n" + (1...count).map { "S: \($0) a\($0)\n" }.joined() + "S: .\n" + deleted
            + "C: LIST\nS: +OK\nS: .\n" + POP3Text.left
        let findings = try RuleTranscript(text).lint(rules: Catalogue.pop3Client + Catalogue.pop3Server).findings
        #expect(findings.map(\.rule) == [])
    }
}
