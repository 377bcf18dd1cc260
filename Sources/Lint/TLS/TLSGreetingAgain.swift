import Conversation
import Wire

/// The server greets a second time once TLS has begun.
struct TLSGreetingAgain: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "tls.greeting-again",
        title: Words("The server greets again inside TLS", ja: "サーバーが TLS の中でもう一度あいさつしている"),
        severity: .warning,
        side: .server,
        clause: Clause(smtp: "RFC 3207 §4.2", pop3: "RFC 2595 §4", imap: "RFC 9051 §6.2.1"),
        means: Words(
            """
            After STARTTLS or STLS the client speaks first; the greeting is not said again. A client takes a second \
            one for the answer to its first command, and each answer after it for that of the command before.
            """,
            ja: """
                STARTTLS や STLS の後はクライアントが先に話し、あいさつは繰り返されません。二度目のあいさつを、クラ\
                イアントは最初のコマンドへの応答と取り違え、その後の応答も一つずつずれてしまいます。
                """),
        remedy: Words(
            "Let the server wait for the client's first command after the handshake.",
            ja: "ハンドシェイクの後は、クライアントの最初のコマンドを待つようサーバーを設定してください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go ahead
            tls server
            tls client
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            tls server start=implicit
            tls client start=implicit
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """)

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard session.isUpgraded, line.direction == .server, session.spoken.server == 1, !session.wasInjected else {
            return nil
        }
        let isSilent = session.spoken.client == 0
        let isGreeting =
            switch session.dialect {
            // It answers nothing but STARTTLS.
            case .smtp, .lmtp: line.bytes.starts(with: "220".utf8)
            case .pop3: isSilent && line.bytes.starts(with: "+OK".utf8)
            case .imap: isSilent && ["* OK", "* PREAUTH"].contains { line.bytes.starts(with: $0.utf8) }
            case .http, .nntp, .ftp, .sieve, .irc, .plain: false
            }
        guard isGreeting else { return nil }
        // In IMAP an untagged OK may come at any time and answers nothing (RFC 9051 §7.1.1).
        return finding(
            at: Place(line), in: session, severity: session.dialect == .imap ? .note : nil,
            means: Words(
                """
                The first that the server said inside TLS is a greeting: \(Quote.of(line)). There the client speaks \
                first; it may take this for the answer to its first command.
                """,
                ja: """
                    サーバーが TLS の中で最初に送ったのはあいさつでした: \(Quote.of(line))。ここではクライアントが先\
                    に話すので、最初のコマンドへの応答と取り違えられるおそれがあります。
                    """))
    }
}

extension SessionSoFar {
    /// Somebody put a command behind the client's STARTTLS: mailtee, who was asked to, or somebody whose words were
    /// heard.
    var wasInjected: Bool { inCrossing.client != nil || faults.contains(.injectCommand) }
}
