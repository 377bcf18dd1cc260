import Lint
import Testing

/// A conversation in which a rule finds something, or nothing.
struct SMTPClientCase: Sendable, CustomTestStringConvertible {
    let id: String
    let text: String

    init(_ name: String, _ text: String) {
        id = "smtp.client." + name
        self.text = text
    }

    var testDescription: String { id + "\n" + text }

    /// What this rule alone finds.
    func findings() throws -> [Finding] {
        let rule = try #require(Catalogue.rule(id))
        return try lint(text, rules: [rule])
    }

    // MARK: - What conversations begin with

    static let greeted = "protocol: smtp\nS: 220 mx.example.com ESMTP\n"
    static let hello = greeted + "C: EHLO c.example.com\nS: 250 mx.example.com\n"
    static let helo = greeted + "C: EHLO c.example.com\nS: 502 no\nC: HELO c.example.com\nS: 250 mx.example.com\n"

    static func hello(_ keywords: String...) -> String {
        greeted + "C: EHLO c.example.com\nS: 250-mx.example.com\n"
            + keywords.dropLast().map { "S: 250-\($0)\n" }.joined() + "S: 250 \(keywords.last ?? "HELP")\n"
    }

    static let mail = "C: MAIL FROM:<a@example.com>\nS: 250 ok\n"
    static let rcpt = "C: RCPT TO:<b@example.net>\nS: 250 ok\n"
    static let data = "C: DATA\nS: 354 go\n"
    static let end = "C: .\nS: 250 ok\n"
    static let quit = "C: QUIT\nS: 221 bye\n"
    static let open = mail + rcpt + data

    /// A session with one command in it.
    static func said(_ command: String, _ reply: String = "250 ok", in session: String = hello) -> String {
        session + "C: \(command)\nS: \(reply)\n" + quit
    }

    /// A session with one message in it.
    static func sent(_ message: String, in session: String = hello) -> String {
        session + open + message + end + quit
    }
}
