import Conversation

/// It deletes, and leaves without QUIT.
struct POP3ClientDELENoQUIT: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "pop3.client.dele-no-quit",
        title: Words("The client deletes messages and leaves without QUIT", ja: "メールを削除したのに QUIT せずに切断している"),
        severity: .error,
        side: .client,
        clause: "RFC 1939 §6",
        means: Words(
            """
            DELE only marks a message; it is QUIT that removes it. A client that closes the connection \
            instead has deleted nothing, and gets the same messages again the next time.
            """,
            ja: """
                DELE は削除の印を付けるだけで、実際に削除されるのは QUIT のときです。QUIT せずに切断すると何も削除されず、次回また同じメールを受信します。
                """),
        remedy: Words(
            """
            Let the client say QUIT and wait for the answer before it closes the connection.
            """,
            ja: """
                クライアントは QUIT を送り、その応答を待ってから接続を閉じるようにしてください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: RETR 1
            S: +OK
            S: Subject: hello
            S: 
            S: hello
            S: .
            C: DELE 1
            S: +OK deleted
            end: client-closed
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: RETR 1
            S: +OK
            S: Subject: hello
            S: 
            S: hello
            S: .
            C: DELE 1
            S: +OK deleted
            C: QUIT
            S: +OK bye
            end: client-closed
            """,
        dialects: [.pop3],
        explains: [POP3ClientNoQUIT.self])

    /// The first message that is marked.
    private var first: (number: UInt64, place: Place)?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.replies.last?.code == "+OK" else { return nil }
        switch exchange.verb {
        case "DELE" where first == nil:
            guard let number = session.pop3.asked(exchange)?.number else { return nil }
            first = (number, Place(commandOf: exchange, in: session))
        case "RSET": first = nil
        default: break
        }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        // Who hangs up in the middle of an answer, or is cut off, did not forget it.
        guard let first, !pop3.hasQuit, !pop3.wasCutOff, session.followsPOP3 else { return nil }
        let severity: Severity
        switch session.end {
        case .closed(first: .client): severity = .error
        case .reset(by: .client): severity = .warning
        default: return nil
        }
        let count = max(pop3.deleted.count, 1)
        return finding(
            at: first.place, in: session, severity: severity,
            means: Words(
                """
                The client marked \(count) \(count == 1 ? "message" : "messages") as deleted, the first of \
                them number \(first.number), and closed the connection without QUIT. The server keeps them \
                all.
                """,
                ja: """
                    クライアントは \(count) 通 (最初はメッセージ \(first.number)) に削除の印を付けましたが、QUIT せずに接続を閉じました。サーバーにはすべ\
                    て残ります。
                    """))
    }
}
