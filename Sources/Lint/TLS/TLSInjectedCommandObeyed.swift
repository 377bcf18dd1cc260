import Conversation
import Wire

/// The server answers inside TLS to what stood in clear behind STARTTLS.
struct TLSInjectedCommandObeyed: Rule {
    static let hears: RuleEvents = [.utterance, .handshake]
    static let about = RuleDescription(
        id: "tls.injected-command-obeyed",
        title: Words(
            "The server obeys inside TLS what was said in clear before it",
            ja: "平文で送られたコマンドをサーバーが TLS の中で実行している"),
        severity: .error,
        side: .server,
        clause: Clause(smtp: "RFC 3207 §4.2", pop3: "RFC 2595 §4", imap: "RFC 9051 §6.2.1"),
        means: Words(
            """
            The server kept what it had read behind STARTTLS, and took it for said inside TLS (CVE-2011-0411). \
            Somebody on the way can so put commands before the client's own, and have its mail or its password \
            handed to them.
            """,
            ja: """
                サーバーは STARTTLS の後ろで読んだものを取っておき、TLS の中で送られたものとして扱いました \
                (CVE-2011-0411)。経路上の者は、クライアントのコマンドの前に自分のコマンドを差し込み、メールやパス\
                ワードを自分に渡させることができます。
                """),
        remedy: Words(
            """
            Update the server. It must throw away what it has read in clear when TLS begins, or take it for the \
            beginning of the handshake.
            """,
            ja: """
                サーバーを更新してください。TLS が始まるとき、それまでに平文で読んだものは捨てるか、ハンドシェイクの\
                始まりとして扱わなければなりません。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: STARTTLS
            remark: fault inject-command: mailtee put a command in clear behind the client's command to begin TLS
            S: 220 go ahead
            tls server
            tls client
            S: 250 2.0.0 ok
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: STARTTLS
            remark: fault inject-command: mailtee put a command in clear behind the client's command to begin TLS
            S: 220 go ahead
            tls server
            tls client
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 bye
            """)

    /// Seconds after which a server may speak on its own, to tell that its time is up.
    private static let patience: Int64 = 20

    private var securedAt: Timestamp?

    mutating func handshake(_ facts: TLSFacts, at time: Timestamp, in session: SessionSoFar) -> Finding? {
        if facts.securesClient { securedAt = time }
        return nil
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard session.isUpgraded, session.wasInjected, line.direction == .server, session.spoken.server == 1,
            session.spoken.client == 0
        else { return nil }
        if let securedAt, line.at.since(securedAt) >= Self.patience * 1_000_000_000 { return nil }
        // A server that closes says so to whoever is there (RFC 5321 §3.8).
        if line.bytes.starts(with: "421".utf8) { return nil }
        // What an IMAP server says without a tag answers no command.
        if session.dialect == .imap, line.bytes.first == Byte.star || line.bytes.first == Byte.plus { return nil }
        let said = session.inCrossing.client.map(Quote.of)
        let command = Words(
            said.map { "\($0), said in clear" } ?? "what mailtee put there",
            ja: said.map { "平文の \($0) " } ?? " mailtee が差し込んだもの")
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                Inside TLS, before the client had said a word there, the server answered \(Quote.of(line)). Behind \
                \(session.dialect.startTLS) it had read \(command[.en]), and obeyed.
                """,
                ja: """
                    TLS の中でクライアントがまだ何も言わないうちに、サーバーは \(Quote.of(line)) と応答しました。\
                    \(session.dialect.startTLS) の後ろで\(command[.ja])を読み、それを実行したためです。
                    """))
    }
}
