import Conversation
import Wire

/// The client says a password where everybody on the way can read it.
struct HTTPClientPasswordClear: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "http.client.password-clear",
        title: Words("A password is said in clear by HTTP", ja: "パスワードが平文の HTTP で送られている"),
        severity: .error,
        side: .client,
        clause: "RFC 9110 §17.16.1; RFC 7617 §4",
        means: Words(
            """
            The scheme Basic says user and password as they are; base64 hides nothing. A password in a URL stands in \
            histories and logs as well. Outside TLS whoever carries the bytes can read it and log in with it.
            """,
            ja: """
                Basic 方式はユーザー名とパスワードをそのまま送ります。base64 は何も隠しません。URL の中のパスワード\
                は履歴やログにも残ります。TLS の外では、データを運ぶ者がそれを読み、ログインすることができます。
                """),
        remedy: Words(
            """
            Use https, send http requests to it, and change the password where it went over a network that others \
            use.
            """,
            ja: """
                https を使い、http へのリクエストは https に転送してください。他人も使うネットワークを通った場合は、\
                パスワードを変更してください。
                """),
        violating: """
            protocol: http
            C: GET /mail/ HTTP/1.1
            C: Host: www.example.com
            C: Authorization: Basic «YWxpY2U6c2VjcmV0»
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
            tls server start=implicit
            tls client start=implicit
            C: GET /mail/ HTTP/1.1
            C: Host: www.example.com
            C: Authorization: Basic «YWxpY2U6c2VjcmV0»
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
        guard line.direction == .client, session.isExposed, line.end != .none else { return nil }
        switch line.kind {
        case .field: return field(line, in: session)
        case .command:
            guard let name = Self.password(in: line.bytes) else { return nil }
            return finding(
                at: Place(line), in: session, severity: .warning, clause: "RFC 9110 §17.9",
                means: Words(
                    """
                    The client put a value named \(Quote.of(Array(name))) into the URL of its request \
                    \(HTTPText.quote(line)). Anybody on the way can read it, and it stands in logs.
                    """,
                    ja: """
                        クライアントはリクエスト \(HTTPText.quote(line)) の URL に \(Quote.of(Array(name))) という名\
                        前の値を入れました。経路上の誰でも読むことができ、ログにも残ります。
                        """))
        default: return nil
        }
    }

    private func field(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        // Most fields begin with another letter.
        guard line.secretFrom != nil, let colon = line.bytes.firstIndex(of: Byte.colon) else { return nil }
        let name = HTTPText.trimmed(line.bytes[..<colon])
        let isProxy = ASCII.equal(name, "PROXY-AUTHORIZATION")
        guard isProxy || ASCII.equal(name, "AUTHORIZATION"),
            let scheme = ASCII.words(line.bytes[(colon + 1)...]).first, ASCII.equal(scheme, "BASIC")
        else { return nil }
        // Many proxies offer nothing better.
        return finding(
            at: Place(line), in: session, severity: isProxy ? .warning : nil,
            means: Words(
                "The client said its password in clear: \(Quote.of(line)). Anybody on the way can read it.",
                ja: """
                    クライアントはパスワードを平文で送りました: \(Quote.of(line))。経路上の誰でも読むことができま\
                    す。
                    """))
    }

    /// The name of a value of the query that must be a password.
    private static func password(in line: [UInt8]) -> ArraySlice<UInt8>? {
        guard let mark = line.firstIndex(of: UInt8(ascii: "?")) else { return nil }
        let query = line[(mark + 1)...].prefix { !$0.isBlank }
        for piece in query.split(separator: UInt8(ascii: "&")) {
            let name = piece.prefix { $0 != Byte.equals }
            guard name.count + 1 < piece.count else { continue }
            if ASCII.equal(name, "PASSWORD") || ASCII.equal(name, "PASSWD") || ASCII.equal(name, "PWD") { return name }
        }
        return nil
    }
}
