import Conversation
import Wire

/// The server says no well-formed status line where one has to be.
struct HTTPServerStatusLine: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "http.server.status-line",
        title: Words("A status line is not well formed", ja: "ステータス行の形式が正しくない"),
        severity: .error,
        side: .server,
        clause: "RFC 9112 §4",
        means: Words(
            """
            A response begins with the version, a space, three digits, a space and perhaps a phrase. From anything \
            else a client cannot tell what came of its request.
            """,
            ja: """
                応答は、バージョン、空白、三桁の数字、空白、そして任意の語句からなる行で始まります。それ以外では、リ\
                クエストの結果がクライアントに分かりません。
                """),
        remedy: Words(
            """
            Begin each response with a line like `HTTP/1.1 200 OK`. Where a script makes it, look for what it prints \
            ahead of its header.
            """,
            ja: """
                各応答は `HTTP/1.1 200 OK` のような行で始めてください。スクリプトが作る場合は、ヘッダーより前に何か\
                を出力していないか調べます。
                """),
        violating: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: 
            S: Warning: cannot open file
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
        guard line.direction == .server, !session.hasGap else { return nil }
        switch line.kind {
        case .reply:
            guard line.end != .none, let severity = Self.flaw(line.bytes) else { return nil }
            return finding(
                at: Place(line), in: session, severity: severity,
                means: Words(
                    """
                    The server began its response with \(Quote.of(line)), which is not a version, a space, three \
                    digits and a space.
                    """,
                    ja: """
                        サーバーは応答を \(Quote.of(line)) で始めました。バージョン、空白、三桁の数字、空白の形に\
                        なっていません。
                        """))
        case .line:
            let severity: Severity
            switch session.http.stray(line) {
            case .other?: severity = .error
            case .empty?: severity = .warning
            case .inChunks?, .behindBody?, .behindNone?, nil: return nil
            }
            // A status line that the end of the session cut off.
            if line.end == .none, zip(line.bytes, "HTTP/".utf8).allSatisfy({ $0 == $1 }) { return nil }
            return finding(
                at: Place(line), in: session, severity: severity,
                means: Words(
                    """
                    Where a status line has to be the server sent \(Quote.of(line)). The client cannot tell what \
                    came of its request.
                    """,
                    ja: """
                        ステータス行があるべき場所に、サーバーは \(Quote.of(line)) を送りました。クライアントにはリ\
                        クエストの結果が分かりません。
                        """))
        default: return nil
        }
    }

    /// nil where there is none. The space behind the digits alone is often forgotten, and borne by all.
    private static func flaw(_ line: [UInt8]) -> Severity? {
        let words = line.split(separator: Byte.space, maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count >= 2, HTTPVersion(words[0]) != nil, words[1].count == 3,
            words[1].allSatisfy({ $0.isDigit })
        else { return .error }
        return words.count == 3 ? nil : .note
    }
}
