import Conversation
import Wire

/// The client and the server do not speak the same protocol.
struct AnyWrongProtocol: Rule {
    static let hears: RuleEvents = [.utterance, .ended]
    static let about = RuleDescription(
        id: "any.wrong-protocol",
        title: Words(
            "Client and server do not speak the same protocol",
            ja: "クライアントとサーバーのプロトコルが一致していない"),
        severity: .error,
        side: .client,
        clause: "RFC 8314 §3, §7.3",
        means: Words(
            """
            Each protocol has its port, and TLS from the first byte on has another one again. A client set to the \
            wrong one waits for words that do not come, and may say its password to a server that keeps it in its \
            log.
            """,
            ja: """
                プロトコルごとにポートがあり、最初から TLS を使う場合はさらに別のポートになります。設定を誤ったクラ\
                イアントは来ない応答を待ち続け、ログに残すサーバーへパスワードを送ってしまうこともあります。
                """),
        remedy: Words(
            """
            Set protocol, port and the kind of TLS in the client so that they fit: SMTP 25 or 587, POP3 110, IMAP \
            143; with TLS from the first byte on 465, 995, 993.
            """,
            ja: """
                クライアントのプロトコル、ポート、TLS の種類を合わせてください。SMTP は 25 または 587、POP3 は 110、\
                IMAP は 143、最初から TLS を使う場合は 465、995、993 です。
                """),
        violating: """
            protocol: pop3
            S: +OK ready
            C: EHLO client.example.com
            S: -ERR unknown command
            C: QUIT
            S: +OK bye
            end: client-closed
            """,
        conforming: """
            protocol: pop3
            S: +OK ready
            C: CAPA
            S: +OK
            S: USER
            S: .
            C: QUIT
            S: +OK bye
            end: client-closed
            """,
        dialects: [.smtp, .lmtp, .pop3, .imap, .http, .nntp, .ftp, .sieve, .irc],
        explains: [
            SMTPServerBadCode.self, SMTPServerGreetingNoDomain.self, SMTPServerBareLF.self, SMTPServerBareCode.self,
            POP3ServerIndicator.self, POP3ServerLineEnd.self, AnyHalfSession.self,
        ], desynchronises: true)

    private enum Tongue {
        case tls
        case http
        case smtp
        case pop3
        case imap
        case ssh

        var name: String {
            switch self {
            case .tls: "TLS"
            case .http: "HTTP"
            case .smtp: "SMTP"
            case .pop3: "POP3"
            case .imap: "IMAP"
            case .ssh: "SSH"
            }
        }
    }

    private var greeting: Tongue?
    /// What the server said first, which is of another protocol.
    private var foreign: Finding?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard session.layer == .clear, !session.hasGap else { return nil }
        if line.direction == .server {
            guard session.spoken.server == 1 else { return nil }
            if line.beginsTLSAlert || line.beginsTLSRecord { return secured(line, in: session) }
            let tongue = Self.greeting(line.bytes)
            if session.spoken.client == 0 { greeting = tongue }
            guard let tongue, Self.isForeign(tongue, in: session.dialect) else { return nil }
            let found = strange(line, tongue, in: session)
            guard session.spoken.client == 0 else { return found }
            // Who speaks the same as the server is at home there, and mailtee is not.
            foreign = found
            return nil
        }
        if let found = foreign.take(), Self.tongue(line.bytes, in: session.dialect) != greeting { return found }
        guard session.spoken.client == 1, let tongue = Self.tongue(line.bytes, in: session.dialect) else { return nil }
        let dialect = session.dialect.rawValue.uppercased()
        if tongue == greeting {
            return finding(
                at: Place(line), in: session, severity: .warning,
                means: Words(
                    """
                    Client and server both speak \(tongue.name); mailtee was told that it is \(dialect). What else \
                    it makes of this session is not to be relied on.
                    """,
                    ja: """
                        クライアントもサーバーも \(tongue.name) で話していますが、mailtee には \(dialect) と指定され\
                        ています。このセッションについてのほかの判断は当てになりません。
                        """))
        }
        // Nothing is quoted: a client at the wrong port says its secrets where nobody looks for them.
        var found = finding(
            at: Place(line), in: session,
            means: Words(
                """
                The first that the client said is \(tongue.name); \(dialect) is spoken here. The server cannot \
                understand it.
                """,
                ja: """
                    クライアントが最初に送ったのは \(tongue.name) でしたが、ここで話されるのは \(dialect) です。サー\
                    バーには理解できません。
                    """))
        if tongue == .tls { found.side = .tls }
        return found
    }

    mutating func ended(in session: SessionSoFar) -> Finding? { foreign }

    /// The server speaks TLS to a client that speaks in clear.
    private func secured(_ line: Utterance, in session: SessionSoFar) -> Finding {
        let what =
            line.beginsTLSAlert ? Words("a TLS alert", ja: "TLS アラート") : Words("TLS", ja: "TLS のデータ")
        let dialect = session.dialect.rawValue.uppercased()
        var found = finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client speaks plain \(dialect), and the first that the server said is \(what.en): on this port \
                TLS begins with the first byte. Set the client to TLS from the start ("SSL/TLS") for this port, or to \
                the port for STARTTLS.
                """,
                ja: """
                    クライアントは平文の \(dialect) で話していますが、サーバーが最初に送ったのは\(what.ja)です。この\
                    ポートでは最初のバイトから TLS を使います。クライアントをこのポートでは最初から TLS (「SSL/TLS」)に\
                    設定するか、STARTTLS 用のポートに変えてください。
                    """))
        found.side = .tls
        return found
    }

    /// The server speaks another protocol than was expected of it.
    private func strange(_ line: Utterance, _ tongue: Tongue, in session: SessionSoFar) -> Finding {
        let dialect = session.dialect.rawValue.uppercased()
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The first that the server said is \(Quote.of(line)), which is \(tongue.name), and the client is here \
                for \(dialect). It was given the wrong host or port.
                """,
                ja: """
                    サーバーが最初に送ったのは \(Quote.of(line)) で、これは \(tongue.name) です。クライアントが求めて\
                    いるのは \(dialect) なので、ホスト名かポートの設定が誤っています。
                    """))
    }

    private static func isForeign(_ tongue: Tongue, in dialect: DialectName) -> Bool {
        switch (tongue, dialect) {
        case (.smtp, .pop3), (.smtp, .imap): true
        case (.pop3, .smtp), (.pop3, .lmtp), (.pop3, .imap): true
        case (.imap, .smtp), (.imap, .lmtp), (.imap, .pop3): true
        case (.http, .smtp), (.http, .lmtp), (.http, .pop3), (.http, .imap): true
        case (.ssh, .smtp), (.ssh, .lmtp), (.ssh, .pop3), (.ssh, .imap): true
        default: false
        }
    }

    private static func tongue(_ line: [UInt8], in dialect: DialectName) -> Tongue? {
        // A record with a handshake, of any version (RFC 8446 §5.1).
        if line.starts(with: [0x16, 0x03]) { return .tls }
        let words = ASCII.words(line.prefix(longest))
        guard let verb = words.first else { return nil }
        let isHTTP = words.count >= 3 && words.last?.starts(with: "HTTP/".utf8) == true
        if isHTTP { return dialect == .http ? nil : .http }
        let isSMTP = ASCII.equal(verb, "EHLO") || ASCII.equal(verb, "HELO") || ASCII.equal(verb, "LHLO")
        if isSMTP, words.count == 2 { return dialect == .smtp || dialect == .lmtp ? nil : .smtp }
        switch dialect {
        case .smtp, .lmtp, .imap, .http: if isPOP3(words) { return .pop3 }
        // USER and the like are at home there.
        case .pop3, .nntp, .ftp, .sieve, .irc, .plain: break
        }
        return dialect != .imap && isIMAP(words) ? .imap : nil
    }

    private static func isPOP3(_ words: [ArraySlice<UInt8>]) -> Bool {
        switch words.count {
        case 1: ASCII.equal(words[0], "CAPA") || ASCII.equal(words[0], "STLS")
        case 2: ASCII.equal(words[0], "USER")
        case 3: ASCII.equal(words[0], "APOP")
        default: false
        }
    }

    private static func isIMAP(_ words: [ArraySlice<UInt8>]) -> Bool {
        guard words.count >= 2, words[0].count <= 16, words[0].contains(where: { $0.isDigit }),
            words[0].allSatisfy({ $0.isDigit || $0.isLetter || $0 == Byte.dot })
        else { return false }
        return ["CAPABILITY", "LOGIN", "AUTHENTICATE", "STARTTLS"].contains(ASCII.uppercased(words[1]))
    }

    private static func greeting(_ line: [UInt8]) -> Tongue? {
        if line.starts(with: "220".utf8) || line.starts(with: "554 ".utf8) { return .smtp }
        if line.starts(with: "+OK".utf8) || line.starts(with: "-ERR".utf8) { return .pop3 }
        if line.starts(with: "HTTP/".utf8) { return .http }
        if line.starts(with: "SSH-".utf8) { return .ssh }
        return line.starts(with: "* OK".utf8) || line.starts(with: "* PREAUTH".utf8)
            || line.starts(with: "* BYE".utf8) ? .imap : nil
    }

    /// Bytes of the line that are looked at.
    private static let longest = 2_048
}
