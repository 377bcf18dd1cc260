import Conversation
import Wire

/// A request or response says its length in two ways.
struct HTTPBothTEAndCL: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "http.both.te-and-cl",
        title: Words(
            "Transfer-Encoding and Content-Length stand together",
            ja: "Transfer-Encoding と Content-Length が同時に指定されている"),
        severity: .error,
        side: .client,
        clause: "RFC 9112 §6.2, §6.3",
        means: Words(
            """
            One reader goes by the chunks, another by the length, and they see different ends. That is how requests \
            are smuggled past proxies; many servers refuse it for that.
            """,
            ja: """
                チャンクに従う受け手と長さに従う受け手では、終わりの位置が変わります。これはプロキシをすり抜ける典型\
                的な手口であり、多くのサーバーが拒否します。
                """),
        remedy: Words(
            "Send Content-Length where the length is known, and Transfer-Encoding where it is not, never both.",
            ja: """
                長さが分かるときは Content-Length、分からないときは Transfer-Encoding を送り、両方は決して送らないで\
                ください。
                """),
        violating: """
            protocol: http
            C: POST /send HTTP/1.1
            C: Host: www.example.com
            C: Content-Length: 12
            C: Transfer-Encoding: chunked
            C: 
            C: 2
            C: ok
            C: 0
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
            C: POST /send HTTP/1.1
            C: Host: www.example.com
            C: Transfer-Encoding: chunked
            C: 
            C: 2
            C: ok
            C: 0
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
        let head = session.http.heads[line.direction]
        guard head.isEnded(by: line), head.transferEncoding.count > 0, head.contentLength.count > 0,
            let place = head.place
        else { return nil }
        let who = line.direction.speakerName
        let length = Quote.of(head.contentLength.text)
        let coding = Quote.of(head.transferEncoding.text)
        return finding(
            from: line.direction, at: place, in: session,
            means: Words(
                """
                The \(who[.en]) said both Content-Length \(length) and Transfer-Encoding \(coding). Readers that go \
                by one see another end than those that go by the other.
                """,
                ja: """
                    \(who[.ja])は Content-Length \(length) と Transfer-Encoding \(coding) の両方を送りました。どちら\
                    に従うかで終わりの位置が変わります。
                    """))
    }
}
