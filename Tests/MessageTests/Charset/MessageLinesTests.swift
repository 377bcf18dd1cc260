import Message
import Testing

@Suite struct MessageLinesTests {
    private func read(_ lines: [String]) -> [String?] {
        var reader = MessageLines()
        return lines.map { reader.line(Array($0.utf8)) }
    }

    @Test func headerAndBodyAreReadByWhatTheySay() {
        var lines = MessageLines()
        #expect(lines.line(Array("Subject: =?utf-8?B?5pel5pys?=".utf8)) == "Subject: 日本")
        #expect(lines.line(Array("Content-Type: text/plain; charset=\"ISO-2022-JP\"".utf8)) == nil)
        #expect(lines.line([]) == nil)
        #expect(lines.line(Array("\u{1B}$BF|K\\\u{1B}(B".utf8)) == "日本")
        #expect(lines.line(Array("plain".utf8)) == nil)
    }

    @Test func eachPartIsReadByItsOwnHeader() {
        let read = read([
            "Content-Type: multipart/mixed; boundary=\"b 1\"", "", "preamble", "--b 1",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "",
            "=E6=97=A5=E6=9C=AC", "plain", "--b 1", "Content-Type: text/plain; charset=shift_jis",
            "Content-Transfer-Encoding: base64", "", "k/qWew==", "--b 1",
            "Content-Type: image/png", "Content-Transfer-Encoding: base64", "", "k/qWew==", "--b 1--", "=E6=97=A5",
        ])
        #expect(read.compactMap(\.self) == ["日本", "日本"])
        #expect(read[7] == "日本" && read[13] == "日本")
    }

    @Test func aCharacterThatALineCutsIsWhole() {
        let read = read([
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "", "5pe", "l5pys",
        ])
        #expect(read.compactMap(\.self).joined() == "日本")
    }

    @Test func whatLooksLikeASCIIAndIsNot() {
        #expect(read(["Content-Type: text/plain; charset=utf-7", "", "+ZeVnLA-", "a"]).last { $0 != nil } == "日本")
        #expect(read(["Content-Type: text/plain; charset=hz-gb-2312", "", "~{VPND~}"]).last == "中文")
    }

    @Test func aMessageInAMessageHasAHeader() {
        let read = read([
            "Content-Type: message/rfc822", "", "Subject: =?utf-8?Q?=E6=97=A5?=",
            "Content-Type: text/plain; charset=iso-2022-jp", "", "\u{1B}$BF|\u{1B}(B",
        ])
        #expect(read.compactMap(\.self) == ["Subject: 日", "日"])
    }

    @Test func partsWithoutEndAreBounded() {
        var lines = MessageLines()
        for depth in 0..<10_000 {
            _ = lines.line(Array("Content-Type: multipart/mixed; boundary=b\(depth)".utf8))
            _ = lines.line([])
            _ = lines.line(Array("--b\(depth)".utf8))
        }
        // The parts that are followed go on, those within them are text.
        #expect(lines.line(Array("--b0--".utf8)) == nil)
        #expect(!lines.isInHeader)
    }
}
