import Conversation
import Wire

/// The record begins or ends in the middle of a session.
struct AnyHalfSession: Rule {
    static let hears: RuleEvents = [.utterance, .ended]
    static let about = RuleDescription(
        id: "any.half-session",
        title: Words("The record does not hold the whole session", ja: "セッションの一部だけが記録されている"),
        severity: .note,
        side: .server,
        clause: Clause(smtp: "RFC 5321 §3.1, §3.8", pop3: "RFC 1939 §3", imap: "RFC 9051 §3"),
        means: Words(
            """
            Where the beginning is missing, nobody can tell what was agreed on; where the end is, nobody can tell \
            what came of the last command. Some rules are not applied then.
            """,
            ja: """
                始まりがなければ何が取り決められたか、終わりがなければ最後のコマンドがどうなったか分かりません。その\
                場合、一部のルールは適用されません。
                """),
        remedy: Words(
            "Start recording before the client connects, and stop it after the client has left.",
            ja: "クライアントが接続する前に記録を始め、切断した後に記録を止めてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250 mx.example.com
            end: broken-off
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 mx.example.com
            end: client-closed
            """)

    /// What the client said before the server had said a word.
    private var early: (verb: String, place: Place)?
    private var lines = 0

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        lines += 1
        guard session.layer == .clear else { return nil }
        if line.direction == .client {
            if session.spoken.server == 0, early == nil { early = (session.command?.verb ?? "", Place(line)) }
            return nil
        }
        guard session.spoken.server == 1, let early, !Self.isGreeting(line.bytes, early.verb, in: session.dialect)
        else { return nil }
        return finding(
            at: early.place, in: session,
            means: Words(
                """
                The record begins with \
                \(early.verb.isEmpty ? "a line of the client's" : Picture.of(text: early.verb)); the server's \
                greeting is not in it. Some rules are not applied.
                """,
                ja: """
                    記録は\(early.verb.isEmpty ? "クライアントの行" : " " + Picture.of(text: early.verb) + " ")から\
                    始まっており、サーバーのあいさつが含まれていません。一部のルールは適用されません。
                    """))
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard session.end == .brokenOff || session.end == .stopped, lines > 0 else { return nil }
        return finding(
            at: Place(at: session.last), in: session,
            means: Words(
                """
                The record breaks off before the client or the server ended the session. Some rules are not applied.
                """,
                ja: """
                    クライアントやサーバーがセッションを終える前に記録が途切れています。一部のルールは適用されませ\
                    ん。
                    """))
    }

    /// A client may have spoken before its time, and be greeted only then.
    private static func isGreeting(_ line: [UInt8], _ verb: String, in dialect: DialectName) -> Bool {
        switch dialect {
        case .smtp, .lmtp: line.starts(with: "220".utf8) || ["4", "5"].contains { line.starts(with: $0.utf8) }
        // A greeting looks like any answer, but these are said in the middle only.
        case .pop3: !["STAT", "LIST", "RETR", "DELE", "UIDL", "TOP"].contains(verb)
        case .imap: line.first == Byte.star
        case .http, .nntp, .ftp, .sieve, .irc, .plain: true
        }
    }
}
