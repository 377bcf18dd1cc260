import Wire

/// Collects what an onlooker can read of a TLS connection from the bytes of both sides: the Hellos, and the alerts in
/// clear.
///
/// Each side is read up to where its encryption begins, and no further than `TLSLimits.watched` bytes:
///
/// - up to TLS 1.2, where it says ChangeCipherSpec (RFC 5246 §7.1);
/// - in TLS 1.3, a server after its ServerHello, a client where its first encrypted record comes after that. What
///   either says as ChangeCipherSpec means nothing there (RFC 8446 §D.4), and encrypted records before the ServerHello
///   are early data (§2.3), after which the client may have to speak in clear again.
///
/// What one side said must be given before what the other says in answer to it; apart from that, what is collected does
/// not depend on how the bytes are cut. At most `TLSLimits.hello` bytes of each side are kept.
public struct TLSWatcher: Sendable {
    /// The first, where a HelloRetryRequest made the client send two.
    public var clientHello: ClientHello? { seen.clientHello }
    /// The one that chose; a HelloRetryRequest did not.
    public var serverHello: ServerHello? { seen.serverHello }
    /// Those in clear, in the order in which they came; the first `TLSLimits.alerts`.
    public var alerts: [(sender: TLSAlert.Sender, alert: TLSAlert)] { seen.alerts }

    private var seen = Seen()
    private var client = Side(.client)
    private var server = Side(.server)

    public init() {}

    /// Nothing more will be seen: both sides are encrypted, or were read as far as they are read.
    public var isDone: Bool { client.isOver && server.isOver }

    public mutating func received(_ bytes: Span<UInt8>, from sender: TLSAlert.Sender) {
        switch sender {
        case .client: client.received(bytes, into: &seen)
        case .server: server.received(bytes, into: &seen)
        }
    }
}

/// What both sides showed.
private struct Seen: Sendable {
    var clientHello: ClientHello?
    var serverHello: ServerHello?
    var alerts: [(sender: TLSAlert.Sender, alert: TLSAlert)] = []

    /// ChangeCipherSpec means nothing, as far as can be told by now.
    var isTLS13: Bool {
        guard let version = serverHello?.version ?? clientHello?.highestVersion else { return false }
        return version >= .tls13
    }
}

private struct Side: Sendable {
    private let sender: TLSAlert.Sender
    private var records = TLSRecords(of: TLSContent.allCases)
    private var messages: TLSMessages
    private var alert: [UInt8] = []
    private var left = TLSLimits.watched
    /// Nothing that follows can be read.
    private(set) var isOver = false

    init(_ sender: TLSAlert.Sender) {
        self.sender = sender
        messages = Self.noMessages(of: sender)
    }

    private static func noMessages(of sender: TLSAlert.Sender) -> TLSMessages {
        TLSMessages(wanted: sender == .client ? ClientHello.handshakeType : ServerHello.handshakeType)
    }

    mutating func received(_ bytes: Span<UInt8>, into seen: inout Seen) {
        guard !isOver else { return }
        let part = bytes.extracting(0..<min(bytes.count, left))
        left -= part.count
        var index = 0
        while !isOver, let piece = records.next(part, from: &index) { read(piece, of: part, into: &seen) }
        if left == 0 || records.isBroken { isOver = true }
        if isOver { messages = Self.noMessages(of: sender) }
    }

    private mutating func read(_ piece: TLSRecords.Piece, of bytes: Span<UInt8>, into seen: inout Seen) {
        switch piece.content {
        case .handshake: readMessages(bytes, piece.range, into: &seen)
        case .alert: readAlert(piece, of: bytes, into: &seen)
        case .changeCipherSpec:
            if !seen.isTLS13 { isOver = true }
        case .applicationData:
            if sender == .server || seen.serverHello != nil { isOver = true }
        }
    }

    private mutating func readMessages(_ bytes: Span<UInt8>, _ range: Range<Int>, into seen: inout Seen) {
        var index = range.lowerBound
        while !isOver, let message = messages.next(bytes, from: &index, to: range.upperBound) {
            guard case .wanted(let body) = message else { continue }
            switch sender {
            case .client:
                if seen.clientHello == nil { seen.clientHello = ClientHello(body: body) }
            case .server:
                guard seen.serverHello == nil, let hello = ServerHello(body: body), !hello.isHelloRetryRequest else {
                    continue
                }
                seen.serverHello = hello
                isOver = hello.version >= .tls13
            }
        }
    }

    private mutating func readAlert(_ piece: TLSRecords.Piece, of bytes: Span<UInt8>, into seen: inout Seen) {
        // An alert in clear is a record of its own (RFC 8446 §5.1); one that is encrypted is longer.
        guard piece.length == 2 else { return }
        if piece.isFirst { alert = [] }
        alert.append(bytes, piece.range)
        guard alert.count == 2, seen.alerts.count < TLSLimits.alerts else { return }
        seen.alerts.append((sender, TLSAlert(level: alert[0], code: alert[1])))
    }
}
