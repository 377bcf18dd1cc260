import Lint
import Testing

@Suite struct HTTPServerTests {
    private static let get = "protocol: http\nC: GET / HTTP/1.1\nC: Host: a\nC: \n"
    private static let head = "protocol: http\nC: HEAD / HTTP/1.1\nC: Host: a\nC: \n"

    static let found: [(String, String, Severity)] = [
        ("http.server.cl-on-204-1xx", get + "S: HTTP/1.1 204 No\nS: Content-Length: 0\nS: \n", .note),
        ("http.server.cl-on-204-1xx", get + "S: HTTP/1.1 100 Go\nS: Content-Length: 4\nS: \n", .error),
        ("http.server.body-on-head-204-304", get + "S: HTTP/1.1 304 Not\nS: \nS: <p>\\c\nend: server-closed\n", .error),
        ("http.server.body-on-head-204-304", get + "S: HTTP/1.1 204 No\nS: \nS: \n", .warning),
        ("http.server.body-on-head-204-304", get + "S: HTTP/1.1 100 Go\nS: \nS: hello\n", .error),
        (
            "http.server.body-on-head-204-304",
            head + "S: HTTP/1.1 200 OK\nS: Transfer-Encoding: chunked\nS: \nS: 0\nS: \n", .error
        ),
        ("http.server.status-line", get + "S: HTTP/1.1 200\nS: Content-Length: 0\nS: \n", .note),
        ("http.server.status-line", get + "S: HTTP/1.1  200 OK\nS: Content-Length: 0\nS: \n", .error),
        ("http.server.status-line", get + "S: http/1.1 200 OK\nS: Content-Length: 0\nS: \n", .error),
        ("http.server.status-line", get + "S: ICY 200 OK\nS: \n", .error),
        ("http.server.status-line", get + "S: <p>hello</p>\\c\nend: server-closed\n", .error),
        ("http.server.no-date", get + "S: HTTP/1.1 404 No\nS: Content-Length: 0\nS: \n", .note),
        ("http.server.close-delimited", get + "S: HTTP/1.1 200 OK\nS: \nS: hello\\c\nend: server-closed\n", .note),
    ]

    @Test(arguments: found) func isFound(_ id: String, _ text: String, _ severity: Severity) throws {
        #expect(try lintAlone(id, text).map(\.severity) == [severity])
    }

    static let none: [(String, String)] = [
        ("http.server.cl-on-204-1xx", get + "S: HTTP/1.1 304 Not\nS: Content-Length: 9\nS: \n"),
        (
            "http.server.body-on-head-204-304",
            head + "S: HTTP/1.1 200 OK\nS: Content-Length: 9\nS: \nend: server-closed\n"
        ),
        (
            "http.server.body-on-head-204-304",
            get + "S: HTTP/1.1 103 Early\nS: Link: a\nS: \nS: HTTP/1.1 200 OK\nS: Content-Length: 2\nS: \nS: ab\\c\n"
        ),
        ("http.server.body-on-head-204-304", get + "S: HTTP/1.1 204 No\nS: \nlost: server 9\nS: ab\n"),
        (
            "http.server.body-on-head-204-304",
            get + "S: HTTP/1.1 101 Go\nS: Upgrade: x\nS: Connection: Upgrade\nS: \nS: hello\n"
        ),
        ("http.server.status-line", get + "S: HTTP/1.0 404 \nS: Content-Length: 0\nS: \n"),
        ("http.server.status-line", get + "S: HTTP/1.1 200 OK\nS: Content-Length: 1\nS: \nS: abc\n"),
        ("http.server.status-line", get + "S: HTTP/1\\c\nend: broken-off\n"),
        ("http.server.no-date", get + "S: HTTP/1.1 500 No\nS: Content-Length: 0\nS: \n"),
        (
            "http.server.no-date",
            "protocol: http\nC: CONNECT a:1 HTTP/1.1\nC: Host: a:1\nC: \nS: HTTP/1.1 200 OK\nS: \n"
        ),
        ("http.server.close-delimited", get + "S: HTTP/1.0 200 OK\nS: \nS: hello\\c\nend: server-closed\n"),
        ("http.server.close-delimited", get + "S: HTTP/1.1 304 Not\nS: \nend: server-closed\n"),
        ("http.server.close-delimited", head + "S: HTTP/1.1 200 OK\nS: \nend: server-closed\n"),
    ]

    @Test(arguments: none) func isNone(_ id: String, _ text: String) throws {
        #expect(try lintAlone(id, text).isEmpty)
    }
}
