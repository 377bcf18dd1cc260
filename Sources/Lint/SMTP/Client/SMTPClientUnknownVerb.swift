import Conversation
import Wire

/// The client says a command that is none.
struct SMTPClientUnknownVerb: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.client.unknown-verb",
        title: Words("The client says a command that SMTP does not have", ja: "SMTP にないコマンドを使っています"),
        severity: .warning,
        side: .client,
        clause: "RFC 5321 §4.1.5",
        means: Words(
            """
            The command is none of SMTP's, none that the server offers, and not a private one, whose name \
            begins with X. A server answers 500. It may be a misspelt command, a part of a message that the \
            client believes the server to be waiting for, or another protocol.
            """,
            ja: """
                SMTP のコマンドでも、サーバーが提供するコマンドでも、X で始まる独自コマンドでもありません。サー\
                バは 500 を返します。綴りの誤りか、サーバーが待っていると思い込んで送ったメッセージの一部か、\
                別のプロトコルかもしれません。
                """),
        remedy: Words(
            """
            Look at what the client said before: if the command is spelt right, the client and the server \
            are out of step.
            """,
            ja: """
                その前のやり取りを確認してください。綴りが正しければ、クライアントとサーバーの歩調がずれていま\
                す。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: VERB
            S: 500 5.5.1 what?
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 VERB
            C: VERB
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0, !SMTPVerbs.known.contains(exchange.verb), exchange.verb != ".", session.followsSMTP,
            !SMTPVerbs.begins(exchange.command, in: session),
            // A handshake is a client's that was told the wrong port.
            exchange.command.first != 0x16
        else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: exchange.command.isEmpty
                ? Words(
                    "The client said an empty line where a command should be.",
                    ja: "クライアントは、コマンドが来るべきところで空行を送りました。")
                : Words(
                    """
                    The client said \(Quote.of(exchange.command)), which begins with no command of SMTP and with \
                    none that the server offers\(Self.origin(exchange.command)?.en ?? "").
                    """,
                    ja: """
                        クライアントは \(Quote.of(exchange.command)) を送りましたが、SMTP のコマンドでも、サーバー\
                        が提供するコマンドでもありません\(Self.origin(exchange.command)?.ja ?? "")。
                        """))
    }

    /// Where the verb is at home, and what SMTP has in its place.
    private static let foreign: [String: (home: String, here: String?)] = [
        "AUTHENTICATE": ("IMAP", "AUTH"), "LOGIN": ("IMAP", "AUTH LOGIN"), "CAPABILITY": ("IMAP", "EHLO"),
        "LOGOUT": ("IMAP", "QUIT"), "SELECT": ("IMAP", nil), "EXAMINE": ("IMAP", nil), "FETCH": ("IMAP", nil),
        "APPEND": ("IMAP", nil), "IDLE": ("IMAP", nil),
        "USER": ("POP3 and FTP", "AUTH"), "PASS": ("POP3 and FTP", "AUTH"), "APOP": ("POP3", "AUTH CRAM-MD5"),
        "CAPA": ("POP3", "EHLO"), "STLS": ("POP3", "STARTTLS"), "STAT": ("POP3", nil), "LIST": ("POP3", nil),
        "RETR": ("POP3", nil), "DELE": ("POP3", nil), "UIDL": ("POP3", nil), "TOP": ("POP3", nil),
        "GET": ("HTTP", nil), "POST": ("HTTP", nil), "HEAD": ("HTTP", nil), "PUT": ("HTTP", nil),
        "CONNECT": ("HTTP", nil), "OPTIONS": ("HTTP", nil),
    ]

    /// Misspellings that are seen.
    private static let misspelled: [String: String] = [
        "HELLO": "HELO", "EHELO": "EHLO", "STARTSSL": "STARTTLS", "TLS": "STARTTLS", "FROM:": "MAIL FROM:",
        "TO:": "RCPT TO:", "BODY": "DATA", "RESET": "RSET", "EXIT": "QUIT", "BYE": "QUIT", "VERIFY": "VRFY",
        "AUTHLOGIN": "AUTH LOGIN", "AUTHPLAIN": "AUTH PLAIN", "AUTH=LOGIN": "AUTH LOGIN", "AUTH=PLAIN": "AUTH PLAIN",
    ]

    private static let fields: Set<String> = [
        "SUBJECT:", "DATE:", "CC:", "BCC:", "REPLY-TO:", "MIME-VERSION:", "MESSAGE-ID:", "CONTENT-TYPE:", "SENDER:",
        "RECEIVED:", "X-MAILER:",
    ]

    private static func origin(_ line: [UInt8]) -> Words? {
        let words = ASCII.words(line.prefix(512)[...])
        guard let first = words.first else { return nil }
        let verb = ASCII.uppercased(first.prefix(16))
        if first.last == Byte.colon, fields.contains(verb) {
            return Words(
                "; it is a field of a message's header, which belongs behind DATA and its 354",
                ja: "（これはメッセージのヘッダー欄で、DATA と 354 の後に送るものです）")
        }
        if let right = misspelled[verb] {
            return Words("; in SMTP it is `\(right)`", ja: "（SMTP では `\(right)` です）")
        }
        // In IMAP the tag comes first.
        let second = words.dropFirst().first.map { ASCII.uppercased($0.prefix(16)) } ?? ""
        let isTagged = first.contains(where: \.isDigit) && foreign[second]?.home == "IMAP"
        guard let (home, here) = foreign[isTagged ? second : verb] else { return nil }
        let name = isTagged ? second : verb
        return Words(
            "; `\(name)` is a command of \(home)\(here.map { ", where SMTP has `\($0)`" } ?? "")",
            ja: "（`\(name)` は \(home) のコマンドです。\(here.map { "SMTP では `\($0)` です" } ?? "SMTP にはありません")）")
    }
}
