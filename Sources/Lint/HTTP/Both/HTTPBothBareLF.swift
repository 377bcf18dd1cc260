import Conversation
import Wire

/// A line of the framing ends with LF alone.
struct HTTPBothBareLF: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "http.both.bare-lf",
        title: Words("A line of a header section ends with LF alone", ja: "ヘッダーの行が LF だけで終わっている"),
        severity: .warning,
        side: .client,
        clause: "RFC 9112 §2.2",
        means: Words(
            """
            Recipients may take LF alone for the end of a line, and need not. Where one does and another does not, \
            they see different requests, which is how requests are smuggled past proxies.
            """,
            ja: """
                LF だけの行末を受け入れるかどうかは受け手の自由です。受け入れる実装とそうでない実装では別のリクエス\
                トに見えるため、プロキシをすり抜ける手口に使われます。
                """),
        remedy: Words(
            "End each line of a header section, and of what frames chunks, with CR LF.",
            ja: "ヘッダーの各行と、チャンクを区切る各行は CR LF で終えてください。"),
        violating: """
            protocol: http
            C: GET / HTTP/1.1\\x0A\\c
            C: Host: www.example.com\\x0A\\c
            C: \\x0A\\c
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
        guard line.end == .lf else { return nil }
        switch line.kind {
        case .command, .reply, .field, .chunk: break
        default: return nil
        }
        let who = line.direction.speakerName
        return finding(
            from: line.direction, at: Place(line), in: session,
            means: Words(
                """
                The \(who[.en]) ended the line \(HTTPText.quote(line)) with LF alone. Recipients need not take that \
                for its end.
                """,
                ja: """
                    \(who[.ja])は行 \(HTTPText.quote(line)) を LF だけで終えました。受け手はそれを行末と見なすとは限\
                    りません。
                    """))
    }
}
