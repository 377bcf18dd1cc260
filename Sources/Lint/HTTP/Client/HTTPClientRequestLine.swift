import Conversation
import Wire

/// The client says no well-formed request line where one has to be.
struct HTTPClientRequestLine: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "http.client.request-line",
        title: Words("A request line is not well formed", ja: "リクエスト行の形式が正しくない"),
        severity: .error,
        side: .client,
        clause: "RFC 9112 §3",
        means: Words(
            """
            A request begins with the method, the target and the version, with one space between them. Servers \
            answer anything else with 400, and those that try to guess what was meant do not all guess the same.
            """,
            ja: """
                リクエストは、メソッド、対象、バージョンを一つの空白で区切った行で始まります。サーバーはそれ以外を \
                400 で拒否します。推測しようとするサーバーもありますが、推測の結果は同じになりません。
                """),
        remedy: Words(
            """
            Send `METHOD target HTTP/1.1`, single spaces, and percent-encode blanks and other special characters in \
            the target.
            """,
            ja: """
                `METHOD target HTTP/1.1` の形で、空白は一つずつ送ってください。対象の中の空白や特殊文字はパーセント\
                エンコードします。
                """),
        violating: """
            protocol: http
            C: GET /my mail.html HTTP/1.1
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
            C: GET /my%20mail.html HTTP/1.1
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
        guard line.direction == .client, !session.hasGap else { return nil }
        switch line.kind {
        case .command: guard line.end != .none, !Self.isWellFormed(line.bytes), line.dropped == 0 else { return nil }
        case .line: guard case .other? = session.http.stray(line) else { return nil }
        default: return nil
        }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client began a request with \(HTTPText.quote(line)), which is not a method, a target and a \
                version with one space between them. Servers answer this with 400.
                """,
                ja: """
                    クライアントはリクエストを \(HTTPText.quote(line)) で始めました。メソッド、対象、バージョンを一\
                    つの空白で区切った形ではないため、サーバーは 400 で応答します。
                    """))
    }

    private static func isWellFormed(_ line: [UInt8]) -> Bool {
        let words = line.split(separator: Byte.space, omittingEmptySubsequences: false)
        guard words.count == 3, words.allSatisfy({ !$0.isEmpty }) else { return false }
        return words[0].allSatisfy(HTTPText.isToken) && !words[1].contains(Byte.tab) && HTTPVersion(words[2]) != nil
    }
}
