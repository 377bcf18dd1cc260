import Testing

@testable import Lint

@Suite struct MessageHeaderTests {
    @Test func whatIsMissingMattersByRoad() throws {
        let mail = SampleMail.mail(date: nil)
        #expect(try judge("msg.no-date", SampleMail.submitted(mail)).map(\.severity) == [.warning])
        #expect(try judge("msg.no-date", SampleMail.kept(mail)).map(\.severity) == [.warning])
        #expect(try judge("msg.no-date", SampleMail.fetched(mail)).map(\.severity) == [.error])
        #expect(try judge("msg.no-date", SampleMail.submitted(["Received: from a"] + mail)).map(\.severity) == [.error])
        #expect(try judge("msg.no-from", SampleMail.submitted(SampleMail.mail(from: nil))).map(\.severity) == [.error])
        #expect(try judge("msg.no-message-id", SampleMail.kept(SampleMail.mail(id: nil))).isEmpty)
        #expect(try judge("msg.no-message-id", SampleMail.fetched(SampleMail.mail(id: nil))).count == 1)
    }

    /// Fields behind an empty line that came too early, and what that explains.
    @Test func anEmptyLineCutsTheHeaderInTwo() throws {
        let from = "From: Alice <alice@example.com>"
        let rest = ["Date: Tue, 4 Mar 2025 10:20:30 +0900", "Message-ID: <20250304102030.1@example.com>"]
        for mail in [
            ["To: bob@example.net", "Subject: a", "", from] + rest + ["", "Hello."],
            // The first field behind it matters to nobody.
            ["To: bob@example.net", "Subject: a", "", "X-Mailer: form.pl", "X-Long: a", "\tb", from] + rest + [
                "", "Hello.",
            ],
            // No field at all before it.
            ["", from, "To: bob@example.net", "Subject: a"] + rest + ["", "Hello."],
            // The type of the text fell out, and it is shown as it is encoded.
            [from, "To: bob@example.net", "Subject: a"] + rest + [
                "", "MIME-Version: 1.0", "Content-Type: text/html", "", "a",
            ],
        ] {
            let found = try judgeMessage(SampleMail.submitted(mail))
            #expect(found["msg.header-ends-early"] == .error, "\(mail)")
            for other in ["msg.no-from", "msg.no-date", "msg.no-message-id", "msg.no-mime-version"] {
                #expect(found[other] == nil, "\(mail)")
            }
        }
    }

    @Test func aSubjectAloneMayBeWrittenByHand() throws {
        let mail = SampleMail.mail(subject: nil, body: ["Subject: Stoerung", "", "Pumpe 3"])
        #expect(try judgeMessage(SampleMail.submitted(mail))["msg.header-ends-early"] == .warning)
    }

    @Test(arguments: [
        // A form that was filled in, and a date that is none of a header's.
        ["Date: 12.3.2026", "Time: 10:00", "Name: Heike"], ["From: Heike", "To: Buero", "Date: Friday 10:00"],
        ["Date: 2026-11-24 10:00", "Subject: Pumpe 3"],
        // Forwarded, quoted, or about mail.
        ["From: Carol <carol@example.org>", "Date: Mon, 3 Mar 2025 09:00:00 +0900", "Subject: lunch", "", "At noon?"],
        ["-----Original Message-----", "From: Carol", "Sent: Monday", "To: Alice", "Subject: lunch"],
        ["Note: bring the minutes.", "Date: Friday"], ["Subject: lunch", "At noon?"],
        ["https://example.com/", "Hello"],
        ["Name: Heike", "Frage: Plaetze?"], ["Content: see below"], [""],
    ]) func aTextMayBeginWithFields(_ body: [String]) throws {
        #expect(try judge("msg.header-ends-early", SampleMail.submitted(SampleMail.mail(body: body))).isEmpty)
        // What is missing is so for another reason.
        let undated = SampleMail.mail(date: nil, version: nil, type: nil, body: body)
        #expect(
            try judge("msg.header-ends-early", SampleMail.submitted(undated)).isEmpty
                || body.contains { $0.contains("+0900") })
        let bare = SampleMail.mail(date: nil, body: ["Hello.", "Date: Tue, 4 Mar 2025 10:20:30 +0900"])
        #expect(try judge("msg.header-ends-early", SampleMail.submitted(bare)).isEmpty)
    }

    @Test func aMessageWithoutHeaderIsToldOnce() throws {
        let found = try judgeMessage(SampleMail.submitted(["hello", "and so on"]))
        #expect(
            found
                == ["msg.no-from": .error, "msg.rcpt-not-in-header": .note].filter {
                    $0.key != "msg.rcpt-not-in-header"
                })
    }

    @Test(arguments: ["msg.no-date", "msg.no-from", "msg.no-message-id", "msg.no-mime-version"])
    func nothingIsMissingInAPart(_ id: String) throws {
        // The fields that a client asks for, the text without its header, and what was cut off.
        for part in ["BODY[HEADER.FIELDS (SUBJECT CONTENT-TYPE)]", "BODY[TEXT]", "BODY[1]"] {
            let text = """
                protocol: imap
                S: * PREAUTH ready
                C: a1 SELECT INBOX
                S: a1 OK
                C: a2 FETCH 1 \(part)
                S: * 1 FETCH (\(part) {41}
                S: Subject: a
                S: Content-Type: text/plain
                S: 
                S: )
                S: a2 OK
                """
            #expect(try judge(id, text).isEmpty, "\(part)")
        }
        let cut =
            "protocol: pop3\nS: +OK\nC: RETR 1\nS: +OK\nS: Subject: a\nS: Content-Type: text/plain\nend: reset server\n"
        #expect(try judge(id, cut).isEmpty)
    }

    @Test func topIsNotJudgedForWhatIsMissing() throws {
        let text = """
            protocol: pop3
            S: +OK
            C: TOP 1 0
            S: +OK
            S: Subject: a
            S: 
            S: .
            """
        #expect(try judgeMessage(text).isEmpty)
    }

    @Test func twoMessagesAreJudgedEach() throws {
        let one = lines(SampleMail.submitted(SampleMail.mail(date: nil)))
        let twice = (one.dropLast(2) + one.dropFirst(5)).joined(separator: "\n")
        #expect(try judge("msg.no-date", twice).count == 2)
    }

    @Test(arguments: [
        "<a@b> <c@d>", "a@b", "<a b@c>", "<a>", "<@b>", "<a@b", "text <a@b>", "<a..b@c>", "<a@b> x",
    ]) func messageIDIsWrong(_ id: String) throws {
        #expect(
            try judge("msg.message-id-syntax", SampleMail.submitted(SampleMail.mail(id: id))).map(\.severity) == [
                .warning
            ])
    }

    @Test(arguments: [
        "<CAFo=bar+1_x@mail.gmail.com>", "<9b1e0f4c-6d0a-4c5e-8f3b-0a1b2c3d4e5f@example.com>", "<1.2@[192.0.2.1]>",
        "<20250304102030.1@example.com> (a comment)", "<DM6PR01MB1234567890ABCDEF@DM6PR01MB1.prod.outlook.com>",
        "\\r\\n <x@y>".replacing("\\r\\n", with: ""), "<!&!AAAAAAAAAAAYAAAAAAAAAA==@example.com>",
    ]) func messageIDIsRight(_ id: String) throws {
        #expect(try judge("msg.message-id-syntax", SampleMail.submitted(SampleMail.mail(id: id))).isEmpty)
    }

    @Test func duplicatesCount() throws {
        func severities(_ more: [String]) throws -> [Severity] {
            try judge("msg.duplicate-field", SampleMail.submitted(SampleMail.mail(more: more))).map(\.severity)
        }
        #expect(try severities(["To: c@example.com", "FROM: d@example.com"]) == [.error])
        #expect(try severities(["Mime-Version: 1.0"]) == [.warning])
        #expect(
            try severities(["Received: a", "Received: b", "Resent-To: a@b", "Resent-To: c@d", "X-A: 1", "X-A: 2"]) == []
        )
        let found = try judge(
            "msg.duplicate-field", SampleMail.submitted(SampleMail.mail(more: ["Subject: b", "Subject: c"])))
        #expect(found.first?.means.en.hasSuffix("There is one more of this kind in the message.") == true)
        #expect(found.first?.means.ja.contains("ほかに 1 件") == true)
    }

    @Test func senderIsAskedForWhereFromHasSeveral() throws {
        func found(_ from: String) throws -> Int {
            try judge("msg.from-multi-no-sender", SampleMail.submitted(SampleMail.mail(from: from))).count
        }
        #expect(try found("a@example.com, b@example.com") == 1)
        #expect(try found("\"Doe, John\" <a@example.com>") == 0)
        // A name cut in two by its comma is no second author.
        #expect(try found("Doe, John <a@example.com>") == 0)
    }

    @Test(arguments: [
        ("bob@example.net; carol@example.net", Severity.error), ("Bob, <bob@example.net", .error),
        ("Bob [x] <bob@example.net>", .error), ("bob@example.net <bob@example.net>", .error), ("<>", .error),
        ("\"Bob <bob@example.net>", .error), ("Friends: bob@example.net", .error),
        ("bob", .warning), ("bob@example.net,", .warning), ("<@a,@b:bob@example.net>", .warning),
        ("bob . smith @ example.net", .warning), ("bob.@docomo.example", .warning),
        ("Bob Q. Smith <bob@example.net>", .note),
    ]) func addressIsOdd(_ to: String, _ severity: Severity) throws {
        let found = try judge("msg.address-syntax", SampleMail.submitted(SampleMail.mail(to: to)))
        #expect(found.map(\.severity) == [severity], "\(found.map(\.means.en))")
    }

    @Test(arguments: [
        "bob@example.net", "<bob@example.net>", "\"Smith, Bob\" <bob@example.net>", "undisclosed-recipients:;",
        "Bob (at home) <bob@example.net>, carol@example.net (Carol)", "bob@[192.0.2.1]", "\"b o b\"@example.net",
        "=?utf-8?B?6K2w5LqL6Yyy?= <bob@example.net>", "'Bob' <bob@example.net>", "bob+tag=x@sub.example.net",
        "\"=?utf-8?B?6K2w5LqL6Yyy?=\" <bob@example.net>", "Friends: bob@example.net, carol@example.net;",
        "o'brien@example.net", "\\x1B$B$F$9$H\\x1B(B <bob@example.net>", "",
    ]) func addressIsRight(_ to: String) throws {
        #expect(try judge("msg.address-syntax", SampleMail.submitted(SampleMail.mail(to: to))).isEmpty)
    }

    @Test func headerLines() throws {
        func severities(_ more: [String]) throws -> [Severity] {
            try judge("msg.header-syntax", SampleMail.submitted(SampleMail.mail(more: more))).map(\.severity)
        }
        #expect(try severities(["X-Long", "X-A: b"]) == [.error])
        #expect(try severities(["X Y: long", "X-A: b"]) == [.error])
        #expect(try severities(["X-A : b"]) == [.warning])
        #expect(try severities([">From bin  Thu Dec 18 13:39:15 1997", "X-A: b"]) == [])
        #expect(try severities(["X-A:", "X-B:b", "x.y_z!: c"]) == [])
    }

    @Test func mboxLine() throws {
        func found(_ mail: [String]) throws -> Int { try judge("msg.mbox-line", SampleMail.kept(mail)).count }
        #expect(try found([">From bin  Thu Dec 18 13:39:15 1997"] + SampleMail.mail()) == 1)
        #expect(try found(["X-A: b", ">From bin  Thu Dec 18 13:39:15 1997"] + SampleMail.mail()) == 1)
        #expect(try found(SampleMail.mail(body: ["From here on", ">From there"])) == 0)
    }

    @Test func emptyLineIsMissingInAPart() throws {
        let type = "multipart/mixed; boundary=b"
        func found(_ body: [String]) throws -> Int {
            try judge("msg.header-no-blank", SampleMail.submitted(SampleMail.mail(type: type, body: body))).count
        }
        #expect(try found(["--b", "See you on Friday.", "And on Monday.", "--b--"]) == 1)
        #expect(try found(["--b", "", "See you on Friday.", "--b--"]) == 0)
    }

    @Test func foreignMessagesAreNotTheAuthors() throws {
        // A report with a message that was cut.
        let mail = SampleMail.mail(
            type: "multipart/report; report-type=delivery-status; boundary=r",
            body: [
                "--r", "Content-Type: text/plain", "", "It failed.", "--r", "Content-Type: message/rfc822", "",
                "From: a", "X-Long line", "Date : Tue, 4 Mar 97", "Content-Type: multipart/mixed; boundary=inner", "",
                "--inner", "", "Caf\\xE9", "--r--",
            ])
        let found = try judgeMessage(SampleMail.submitted(mail, from: "", parameters: " BODY=8BITMIME"))
        #expect(found == [:])
    }
}
