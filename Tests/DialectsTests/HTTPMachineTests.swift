import Conversation
import Dialects
import Testing
import Wire

/// What a transcript cannot say of HTTP: gaps, and what is told beside the words.
@Suite struct HTTPMachineTests {
    private enum Part {
        case client(String)
        case server(String)
        case lost(Direction, UInt64)
    }

    private func hear(_ parts: [Part]) -> (told: Told, places: Places) {
        var machine = HTTPMachine()
        var other = HTTPMachine()
        var told = Told()
        var places = Places()
        let time = Timestamp(nanoseconds: 0)
        func say(_ text: String, _ direction: Direction) {
            let bytes = Array(text.utf8)
            told.willFeed(direction, bytes.count)
            machine.received(bytes.span, from: direction, at: time, into: &told)
            other.received(bytes.span, from: direction, at: time, into: &places)
        }
        for part in parts {
            switch part {
            case .client(let text): say(text, .client)
            case .server(let text): say(text, .server)
            case .lost(let direction, let count):
                machine.lost(count, from: direction, at: time, into: &told)
                other.lost(count, from: direction, at: time, into: &places)
            }
        }
        machine.finished(at: time, into: &told)
        other.finished(at: time, into: &places)
        return (told, places)
    }

    private static let get = Part.client("GET / HTTP/1.1\r\n\r\n")
    private static let empty = Part.server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    // MARK: - Gaps

    @Test func aGapInACountedBodyCounts() {
        let (told, places) = hear([
            Self.get, .server("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), .lost(.server, 4),
            .server("hij"), Self.get, Self.empty,
        ])
        #expect(told.exchanges == ["GET 200 idle", "GET 200 idle"])
        #expect(told.bodies == ["server 6 cut"])
        #expect(places.body == [39, 46])
    }

    @Test func aGapThatEndsWithTheBody() {
        let (told, _) = hear([
            .client("PUT / HTTP/1.1\r\nContent-Length: 4\r\n\r\n"), .lost(.client, 4), Self.get, Self.empty, Self.empty,
        ])
        #expect(told.exchanges == ["PUT 200 idle", "GET 200 waiting"])
        #expect(told.bodies == ["client 0 cut"])
    }

    @Test func aGapInAChunkCounts() {
        let (told, _) = hear([
            Self.get, .server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nab"), .lost(.server, 2),
            .server("\r\n2\r\nef\r\n0\r\n\r\n"), Self.get, Self.empty,
        ])
        #expect(told.exchanges == ["GET 200 idle", "GET 200 idle"])
        #expect(told.bodies == ["server 4 cut"])
    }

    /// Behind a gap that may be anywhere, the next request or response is found.
    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nTrail",
    ]) func theNextResponseIsFound(_ beginning: String) {
        let (told, _) = hear([
            Self.get, .server(beginning), .lost(.server, 100), .server("er</p>\r\n"), Self.get, Self.empty,
        ])
        #expect(told.exchanges == ["GET 200 idle", "GET 200 idle"])
        #expect(told.kinds.contains("line"))
        let isWhole = beginning.hasSuffix("Trail")
        #expect(told.bodies.allSatisfy { $0.hasSuffix("cut") != isWhole })
    }

    @Test(arguments: ["GET / HT", "GET / HTTP/1.1\r\nHost: a", "PUT / HTTP/1.1\r\nContent-Length: 3\r\n\r\na"])
    func theNextRequestIsFound(_ beginning: String) {
        let (told, _) = hear([
            .client(beginning), .lost(.client, 100), .client("x: y\r\n\r\n"), .client("HEAD / HTTP/1.1\r\n\r\n"),
        ])
        #expect(told.exchanges.last?.hasPrefix("HEAD") == true)
    }

    @Test func aSecretGoesOnBehindAGap() {
        for beginning in ["Cookie: a", "Authorization: Basic YT", "Cookie:\r\n a", "X: y\r\nProxy-Authorization: a"] {
            let (told, _) = hear([
                .client("GET / HTTP/1.1\r\n" + beginning), .lost(.client, 3),
                .client("cret\r\n  cret\r\nHost: seen\r\n\r\n"),
            ])
            #expect(!told.utterances.contains { $0.contains("cret") }, "\(beginning)")
            #expect(told.utterances.contains { $0.contains("seen") }, "\(beginning)")
        }
        let (told, _) = hear([.client("GET http://a:se"), .lost(.client, 3), .client("cret@host/ HTTP/1.1\r\n\r\n")])
        #expect(!told.utterances.contains { $0.contains("cret") })
    }

    // MARK: - What is told beside the words

    @Test func aBodyIsToldWithWhatItIs() {
        let (_, places) = hear([
            .client("\r\n"), Self.get,
            .server("HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n charset=utf-8\r\nContent-Encoding: gzip\r\n"),
            .server("Content-Encoding: br\r\nContent-Length: 1\r\n\r\nx"),
        ])
        #expect(places.starts.map(\.mediaType.text) == ["text/html; charset=utf-8"])
        #expect(places.starts.map(\.contentCoding.text) == ["gzip, br"])
        #expect(places.starts.map(\.head) == [0])
    }

    @Test func aRequestIsAskedWhenItsBodyHasPassed() {
        var machine = HTTPMachine()
        var places = Places()
        func say(_ text: String, _ direction: Direction, at time: Int64) {
            machine.received(
                Array(text.utf8).span, from: direction, at: Timestamp(nanoseconds: time), into: &places)
        }
        say("PUT / HTTP/1.1\r\nContent-Length: 2\r\n\r\n", .client, at: 1)
        say("HTTP/1.1 100 Continue\r\n\r\n", .server, at: 2)
        say("a", .client, at: 3)
        say("b", .client, at: 4)
        #expect(machine.phase == .waiting)
        #expect(machine.awaitedVerb == "PUT")
        say("HTTP/1.1 200 OK\r\n", .server, at: 9)
        #expect(machine.phase == .answering)
        say("Content-Length: 0\r\n\r\n", .server, at: 10)
        #expect(machine.phase == .idle)
        #expect(places.exchanges.map(\.asked.nanoseconds) == [4])
        #expect(places.exchanges.map(\.latency) == [5])
        #expect(places.exchanges.map(\.length) == [16])
        #expect(places.exchanges.first?.replies.map(\.length) == [25, 38])
        #expect(places.exchanges.first?.replies.last?.lines.map(\.text) == ["OK", "Content-Length: 0"])
    }

    @Test func whatIsKeptIsBounded() {
        let fields = String(repeating: "a: b\r\n", count: 2 * HTTPLimits.fields)
        let interim = String(repeating: "HTTP/1.1 103 Early Hints\r\n\r\n", count: 2 * HTTPLimits.interim)
        let (_, places) = hear([
            Self.get, .server(interim + "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: 0\r\n\r\n"),
            .client(String(repeating: "GET / HTTP/1.1\r\n\r\n", count: 2 * HTTPLimits.pending)),
        ])
        #expect(places.exchanges.first?.replies.count == HTTPLimits.interim + 1)
        #expect(places.exchanges.first?.replies.last?.lines.count == HTTPLimits.fields + 1)
        #expect(places.exchanges.count == 1 + 2 * HTTPLimits.pending)
    }

    /// A packet of the record begins with a request or response.
    @Test func whereRequestsBegin() {
        let (_, places) = hear([
            .client("PUT / HTTP/1.1\r\nContent-Length: 1\r\n\r\nxGET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n")
        ])
        #expect(places.boundaries == [38, 56, 74])
    }
}

private struct Places: ConversationSink {
    var exchanges: [Exchange] = []
    var starts: [BodyStart] = []
    var body: [UInt64] = []
    var boundaries: [Int] = []

    mutating func exchange(_ exchange: Exchange) {
        exchanges.append(exchange)
    }

    mutating func boundary(at index: Int) {
        boundaries.append(index)
    }

    mutating func bodyBegan(_ start: BodyStart) {
        starts.append(start)
    }

    mutating func bodyBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        body.append(offset)
    }
}
