import Conversation
import Dialects
import Testing
import Wire

/// A recorder hears secrets alone, and passes by lines that it takes for having none: it must hear the same of them.
@Suite struct LinesMachineTests {
    @Test(arguments: 60...70) func aLongWordBeforeAPasswordHidesNothing(_ length: Int) {
        let line = Array((String(repeating: "a", count: length) + " LOGIN secret\n").utf8)
        var reader = LinesMachine()
        var recorder = LinesMachine()
        var told = Told()
        var secrets = SecretsAlone()
        let time = Timestamp(nanoseconds: 0)
        told.willFeed(.client, line.count)
        reader.received(line.span, from: .client, at: time, into: &told)
        recorder.received(line.span, from: .client, at: time, into: &secrets)
        #expect(told.secret.client == line.indices.map { secrets.bytes.contains($0) })
    }

    private struct SecretsAlone: ConversationSink {
        static var wantsText: Bool { false }
        var bytes: Set<Int> = []

        mutating func secret(_ range: Range<Int>) { bytes.formUnion(range) }
    }
}
