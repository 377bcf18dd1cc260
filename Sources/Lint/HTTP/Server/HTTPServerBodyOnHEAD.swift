import Conversation
import Wire

/// The server sends a body where none may be.
struct HTTPServerBodyOnHEAD: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "http.server.body-on-head-204-304",
        title: Words(
            "A body stands behind a response that has none", ja: "本体のない応答の後ろに本体が送られている"),
        severity: .error,
        side: .server,
        clause: "RFC 9112 §6.3; RFC 9110 §9.3.2",
        means: Words(
            """
            Behind a response to HEAD, and behind 1xx, 204 and 304, the client reads the next response at once. What \
            the server sends there is taken for that, and the connection is lost.
            """,
            ja: """
                HEAD への応答や 1xx、204、304 の後ろでは、クライアントはすぐに次の応答を読みます。そこにサーバーが\
                送ったものは次の応答と見なされ、接続が使えなくなります。
                """),
        remedy: Words(
            "Let the server, or the program behind it, send no octet of content with these responses.",
            ja: """
                サーバーやその背後のプログラムは、これらの応答では内容を一オクテットも送らないようにしてください。
                """),
        violating: """
            protocol: http
            C: HEAD / HTTP/1.1
            C: Host: www.example.com
            C: 
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 13
            S: 
            S: <p>hello</p>
            end: client-closed
            """,
        conforming: """
            protocol: http
            C: HEAD / HTTP/1.1
            C: Host: www.example.com
            C: 
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 13
            S: 
            end: client-closed
            """,
        dialects: [.http],
        desynchronises: true)

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, !session.hasGap,
            case .behindNone(let code, let method)? = session.http.stray(line)
        else { return nil }
        let response = Words(
            method == "HEAD" ? "the response \(code) to HEAD" : "the response \(code)",
            ja: method == "HEAD" ? "HEAD への応答 \(code)" : "応答 \(code)")
        // Small servers close behind each response, so that nothing is misread.
        let isHarmless = line.bytes.isEmpty || session.http.heads.server.closes
        return finding(
            at: Place(line), in: session, severity: isHarmless ? .warning : nil,
            means: Words(
                """
                Behind \(response[.en]), which has no body, the server sent \(Quote.of(line)). The client takes it \
                for the next response.
                """,
                ja: """
                    本体のない\(response[.ja]) の後ろに、サーバーは \(Quote.of(line)) を送りました。クライアントはそ\
                    れを次の応答と見なします。
                    """))
    }
}
