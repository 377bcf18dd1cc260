import Lint
import Testing

@Suite struct HTTPBothTests {
    private static let get = "C: GET / HTTP/1.1\nC: Host: a\nC: \n"
    private static let ok = "S: HTTP/1.1 200 OK\nS: Date: x\nS: Content-Length: 0\nS: \n"

    private static func response(_ fields: String, _ rest: String = "") -> String {
        "protocol: http\n\(get)S: HTTP/1.1 200 OK\n\(fields)S: \n\(rest)"
    }

    private static func request(_ fields: String, _ rest: String = "") -> String {
        "protocol: http\nC: POST / HTTP/1.1\nC: Host: a\n\(fields)C: \n\(rest)"
    }

    static let found: [(String, String, Side, Severity)] = [
        ("http.both.bare-cr", response("S: A: b\\x0D\n"), .server, .error),
        ("http.both.bare-cr", "protocol: http\nC: GET /\\x0D HTTP/1.1\nC: \n", .client, .error),
        ("http.both.bare-lf", response("S: A: b\\x0A\\c\n"), .server, .warning),
        (
            "http.both.bare-lf", request("C: Transfer-Encoding: chunked\n", "C: 0\\x0A\\c\nC: \n\(ok)"), .client,
            .warning
        ),
        ("http.both.space-before-colon", response("S: Content-Length : 0\n"), .server, .error),
        ("http.both.obs-fold", response("S: A: b\nS: \\x09c\nS: Content-Length: 0\n"), .server, .error),
        ("http.both.ws-after-start-line", response("S:  A: b\nS: Content-Length: 0\n"), .server, .error),
        ("http.both.field-name", request("C: no colon\n", ok), .client, .error),
        ("http.both.field-name", request("C: : empty\n", ok), .client, .error),
        ("http.both.field-name", request("C: Ä: b\n", ok), .client, .error),
        (
            "http.both.te-and-cl",
            response("S: Content-Length: 3\nS: Transfer-Encoding: chunked\n", "S: 0\nS: \n"), .server, .error
        ),
        ("http.both.cl-invalid", response("S: Content-Length: 1x\n", "S: a\\c\n"), .server, .error),
        ("http.both.cl-invalid", response("S: Content-Length: 1, 2\n", "S: a\\c\n"), .server, .error),
        ("http.both.cl-invalid", response("S: Content-Length: -1\n", "S: a\\c\n"), .server, .error),
        ("http.both.cl-invalid", response("S: Content-Length: 99999999999999999999\n", "S: a\\c\n"), .server, .error),
        ("http.both.cl-invalid", request("C: Content-Length: \n", ok), .client, .error),
        (
            "http.both.cl-mismatch", response("S: Content-Length: 3\n", "S: ab\\c\nend: server-closed\n"), .server,
            .error
        ),
        (
            "http.both.cl-mismatch",
            response("S: Content-Length: 9\n", "S: ab\\c\n\(get)S: HTTP/1.1 200 OK\nS: Content-Length: 0\nS: \n"),
            .server, .error
        ),
        ("http.both.cl-mismatch", response("S: Content-Length: 2\n", "S: abc\n"), .server, .error),
        ("http.both.cl-mismatch", response("S: Content-Length: 2\n", "S: ab\n"), .server, .warning),
        ("http.both.cl-mismatch", request("C: Content-Length: 2\n", "C: abc\\c\n\(ok)"), .client, .error),
        (
            "http.both.cl-mismatch", request("C: Content-Length: 5\n", "C: ab\\c\nend: client-closed\n"), .client,
            .warning
        ),
        (
            "http.both.chunked-syntax",
            response("S: Transfer-Encoding: chunked\n", "S: 2\nS: abc\n"), .server, .error
        ),
        (
            "http.both.chunked-syntax",
            response("S: Transfer-Encoding: chunked\n", "S: 2\nS: ab\nend: server-closed\n"), .server, .error
        ),
        (
            "http.both.chunked-syntax",
            response("S: Transfer-Encoding: chunked\n", "S: 2\nS: ab\n\(get)\(ok)"), .server, .error
        ),
        (
            "http.both.chunked-syntax",
            request("C: Transfer-Encoding: chunked\n", "C: 2\nC: ab\nend: client-closed\n"), .client, .warning
        ),
        (
            "http.both.connection-close-ignored",
            response("S: Content-Length: 0\nS: Connection: close\n", "wait: 9\n\(get)"), .client, .warning
        ),
        (
            "http.both.connection-close-ignored",
            "protocol: http\n\(get)\(get)S: HTTP/1.1 200 OK\nS: Connection: x, Close\nS: Content-Length: 0\nS: \n\(ok)",
            .server, .warning
        ),
    ]

    @Test(arguments: found) func isFound(_ id: String, _ text: String, _ side: Side, _ severity: Severity) throws {
        let findings = try lintAlone(id, text)
        #expect(findings.map(\.side) == [side])
        #expect(findings.map(\.severity) == [severity])
    }

    static let none: [(String, String)] = [
        // Half of a line end.
        ("http.both.bare-cr", "protocol: http\nC: GET / HTTP/1.1\\x0D\\c\nend: client-closed\n"),
        // Content is as it is.
        ("http.both.bare-cr", response("S: Content-Length: 3\n", "S: a\\x0Db\\c\n")),
        ("http.both.bare-lf", response("S: Content-Length: 3\n", "S: a\\x0Ab\\c\n")),
        ("http.both.space-before-colon", response("S: A: b : c\nS: Content-Length: 0\n")),
        ("http.both.obs-fold", response("S: Content-Length: 3\n", "S:  ab\\c\n")),
        ("http.both.obs-fold", response("S:  A: b\nS: \\x09c\n")),
        ("http.both.ws-after-start-line", response("S: A: b\nS:  c\n")),
        ("http.both.field-name", response("S: x!#$%&'*+-.^_`|~1: b\nS: A:\n")),
        ("http.both.field-name", response("S: A : b\n")),
        ("http.both.te-and-cl", response("S: TE: trailers\nS: Content-Length: 0\n")),
        ("http.both.cl-invalid", response("S: Content-Length: 2\nS: Content-Length: 2\n", "S: ab\\c\n")),
        // The client had seen enough.
        ("http.both.cl-mismatch", response("S: Content-Length: 9\n", "S: ab\\c\nend: client-closed\n")),
        ("http.both.cl-mismatch", response("S: Content-Length: 9\n", "S: ab\\c\nend: broken-off\n")),
        ("http.both.cl-mismatch", response("S: Content-Length: 9\n", "S: ab\\c\nlost: server 7\nend: server-closed\n")),
        (
            "http.both.cl-mismatch",
            "protocol: http\nC: HEAD / HTTP/1.1\nC: \nS: HTTP/1.1 200 OK\nS: Content-Length: 9\nS: \nend: server-closed\n"
        ),
        // It was refused leave to send its body, and went on without.
        (
            "http.both.cl-mismatch",
            request(
                "C: Content-Length: 5\nC: Expect: 100-continue\n",
                "S: HTTP/1.1 417 No\nS: Content-Length: 0\nS: \n\(get)\(ok)end: client-closed\n")
        ),
        // The answer came in the middle of the body.
        (
            "http.both.cl-mismatch",
            request(
                "C: Content-Length: 5\n",
                "C: ab\\c\nS: HTTP/1.1 413 No\nS: Content-Length: 0\nS: \nend: client-closed\n")
        ),
        (
            "http.both.chunked-syntax",
            response(
                "S: Transfer-Encoding: chunked\n", "S: 00a ; x=\"y\"\nS: 0123456789\nS: 0000\nS: A: b\nS: \n\(get)\(ok)"
            )
        ),
        ("http.both.chunked-syntax", response("S: Transfer-Encoding: chunked\n", "S: 2\nS: ab\nend: client-closed\n")),
        (
            "http.both.chunked-syntax",
            response("S: Transfer-Encoding: chunked\n", "S: 2\nS: ab\nS: 1\\c\nend: stopped\n")
        ),
        (
            "http.both.connection-close-ignored",
            response("S: Content-Length: 0\nS: Connection: close\n", "\(get)end: server-closed\n")
        ),
        ("http.both.connection-close-ignored", response("S: Content-Length: 0\nS: Connection: closed\n", get + ok)),
    ]

    @Test(arguments: none) func isNone(_ id: String, _ text: String) throws {
        #expect(try lintAlone(id, text).isEmpty)
    }
}
