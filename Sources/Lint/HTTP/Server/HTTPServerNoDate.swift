import Conversation
import Wire

/// A response does not tell when it was made.
struct HTTPServerNoDate: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "http.server.no-date",
        title: Words("A response has no Date", ja: "応答に Date がない"),
        severity: .note,
        side: .server,
        clause: "RFC 9110 §6.6.1",
        means: Words(
            """
            A server with a clock has to say with each 2xx, 3xx and 4xx when it was made. Without it caches cannot \
            tell how old what they hold is.
            """,
            ja: """
                時計を持つサーバーは、2xx、3xx、4xx の応答に作成時刻を付けなければなりません。ないと、キャッシュは保\
                存した内容の古さを判断できません。
                """),
        remedy: Words(
            "Let the server add a Date field to its responses.",
            ja: "サーバーが応答に Date フィールドを付けるようにしてください。"),
        violating: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: 
            S: HTTP/1.1 200 OK
            S: Content-Length: 2
            S: 
            S: ok\\c
            end: client-closed
            """,
        conforming: """
            protocol: http
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
        guard line.kind == .field, line.bytes.isEmpty else { return nil }
        let head = session.http.heads.server
        guard line.direction == .server, head.isEnded(by: line), head.date.count == 0, (200..<500).contains(head.code),
            let place = head.place,
            // Of a CONNECT that succeeds a proxy says no more than that.
            !(head.code < 300 && session.http.heads.client.method == "CONNECT")
        else { return nil }
        return finding(
            at: place, in: session,
            means: Words(
                "The response \(head.code) has no Date field. Caches cannot tell how old it is.",
                ja: "応答 \(head.code) に Date フィールドがありません。キャッシュは古さを判断できません。"))
    }
}
