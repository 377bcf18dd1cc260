import Conversation
import Wire

/// A response that has no body has a length.
struct HTTPServerCLOn2041xx: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "http.server.cl-on-204-1xx",
        title: Words(
            "A response that has no body has a Content-Length",
            ja: "本体のない応答に Content-Length が付いている"),
        severity: .error,
        side: .server,
        clause: "RFC 9110 §8.6",
        means: Words(
            """
            A response 204 or 1xx never has a body. Where it announces one, clients that believe it wait for octets \
            that do not come, or take the next response for them.
            """,
            ja: """
                204 と 1xx の応答に本体はありません。長さが書いてあると、それを信じるクライアントは来ないオクテット\
                を待つか、次の応答を本体と取り違えます。
                """),
        remedy: Words(
            "Leave Content-Length out of responses with 204 and 1xx.",
            ja: "204 と 1xx の応答には Content-Length を付けないでください。"),
        violating: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: 
            S: HTTP/1.1 204 No Content
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 12
            S: 
            end: client-closed
            """,
        conforming: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: 
            S: HTTP/1.1 204 No Content
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: 
            end: client-closed
            """,
        dialects: [.http])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.kind == .field, line.bytes.isEmpty else { return nil }
        let head = session.http.heads.server
        guard line.direction == .server, head.isEnded(by: line), head.contentLength.count > 0,
            head.code == 204 || (100..<200).contains(head.code), let place = head.place
        else { return nil }
        // Large sites say 0, which misleads nobody.
        return finding(
            at: place, in: session, severity: head.framing == .counted(0) ? .note : nil,
            means: Words(
                """
                The response \(head.code), which has no body, says Content-Length \
                \(Quote.of(head.contentLength.text)).
                """,
                ja: """
                    本体のない応答 \(head.code) に Content-Length \(Quote.of(head.contentLength.text)) が付いていま\
                    す。
                    """))
    }
}
