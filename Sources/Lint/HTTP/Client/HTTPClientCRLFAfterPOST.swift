import Conversation
import Wire

/// The client says an empty line before or behind a request.
struct HTTPClientCRLFAfterPOST: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "http.client.crlf-after-post",
        title: Words("An empty line stands around a request", ja: "リクエストの前後に余分な空行がある"),
        severity: .error,
        side: .client,
        clause: "RFC 9112 §2.2",
        means: Words(
            """
            Some old clients sent a line end behind the body of a POST. It belongs to nothing: servers should pass \
            by one such line, and those that do not take it for a broken request, or count it for the body.
            """,
            ja: """
                古いクライアントには、POST の本体の後ろに改行を送るものがありました。この改行はどこにも属しません。\
                サーバーは空行を一つは読み飛ばすべきですが、そうしないサーバーは壊れたリクエストや本体の一部と見なし\
                ます。
                """),
        remedy: Words(
            "Send nothing between the last octet of a body and the next request line.",
            ja: "本体の最後のオクテットと次のリクエスト行の間には、何も送らないでください。"),
        violating: """
            protocol: http
            C: POST /login HTTP/1.1
            C: Host: www.example.com
            C: Content-Length: 2
            C: 
            C: ok
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 2
            S: 
            S: ok\\c
            end: client-closed
            """,
        conforming: """
            protocol: http
            C: POST /login HTTP/1.1
            C: Host: www.example.com
            C: Content-Length: 2
            C: 
            C: ok\\c
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 2
            S: 
            S: ok\\c
            end: client-closed
            """,
        dialects: [.http])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, !session.hasGap, case .empty? = session.http.stray(line) else { return nil }
        let method = session.http.heads.client.method
        if method.isEmpty {
            return finding(
                at: Place(line), in: session,
                means: Words(
                    """
                    The client began with an empty line, ahead of its first request. Servers may refuse what \
                    follows.
                    """,
                    ja: """
                        クライアントは最初のリクエストの前に空行を送りました。サーバーが後続のリクエストを拒否するお\
                        それがあります。
                        """))
        }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client sent an empty line behind its request \(Picture.of(text: method)), where the next request \
                line has to be. Servers may refuse what follows.
                """,
                ja: """
                    クライアントはリクエスト \(Picture.of(text: method)) の後ろ、次のリクエスト行の場所に空行を送り\
                    ました。サーバーが後続のリクエストを拒否するおそれがあります。
                    """))
    }
}
