import Conversation
import Wire

/// The end of the connection is the end of a body.
struct HTTPServerCloseDelimited: Rule {
    static let hears: RuleEvents = [.bodyBegan]
    static let about = RuleDescription(
        id: "http.server.close-delimited",
        title: Words(
            """
            A response of HTTP/1.1 does not say how long it is
            """, ja: "HTTP/1.1 の応答に本体の長さが示されていない"),
        severity: .note,
        side: .server,
        clause: "RFC 9112 §6.3, §8",
        means: Words(
            """
            Where only the end of the connection ends a body, a client cannot tell a whole one from one that was cut \
            off, and each request needs a connection of its own.
            """,
            ja: """
                接続の終わりだけが本体の終わりを示す場合、クライアントは本体がすべて届いたのか途中で切れたのか区別で\
                きません。また、リクエストごとに新しい接続が必要になります。
                """),
        remedy: Words(
            "Let the server say Content-Length, or send the body in chunks.",
            ja: "サーバーが Content-Length を送るか、本体をチャンクで送るようにしてください。"),
        violating: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: 
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Connection: close
            S: 
            S: ok\\c
            end: server-closed
            """,
        conforming: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: 
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Connection: close
            S: Content-Length: 2
            S: 
            S: ok\\c
            end: server-closed
            """,
        dialects: [.http])

    mutating func bodyBegan(_ body: BodyStart, in session: SessionSoFar) -> Finding? {
        let head = session.http.heads.server
        guard body.direction == .server, !body.isSwitched, head.framing == .unsaid, head.version?.isModern == true,
            let place = head.place
        else { return nil }
        return finding(
            at: place, in: session,
            means: Words(
                """
                The response \(head.code) has a body, and neither Content-Length nor Transfer-Encoding: only the end \
                of the connection ends it.
                """,
                ja: """
                    応答 \(head.code) には本体がありますが、Content-Length も Transfer-Encoding もありません。接続の\
                    終わりだけが本体の終わりを示します。
                    """))
    }
}
