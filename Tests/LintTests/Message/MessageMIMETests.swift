import Testing

@testable import Lint

@Suite struct MessageMIMETests {
    private static func found(_ mail: [String]) throws -> [String: Severity] {
        try judgeMessage(SampleMail.submitted(mail, parameters: " BODY=8BITMIME"))
    }

    private static func multipart(_ type: String, _ body: [String]) throws -> [String: Severity] {
        try found(SampleMail.mail(type: type, body: body))
    }

    @Test func version() throws {
        #expect(try Self.found(SampleMail.mail(version: nil)) == ["msg.no-mime-version": .warning])
        #expect(try Self.found(SampleMail.mail(version: nil, type: nil)) == [:])
    }

    @Test func eightBitUnannounced() throws {
        let body = ["Caf\\xC3\\xA9"]
        #expect(try Self.found(SampleMail.mail(body: body)) == ["msg.cte-missing-8bit": .error])
        #expect(try Self.found(SampleMail.mail(encoding: "7bit", body: body)) == ["msg.cte-missing-8bit": .error])
        // One cause, one finding.
        #expect(
            try Self.found(SampleMail.mail(version: nil, type: nil, body: body)) == ["msg.cte-missing-8bit": .error])
        #expect(try Self.found(SampleMail.mail(encoding: "8bit", body: body)) == [:])
    }

    @Test func encodings() throws {
        #expect(try Self.found(SampleMail.mail(encoding: "8-bit")) == ["msg.unknown-encoding": .warning])
        #expect(try Self.found(SampleMail.mail(encoding: "Quoted-Printable (as usual)")) == [:])
        #expect(try Self.found(SampleMail.mail(encoding: "BINARY")) == ["msg.cte-binary": .warning])
        func quoted(_ body: [String]) throws -> [String: Severity] {
            try Self.found(SampleMail.mail(encoding: "quoted-printable", body: body))
        }
        #expect(try quoted(["a = b"]) == ["msg.qp-syntax": .warning])
        #expect(try quoted(["caf=c3=a9"]) == ["msg.qp-syntax": .note])
        #expect(try quoted(["blank "]) == ["msg.qp-syntax": .warning])
        #expect(try quoted([String(repeating: "a", count: 77)]) == ["msg.qp-syntax": .warning])
        #expect(try quoted(["caf=C3=A9 =", "soft", "=3D"]) == [:])
        #expect(try quoted(["https://example.com/?user=ab12&mode=90"]) == ["msg.qp-not-encoded": .error])
        #expect(try quoted(["<a href=3D\"https://example.com/?user=3Dab12&amp;q=3D=C3=A9\">"]) == [:])
        // What is behind a link is no part of it, though nothing stands between.
        #expect(try quoted(["https://example.com/?id=E3=81=94=E8=A6=A7 R&D?ja=C3=A4"]) == [:])
        func base64(_ body: [String]) throws -> [String: Severity] {
            try Self.found(SampleMail.mail(encoding: "base64", body: body))
        }
        #expect(try base64(["YWJj!ZGVm"]) == ["msg.base64-syntax": .warning])
        #expect(try base64(["YWI=YWI="]) == ["msg.base64-syntax": .warning])
        #expect(try base64(["YWJjZ"]) == ["msg.base64-syntax": .warning])
        #expect(try base64(["YWJj", "ZGVm", ""]) == [:])
    }

    @Test func composite() throws {
        let body = ["--b", "", "text", "--b--"]
        func found(_ type: String, _ encoding: String?, _ body: [String]) throws -> [String: Severity] {
            try Self.found(SampleMail.mail(type: type, encoding: encoding, body: body))
        }
        #expect(try found("multipart/mixed; boundary=b", "base64", body) == ["msg.cte-multipart": .error])
        #expect(try found("multipart/mixed; boundary=b", "8bit", body) == [:])
        let report = ["Reporting-MTA: dns; a", ""]
        #expect(try found("message/delivery-status", "quoted-printable", report) == ["msg.cte-multipart": .warning])
    }

    @Test func boundaries() throws {
        let body = ["--b", "", "text", "--b--"]
        #expect(try Self.multipart("multipart/mixed", body) == ["msg.boundary": .error])
        #expect(try Self.multipart("multipart/mixed; boundary=c", body) == ["msg.boundary": .error])
        #expect(try Self.multipart("multipart/mixed; boundary=b", body.dropLast()) == ["msg.boundary": .error])
        #expect(try Self.multipart("multipart/mixed; boundary=b", body) == [:])
        #expect(
            try Self.multipart("multipart/mixed; boundary=\"b\"", ["--b  ", "", "text", "--b-- ", "", "behind"]) == [:])
        let unquoted = try Self.multipart("multipart/mixed; boundary=b=1", ["--b=1", "", "text", "--b=1--"])
        #expect(unquoted == ["msg.boundary": .warning])
        let long = String(repeating: "b", count: 71)
        #expect(
            try Self.multipart("multipart/mixed; boundary=\(long)", ["--\(long)", "", "a", "--\(long)--"]) == [
                "msg.boundary": .error
            ])
    }

    @Test func cutMessagesAreNotJudgedForTheirEnd() throws {
        let head = SampleMail.mail(type: "multipart/mixed; boundary=b", encoding: nil, body: ["--b", "", "text"])
        let cut =
            "protocol: pop3\nS: +OK\nC: RETR 1\nS: +OK\n" + head.map { "S: \($0)\n" }.joined() + "end: server-closed\n"
        #expect(try judge("msg.boundary", cut).isEmpty)
        let top = "protocol: pop3\nS: +OK\nC: TOP 1 2\nS: +OK\n" + head.map { "S: \($0)\n" }.joined() + "S: .\n"
        #expect(try judge("msg.boundary", top).isEmpty)
    }

    @Test func fieldsOfMIME() throws {
        #expect(try Self.found(SampleMail.mail(type: "text")) == ["msg.content-type-syntax": .warning])
        #expect(
            try Self.found(SampleMail.mail(type: "text/plain; name=my file.txt")) == [
                "msg.content-type-syntax": .warning
            ])
        #expect(try Self.found(SampleMail.mail(type: "text/plain; charset=us-ascii; format=flowed; delsp=yes;")) == [:])
        #expect(try Self.found(SampleMail.mail(type: "TEXT/PLAIN; CHARSET=\"US-ASCII\" (plain)")) == [:])
        func named(_ parameter: String) throws -> [String: Severity] {
            try Self.found(SampleMail.mail(more: ["Content-Disposition: attachment; \(parameter)"]))
        }
        #expect(try named("filename=\"=?utf-8?B?6K2w?=\"") == ["msg.param-2231": .warning])
        #expect(try named("filename*0=a; filename*2=c") == ["msg.param-2231": .warning])
        #expect(try named("filename*=%E8%AD%B0") == ["msg.param-2231": .warning])
        #expect(try named("filename*0*=utf-8''%E8; filename*1*=%AD%B0; filename=\"a b\"") == [:])
    }

    @Test func outlooksOwnForm() throws {
        let mail = SampleMail.mail(
            type: "multipart/mixed; boundary=b",
            body: [
                "--b", "", "text", "--b", "Content-Type: application/ms-tnef; name=\"winmail.dat\"",
                "Content-Transfer-Encoding: base64", "", "eJ8+IgEAAQ==", "--b--",
            ])
        #expect(try Self.found(mail) == ["msg.winmail-dat": .note])
    }

    @Test func tooMuch() throws {
        var body = ["--b0"]
        for depth in 1...60 { body += ["Content-Type: multipart/mixed; boundary=b\(depth)", "", "--b\(depth)"] }
        let found = try judge(
            "msg.beyond-limits", SampleMail.submitted(SampleMail.mail(type: "multipart/mixed; boundary=b0", body: body))
        )
        #expect(found.map(\.severity) == [.note])
    }
}
