import Conversation
import Wire

/// The first line behind a start line begins with a blank.
struct HTTPBothWSAfterStartLine: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "http.both.ws-after-start-line",
        title: Words(
            "The first line of a header section begins with a blank", ja: "ヘッダーの最初の行が空白で始まっている"),
        severity: .error,
        side: .client,
        clause: "RFC 9112 §2.2",
        means: Words(
            """
            There is no field yet that this line could go on with. Some readers drop it, some join it to the line \
            before, and some refuse all; where two differ, requests can be smuggled.
            """,
            ja: """
                この行が続けるべきフィールドはまだありません。読み捨てる実装、前の行につなげる実装、全体を拒否する実\
                装があり、違いがあるとリクエストの密輸に使われます。
                """),
        remedy: Words(
            "Begin the header section with the name of a field.", ja: "ヘッダーはフィールド名で始めてください。"),
        violating: """
            protocol: http
            C: GET / HTTP/1.1
            C:  X-Note: one
            C: Host: www.example.com
            C: 
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 2
            S: 
            S: ok\\c
            end: client-closed
            """,
        conforming: """
            protocol: http
            C: GET / HTTP/1.1
            C: X-Note: one
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
        guard line.kind == .field, line.end != .none, line.bytes.first?.isBlank == true else { return nil }
        let head = session.http.heads[line.direction]
        guard head.part == .header,
            !head.hasField
        else { return nil }
        let who = line.direction.speakerName
        return finding(
            from: line.direction, at: Place(line), in: session,
            means: Words(
                """
                The \(who[.en]) sent \(Quote.of(line)) just behind its first line; it begins with a blank and goes \
                on with nothing.
                """,
                ja: """
                    \(who[.ja])は最初の行のすぐ後ろに \(Quote.of(line)) を送りました。空白で始まっていますが、続ける\
                    べきフィールドがありません。
                    """))
    }
}
