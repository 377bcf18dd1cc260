import Message
import Testing
import Wire

struct MessageReaderTests {
    @Test func aPlainMessage() {
        let bytes = wire("From: a@b\nSubject: =?utf-8?B?44GC?=\n folded\n\nHello\nWorld\n")
        let message = readEveryWay(bytes)
        #expect(message.fields.map(\.name.text) == ["From", "Subject"])
        #expect(message.fields[1].value.text == " =?utf-8?B?44GC?= folded")
        #expect(message.fields[1].lineCount == 2)
        #expect(message.text(message.fields[1].range, of: bytes) == "Subject: =?utf-8?B?44GC?=\r\n folded\r\n")
        #expect(message.fields[1].text == "あ folded")
        let index = message.fields[1].value.count - 6
        #expect(message.text(message.fields[1].place(of: index..<(index + 6)), of: bytes) == "folded")
        #expect(message.tree == "0 text/plain")
        #expect(message.text(message.root.body, of: bytes) == "Hello\r\nWorld\r\n")
        #expect(message.root.text.text == "Hello\r\nWorld\r\n")
        #expect(message.root.octets == 14)
        #expect(message.root.decodedOctets == 14)
        #expect(message.defects == [])
    }

    @Test func partsWithinParts() {
        let bytes = wire(
            """
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="=_a"

            preamble
            --=_a
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            caf=E9 =
            au lait
            --b
            Content-Type: text/html

            <p>
            --b--
            epilogue
            --=_a
            Content-Type: application/octet-stream; name*=utf-8''%E3%81%82.bin
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment

            eJ8+IgAB
            AgME
            --=_a
            Content-Type: message/rfc822

            Subject: inner

            text
            --=_a--
            end

            """)
        let message = readEveryWay(bytes)
        #expect(
            message.tree
                == "0 multipart/mixed, 1 multipart/alternative, 2 text/plain, 2 text/html, 1 application/octet-stream, "
                + "1 message/rfc822, 2 text/plain")
        #expect(message.parts[2].text == Array("caf".utf8) + [0xE9] + Array(" au lait".utf8))
        #expect(message.parts[2].charset == "iso-8859-1")
        #expect(message.parts[3].text.text == "<p>")
        #expect(message.parts[4].start == [0x78, 0x9F, 0x3E, 0x22, 0, 1, 2, 3, 4])
        #expect(message.parts[4].isTNEF)
        #expect(message.parts[4].decodedOctets == 9)
        #expect(message.parts[4].filename == "あ.bin")
        #expect(message.parts[6].fields.first?.value.text == " inner")
        #expect(message.parts[6].text.text == "text")
        #expect(message.text(message.parts[1].body, of: bytes).hasPrefix("--b\r\n"))
        #expect(message.text(message.parts[1].body, of: bytes).hasSuffix("--b--\r\nepilogue"))
        #expect(message.text(message.parts[5].body, of: bytes) == "Subject: inner\r\n\r\ntext")
        #expect(message.parts[0].isClosed && message.parts[1].isClosed)
        #expect(message.children(of: 0).map(\.index) == [1, 4, 5])
        #expect(message.defects == [])
    }

    @Test func placesCountTheDotsThatStuffLines() {
        let bytes = wire("Content-Transfer-Encoding: quoted-printable\n\n..a\n..=zz\n")
        let message = readEveryWay(bytes, dotStuffed: true)
        #expect(message.root.text.text == ".a\r\n.=zz\r\n")
        #expect(message.root.octets == 10)
        let defect = message.defect(.quotedPrintableEscape)
        #expect(defect.map { message.text($0.range, of: bytes) } == "=")
        #expect(defect?.range.lowerBound == UInt64(bytes.count - 5))
    }

    @Test(
        arguments: [
            ("Subject: a\nno colon\nTo: b\n\nbody\n", "lineWithoutColon", "Subject To", "body\r\n", "no colon"),
            ("Subject: a\nbad name: x\nTo: b\n\nbody\n", "badFieldName", "Subject To", "body\r\n", "bad name: x"),
            ("Subject : a\n\nbody\n", "blankBeforeColon", "Subject", "body\r\n", " "),
            ("Subject: a\nHello\nthere\n", "noEmptyLine", "Subject", "Hello\r\nthere\r\n", "Hello"),
            ("Subject: a\nHello\n\nthere\n", "noEmptyLine", "Subject", "Hello\r\n\r\nthere\r\n", "Hello"),
            ("Subject: a\nHello\n  there\n", "noEmptyLine", "Subject", "Hello\r\n  there\r\n", "Hello"),
            ("Subject: a\nHello", "noEmptyLine", "Subject", "Hello", "Hello"),
            ("Subject: a\nHello\nyou", "noEmptyLine", "Subject", "Hello\r\nyou", "Hello"),
            ("Subject: a\nHello\n", "noEmptyLine", "Subject", "Hello\r\n", "Hello"),
            ("Subject: a\n  \t\n b\n\nbody\n", "blankContinuation", "Subject", "body\r\n", "  \t\r\n"),
            (" x\nSubject: a\n\nbody\n", "continuationFirst", "Subject", "body\r\n", " x\r\n"),
            ("From a@b Tue Mar  4\nSubject: a\n\nbody\n", "mboxLine", "Subject", "body\r\n", "From a@b Tue Mar  4"),
            ("Subject: caf{E9}\n\nbody\n", "eightBitHeader", "Subject", "body\r\n", nil),
            ("Subject: {1B}$B\n\nbody\n", "escapeInHeader", "Subject", "body\r\n", "\u{1B}"),
            ("Subject: a{00}b\n\nbody\n", "nul", "Subject", "body\r\n", "\0"),
            ("Subject: a\n\nbo{00}dy{00}\n", "nul", "Subject", "bo\0dy\0\r\n", "\0"),
            ("Subject: a\n\nbod{FF}y\n", "eightBitUnlabelled", "Subject", nil, nil),
            (
                "Content-Transfer-Encoding: x-uue\n\nbody\n", "unknownEncoding", "Content-Transfer-Encoding",
                "body\r\n",
                "Content-Transfer-Encoding: x-uue\r\n"
            ),
            (
                "Content-Transfer-Encoding: base64 x\n\nYQ==\n", "unknownEncoding", "Content-Transfer-Encoding", "a",
                "Content-Transfer-Encoding: base64 x\r\n"
            ),
            ("Subject: a\n--b\nTo: b\n\nbody\n", "noEmptyLine", "Subject", "--b\r\nTo: b\r\n\r\nbody\r\n", "--b"),
            ("Content-Type: text\n\nbody\n", "contentTypeSyntax", "Content-Type", "body\r\n", "text"),
            (
                "Content-Type: text/html\nContent-Type: text/plain\n\nbody\n", "repeatedMIMEField",
                "Content-Type Content-Type", "body\r\n", "Content-Type: text/plain\r\n"
            ),
            ("Content-Type: a/b; n*0=x; n*2=y\n\nbody\n", "parameterGap", "Content-Type", nil, "n*2=y"),
            ("Content-Type: a/b; n*=x%20y\n\nbody\n", "parameterWithoutCharset", "Content-Type", nil, "n*=x%20y"),
            (
                "Content-Type: a/b; n=\"=?utf-8?B?44GC?=\"\n\nbody\n", "encodedWordInParameter", "Content-Type", nil,
                "\"=?utf-8?B?44GC?=\""
            ),
            ("Content-Type: a/b; n=x y\n\nbody\n", "parameterSyntax", "Content-Type", nil, "x y"),
        ] as [(String, String, String, String?, String?)])
    func aHeaderOrBodyWithOneDefect(text: String, kind: String, names: String, body: String?, place: String?) {
        let bytes = wire(text)
        let message = readEveryWay(bytes)
        #expect(message.kinds.map(\.rawValue) == [kind])
        #expect(message.fields.map(\.name.text).joined(separator: " ") == names)
        if let body { #expect(message.root.text.text == body || !message.root.isText) }
        if let place, let defect = message.defects.first { #expect(message.text(defect.range, of: bytes) == place) }
    }

    @Test(
        arguments: [
            ("quoted-printable", "a=zz\n", "quotedPrintableEscape", "a=zz\r\n"),
            ("quoted-printable", "a=4\n", "quotedPrintableEscape", "a=4\r\n"),
            ("quoted-printable", "a=c3=a9\n", "quotedPrintableLowerCase", "aé\r\n"),
            ("quoted-printable", "a \t\nb\n", "quotedPrintableTrailingBlank", "a\r\nb\r\n"),
            ("quoted-printable", "a= \nb\n", "quotedPrintableTrailingBlank", "ab\r\n"),
            ("quoted-printable", "a{C3}{A9}\n", "quotedPrintableRawByte", "aé\r\n"),
            ("quoted-printable", String(repeating: "x", count: 77) + "\n", "quotedPrintableLongLine", nil),
            ("quoted-printable", String(repeating: "x", count: 75) + "=\ny\n", nil, nil),
            ("QUOTED-PRINTABLE (comment)", "a=3D=\n", nil, "a="),
            ("base64", "YWJj\nZGVm\n", nil, "abcdef"),
            ("base64", "YWI=\n", nil, "ab"),
            ("base64", "YQ==\n", nil, "a"),
            ("base64", "YW!Jj\n", "base64ForeignByte", "abc"),
            ("base64", "YQ==YmI=\n", "base64PadInside", "abb"),
            ("base64", "YWJjZ\n", "base64Length", "abc"),
            ("base64", "YWJjZG\n", "base64Length", "abcd"),
            ("base64", "YWJj=\n", "base64Length", "abc"),
            ("base64", String(repeating: "YWJj", count: 20) + "\n", "base64LongLine", nil),
            ("base64", String(repeating: "YWJj", count: 19) + "\n", nil, nil),
            ("binary", "{FF}\n", nil, nil), ("8bit", "{FF}\n", nil, nil), ("7bit", "{FF}\n", "eightBitUnlabelled", nil),
        ] as [(String, String, String?, String?)])
    func transferEncodings(encoding: String, body: String, kind: String?, text: String?) {
        let message = readEveryWay(wire("Content-Transfer-Encoding: \(encoding)\n\n\(body)"))
        #expect(message.kinds.map(\.rawValue) == (kind.map { [$0] } ?? []))
        if let text {
            #expect(message.root.text.text == text)
            #expect(message.root.decodedOctets == UInt64(text.utf8.count))
        }
    }

    @Test(arguments: [
        ("multipart/mixed", "boundaryMissing", 1), ("multipart/mixed; boundary=\"\"", "boundaryMissing", 1),
        ("multipart/mixed; boundary=c", "boundaryAbsent", 1), ("multipart/mixed; boundary=b", "boundaryNotClosed", 3),
        ("multipart/mixed; boundary=\(String(repeating: "b", count: 71))", "boundaryTooLong boundaryAbsent", 1),
        ("multipart/mixed; boundary=a/b", "boundaryUnquoted parameterSyntax boundaryAbsent", 1),
        ("multipart/mixed; boundary=\"a!b\"", "boundaryBadByte boundaryAbsent", 1),
        ("multipart/mixed; boundary=\"b \"", "boundaryBadByte boundaryNotClosed", 3),
    ])
    func boundaries(type: String, kinds: String, parts: Int) {
        let bytes = wire("Content-Type: \(type)\n\n--b\n\none\n--b\n\ntwo\n")
        let message = readEveryWay(bytes)
        #expect(Set(message.kinds.map(\.rawValue)) == Set(kinds.split(separator: " ").map(String.init)))
        #expect(message.parts.count == parts)
        // What was cut off has no end to miss.
        let cut = readEveryWay(bytes, complete: false)
        #expect(!cut.kinds.contains(.boundaryNotClosed) && !cut.kinds.contains(.boundaryAbsent))
    }

    @Test func delimitersHavePaddingAndNothingElse() {
        let message = readEveryWay(
            wire("Content-Type: multipart/mixed; boundary=b\n\n--b \t\n\none\n--bc\n--b--x\n --b\n-\n--\n--b-- \n"))
        #expect(message.parts.count == 2)
        #expect(message.parts[1].text.text == "one\r\n--bc\r\n--b--x\r\n --b\r\n-\r\n--")
        #expect(message.defects == [])
    }

    @Test func anOuterDelimiterEndsAllWithin() {
        let message = readEveryWay(
            wire(
                "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n"
                    + "one\n--a\nContent-Type: message/rfc822\n--a\nX: y\nno end of header\n--a--"))
        #expect(
            message.tree
                == "0 multipart/mixed, 1 multipart/mixed, 2 text/plain, 1 message/rfc822, 2 text/plain, 1 text/plain")
        #expect(message.defects.map { "\($0.part) \($0.kind)" } == ["1 boundaryNotClosed", "5 noEmptyLine"])
        #expect(message.parts[5].text.text == "no end of header")
        #expect(message.parts[0].isClosed)
    }

    @Test func aDigestHoldsMessages() {
        let message = readEveryWay(
            wire("Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: one\n\ntext\n--b--\n"))
        #expect(message.tree == "0 multipart/digest, 1 message/rfc822, 2 text/plain")
        #expect(message.parts[2].fields.map(\.name.text) == ["Subject"])
    }

    @Test func encodedComposites() {
        let multipart = readEveryWay(
            wire("Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n--b\n\none\n--b--\n"))
        #expect(multipart.kinds == [.encodedComposite])
        #expect(multipart.parts.count == 2)
        let inner = readEveryWay(
            wire("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogYQ0KDQo=\n"))
        #expect(inner.kinds == [.encodedComposite])
        #expect(inner.parts.count == 1)
        #expect(inner.root.decodedOctets == 14)
        #expect(
            readEveryWay(wire("Content-Type: message/global\nContent-Transfer-Encoding: base64\n\nYQ==\n")).kinds == [])
    }

    @Test func withoutAHeader() {
        let message = readEveryWay(wire("Hello: {FF}\n\n--b\n"), hasHeader: false)
        #expect(message.fields == [])
        #expect(message.root.octets == 17)
        #expect(message.defects == [])
    }

    @Test(arguments: [
        "", "\n", "\n\n", "a", "a:", "a:\n", "{0D}", "{0D}{0D}", "{0A}", ".", "-", "--", "Subject: x{0D}",
    ])
    func nextToNothing(text: String) {
        for dotStuffed in [true, false] {
            let message = readEveryWay(wire(text), dotStuffed: dotStuffed)
            #expect(message.parts.count == 1)
            #expect(message.wireCount == UInt64(wire(text).count))
        }
    }
}
