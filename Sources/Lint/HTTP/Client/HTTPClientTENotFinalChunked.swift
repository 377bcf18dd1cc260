import Conversation
import Wire

/// A request has a transfer coding, and chunked is not the last.
struct HTTPClientTENotFinalChunked: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "http.client.te-not-final-chunked",
        title: Words(
            "A request's last transfer coding is not chunked",
            ja: "リクエストの最後の転送コーディングが chunked ではない"),
        severity: .error,
        side: .client,
        clause: "RFC 9112 §6.3",
        means: Words(
            """
            Where a request is coded for transfer, only chunks tell where it ends: the connection cannot, since the \
            answer still has to come. A server must refuse it with 400.
            """,
            ja: """
                転送コーディングされたリクエストの終わりは、チャンクでしか分かりません。応答がまだ必要なため、接続の\
                終わりでは示せないからです。サーバーは 400 で拒否しなければなりません。
                """),
        remedy: Words(
            "Let chunked be the last coding of Transfer-Encoding, or send the body as it is with Content-Length.",
            ja: """
                Transfer-Encoding の最後を chunked にするか、本体をそのまま Content-Length とともに送ってください。
                """),
        violating: """
            protocol: http
            C: POST /upload HTTP/1.1
            C: Host: www.example.com
            C: Transfer-Encoding: chunked, gzip
            C: 
            C: 2\\c
            S: HTTP/1.1 400 Bad Request
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 0
            S: 
            end: client-closed
            """,
        conforming: """
            protocol: http
            C: POST /upload HTTP/1.1
            C: Host: www.example.com
            C: Transfer-Encoding: gzip, chunked
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
        dialects: [.http],
        desynchronises: true)

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.kind == .field, line.bytes.isEmpty else { return nil }
        let head = session.http.heads.client
        guard line.direction == .client, head.isEnded(by: line), head.transferEncoding.count > 0,
            !head.isLastCodingChunked, let place = head.place
        else { return nil }
        return finding(
            at: place, in: session,
            means: Words(
                """
                The request \(Picture.of(text: head.method)) has the Transfer-Encoding \
                \(Quote.of(head.transferEncoding.text)), which does not end with chunked. Nobody can tell where its \
                body ends.
                """,
                ja: """
                    リクエスト \(Picture.of(text: head.method)) の Transfer-Encoding は \
                    \(Quote.of(head.transferEncoding.text)) で、最後が chunked ではありません。本体の終わりが誰にも\
                    分かりません。
                    """))
    }
}
