import Archive
import Conversation
import Foundation
import NIOCore
import Testing
import Wire

@testable import Capture

/// What peers compress after they have agreed on it (RFC 4978) is in the record as they meant it.
@Suite struct CompressionTests {
    private static let message = "Subject: what was compressed\r\n\r\nhello\r\n"

    /// Says what is meant by `text`, in pieces of `size` bytes.
    private func say(
        _ voice: Voice, _ session: UInt32, _ direction: Direction, _ text: String, by deflater: Deflater?,
        size: Int = .max
    ) {
        var bytes = Array(text.utf8)[...]
        if let deflater { bytes = deflater.compress(Array(bytes))[...] }
        while !bytes.isEmpty {
            voice.recorder.record(session, .bytes(direction, ByteBuffer(bytes: bytes.prefix(size))), at: .now())
            bytes = bytes.dropFirst(size)
        }
    }

    /// - Parameter after: what is said once the peers compress, and goes on to be said.
    private func converse(
        _ voice: Voice, size: Int = .max, after: (UInt32, Deflater, Deflater) -> Void = { _, _, _ in }
    ) {
        let session = voice.open("compressed", dialect: .imap)
        let (client, server) = (Deflater(), Deflater())
        voice.say(session, .server, "* OK ready\r\n")
        voice.say(session, .client, "a1 COMPRESS DEFLATE\r\n")
        // One read brings the agreement and what is compressed behind it.
        let agreement =
            Array("* OK in a moment\r\na1 OK begin\r\n".utf8) + server.compress(Array("* OK inside\r\n".utf8))
        for start in stride(from: 0, to: agreement.count, by: min(size, agreement.count)) {
            let piece = agreement[start..<min(agreement.count, start + min(size, agreement.count))]
            voice.recorder.record(session, .bytes(.server, ByteBuffer(bytes: piece)), at: .now())
        }
        say(voice, session, .client, "a2 LOGIN noizumi {6+}\r\nsecret\r\n", by: client, size: size)
        say(voice, session, .server, "a2 OK in\r\n", by: server, size: size)
        say(voice, session, .client, "a3 FETCH 1 BODY[]\r\n", by: client, size: size)
        say(
            voice, session, .server,
            "* 1 FETCH (BODY[] {\(Self.message.utf8.count)}\r\n\(Self.message))\r\na3 OK fetched\r\n", by: server,
            size: size)
        after(session, client, server)
        voice.close(session)
    }

    private static let clientSaid =
        "a1 COMPRESS DEFLATE\r\na2 LOGIN noizumi {6+}\r\nXXXXXX\r\na3 FETCH 1 BODY[]\r\n"

    @Test(arguments: [Int.max, 1, 2, 7]) func whatIsCompressedIsRecordedAsItWasMeant(_ size: Int) throws {
        let recording = try Recording()
        recording.record { voice in converse(voice, size: size) }
        let archive = try Archive(recording.store)
        let session = try #require(try archive.sessions().first)
        let said = try recording.said(session, archive)
        #expect(said.client.text == Self.clientSaid)
        #expect(
            said.server.text
                == "* OK ready\r\n* OK in a moment\r\na1 OK begin\r\n* OK inside\r\na2 OK in\r\n* 1 FETCH (BODY[] {39}\r\n"
                + Self.message + ")\r\na3 OK fetched\r\n")
        #expect(session.exchanges == 3)
        #expect(session.messages == 1)
        #expect(session.subject == "what was compressed")
        #expect(session.lost == PerDirection(0))
        var crossings = 0
        try archive.events(of: session) { if case .compressed = $0.event { crossings += 1 } }
        #expect(crossings == 1)
    }

    @Test func theRecordGoesOnInOtherSegments() throws {
        let recording = try Recording()
        recording.record(segmentSize: 2 << 10) { voice in
            converse(voice) { session, client, server in
                for number in 0..<40 {
                    recording.written {
                        say(
                            voice, session, .client, "b\(number) NOOP \(String(repeating: "x", count: 80))\r\n",
                            by: client)
                        say(voice, session, .server, "b\(number) OK done\r\n", by: server)
                    }
                }
            }
        }
        #expect(recording.store.segments().count > 1)
        let whole = try #require(try Archive(recording.store).sessions().first)
        #expect(whole.exchanges == 43)
        // What is left when the first segments are gone is read all the same.
        try recording.store.remove(try #require(recording.store.segments().first))
        let archive = try Archive(recording.store, anew: true)
        let rest = try #require(try archive.sessions().first)
        #expect(rest.exchanges > 10)
        #expect(rest.exchanges < 43)
        var first: [String] = []
        try archive.events(of: rest) { recorded in
            if case .compressed = recorded.event { first.append("compressed") }
        }
        #expect(first == ["compressed"])
    }

    @Test func whatIsDamagedIsCountedAndNotRecorded() throws {
        let recording = try Recording()
        recording.record { voice in
            converse(voice) { session, client, server in
                var bytes = client.compress(Array("a4 NOOP\r\n".utf8))
                bytes += [0xFF, 0xFF] + Array("a5 LOGIN noizumi secret\r\n".utf8)
                voice.recorder.record(session, .bytes(.client, ByteBuffer(bytes: bytes)), at: .now())
                voice.say(session, .client, "a6 LOGIN noizumi secret\r\n")
                say(voice, session, .server, "a4 OK done\r\n", by: server)
            }
        }
        let archive = try Archive(recording.store)
        let session = try #require(try archive.sessions().first)
        let said = try recording.said(session, archive)
        #expect(said.client.text == Self.clientSaid + "a4 NOOP\r\n")
        #expect(said.server.text.hasSuffix("a4 OK done\r\n"))
        #expect(session.lost.client > 40)
        #expect(session.lost.server == 0)
        var remarks: [String] = []
        try archive.events(of: session) { if case .note(let note) = $0.event { remarks.append(note.text) } }
        #expect(remarks.count == 1)
        #expect(remarks.first?.hasPrefix("what the client says cannot be inflated any more: it is not DEFLATE") == true)
        for segment in recording.store.segments() {
            let content = try Data(contentsOf: URL(filePath: recording.store.path(of: segment)))
            #expect(content.range(of: Data("secret".utf8)) == nil)
        }
    }

    @Test func behindAGapNothingCanBeInflated() throws {
        let recording = try Recording()
        recording.record { voice in
            converse(voice) { session, client, server in
                voice.recorder.record(session, .lost(.server, count: 5), at: .now())
                say(voice, session, .server, "* 2 EXISTS\r\n", by: server)
                say(voice, session, .client, "a4 NOOP\r\n", by: client)
            }
        }
        let archive = try Archive(recording.store)
        let session = try #require(try archive.sessions().first)
        let said = try recording.said(session, archive)
        #expect(said.client.text == Self.clientSaid + "a4 NOOP\r\n")
        #expect(said.server.text.hasSuffix("a3 OK fetched\r\n"))
        #expect(session.lost.server > 5)
    }

    @Test func whatGoesOnBehindItsEndIsCounted() {
        var inflation = SessionInflation()
        let packed = Deflater().compress(Array("a1 NOOP\r\n".utf8), flush: 4) + Array("LOGIN".utf8)
        var said: [UInt8] = []
        var failures: [String] = []
        let missing = inflation.take(packed.span, from: .client) {
            said.append($0, 0..<$0.count)
        } failed: {
            failures.append($0)
        }
        #expect(said.text == "a1 NOOP\r\n")
        #expect(missing == 5)
        #expect(failures.count == 1)
    }

    /// A few kilobytes that stand for a gigabyte.
    @Test func whatStandsForTooMuchIsGivenUp() {
        var inflation = SessionInflation()
        let deflater = Deflater()
        let zeros = [UInt8](repeating: 0, count: 1 << 20)
        var given: UInt64 = 0
        var taken: UInt64 = 0
        var largest = 0
        var failures: [String] = []
        var missing = 0
        while failures.isEmpty, taken < 1 << 20 {
            let packed = deflater.compress(zeros)
            taken += UInt64(packed.count)
            missing += inflation.take(packed.span, from: .server) {
                given += UInt64($0.count)
                largest = max(largest, $0.count)
            } failed: {
                failures.append($0)
            }
        }
        #expect(failures.count == 1)
        #expect(largest <= 32 << 10)
        #expect(given <= InflationLimits.allowance + InflationLimits.ratio * taken + UInt64(largest))
        given = 0
        let rest = deflater.compress(zeros)
        missing = inflation.take(rest.span, from: .server) {
            given += UInt64($0.count)
        } failed: {
            failures.append($0)
        }
        #expect(missing == rest.count)
        #expect(given == 0)
        #expect(failures.count == 1)
        // The other peer is followed as before.
        let other = Deflater().compress(Array("a1 NOOP\r\n".utf8))
        missing = inflation.take(other.span, from: .client) {
            given += UInt64($0.count)
        } failed: {
            failures.append($0)
        }
        #expect(missing == 0)
        #expect(given == 9)
        #expect(failures.count == 1)
    }
}
