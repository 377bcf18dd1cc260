import Conversation
import Dialects
import Foundation
import Testing

/// Every file in Transcripts/, heard whole, byte by byte and split at every position: the same each time, and as the
/// file says.
@Suite struct TranscriptTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Transcripts")
    static let names: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".txt") }
        .sorted()

    @Test func thereAreTranscripts() {
        #expect(Self.names.count >= 15)
    }

    @Test(arguments: names) func heardAsWritten(_ name: String) throws {
        let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
        let transcript = try Transcript(text)
        let whole = transcript.hear { [$0] }
        #expect(whole.exchanges == transcript.exchanges)
        #expect(whole.messages == transcript.messages)
        #expect(whole.bodies == transcript.bodies)
        #expect(whole.secret == transcript.secret)
        var kinds = whole.kinds[...]
        for kind in transcript.kinds {
            kinds = kinds.drop { $0 != kind }.dropFirst(0)
            #expect(kinds.popFirst() == kind)
        }
        let byteByByte = transcript.hear { $0.map { [$0] } }
        #expect(byteByByte.utterances == whole.utterances, "byte by byte")
        #expect(byteByByte.exchanges == whole.exchanges, "byte by byte")
        #expect(byteByByte.messages == whole.messages, "byte by byte")
        let isSame = byteByByte == whole
        #expect(isSame, "byte by byte")
        let longest = transcript.turns.map(\.1.count).max() ?? 0
        for split in 1..<max(2, longest) {
            let told = transcript.hear { [Array($0.prefix(split)), Array($0.dropFirst(split))] }
            let isSame = told == whole
            #expect(isSame, "split at \(split)")
        }
    }
}
