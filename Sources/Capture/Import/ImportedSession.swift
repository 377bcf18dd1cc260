import Conversation
import Dialects
import NIOCore
import Wire

/// A connection of a capture on its way to be a session: who is the client, what is spoken, what is to be recorded of it.
final class ImportedSession {
    /// What the record is told of a session.
    protocol Record: AnyObject {
        func opened(_ facts: SessionFacts) -> UInt32
        func record(_ session: UInt32, _ event: SessionEvent<ByteBuffer>, at time: Timestamp)
        func newID() -> SessionID
        /// A run of bytes is kept, to be told by `tellRun()` at the latest when asked.
        func began(runOf session: ImportedSession)
    }

    private enum State {
        /// What was said so far.
        case undecided(ProtocolGuess, [(side: Int, bytes: [UInt8], at: Int64)])
        case open(UInt32)
        /// None of the protocols that are followed.
        case ignored
        case closed
    }

    private let ends: (FlowEnd, FlowEnd)
    private let isV6: Bool
    private let began: Int64
    private var last: Int64
    private var state: State
    /// The side that is the client.
    private var client: Int
    /// The client's first packet, or the server's answer to it, was seen.
    private let sawStart: Bool
    private var spoke = (false, false)
    private var ended: (first: Int?, count: Int) = (nil, 0)
    private var dialect = DialectName.plain
    private var tls = TLSOnlooker()
    private var run: ByteBuffer?
    private var runSide = 0
    private var runAt: Int64 = 0
    private var runLast: Int64 = 0
    private unowned let record: any Record

    /// - Parameters:
    ///   - client: the side that seems to be the client's.
    ///   - sawStart: whether that is certain.
    init(
        _ ends: (FlowEnd, FlowEnd), isV6: Bool, client: Int, sawStart: Bool, at nanoseconds: Int64, _ record: any Record
    ) {
        self.ends = ends
        self.isV6 = isV6
        self.client = client
        self.sawStart = sawStart
        self.record = record
        began = nanoseconds
        last = nanoseconds
        let ports = client == 0 ? (ends.0.port, ends.1.port) : (ends.1.port, ends.0.port)
        state = .undecided(ProtocolGuess(clientPort: ports.0, serverPort: ports.1), [])
    }

    var runBytes: Int { run?.readableBytes ?? 0 }
    /// It is, or was, a session of the record.
    private(set) var isRecorded = false
    /// It speaks nothing that is followed.
    private(set) var isForeign = false

    private func direction(_ side: Int) -> Direction { side == client ? .client : .server }

    /// Times of a record do not run backwards, though packets may have come late.
    private func time(_ nanoseconds: Int64) -> Timestamp {
        last = max(last, nanoseconds)
        return Timestamp(nanoseconds: last)
    }
}

// MARK: - What was said

extension ImportedSession: TCPSink {
    func said(_ bytes: Span<UInt8>, by side: Int, at nanoseconds: Int64) {
        if side == 0 { spoke.0 = true } else { spoke.1 = true }
        switch state {
        case .open: take(bytes, by: side, at: nanoseconds)
        case .undecided(var guess, var held):
            state = .closed
            guess.heard(bytes, from: direction(side))
            held.append((side, bytes.copy(0..<bytes.count), nanoseconds))
            let heldBytes = held.reduce(0) { $0 + $1.bytes.count }
            var answer = guess.answer
            if case .undecided = answer, heldBytes > 2 * ImportLimits.undecided { answer = guess.atEnd() }
            state = .undecided(guess, held)
            decide(answer)
        case .ignored, .closed: break
        }
    }

    func missed(_ count: Int, by side: Int, at nanoseconds: Int64) {
        if case .undecided(let guess, _) = state { decide(guess.atEnd()) }
        guard case .open(let number) = state else { return }
        tellRun()
        guard tls.lost(count, from: direction(side), at: time(nanoseconds)) else { return }
        record.record(number, .lost(direction(side), count: count), at: time(nanoseconds))
    }

    func finished(_ side: Int, at nanoseconds: Int64) {
        if ended.first == nil { ended.first = side }
        ended.count += 1
        if case .undecided(let guess, let held) = state, !held.isEmpty { decide(guess.atEnd()) }
        guard case .open(let number) = state else { return }
        tellRun()
        record.record(number, .halfClosed(direction(side)), at: time(nanoseconds))
        if ended.count == 2 { close(.closed(first: direction(ended.first ?? side)), at: nanoseconds) }
    }

    /// The connection was reset by `side`.
    func reset(by side: Int, at nanoseconds: Int64) {
        if case .undecided(let guess, let held) = state {
            if held.isEmpty, !sawStart || side == client { return state = .closed }
            decide(guess.atEnd())
        }
        let isRefusal = !spoke.0 && !spoke.1 && side != client
        close(
            isRefusal ? .unreachable("the server refused the connection") : .reset(by: direction(side)), at: nanoseconds
        )
    }

    /// Nothing more is known of the connection.
    /// - Parameter answered: the server's side was seen at all.
    func breakOff(answered: Bool) {
        if case .undecided(let guess, let held) = state {
            guard !held.isEmpty || sawStart && !answered else { return state = .closed }
            decide(guess.atEnd())
        }
        close(answered || spoke.0 || spoke.1 ? .brokenOff : .unreachable("the server did not answer"), at: last)
    }
}

// MARK: - What is told

extension ImportedSession {
    private func decide(_ answer: ProtocolGuess.Answer) {
        guard case .undecided(_, let held) = state else { return }
        switch answer {
        case .undecided: return
        case .unknown:
            isForeign = true
            state = .ignored
        case .protocol(let dialect, let isSwapped, let isTLS):
            if isSwapped, !sawStart { client = 1 - client }
            self.dialect = dialect
            tls = TLSOnlooker(dialect, isImplicit: isTLS)
            open()
            for piece in held { take(piece.bytes.span, by: piece.side, at: piece.at) }
        }
    }

    private func open() {
        let (from, to) = client == 0 ? (ends.0, ends.1) : (ends.1, ends.0)
        var facts = SessionFacts(
            id: record.newID(), started: Timestamp(nanoseconds: began), dialect: dialect,
            client: from.endpoint(isV6: isV6), server: to.endpoint(isV6: isV6), route: .capture)
        if !sawStart { facts.remarks.append("the capture begins in the middle of this connection") }
        isRecorded = true
        state = .open(record.opened(facts))
    }

    private func take(_ bytes: Span<UInt8>, by side: Int, at nanoseconds: Int64) {
        let isSame = side == runSide && run != nil && nanoseconds - runLast <= ImportLimits.pause
        if !isSame || runBytes + bytes.count > ImportLimits.run { tellRun() }
        let begins = run == nil
        var bytesSoFar = run.take() ?? ByteBufferAllocator().buffer(capacity: bytes.count)
        bytes.withUnsafeBytes { _ = bytesSoFar.writeBytes($0) }
        run = bytesSoFar
        runLast = nanoseconds
        guard begins else { return }
        runSide = side
        runAt = nanoseconds
        // Told last: what is kept may be asked for at once.
        record.began(runOf: self)
    }

    /// Tells the run of bytes that is kept.
    func tellRun() {
        guard case .open(let number) = state, let bytes = run else { return }
        run = nil
        let direction = direction(runSide)
        let passes = bytes.withUnsafeReadableBytes { raw in
            tls.passes(
                Span(_unsafeElements: raw.assumingMemoryBound(to: UInt8.self)), from: direction, at: time(runAt))
        }
        if let remark = tls.news() { record.record(number, .note(Note(.remark, remark)), at: time(runAt)) }
        if passes { record.record(number, .bytes(direction, bytes), at: time(runAt)) }
    }

    private func close(_ end: SessionEnd, at nanoseconds: Int64) {
        guard case .open(let number) = state else { return }
        tellRun()
        if let remark = tls.lastWords() { record.record(number, .note(Note(.remark, remark)), at: time(nanoseconds)) }
        if let silent = silentSide {
            record.record(
                number, .note(Note(.remark, "nothing that the \(silent.rawValue) said is in the capture")),
                at: time(nanoseconds))
        }
        record.record(number, .closed(end), at: time(nanoseconds))
        state = .closed
    }

    private var silentSide: Direction? {
        spoke.0 == spoke.1 ? nil : direction(spoke.0 ? 1 : 0)
    }
}

extension FlowEnd {
    func endpoint(isV6: Bool) -> Endpoint {
        let words = isV6 ? [high, low] : [high]
        let bytes = words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64($0))) } }
        return .address(AddressText.text(Array(bytes.prefix(isV6 ? 16 : 4))) ?? "", port: port)
    }
}
