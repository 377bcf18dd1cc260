import Conversation
import Wire

/// A Content-Length is no number, or there are several that differ.
struct HTTPBothCLInvalid: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "http.both.cl-invalid",
        title: Words("A Content-Length is not one number", ja: "Content-Length が一つの数値になっていない"),
        severity: .error,
        side: .client,
        clause: "RFC 9112 §6.3; RFC 9110 §8.6",
        means: Words(
            """
            Nobody can tell where the body ends: a server must answer 400 and close, a client must give the response \
            up. Readers that each pick one of the numbers can be played off against each other.
            """,
            ja: """
                本体の終わりが誰にも分かりません。サーバーは 400 で応答して接続を閉じ、クライアントは応答を破棄しな\
                ければなりません。それぞれが別の数値を選ぶと、その違いを攻撃に使われます。
                """),
        remedy: Words(
            "Send one Content-Length, the number of octets of the body in decimal digits.",
            ja: "Content-Length は一つだけ、本体のオクテット数を十進数で送ってください。"),
        violating: """
            protocol: http
            C: POST /send HTTP/1.1
            C: Host: www.example.com
            C: Content-Length: 5
            C: Content-Length: 6
            C: 
            C: hello\\c
            S: HTTP/1.1 400 Bad Request
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Connection: close
            S: Content-Length: 0
            S: 
            end: server-closed
            """,
        conforming: """
            protocol: http
            C: POST /send HTTP/1.1
            C: Host: www.example.com
            C: Content-Length: 5
            C: 
            C: hello\\c
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 2
            S: 
            S: ok\\c
            end: client-closed
            """,
        dialects: [.http],
        desynchronises: true)

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.kind == .field, line.bytes.isEmpty else { return nil }
        let head = session.http.heads[line.direction]
        guard head.isEnded(by: line), head.transferEncoding.count == 0, head.framing == .unknown,
            let place = head.place
        else { return nil }
        let who = line.direction.speakerName
        let length = Quote.of(head.contentLength.text)
        return finding(
            from: line.direction, at: place, in: session,
            means: Words(
                """
                The \(who[.en]) said the Content-Length \(length), which is not one number. Nobody can tell where \
                the body ends.
                """,
                ja: """
                    \(who[.ja])の Content-Length は \(length) で、一つの数値ではありません。本体の終わりが誰にも分か\
                    りません。
                    """))
    }
}
