import Conversation

/// The client speaks in clear where only its handshake may stand: in the packet of its STARTTLS, or after the server
/// has agreed. A client that goes on in clear after a handshake that failed is one of these, too.
struct TLSDataAfterSTARTTLS: Rule {
    static let hears: RuleEvents = [.utterance, .agreedOnTLS]
    static let about = RuleDescription(
        id: "tls.data-after-starttls",
        title: Words(
            "The client speaks in clear where its TLS handshake should be",
            ja: "TLS ハンドシェイクのはずの場所でクライアントが平文で話している"),
        severity: .error,
        side: .client,
        clause: Clause(smtp: "RFC 3207 §4", pop3: "RFC 2595 §4", imap: "RFC 9051 §6.2.1"),
        means: Words(
            """
            Once a client has asked for TLS, and the server has agreed, the next that it says is its handshake. What \
            it says in clear instead can have been put there by somebody on the way; a server that keeps it and \
            obeys it inside TLS does so in the name of the client (CVE-2011-0411).
            """,
            ja: """
                クライアントが TLS を求め、サーバーが同意したら、クライアントが次に送るのはハンドシェイクです。代わ\
                りに平文で送られたものは、経路上の誰かが差し込んだ可能性があります。それを取っておいて TLS の中で実\
                行するサーバーは、クライアントの名で実行してしまいます (CVE-2011-0411)。
                """),
        remedy: Words(
            """
            The client is to wait for the server's answer to STARTTLS or STLS, and then to begin the handshake, or \
            to hang up. If it did, look for somebody on the way who puts commands in.
            """,
            ja: """
                クライアントは STARTTLS または STLS への応答を待ち、それからハンドシェイクを始めるか、接続を切るべき\
                です。クライアントが正しく動いているなら、経路上でコマンドを差し込んでいる者がいないか調べてくださ\
                い。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: STARTTLS
            C: MAIL FROM:<eve@example.net>
            S: 220 go ahead
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
            S: 220 go ahead
            tls server
            tls client
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        explains: [TLSPasswordClear.self, TLSRefusedThenClear.self, TLSHandshakeFailed.self])

    mutating func agreedOnTLS(at time: Timestamp, in session: SessionSoFar) -> Finding? {
        session.inCrossing.client.map { finding($0, isEarly: true, in: session) }
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        session.layer == .agreed ? session.inCrossing.client.map { finding($0, isEarly: false, in: session) } : nil
    }

    /// - Parameter isEarly: it was said before the server had agreed.
    private func finding(_ line: Utterance, isEarly: Bool, in session: SessionSoFar) -> Finding {
        let outcome =
            isEarly
            ? Words(
                """
                The client did not wait for the server's answer; a server throws away what it read before the \
                handshake, so that nobody answers this, and who waits for the answer inside TLS waits in vain.
                """,
                ja: """
                    クライアントは応答を待っていません。サーバーはハンドシェイクの前に読んだものを捨てるため、これに答える\
                    者はなく、TLS の中で応答を待っても届きません。
                    """)
            : Words(
                "The server takes it for a broken handshake, and mostly hangs up.",
                ja: "サーバーはこれを壊れたハンドシェイクとみなし、たいていは接続を切ります。")
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                Between its \(session.dialect.startTLS) and its handshake the client said in clear: \
                \(Quote.of(line)). \(outcome.en) Anybody on the way can read this and change it, or put it there; a \
                server that obeys it inside TLS obeys them.
                """,
                ja: """
                    クライアントは \(session.dialect.startTLS) とハンドシェイクの間に、平文で \(Quote.of(line)) を送\
                    りました。\(outcome.ja)経路上の誰でもこれを読み、書き換え、差し込むことができます。TLS の中でこれを\
                    実行するサーバーは、その者に従うことになります。
                    """))
    }
}
