import Lint
import Testing

@Suite struct HTTPClientTests {
    private static let ok = "S: HTTP/1.1 200 OK\nS: Date: x\nS: Content-Length: 0\nS: \n"

    private static func request(_ fields: String) -> String {
        "protocol: http\nC: GET / HTTP/1.1\n\(fields)C: \n\(ok)"
    }

    static let found: [(String, String, Severity)] = [
        ("http.client.no-host", request(""), .error),
        ("http.client.no-host", request("C: Host: a\nC: host: a\n"), .error),
        ("http.client.no-host", request("C: Host: a b\n"), .error),
        ("http.client.no-host", request("C: Host: alice@a\n"), .error),
        ("http.client.no-host", request("C: Host: a:http\n"), .error),
        ("http.client.no-host", request("C: Host: [::1\n"), .error),
        ("http.client.no-host", "protocol: http\nC: GET / HTTP/1.0\nC: Host: a\nC: Host: b\nC: \n\(ok)", .error),
        ("http.client.request-line", "protocol: http\nC: GET  / HTTP/1.1\nC: Host: a\nC: \n\(ok)", .error),
        ("http.client.request-line", "protocol: http\nC: GET / HTTP/1.1 \nC: Host: a\nC: \n\(ok)", .error),
        ("http.client.request-line", "protocol: http\nC: GET / http/1.1\nC: Host: a\nC: \n\(ok)", .error),
        ("http.client.request-line", "protocol: http\nC: GET /\n\(ok)", .error),
        ("http.client.request-line", "protocol: http\nC: hello\nS: HTTP/1.1 400 Bad Request\nS: \n", .error),
        ("http.client.crlf-after-post", "protocol: http\nC: \nC: GET / HTTP/1.1\nC: Host: a\nC: \n\(ok)", .error),
        (
            "http.client.te-not-final-chunked",
            "protocol: http\nC: POST / HTTP/1.1\nC: Host: a\nC: Transfer-Encoding: gzip\nC: \nC: ab\\c\n\(ok)", .error
        ),
        ("http.client.password-clear", request("C: Host: a\nC: authorization:BASIC «YTpi»\n"), .error),
        ("http.client.password-clear", request("C: Host: a\nC: Proxy-Authorization: Basic «YTpi»\n"), .warning),
        (
            "http.client.password-clear",
            "protocol: http\nC: GET /login?user=a&password=«b» HTTP/1.1\nC: Host: a\nC: \n\(ok)", .warning
        ),
        (
            "http.client.pipelining-unsafe",
            "protocol: http\nC: PATCH / HTTP/1.1\nC: Host: a\nC: \nC: GET / HTTP/1.1\nC: Host: a\nC: \n\(ok)\(ok)",
            .warning
        ),
    ]

    @Test(arguments: found) func isFound(_ id: String, _ text: String, _ severity: Severity) throws {
        let findings = try lintAlone(id, text)
        #expect(findings.map(\.severity) == [severity])
        for secret in try RuleTranscript(text).secrets {
            #expect(!findings.contains { "\($0.means)".contains("=\(secret)") || "\($0.means)".contains("YTpi") })
        }
    }

    static let none: [(String, String)] = [
        ("http.client.no-host", request("C: Host: \n")),
        ("http.client.no-host", request("C: host: mail_1.example.com:8080\n")),
        ("http.client.no-host", request("C: Host: [::1]:80\n")),
        ("http.client.no-host", "protocol: http\nC: GET / HTTP/1.0\nC: \n\(ok)"),
        // It ended before its fields did.
        ("http.client.no-host", "protocol: http\nC: GET / HTTP/1.1\nC: Acc\\c\nend: client-closed\n"),
        ("http.client.request-line", "protocol: http\nC: M-SEARCH * HTTP/1.1\nC: Host: a\nC: \n\(ok)"),
        ("http.client.request-line", "protocol: http\nC: GET http://a/?q=%20 HTTP/1.0\nC: \n\(ok)"),
        (
            "http.client.request-line",
            "protocol: http\nlost: client 7\nC: ent: x\nC: GET / HTTP/1.1\nC: Host: a\nC: \n\(ok)"
        ),
        // HTTP/2 that both know of.
        (
            "http.client.request-line",
            "protocol: http\nC: PRI * HTTP/2.0\nC: \nC: SM\nC: \nC: \\x00\\x00\\x00\\x04\\c\n"
        ),
        // Another protocol, in text.
        (
            "http.client.request-line",
            "protocol: http\nC: CONNECT a:25 HTTP/1.1\nC: Host: a:25\nC: \nS: HTTP/1.1 200 OK\nS: \nC: EHLO a\nS: 250 b\n"
        ),
        (
            "http.client.crlf-after-post",
            "protocol: http\nC: CONNECT a:25 HTTP/1.1\nC: Host: a:25\nC: \nS: HTTP/1.1 200 OK\nS: \nC: \nS: 500 what\n"
        ),
        (
            "http.client.te-not-final-chunked",
            "protocol: http\nC: POST / HTTP/1.1\nC: Host: a\nC: Transfer-Encoding: gzip\nC: Transfer-Encoding: Chunked\n"
                + "C: \nC: 0\nC: \n\(ok)"
        ),
        ("http.client.password-clear", request("C: Host: a\nC: Authorization: Digest «username=x»\n")),
        ("http.client.password-clear", request("C: Host: a\nC: Cookie: «password=x»\n")),
        ("http.client.password-clear", "protocol: http\nC: GET /reset?password_hint=1&pwd= HTTP/1.1\nC: \n\(ok)"),
        // The user asked for it: mailtee speaks TLS with the server.
        (
            "http.client.password-clear",
            "protocol: http\ntls server start=implicit\nC: GET / HTTP/1.1\nC: Authorization: Basic «YTpi»\nC: \n\(ok)"
        ),
        (
            "http.client.pipelining-unsafe",
            "protocol: http\nC: GET / HTTP/1.1\nC: Host: a\nC: \nC: GET / HTTP/1.1\nC: Host: a\nC: \n\(ok)\(ok)"
        ),
        (
            "http.client.pipelining-unsafe",
            "protocol: http\nC: POST / HTTP/1.1\nC: Content-Length: 1\nC: Expect: 100-continue\nC: \n"
                + "S: HTTP/1.1 100 Continue\nS: \nC: a\\c\n\(ok)C: GET / HTTP/1.1\nC: \n\(ok)"
        ),
    ]

    @Test(arguments: none) func isNone(_ id: String, _ text: String) throws {
        #expect(try lintAlone(id, text).isEmpty)
    }

    @Test func whatAFormHeldIsNotTold() throws {
        let text = """
            protocol: http
            C: POST / HTTP/1.1
            C: Host: a
            C: Content-Length: 4
            C: 
            C: a=b&password=secret
            S: HTTP/1.1 200 OK
            S: Content-Length: 0
            S: 
            """
        let findings = try lint(text)
        #expect(findings.contains { $0.rule == "http.both.cl-mismatch" })
        #expect(!findings.contains { "\($0)".contains("secret") })
    }
}
