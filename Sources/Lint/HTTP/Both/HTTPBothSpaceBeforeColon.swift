import Conversation
import Wire

/// A blank stands between the name of a field and its colon.
struct HTTPBothSpaceBeforeColon: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "http.both.space-before-colon",
        title: Words(
            "A blank stands between a field's name and its colon", ja: "フィールド名とコロンの間に空白がある"),
        severity: .error,
        side: .client,
        clause: "RFC 9112 §5.1",
        means: Words(
            """
            A server must refuse such a request with 400, and a proxy must take the blank out of a response. Those \
            that pass it on as it is let two readers see different fields.
            """,
            ja: """
                サーバーはこのようなリクエストを 400 で拒否し、プロキシは応答からその空白を取り除かなければなりませ\
                ん。そのまま渡すと、読み手によって見えるフィールドが変わってしまいます。
                """),
        remedy: Words(
            "Write the colon just behind the name: `Name: value`.",
            ja: "`Name: value` のように、名前のすぐ後ろにコロンを書いてください。"),
        violating: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: Accept : text/html
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
            C: Accept: text/html
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
        guard line.kind == .field, line.end != .none, line.bytes.first?.isBlank == false,
            let colon = line.bytes.firstIndex(of: Byte.colon), colon > 0, line.bytes[colon - 1].isBlank,
            HTTPText.trimmed(line.bytes[..<colon]).allSatisfy(HTTPText.isToken)
        else { return nil }
        let who = line.direction.speakerName
        return finding(
            from: line.direction, at: Place(line), in: session,
            means: Words(
                """
                The \(who[.en]) sent the field \(Quote.of(line)) with a blank before its colon. A server must answer \
                such a request with 400.
                """,
                ja: """
                    \(who[.ja])はコロンの前に空白のあるフィールド \(Quote.of(line)) を送りました。このようなリクエス\
                    トに、サーバーは 400 で応答しなければなりません。
                    """))
    }
}
