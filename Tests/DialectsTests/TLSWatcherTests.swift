import Dialects
import Testing

@Suite struct TLSWatcherTests {
    /// All that a watcher tells, in a form that can be compared.
    private struct Watched: Equatable {
        var clientHello: ClientHello?
        var serverHello: ServerHello?
        var alerts: [String]
        var isDone: Bool

        init(_ watcher: TLSWatcher) {
            clientHello = watcher.clientHello
            serverHello = watcher.serverHello
            alerts = watcher.alerts.map { "\($0.sender) \($0.alert.level) \($0.alert.name)" }
            isDone = watcher.isDone
        }
    }

    private typealias Turn = TLSConversation.Turn

    private func watch(_ turns: [Turn], cut: ([UInt8]) -> [ArraySlice<UInt8>] = { [$0[...]] }) -> Watched {
        var watcher = TLSWatcher()
        for turn in turns {
            for piece in cut(turn.bytes) { watcher.received(piece.span, from: turn.sender) }
        }
        return Watched(watcher)
    }

    private func byteByByte(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] { bytes.indices.map { bytes[$0...$0] } }

    /// What comes of each conversation, as OpenSSL told it.
    @Test(
        arguments: [
            (TLSConversation.tls13, [.tls13, .tls12], .tls13, 0x1302, nil, [], true),
            (.tls12, [.tls12], .tls12, 0xC02C, "pop3", [], true),
            (.retried, [.tls13], .tls13, 0x1302, nil, [], true),
            (.untrustedInTLS12, [.tls12], .tls12, 0xC02C, nil, ["client 2 unknown_ca"], false),
            (.untrustedInTLS13, [.tls13], .tls13, 0x1302, nil, ["client 2 unknown_ca"], false),
            (.tooOld, [.tls12], nil, nil, nil, ["server 2 protocol_version"], false),
            (.nothingInCommon, [.tls12], nil, nil, nil, ["server 2 handshake_failure"], false),
        ] as [(TLSConversation, [TLSVersion], TLSVersion?, UInt16?, String?, [String], Bool)])
    func whatIsSeen(
        _ conversation: TLSConversation, _ offered: [TLSVersion], _ version: TLSVersion?, _ suite: UInt16?,
        _ applicationProtocol: String?, _ alerts: [String], _ isDone: Bool
    ) {
        let watched = watch(conversation.turns)
        #expect(watched.clientHello == conversation.clientHello)
        #expect(watched.clientHello?.versions == offered)
        #expect(watched.clientHello?.serverName == "mx.example.org")
        #expect(watched.serverHello?.version == version)
        #expect(watched.serverHello?.cipherSuite == suite)
        #expect(watched.serverHello?.applicationProtocol == applicationProtocol)
        #expect(watched.serverHello?.isHelloRetryRequest != true)
        #expect(watched.alerts == alerts)
        #expect(watched.isDone == isDone)
    }

    @Test(arguments: TLSConversation.real) func howeverCut(_ conversation: TLSConversation) {
        let whole = watch(conversation.turns)
        #expect(watch(conversation.turns, cut: byteByByte) == whole)
        let longest = conversation.turns.map(\.bytes.count).max() ?? 0
        for split in 1..<longest {
            let watched = watch(conversation.turns) { [$0.prefix(split), $0.dropFirst(split)] }
            #expect(watched == whole, "split at \(split)")
        }
        for length in [1, 2, 3, 50] {
            var turns = conversation.turns
            // Later ones may be encrypted.
            for index in 0..<2 { turns[index].bytes = TLSBytes.refragmented(turns[index].bytes, length) }
            #expect(watch(turns) == whole, "records of \(length)")
        }
    }

    /// Where the conversation breaks off, at whichever byte, only what has come is told.
    @Test(arguments: TLSConversation.real) func cutOff(_ conversation: TLSConversation) {
        let whole = watch(conversation.turns)
        var watcher = TLSWatcher()
        var before = Watched(watcher)
        for turn in conversation.turns {
            for byte in turn.bytes {
                watcher.received([byte].span, from: turn.sender)
                let now = Watched(watcher)
                #expect(now.clientHello == nil || now.clientHello == whole.clientHello)
                #expect(now.serverHello == nil || now.serverHello == whole.serverHello)
                #expect(whole.alerts.starts(with: now.alerts) && now.alerts.starts(with: before.alerts))
                #expect(now.isDone || !before.isDone)
                before = now
            }
        }
        #expect(before == whole)
    }

    /// An alert in clear where the side does not yet encrypt is read, and what looks like one after that is not.
    @Test(arguments: [
        // Before and after ChangeCipherSpec of TLS 1.2, which is the second of three records of the client's.
        (TLSConversation.tls12, 2, 0, true), (.tls12, 2, 1, true), (.tls12, 2, 2, false), (.tls12, 2, 3, false),
        // ChangeCipherSpec means nothing in TLS 1.3, and the record behind it is encrypted.
        (.tls13, 2, 0, true), (.tls13, 2, 1, true), (.tls13, 2, 2, false),
        // The server of TLS 1.3 encrypts after its ServerHello, but not after a HelloRetryRequest.
        (.tls13, 1, 0, true), (.tls13, 1, 1, false), (.tls13, 1, 2, false), (.retried, 1, 1, true),
        (.retried, 1, 2, true),
        (.retried, 3, 0, true), (.retried, 3, 1, false),
        // The second ClientHello comes after ChangeCipherSpec, in clear.
        (.retried, 2, 1, true), (.retried, 2, 2, true), (.retried, 4, 0, true), (.retried, 4, 1, false),
    ])
    func alertsInClearOnly(_ conversation: TLSConversation, _ turn: Int, _ records: Int, _ isRead: Bool) {
        var turns = conversation.turns
        var index = 0
        for _ in 0..<records {
            index += 5 + (Int(turns[turn].bytes[index + 3]) << 8 | Int(turns[turn].bytes[index + 4]))
        }
        #expect(index <= turns[turn].bytes.count)
        turns[turn].bytes.insert(contentsOf: TLSBytes.alert(1, 112), at: index)
        let alerts = isRead ? ["\(turns[turn].sender) 1 unrecognized_name"] : []
        #expect(watch(turns).alerts == alerts)
        #expect(watch(turns, cut: byteByByte).alerts == alerts)
    }

    /// RFC 8446 §2.3: after the first ClientHello come early data, which the server may decline by a HelloRetryRequest.
    @Test func earlyDataAreNoEndOfWhatIsInClear() {
        let early = TLSBytes.changeCipherSpec + TLSBytes.record(23, [UInt8](repeating: 0x15, count: 200))
        var turns = TLSConversation.retried.turns
        turns[0].bytes += early
        turns[2].bytes = early + TLSBytes.alert(1, 90) + turns[2].bytes
        let watched = watch(turns)
        #expect(watched.alerts == ["client 1 user_canceled"])
        #expect(watched.serverHello == watch(TLSConversation.retried.turns).serverHello)
        #expect(watched.isDone)
    }

    /// TLS 1.2 has no early data: with a client that offers no more, ChangeCipherSpec is what it says.
    @Test func changeCipherSpecBeforeAnyServerHello() {
        let tail = TLSBytes.changeCipherSpec + TLSBytes.alert(2, 40)
        for (conversation, alerts) in [(TLSConversation.tls12, []), (.tls13, ["client 2 handshake_failure"])] {
            #expect(watch([Turn(sender: .client, bytes: conversation.opening + tail)]).alerts == alerts)
            #expect(watch([Turn(sender: .client, bytes: tail)]).alerts == [])
        }
    }

    /// What is encrypted can never be shorter, and two alerts in one record are none (RFC 8446 §5.1).
    @Test(arguments: [[2], [2, 40, 2], [2, 40, 2, 40]] as [[UInt8]])
    func recordsOfAlertsThatAreNone(_ fragment: [UInt8]) {
        let bytes = TLSConversation.tls12.opening + TLSBytes.record(21, fragment) + TLSBytes.alert(2, 80)
        #expect(watch([Turn(sender: .client, bytes: bytes)]).alerts == ["client 2 internal_error"])
        #expect(watch([Turn(sender: .client, bytes: bytes)], cut: byteByByte).alerts == ["client 2 internal_error"])
    }

    @Test func aServerThatIsNotTLS() {
        let banner = Array("220 mx.example.org ESMTP\r\n".utf8)
        var watcher = TLSWatcher()
        watcher.received(TLSConversation.tls13.opening.span, from: .client)
        watcher.received(banner.span, from: .server)
        watcher.received(TLSBytes.alert(2, 40).span, from: .server)
        #expect(Watched(watcher).alerts == [])
        #expect(!watcher.isDone)
        watcher.received(banner.span, from: .client)
        #expect(watcher.isDone)
    }

    /// Certificates come before the end of the server's part, and are passed over however long they are.
    @Test func longMessagesArePassedOver() {
        let certificates = TLSBytes.handshake(11, [UInt8](repeating: 2, count: 100_000))
        var server: [UInt8] = []
        var rest = (TLSBytes.handshake(2, TLSBytes.serverHello()) + certificates)[...]
        while !rest.isEmpty {
            server += TLSBytes.record(22, Array(rest.prefix(10_000)))
            rest = rest.dropFirst(10_000)
        }
        let turns = [
            Turn(sender: .client, bytes: TLSConversation.tls12.opening),
            Turn(sender: .server, bytes: server + TLSBytes.alert(1, 112)),
        ]
        let watched = watch(turns)
        #expect(watched.serverHello?.cipherSuite == 0xC02F)
        #expect(watched.alerts == ["server 1 unrecognized_name"])
        #expect(watch(turns, cut: byteByByte) == watched)
    }

    @Test func aServerHelloAfterALongMessageIsFound() {
        let before = TLSBytes.handshake(1, [UInt8](repeating: 0, count: 300)) + TLSBytes.handshake(0, [])
        let said = TLSBytes.record(22, before + TLSBytes.handshake(2, TLSBytes.serverHello(suite: 0x2F)))
        #expect(watch([Turn(sender: .server, bytes: said)]).serverHello?.cipherSuite == 0x2F)
    }

    @Test func afterTheLimitNothingIsRead() {
        let filling = TLSBytes.record(22, TLSBytes.handshake(11, [UInt8](repeating: 0, count: 4_000)))
        let alert = TLSBytes.alert(2, 40)
        for (room, isRead) in [(alert.count, true), (alert.count - 1, false)] {
            var bytes: [UInt8] = []
            while bytes.count + filling.count + room <= TLSLimits.watched { bytes += filling }
            let rest = TLSLimits.watched - bytes.count - room
            bytes += TLSBytes.record(22, TLSBytes.handshake(11, [UInt8](repeating: 0, count: rest - 9)))
            bytes += alert + alert
            var watcher = TLSWatcher()
            watcher.received(bytes.span, from: .server)
            #expect(watcher.alerts.count == (isRead ? 1 : 0))
            #expect(!watcher.isDone)
            for byte in bytes { watcher.received([byte].span, from: .client) }
            #expect(watcher.alerts.count == (isRead ? 2 : 0))
            #expect(watcher.isDone)
        }
    }

    @Test func onlySoManyAlertsAreKept() {
        let bytes = (0..<100).flatMap { TLSBytes.alert(1, UInt8($0)) }
        let watched = watch([Turn(sender: .client, bytes: bytes)])
        #expect(watched.alerts.count == TLSLimits.alerts)
        #expect(watched.alerts.first == "client 1 close_notify")
    }

    /// Any bytes are watched, with the same result however they are cut.
    @Test(arguments: TLSConversation.real) func damaged(_ conversation: TLSConversation) {
        var chance = TLSChance(2)
        let whole = watch(conversation.turns)
        var changed = 0
        for _ in 0..<150 {
            let turns = conversation.turns.map { turn in
                Turn(sender: turn.sender, bytes: chance.next(below: 2) == 0 ? chance.mutate(turn.bytes) : turn.bytes)
            }
            let watched = watch(turns)
            if watched != whole { changed += 1 }
            #expect(watch(turns, cut: byteByByte) == watched)
            #expect(watch(turns) { chance.pieces(of: $0, upTo: 60) } == watched)
        }
        #expect((15...149).contains(changed), "\(changed) of 150 came out otherwise")
    }
}
