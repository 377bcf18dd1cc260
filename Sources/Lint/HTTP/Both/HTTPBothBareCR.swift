import Conversation
import Wire

/// A line of the framing has a CR that ends nothing.
struct HTTPBothBareCR: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "http.both.bare-cr",
        title: Words(
            "A CR stands alone in a line of a header section", ja: "ヘッダーの行の中に LF の続かない CR がある"),
        severity: .error,
        side: .client,
        clause: "RFC 9112 §2.2",
        means: Words(
            """
            Some readers take a lone CR for the end of a line and others do not. So one of them sees a field, or a \
            request, that the other does not see, which is how requests are smuggled past proxies.
            """,
            ja: """
                LF の続かない CR を行末と見なす実装と、そうでない実装があります。一方だけに見えるフィールドやリクエ\
                ストが生じるため、プロキシをすり抜ける手口に使われます。
                """),
        remedy: Words(
            "End lines with CR LF, and let no CR into a field's value.",
            ja: "行は CR LF で終え、フィールドの値に CR を入れないでください。"),
        violating: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: X-Note: one\\x0Dtwo
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
            C: Host: www.example.com
            C: X-Note: one two
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
        switch line.kind {
        case .command, .reply, .field, .chunk: break
        default: return nil
        }
        // The last of a line that goes on may be half of its end.
        let bytes = line.end == .none ? line.bytes.dropLast() : line.bytes[...]
        guard bytes.contains(Byte.cr) else { return nil }
        let who = line.direction.speakerName
        return finding(
            from: line.direction, at: Place(line), in: session,
            means: Words(
                """
                The \(who[.en]) sent \(HTTPText.quote(line)), a line with a CR that no LF follows. Recipients must \
                refuse it or replace the CR.
                """,
                ja: """
                    \(who[.ja])は \(HTTPText.quote(line)) を送りました。LF の続かない CR が含まれており、受け手は拒\
                    否するか、その CR を置き換えなければなりません。
                    """))
    }
}
