import Lint
import Testing

/// What a rule finds in conversations of a few turns, the others silent. Turns that come again and again have names:
/// `@ready` is the greeting and an answer to EHLO, `@offering SIZE 1|DSN` the same with these keywords.
enum Server {
    static func findings(_ text: String, of id: String, protocol name: String = "smtp") throws -> [Finding] {
        let rule = try #require(Catalogue.rule(id))
        return try lint("protocol: \(name)\n" + expanded(text), rules: [rule])
    }

    static func expanded(_ text: String) -> String {
        text.split(separator: "\n").map { $0.hasPrefix("@") ? turns(String($0.dropFirst())) : "\($0)\n" }.joined()
    }

    private static func turns(_ name: String) -> String {
        let words = name.split(separator: " ", maxSplits: 1).map(String.init)
        let rest = words.count > 1 ? words[1] : ""
        switch words[0] {
        case "offering":
            let lines = ["mx.example.com"] + rest.split(separator: "|").map(String.init)
            let reply = lines.indices.map { "S: 250\($0 + 1 < lines.count ? "-" : " ")\(lines[$0])\n" }
            return turns("greeting") + "C: EHLO client.example.com\n" + reply.joined()
        case "rcpt": return String(repeating: named["rcpt", default: ""], count: Int(rest) ?? 1)
        case "ready": return turns("greeting") + turns("ehlo")
        default: return named[name, default: "no such turn\n"]
        }
    }

    private static let named = [
        "secure": "tls server start=implicit\ntls client start=implicit\n",
        "greeting": "S: 220 mx.example.com ESMTP\n",
        "ehlo": "C: EHLO client.example.com\nS: 250 mx.example.com\n",
        "mail": "C: MAIL FROM:<alice@example.com>\nS: 250 fine\n",
        "rcpt": "C: RCPT TO:<bob@example.net>\nS: 250 fine\n",
        "message": "C: DATA\nS: 354 go\nC: From: <a@example.com>\nC: \\x0D\\x0A\\c\nC: x\nC: .\n",
        "quit": "C: QUIT\nS: 221 bye\n",
    ]
}

@Suite struct SMTPServerLineTests {
    @Test(arguments: [
        ("smtp.server.bare-lf", "@greeting\nC: NOOP\nS: 250-a\\x0A\\c\nS: 250 b\n"),
        ("smtp.server.bare-lf", "S: 220 mx\\x0A\\c\n"),
        ("smtp.server.bare-cr", "@greeting\nC: NOOP\nS: 250 a\\x0Db\n"),
        // A server that knows CR alone.
        ("smtp.server.bare-cr", "S: 220 mx ESMTP\\x0D\\c\nC: NOOP\nS: 250 fine\\x0D\\c\n"),
        ("smtp.server.bad-code", "@greeting\nC: NOOP\nS: 2500 fine\n"),
        ("smtp.server.bad-code", "@greeting\nC: NOOP\nS: 25 fine\n"),
        ("smtp.server.bad-code", "@greeting\nC: NOOP\nS: fine\n"),
        ("smtp.server.bad-code", "@greeting\nC: NOOP\nS: 150 wait\nS: 250 fine\n"),
        ("smtp.server.bad-code", "@greeting\nC: HELP\nS: 214-Commands:\nS:  EHLO MAIL\nS: 214 end\n"),
        ("smtp.server.bad-code", "@greeting\nS: \\x0D\\x0A\\c\n"),
        ("smtp.server.no-space-after-code", "S: 220mx.example.com\n"),
        ("smtp.server.no-space-after-code", "@greeting\nC: NOOP\nS: 250\\x09fine\n"),
        ("smtp.server.bare-code", "S: 220\n"),
        ("smtp.server.bare-code", "@greeting\nC: NOOP\nS: 250-fine\nS: 250\n"),
        ("smtp.server.non-ascii-reply", "@greeting\nC: NOOP\nS: 250 \\x1B[31mred\n"),
        ("smtp.server.non-ascii-reply", "S: 220 mx.example.com \\x93\\xFA\\x96\\x7B\n"),
        ("smtp.server.non-ascii-reply", "@ready\nC: MAIL FROM:<>\nS: 550 caf\\xC3\\xA9\n"),
        // It asked for UTF-8, and that is none.
        ("smtp.server.non-ascii-reply", "@ready\nC: MAIL FROM:<> SMTPUTF8\nS: 550 caf\\xE9\n"),
    ]) func isFound(_ id: String, _ text: String) throws {
        #expect(try Server.findings(text, of: id).map(\.rule) == [id])
    }

    @Test(arguments: [
        ("smtp.server.bare-lf", "@ready\n@quit\n"),
        // The client's matter.
        ("smtp.server.bare-lf", "@greeting\nC: NOOP\\x0A\\c\nS: 250 fine\n"),
        // TLS that nobody looks into.
        (
            "smtp.server.bare-lf",
            "@greeting\nC: STARTTLS\nS: 220 go\nC: \\x16\\x03\\x01\\x0A\\c\nS: \\x16\\x03\\x03\\x0A2\\x0A\\c\n"
        ),
        ("smtp.server.bare-lf", "C: \\x16\\x03\\x01\\x0A\\c\nS: \\x16\\x03\\x03\\x0Aab\\x0A\\c\n"),
        ("smtp.server.bad-code", "C: \\x16\\x03\\x01\\x0A\\c\nS: \\x16\\x03\\x03\\x0A\\x8Ab\\x0A\\x01\\x0A\\c\n"),
        ("smtp.server.bad-code", "C: \\x16\\x03\\x01\\c\nS: \\x16\\x03\\x0A5\\x0A\\x0A\\x0A\\c\n"),
        ("smtp.server.bare-lf", "C: \\x16\\x03\\x01\\c\nS: \\x16\\x03\\x0A550\\x0A\\c\n"),
        ("smtp.server.non-ascii-reply", "C: \\x16\\x03\\x01\\c\nS: \\x16\\x03\\x0A5\\x80\\x0A\\c\n"),
        // The end of it is not here yet.
        ("smtp.server.bare-cr", "@greeting\nC: NOOP\nS: 250 fine\\x0D\\c\n"),
        ("smtp.server.bad-code", "@greeting\nC: NOOP\nS: 25\\c\n"),
        ("smtp.server.bad-code", "@greeting\nC: NOOP\nS: 250-a\nS: 250-\nS: 250 b\n"),
        ("smtp.server.bad-code", "lost: server 100\nS: ine\nC: NOOP\nS: 250 fine\n"),
        ("smtp.server.no-space-after-code", "@greeting\nC: NOOP\nS: 250\n"),
        ("smtp.server.no-space-after-code", "@greeting\nC: EHLO a.example\nS: 250-mx\nS: 250-\nS: 250 \n"),
        ("smtp.server.bare-code", "@greeting\nC: NOOP\nS: 250 \n"),
        ("smtp.server.bare-code", "@greeting\nC: AUTH EXTERNAL\nS: 334\n"),
        ("smtp.server.reply-too-long", "S: 220 \(String(repeating: "x", count: 506))\n"),
        ("smtp.server.reply-too-long", "S: 220 mx\nC: AUTH GSSAPI\nS: 334 \(String(repeating: "YWJj", count: 300))\n"),
        ("smtp.server.non-ascii-reply", "@greeting\nC: NOOP\nS: 250 a\\x09b\n"),
        ("smtp.server.non-ascii-reply", "@ready\nC: MAIL FROM:<> SMTPUTF8\nS: 550 caf\\xC3\\xA9\n"),
        ("smtp.server.non-ascii-reply", "@greeting\nC: EHLO a.example\nS: 250 mx \\x07hi\n"),
    ]) func isNone(_ id: String, _ text: String) throws {
        #expect(try Server.findings(text, of: id).isEmpty)
    }

    @Test func aCodeBeyondTheGrammarThatClientsUnderstandIsMilder() throws {
        let text = "@ready\nC: MAIL FROM:<>\nS: 571 not from here\n"
        #expect(try Server.findings(text, of: "smtp.server.bad-code").map(\.severity) == [.warning])
    }

    @Test func controlBytesAreShownAsPictures() throws {
        let findings = try Server.findings(
            "@greeting\nC: NOOP\nS: 250 a\\x1Bb\n", of: "smtp.server.non-ascii-reply")
        #expect(findings.first?.means.en.contains("`250 a␛b`") == true)
        #expect(findings.first?.means.en.contains("0x1B") == true)
    }
}

@Suite struct SMTPServerReplyLinesTests {
    @Test(arguments: [
        ("smtp.server.multiline-code-mismatch", "@ready\nC: MAIL FROM:<>\nS: 250-fine\nS: 550 or not\n"),
        // The client spoke between, and waits for the rest in vain.
        (
            "smtp.server.multiline-unfinished",
            "@greeting\nC: EHLO a.example\nS: 250-mx\nC: QUIT\nS: 221 bye\nend: client-closed\n"
        ),
        (
            "smtp.server.multiline-unfinished",
            "@greeting\nC: EHLO a.example\nS: 250-mx\nwait: 300\nend: client-closed\n"
        ),
        ("smtp.server.multiline-unfinished", "S: 220-mx.example.com\nend: server-reset\n"),
        ("smtp.server.greeting-no-domain", "S: 220 ESMTP ready\n"),
        ("smtp.server.greeting-no-domain", "S: 220 \n"),
        ("smtp.server.greeting-no-domain", "S: 220-<mx.example.com>\nS: 220 ready\n"),
        ("smtp.server.greeting-no-domain", "@greeting\nC: EHLO a.example\nS: 250-PIPELINING\nS: 250 SIZE 1\n"),
        ("smtp.server.greeting-no-domain", "@greeting\nC: EHLO a.example\nS: 250 Hello a.example\n"),
    ]) func isFound(_ id: String, _ text: String) throws {
        #expect(try Server.findings(text, of: id).map(\.rule) == [id])
    }

    @Test(arguments: [
        ("smtp.server.multiline-code-mismatch", "@offering SIZE 1|PIPELINING\n@quit\n"),
        ("smtp.server.multiline-code-mismatch", "S: 220-mx\nlost: server 10\nS: 250 fine\n"),
        ("smtp.server.multiline-code-mismatch", "@greeting\nC: EHLO a\nS: 250-mx\nC: QUIT\nS: 221 bye\n"),
        // It hung up in the middle of it, as those do who only look whether somebody is there.
        ("smtp.server.multiline-unfinished", "S: 220-mx.example.com\nend: client-closed\n"),
        ("smtp.server.multiline-unfinished", "S: 220-mx.example.com\nend: broken-off\n"),
        ("smtp.server.multiline-unfinished", "S: 220-mx.example.com\n"),
        ("smtp.server.multiline-unfinished", "S: 220-mx\nlost: server 10\nend: server-closed\n"),
        // The client was quick.
        ("smtp.server.multiline-unfinished", "S: 220-mx\nC: EHLO a\nS: 220 ready\nS: 250 mx\nend: client-closed\n"),
        ("smtp.server.greeting-no-domain", "S: 220 mx\n"),
        ("smtp.server.greeting-no-domain", "S: 220-mx.example.com. ESMTP Exim\nS: 220 no spam\n"),
        ("smtp.server.greeting-no-domain", "S: 220 [192.0.2.1] ESMTP\n"),
        ("smtp.server.greeting-no-domain", "S: 220 WIN_SERVER Microsoft ESMTP MAIL Service ready\n"),
        ("smtp.server.greeting-no-domain", "S: 554 no SMTP service here\n"),
        ("smtp.server.greeting-no-domain", "@greeting\nC: HELO a.example\nS: 250 Hello a.example\n"),
        ("smtp.server.greeting-no-domain", "@greeting\nC: STARTTLS\nS: 220 <go>\n"),
        ("smtp.server.greeting-no-domain", "@greeting\n@ehlo\nC: QUIT\nS: 221 2.0.0 Bye\n"),
    ]) func isNone(_ id: String, _ text: String) throws {
        #expect(try Server.findings(text, of: id).isEmpty)
    }
}
