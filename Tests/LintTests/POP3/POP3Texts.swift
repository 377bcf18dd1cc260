/// The beginnings that many of the transcripts have.
enum POP3Text {
    static let opened = "protocol: pop3\nS: +OK ready\n"
    static let loggedIn = opened + "C: USER a\nS: +OK\nC: PASS «secret»\nS: +OK in\n"
    static let left = "C: QUIT\nS: +OK bye\nend: client-closed\n"
    /// Of 25 octets and 3 lines.
    static let message = "S: Subject: hello\nS: \nS: hello\nS: .\n"
    /// CAPA with these lines.
    static func capa(_ lines: String...) -> String {
        "C: CAPA\nS: +OK\n" + lines.map { "S: \($0)\n" }.joined() + "S: .\n"
    }
}
