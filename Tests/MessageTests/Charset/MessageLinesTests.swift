import Message
import Testing

@Suite struct MessageLinesTests {
    @Test func headerAndBodyAreReadByWhatTheySay() {
        var lines = MessageLines()
        #expect(lines.line(Array("Subject: =?utf-8?B?5pel5pys?=".utf8)) == "Subject: 日本")
        #expect(lines.line(Array("Content-Type: text/plain; charset=\"ISO-2022-JP\"".utf8)) == nil)
        #expect(lines.line([]) == nil)
        #expect(lines.line(Array("\u{1B}$BF|K\\\u{1B}(B".utf8)) == "日本")
        #expect(lines.line(Array("plain".utf8)) == nil)
    }
}
