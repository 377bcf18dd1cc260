import Conversation

/// The server speaks in clear between its agreement to TLS and its handshake.
struct TLSServerDataAfterOK: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "tls.server-data-after-ok",
        title: Words(
            "Words in clear stand between the server's agreement to TLS and its handshake",
            ja: "TLS への同意とハンドシェイクの間にサーバー側の平文がある"),
        severity: .error,
        side: .server,
        clause: Clause(smtp: "RFC 3207 §4", pop3: "RFC 2595 §4", imap: "RFC 9051 §6.2.1"),
        means: Words(
            """
            The handshake begins just after the line by which the server agrees. What stands there in clear can have \
            been put there by somebody on the way; a client that keeps it and takes it for an answer inside TLS can \
            be made to believe anything (CVE-2020-14954, CVE-2021-38371).
            """,
            ja: """
                ハンドシェイクは、サーバーが同意した行のすぐ後に始まります。そこに平文で置かれたものは、経路上の誰か\
                が差し込んだ可能性があります。それを取っておき、TLS の中の応答として扱うクライアントには、何でも信じ\
                させることができます (CVE-2020-14954, CVE-2021-38371)。
                """),
        remedy: Words(
            """
            The server is to say nothing in clear once it has agreed; one that cannot begin TLS is to refuse it, as \
            with 454, instead. If it did, look for somebody on the way who puts answers in.
            """,
            ja: """
                サーバーは同意した後、平文では何も送ってはいけません。TLS を始められない場合は、454 などで拒否すべき\
                です。サーバーが正しく動いているなら、経路上で応答を差し込んでいる者がいないか調べてください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go ahead
            S: 250 AUTH PLAIN
            tls server
            tls client
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
            S: 454 4.7.0 TLS is not available just now
            C: QUIT
            S: 221 bye
            """,
        explains: [TLSHandshakeFailed.self], besides: ["tls.offered-refused"])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        // An answer to a client that went on in clear is that client's doing.
        guard session.layer == .agreed, line.direction == .server, session.spoken.client == 0,
            session.faults.isDisjoint(with: [.injectResponse, .answerInClear])
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                Behind the server's agreement to \(session.dialect.startTLS), before its handshake, stood in clear: \
                \(Quote.of(line)). A client that takes this for an answer inside TLS believes whoever put it there.
                """,
                ja: """
                    \(session.dialect.startTLS) へのサーバーの同意の後ろ、ハンドシェイクの前に、平文で \
                    \(Quote.of(line)) がありました。これを TLS の中の応答と取り違えるクライアントは、差し込んだ者を\
                    信じることになります。
                    """))
    }
}
