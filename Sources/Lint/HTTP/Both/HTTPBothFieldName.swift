import Conversation
import Wire

/// A field has no name, or one that none can have.
struct HTTPBothFieldName: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "http.both.field-name",
        title: Words(
            "A line of a header section does not begin with a field's name",
            ja: "ヘッダーの行が正しいフィールド名で始まっていない"),
        severity: .error,
        side: .server,
        clause: "RFC 9110 §5.1; RFC 9112 §5",
        means: Words(
            """
            A field's name is made of letters, digits and a few signs, and a colon ends it. What is none is dropped \
            by some readers, and makes others refuse the whole.
            """,
            ja: """
                フィールド名は英数字といくつかの記号からなり、コロンで終わります。そうでない行は、無視されるか、全体\
                が拒否されます。
                """),
        remedy: Words(
            "Write each field as `Name: value`, the name without blanks, brackets and letters outside ASCII.",
            ja: """
                各フィールドは `Name: value` の形で書き、名前には空白、括弧、ASCII 以外の文字を使わないでください。
                """),
        violating: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: 
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: X(Debug): yes
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
            S: X-Debug: yes
            S: Content-Length: 2
            S: 
            S: ok\\c
            end: client-closed
            """,
        dialects: [.http])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.kind == .field, line.end != .none, line.bytes.first?.isBlank == false else { return nil }
        let who = line.direction.speakerName
        guard let colon = line.bytes.firstIndex(of: Byte.colon) else {
            guard line.dropped == 0 else { return nil }
            return finding(
                from: line.direction, at: Place(line), in: session,
                means: Words(
                    "The \(who[.en]) sent \(Quote.of(line)) among its fields, a line without a colon.",
                    ja: "\(who[.ja])はフィールドの間に、コロンのない行 \(Quote.of(line)) を送りました。"))
        }
        let name = HTTPText.trimmed(line.bytes[..<colon])
        guard name.isEmpty || !name.allSatisfy(HTTPText.isToken) else { return nil }
        return finding(
            from: line.direction, at: Place(line), in: session,
            means: Words(
                "The \(who[.en]) sent the field \(Quote.of(line)), whose name is none that a field can have.",
                ja: """
                    \(who[.ja])はフィールド \(Quote.of(line)) を送りました。フィールド名として許されない名前です。
                    """))
    }
}
