import Conversation
import Wire

/// The conversation goes on though one side said that it is over.
struct HTTPBothConnectionCloseIgnored: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "http.both.connection-close-ignored",
        title: Words(
            "Requests or answers go on after Connection: close",
            ja: "Connection: close の後もリクエストや応答が続いている"),
        severity: .warning,
        side: .client,
        clause: "RFC 9112 §9.6",
        means: Words(
            """
            `Connection: close` says that this request, or this response, is the last on the connection. What is \
            asked after it need not be answered, and may have been carried out all the same.
            """,
            ja: """
                `Connection: close` は、このリクエストや応答が接続の最後であることを示します。その後のリクエストには\
                応答がないかもしれず、それでも実行されている可能性があります。
                """),
        remedy: Words(
            """
            Let the client close the connection and open another one; let the server close it behind the response.
            """,
            ja: """
                クライアントは接続を閉じて新しい接続を開き、サーバーはその応答の後で接続を閉じるようにしてください。
                """),
        violating: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: Connection: close
            C: 
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 2
            S: 
            S: ok\\c
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: 
            end: client-closed
            """,
        conforming: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: Connection: keep-alive
            C: 
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 2
            S: 
            S: ok\\c
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: 
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 2
            S: 
            S: ok\\c
            end: client-closed
            """,
        dialects: [.http])

    /// A request that was on its way when the server said so is nobody's fault.
    private static let nanosecondsOnTheWay: Int64 = 5_000_000_000

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        let http = session.http
        guard !session.hasGap, !http.isOver else { return nil }
        switch line.kind {
        case .command:
            if http.heads.client.closes {
                return finding(
                    from: .client, at: Place(line), in: session,
                    means: Words(
                        """
                        The client said Connection: close with its last request, and then sent another one: \
                        \(HTTPText.quote(line)).
                        """,
                        ja: """
                            クライアントは前のリクエストで Connection: close を送りましたが、さらに \
                            \(HTTPText.quote(line)) を送りました。
                            """))
            }
            guard http.heads.server.closes, http.heads.server.code >= 200, let answer = http.answer,
                line.at.since(answer.at) > Self.nanosecondsOnTheWay
            else { return nil }
            return finding(
                from: .client, at: Place(line), in: session,
                means: Words(
                    """
                    The server had said Connection: close with its last response, and the client sent another \
                    request on the connection: \(HTTPText.quote(line)). It is to open a new one.
                    """,
                    ja: """
                        サーバーは前の応答で Connection: close を送りましたが、クライアントは同じ接続でさらに \
                        \(HTTPText.quote(line)) を送りました。新しい接続を開くべきです。
                        """))
        case .reply:
            guard http.heads.server.closes, http.heads.server.code >= 200 else { return nil }
            return finding(
                from: .server, at: Place(line), in: session,
                means: Words(
                    """
                    The server said Connection: close with its last response, and then sent another one: \
                    \(Quote.of(line)). It is to close the connection instead.
                    """,
                    ja: """
                        サーバーは前の応答で Connection: close を送りましたが、さらに \(Quote.of(line)) を送りまし\
                        た。接続を閉じるべきでした。
                        """))
        default: return nil
        }
    }
}
