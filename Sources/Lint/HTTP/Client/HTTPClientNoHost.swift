import Conversation
import Wire

/// The client does not say, or not clearly, which host it asks.
struct HTTPClientNoHost: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "http.client.no-host",
        title: Words(
            "A request names no host, or no single valid one",
            ja: "リクエストに有効な Host が一つだけ含まれていない"),
        severity: .error,
        side: .client,
        clause: "RFC 9112 §3.2; RFC 9110 §7.2",
        means: Words(
            """
            Many sites share one address, and the Host field tells which of them is meant. Without it a server must \
            refuse an HTTP/1.1 request with 400; where there are two, servers and proxies may each believe another \
            one, which attackers use.
            """,
            ja: """
                多くのサイトが一つのアドレスを共有しており、どのサイト宛てかは Host フィールドで決まります。Host の\
                ない HTTP/1.1 リクエストを、サーバーは 400 で拒否しなければなりません。二つあると、サーバーとプロキ\
                シが別々のものを信じるおそれがあり、攻撃に使われます。
                """),
        remedy: Words(
            """
            Let the client send exactly one Host field with the name, and the port where it is not the usual one, of \
            the URL.
            """,
            ja: """
                クライアントは、URL の名前と、標準でない場合はポートを入れた Host フィールドを、ちょうど一つ送るよう\
                にしてください。
                """),
        violating: """
            protocol: http
            C: GET / HTTP/1.1
            C: User-Agent: example
            C: 
            S: HTTP/1.1 400 Bad Request
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 0
            S: 
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
        guard line.kind == .field, line.bytes.isEmpty else { return nil }
        let head = session.http.heads.client
        guard line.direction == .client, head.isEnded(by: line), let version = head.version, let place = head.place
        else { return nil }
        switch head.host.count {
        case 0:
            guard version.isModern else { return nil }
            return finding(
                at: place, in: session,
                means: Words(
                    "The request \(head.method) of HTTP/1.1 has no Host field. A server must answer it with 400.",
                    ja: """
                        HTTP/1.1 のリクエスト \(head.method) に Host フィールドがありません。サーバーは 400 で応答し\
                        なければなりません。
                        """))
        case 1:
            guard let host = head.host.all.first, !Self.isValid(host) else { return nil }
            return finding(
                at: place, in: session,
                means: Words(
                    """
                    The request \(head.method) has the Host \(Quote.of(host)), which is no name or address with a \
                    port. A server must answer it with 400.
                    """,
                    ja: """
                        リクエスト \(head.method) の Host は \(Quote.of(host)) で、名前やアドレスとポートの形になっ\
                        ていません。サーバーは 400 で応答しなければなりません。
                        """))
        default:
            return finding(
                at: place, in: session,
                means: Words(
                    """
                    The request \(head.method) has \(head.host.count) Host fields: \(Quote.of(head.host.text)). A \
                    server must answer it with 400.
                    """,
                    ja: """
                        リクエスト \(head.method) に Host フィールドが \(head.host.count) 個あります: \
                        \(Quote.of(head.host.text))。サーバーは 400 で応答しなければなりません。
                        """))
        }
    }

    /// `uri-host [ ":" port ]`; empty where the target names no host (RFC 9110 §7.2, RFC 3986 §3.2.2).
    private static func isValid(_ host: [UInt8]) -> Bool {
        var rest = host[...]
        if rest.first == UInt8(ascii: "[") {
            guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return false }
            guard rest[1..<end].allSatisfy({ isOfName($0) || $0 == Byte.colon }) else { return false }
            rest = rest[(end + 1)...]
        } else {
            let name = rest.prefix { $0 != Byte.colon }
            guard name.allSatisfy(isOfName) else { return false }
            rest = rest[name.endIndex...]
        }
        return rest.isEmpty || rest.first == Byte.colon && rest.dropFirst().allSatisfy { $0.isDigit }
    }

    /// Unreserved, a sub-delimiter, or the sign of a percent-encoded byte.
    private static func isOfName(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || "-._~%!$&'()*+,;=".utf8.contains(byte)
    }
}
