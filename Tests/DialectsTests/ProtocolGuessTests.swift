import Conversation
import Dialects
import Testing
import Wire

/// Greetings of real servers, first words of clients, and what is none of ours: heard whole, in two pieces cut at each
/// byte, and byte by byte.
@Suite struct ProtocolGuessTests {
    typealias Answer = ProtocolGuess.Answer
    typealias Turn = (direction: Direction, bytes: [UInt8])
    private static let ephemeral: UInt16 = 50_000

    /// What is answered of `turns` in the end, and whether it was so before the end.
    private func guess(
        _ turns: [Turn], from client: UInt16 = ephemeral, to server: UInt16 = 9999
    ) -> (answer: Answer, isEarly: Bool) {
        func hear(_ cut: ([UInt8]) -> [ArraySlice<UInt8>]) -> ProtocolGuess {
            var guess = ProtocolGuess(clientPort: client, serverPort: server)
            for turn in turns {
                for piece in cut(turn.bytes) { guess.heard(piece.span, from: turn.direction) }
            }
            return guess
        }
        let whole = hear { [$0[...]] }
        let longest = turns.map(\.bytes.count).max() ?? 0
        for other in [hear { bytes in bytes.indices.map { bytes[$0...$0] } }]
            + (1..<min(max(longest, 2), ProtocolGuessLimits.head + 2)).map({ cut in
                hear { [$0.prefix(cut), $0.dropFirst(cut)] }
            })
        {
            #expect(other.answer == whole.answer)
            #expect(other.atEnd() == whole.atEnd())
        }
        return (whole.atEnd(), whole.answer != .undecided)
    }

    private func said(_ direction: Direction, _ text: String) -> Turn {
        (direction, Array((text + "\r\n").utf8))
    }

    // MARK: - One side alone, on a port that tells nothing

    static let greetings: [(DialectName, String)] = [
        (.smtp, "220 mail.example.com ESMTP Postfix (Debian/GNU)"),
        (.smtp, "220-scoot.example ESMTP Exim 4.94 Thu, 04 Mar 2021 09:42:07 +0000\r\n220 Spam disliked here"),
        (.smtp, "220 mx.example.com ESMTP Sendmail 8.17.1/8.17.1; Thu, 26 Nov 2026 10:00:00 +0900"),
        (.smtp, "220 cernmxlb4.cern.ch Microsoft ESMTP MAIL Service ready at Tue, 8 Dec 2015 22:31:02 +0100"),
        (.smtp, "220 mx.google.com ESMTP s4si9696358qcc.63 - gsmtp"),
        (.smtp, "220 localhost dummy SMTP service"),
        (.smtp, "220 ftp.example.com SMTP"),
        (.smtp, "554 5.7.1 rejected"),
        (.smtp, "421 mx.example.com SMTP service not available"),
        (.smtp, "250-mx.example.com\r\n250-PIPELINING\r\n250 SIZE 10240000"),
        (.smtp, "250 2.1.0 Ok"),
        (.smtp, "354 End data with <CR><LF>.<CR><LF>"),
        (.lmtp, "220 mail.example.com LMTP Dovecot ready"),
        (.lmtp, "220 mail.example.com Cyrus LMTP 3.6.1 server ready"),
        (.pop3, "+OK Dovecot (Debian) ready."),
        (.pop3, "+OK QPOP (version 4.1.0) at example.com starting.  <1896.697170952@example.com>"),
        (.pop3, "+OK"),
        (.pop3, "+OK Gpop ready for requests from 192.0.2.1"),
        (.pop3, "+OK ladymacbeth.local Cyrus POP3 v2.3.16 server ready <15125@ladymacbeth.local>"),
        (.pop3, "-ERR too many connections"),
        (.imap, "* OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+] Dovecot ready."),
        (.imap, "* OK [CAPABILITY IMAP4rev1 UIDPLUS] Courier-IMAP ready. Copyright 1998-2018 Double Precision, Inc."),
        (.imap, "* PREAUTH example.com Cyrus IMAP 3.6.1 server ready"),
        (.imap, "* BYE too many connections"),
        (.imap, "* 172 EXISTS"),
        (.imap, "C00001 OK CAPABILITY completed"),
        (.http, "HTTP/1.1 200 OK\r\nServer: nginx/1.22.1"),
        (.http, "HTTP/1.0 404 Not Found"),
        (.nntp, "200 news.example.com InterNetNews NNRP server INN 2.7.1 ready (posting ok)"),
        (.nntp, "201 news.example.com Leafnode NNTP daemon, version 1.11.12"),
        (.nntp, "200 NNTP Service Ready, posting permitted"),
        (.nntp, "220 3 <a@example.com> article"),
        (.nntp, "281 Authentication accepted"),
        (.ftp, "220 (vsFTPd 3.0.3)"),
        (.ftp, "220 ProFTPD Server (Debian) [::ffff:192.0.2.1]"),
        (.ftp, "220---------- Welcome to Pure-FTPd [privsep] [TLS] ----------\r\n220-You are user number 1 of 50"),
        (.ftp, "220-FileZilla Server 1.8.1"),
        (.ftp, "220 Microsoft FTP Service"),
        (.ftp, "220 smtp.example.com FTP server (Version 6.00LS) ready."),
        (.ftp, "227 Entering Passive Mode (192,0,2,1,4,5)"),
        (.sieve, "\"IMPLEMENTATION\" \"Dovecot Pigeonhole\""),
        (.sieve, "\"SIEVE\" \"fileinto\"\r\nOK \"Dovecot ready.\""),
        (.sieve, "OK \"Logged in.\""),
        (.irc, ":irc.example.com NOTICE * :*** Looking up your hostname..."),
        (.irc, "NOTICE AUTH :*** Checking Ident"),
        (.irc, ":irc.example.com 001 noizumi :Welcome to the Internet Relay Network noizumi!~n@192.0.2.1"),
        (.irc, "@time=2026-11-26T10:00:00Z :a!b@c PRIVMSG #chan :hello"),
    ]

    @Test(arguments: greetings) func aServerAlone(_ dialect: DialectName, _ text: String) {
        let (answer, isEarly) = guess([said(.server, text)])
        #expect(answer == .protocol(dialect, isSwapped: false, isTLS: false))
        #expect(isEarly)
        // Nor does a port of another protocol's change it, nor that it was taken for the client.
        let other: UInt16 = dialect == .imap ? 110 : 143
        #expect(guess([said(.server, text)], to: other).answer == answer)
        #expect(guess([said(.client, text)], to: other).answer == .protocol(dialect, isSwapped: true, isTLS: false))
    }

    static let clients: [(DialectName, String)] = [
        (.smtp, "EHLO [192.0.2.1]"), (.smtp, "ehlo localhost.localdomain"), (.smtp, "HELO a"),
        (.smtp, "MAIL FROM:<a@example.com> SIZE=100"), (.smtp, "rcpt to:<b@example.com>"), (.smtp, "BDAT 86 LAST"),
        (.lmtp, "LHLO mail.example.com"),
        (.pop3, "CAPA"), (.pop3, "APOP noizumi c4c9334bac560ecc979e58001b3e22fb"), (.pop3, "stls"), (.pop3, "UIDL"),
        (.pop3, "TOP 1 0"), (.pop3, "USER noizumi\r\nPASS x\r\nSTAT\r\nUIDL"),
        (.imap, "a1 LOGIN noizumi secret"), (.imap, ". CAPABILITY"), (.imap, "C00000 CAPABILITY"),
        (.imap, "A001 UID FETCH 1:* (FLAGS)"), (.imap, "tag LOGIN noizumi secret"),
        (.http, "GET / HTTP/1.1\r\nHost: example.com"), (.http, "CONNECT example.com:443 HTTP/1.1"),
        (.http, "GET /index.html"),
        (.nntp, "MODE READER"), (.nntp, "AUTHINFO USER noizumi"), (.nntp, "CAPABILITIES"), (.nntp, "LIST ACTIVE"),
        (.nntp, "IHAVE <a@example.com>"), (.nntp, "GROUP misc.test\r\nARTICLE 1"),
        (.ftp, "USER anonymous\r\nPASS a@example.com\r\nSYST"), (.ftp, "AUTH TLS"), (.ftp, "FEAT"), (.ftp, "PASV"),
        (.sieve, "AUTHENTICATE \"PLAIN\" \"AGEAYg==\""), (.sieve, "LISTSCRIPTS"), (.sieve, "PUTSCRIPT \"a\" {5+}"),
        (.irc, "NICK noizumi\r\nUSER noizumi 0 * :Noizumi"), (.irc, "CAP LS 302"), (.irc, "JOIN #chan"),
        (.irc, "PRIVMSG #chan :hello"), (.irc, "PASS x\r\nNICK noizumi"),
    ]

    @Test(arguments: clients) func aClientAlone(_ dialect: DialectName, _ text: String) {
        #expect(guess([said(.client, text)]).answer == .protocol(dialect, isSwapped: false, isTLS: false))
        #expect(guess([said(.server, text)]).answer == .protocol(dialect, isSwapped: true, isTLS: false))
    }

    // MARK: - Both sides, ports

    @Test(arguments: [
        ("EHLO a", DialectName.smtp), ("USER anonymous", .ftp), ("AUTH TLS", .ftp), ("LHLO a", .lmtp),
    ]) func aGreetingThatFitsSeveral(_ client: String, _ dialect: DialectName) {
        let greeting = said(.server, "220 ready")
        #expect(guess([greeting]).isEarly == false)
        #expect(guess([greeting, said(.client, client)]).answer == .protocol(dialect, isSwapped: false, isTLS: false))
    }

    @Test(arguments: [
        (25, DialectName.smtp, false), (465, .smtp, true), (587, .smtp, false), (2525, .smtp, false),
        (1025, .smtp, false), (24, .lmtp, false), (110, .pop3, false), (995, .pop3, true), (143, .imap, false),
        (993, .imap, true), (80, .http, false), (8080, .http, false), (8000, .http, false), (443, .http, true),
        (119, .nntp, false), (563, .nntp, true), (21, .ftp, false), (990, .ftp, true), (4190, .sieve, false),
        (6667, .irc, false), (6697, .irc, true),
    ]) func aPortAlone(_ port: Int, _ dialect: DialectName, _ isTLS: Bool) throws {
        let port = try #require(UInt16(exactly: port))
        #expect(guess([], to: port).answer == .protocol(dialect, isSwapped: false, isTLS: isTLS))
        #expect(guess([], from: port, to: 9999).answer == .protocol(dialect, isSwapped: true, isTLS: isTLS))
        let text = said(.client, "words that tell nothing")
        #expect(guess([text], to: port).answer == .protocol(dialect, isSwapped: false, isTLS: false))
    }

    @Test func thePortDecidesWhatWordsLeaveOpen() {
        #expect(guess([said(.server, "220 ready")], to: 21).answer == .protocol(.ftp, isSwapped: false, isTLS: false))
        #expect(guess([said(.server, "220 ready")], to: 25).answer == .protocol(.smtp, isSwapped: false, isTLS: false))
        #expect(guess([said(.server, "220 ready")], to: 24).answer == .protocol(.lmtp, isSwapped: false, isTLS: false))
        let recipient = said(.client, "RCPT TO:<a@example.com>")
        #expect(guess([recipient], to: 24).answer == .protocol(.lmtp, isSwapped: false, isTLS: false))
        #expect(guess([said(.client, "QUIT")], to: 119).answer == .protocol(.nntp, isSwapped: false, isTLS: false))
        // But not against them.
        #expect(guess([said(.server, "220 ready")], to: 143).answer == .protocol(.smtp, isSwapped: false, isTLS: false))
        // What may as well be text does not count against a port.
        #expect(guess([said(.client, "GROUP one")], to: 25).answer == .protocol(.smtp, isSwapped: false, isTLS: false))
    }

    @Test func whoIsTheClient() {
        // The lower of two well-known ports is the server's.
        #expect(guess([], from: 25, to: 2525).answer == .protocol(.smtp, isSwapped: true, isTLS: false))
        #expect(guess([], from: 2525, to: 25).answer == .protocol(.smtp, isSwapped: false, isTLS: false))
        // Words tell more than ports.
        let reply = said(.client, "250 2.0.0 Ok: queued")
        #expect(guess([reply], to: 25).answer == .protocol(.smtp, isSwapped: true, isTLS: false))
        let command = said(.client, "RCPT TO:<a@example.com>")
        #expect(guess([command], from: 25, to: 9999).answer == .protocol(.smtp, isSwapped: false, isTLS: false))
    }

    @Test func aCaptureThatBeginsInTheMiddle() {
        let text = said(.client, "ine.\r\nHello, here is a message\r\nof some lines.\r\n.\r\nMAIL FROM:<a@example.com>")
        #expect(guess([text]).answer == .protocol(.smtp, isSwapped: false, isTLS: false))
        let body = said(.server, String(repeating: "What the server sends of a message\r\n", count: 20))
        #expect(guess([body], to: 110).isEarly)
        #expect(guess([body]).answer == .unknown)
        #expect(
            guess([body, said(.client, "DELE 1\r\nUIDL")]).answer == .protocol(.pop3, isSwapped: false, isTLS: false))
    }

    @Test func aSilentSideIsNotWaitedForWithoutEnd() {
        let long: Turn = (.client, Array(repeating: UInt8(ascii: "a"), count: ProtocolGuessLimits.patience))
        var guess = ProtocolGuess(clientPort: Self.ephemeral, serverPort: 9999)
        guess.heard(long.bytes.span.extracting(0..<long.bytes.count - 1), from: .client)
        #expect(guess.answer == .undecided)
        guess.heard(long.bytes.span.extracting(0..<1), from: .client)
        #expect(guess.answer == .unknown)
    }

    // MARK: - TLS, and what is none of ours

    private static let clientHello: [UInt8] = [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3, 0, 0, 0]
    private static let serverHello: [UInt8] = [0x16, 3, 3, 0, 0x7A, 2, 0, 0, 0x76, 3, 3, 0]

    @Test func insideTLSThePortTells() {
        #expect(guess([(.client, Self.clientHello)], to: 993).answer == .protocol(.imap, isSwapped: false, isTLS: true))
        #expect(guess([(.server, Self.serverHello)], to: 443).answer == .protocol(.http, isSwapped: false, isTLS: true))
        #expect(guess([(.server, Self.clientHello)], to: 995).answer == .protocol(.pop3, isSwapped: true, isTLS: true))
        #expect(guess([(.client, Self.clientHello)]).answer == .unknown)
        // In the middle: of a session, of a record.
        let record: [UInt8] = [0x17, 3, 3, 0, 0x40, 9, 8, 7]
        #expect(guess([(.client, record)], to: 25).answer == .protocol(.smtp, isSwapped: false, isTLS: true))
        #expect(
            guess([(.client, [0xA0, 0, 1, 2, 3])], to: 993).answer == .protocol(.imap, isSwapped: false, isTLS: true))
        #expect(guess([(.client, [0x16, 3, 1])], to: 465).answer == .protocol(.smtp, isSwapped: false, isTLS: true))
    }

    static let foreign: [(String, [UInt8])] = [
        ("SSH", Array("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n".utf8)),
        (
            "DNS",
            [0, 0x1D, 0x1A, 0x2B, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 7] + Array("example".utf8) + [3, 0x63, 0x6F, 0x6D, 0]
        ),
        ("MySQL", [0x4A, 0, 0, 0, 0x0A] + Array("5.7.30-log".utf8) + [0, 8, 0, 0, 0]),
        ("Redis", Array("*1\r\n$4\r\nPING\r\n".utf8)),
        ("random", [0x9C, 0x12, 0x7F, 0xE3, 0x00, 0x41, 0x0A, 0xB7]),
        ("HTTP/2", Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)),
        ("a cut TLS record", [0x16, 4]),
    ]

    @Test(arguments: foreign) func noneOfOurs(_ name: String, _ bytes: [UInt8]) {
        for port: UInt16 in [9999, 25, 110] {
            for direction in Direction.allCases {
                let (answer, isEarly) = guess([(direction, bytes)], to: port)
                #expect(answer == .unknown, "\(name) to \(port)")
                #expect(isEarly, "\(name) to \(port)")
            }
        }
    }

    @Test func redisAnswersAsPOP3Does() {
        let ping: Turn = (.client, Array("*1\r\n$4\r\nPING\r\n".utf8))
        #expect(guess([ping, said(.server, "+OK")], to: 110).answer == .unknown)
    }

    @Test func textOfNoProtocol() {
        #expect(guess([said(.client, "hello"), said(.server, "hello yourself")]).answer == .unknown)
        #expect(guess([]).answer == .unknown)
    }
}
