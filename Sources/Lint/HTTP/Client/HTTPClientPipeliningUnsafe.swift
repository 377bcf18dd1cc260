import Conversation
import Wire

/// The client goes on before it knows what came of a request that may do harm twice.
struct HTTPClientPipeliningUnsafe: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "http.client.pipelining-unsafe",
        title: Words(
            "A request is sent behind an unanswered one that must not be repeated",
            ja: "繰り返してはならないリクエストの応答を待たずに次を送っている"),
        severity: .warning,
        side: .client,
        clause: "RFC 9112 §9.3.2",
        means: Words(
            """
            Where the connection breaks, the client cannot tell which requests were carried out. GET and the like \
            can simply be said again; POST cannot, and is then lost or done twice.
            """,
            ja: """
                接続が切れると、どのリクエストが実行されたか分かりません。GET などはもう一度送れば済みますが、POST \
                はそうはいかず、失われるか二重に実行されます。
                """),
        remedy: Words(
            "Wait for the status of a POST or PATCH before the next request is sent on the same connection.",
            ja: "POST や PATCH の状態コードを受け取ってから、同じ接続で次のリクエストを送ってください。"),
        violating: """
            protocol: http
            C: POST /send HTTP/1.1
            C: Host: www.example.com
            C: Content-Length: 2
            C: 
            C: ok\\c
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: 
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 2
            S: 
            S: ok\\c
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 2
            S: 
            S: ok\\c
            end: client-closed
            """,
        conforming: """
            protocol: http
            C: POST /send HTTP/1.1
            C: Host: www.example.com
            C: Content-Length: 2
            C: 
            C: ok\\c
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

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        let http = session.http
        guard line.direction == .client, line.kind == .command, http.lastUnsafe > http.answered, !http.isOver,
            !session.hasGap
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client sent \(HTTPText.quote(line)) before its \(Picture.of(text: http.lastUnsafeMethod)) was \
                answered. Where the connection breaks now, it cannot tell whether to repeat that.
                """,
                ja: """
                    クライアントは \(Picture.of(text: http.lastUnsafeMethod)) への応答が来る前に \
                    \(HTTPText.quote(line)) を送りました。ここで接続が切れると、繰り返してよいか判断できません。
                    """))
    }
}
