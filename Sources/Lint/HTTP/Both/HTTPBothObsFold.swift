import Conversation
import Wire

/// A field goes on in the next line.
struct HTTPBothObsFold: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "http.both.obs-fold",
        title: Words("A field is folded over several lines", ja: "フィールドが複数の行に折り返されている"),
        severity: .error,
        side: .client,
        clause: "RFC 9112 §5.2",
        means: Words(
            """
            Mail may fold its fields, HTTP may not any more: a server must refuse such a request or join the lines, \
            and a reader that does neither sees a field without a name.
            """,
            ja: """
                メールではフィールドを折り返せますが、HTTP ではもう許されません。サーバーはこのようなリクエストを拒\
                否するか、行をつなげなければならず、どちらもしない受け手には名前のないフィールドに見えます。
                """),
        remedy: Words("Write each field in one line.", ja: "各フィールドは一行で書いてください。"),
        violating: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: Accept: text/html,
            C:  text/plain
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
            C: Accept: text/html, text/plain
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
        guard line.kind == .field, line.end != .none, line.bytes.first?.isBlank == true,
            session.http.heads[line.direction].hasField
        else { return nil }
        let who = line.direction.speakerName
        return finding(
            from: line.direction, at: Place(line), in: session,
            means: Words(
                """
                The \(who[.en]) went on with a field in the line \(Quote.of(line)), which begins with a blank. \
                Recipients need not take it for part of the field.
                """,
                ja: """
                    \(who[.ja])は空白で始まる行 \(Quote.of(line)) でフィールドを続けました。受け手はそれをフィールド\
                    の続きと見なすとは限りません。
                    """))
    }
}
