import Wire

/// Reads what the first to speak says where TLS is expected, and decides as early as can be whether it is TLS.
///
/// What it decides does not depend on how the bytes are cut. It keeps no more than `TLSLimits.hello` bytes, and none
/// once it has decided.
public struct TLSOpening: Sendable {
    /// What it looks like instead.
    public enum NotTLS: Sendable, Equatable {
        /// A line of text, such as a command of SMTP.
        case text
        /// A ClientHello in the form of SSL 2.0, which RFC 6176 forbids though it may offer TLS.
        case sslv2Hello
        /// Neither; or it begins like TLS and goes on otherwise.
        case other
    }

    public enum Verdict: Sendable, Equatable {
        case incomplete
        case clientHello(ClientHello)
        case notTLS(NotTLS)
    }

    private enum Form {
        case unknown
        case records
        /// The first byte is that of a long record of SSL 2.0; so many are seen.
        case sslv2(Int)
    }

    /// The last that was told.
    public private(set) var verdict = Verdict.incomplete
    private var form = Form.unknown
    private var records = TLSRecords(of: [.handshake])
    private var messages = TLSMessages(wanted: ClientHello.handshakeType)

    public init() {}

    /// - Returns: the verdict on all bytes so far. Once it is not `incomplete` it remains, whatever comes.
    public mutating func received(_ bytes: Span<UInt8>) -> Verdict {
        var index = 0
        while index < bytes.count, case .incomplete = verdict {
            switch form {
            case .unknown: begin(bytes[index])
            case .sslv2(let seen):
                // Two bytes of length, then the type of the message, of which CLIENT-HELLO is 1 (RFC 5246 §E.2).
                if seen == 2 { decide(.notTLS(bytes[index] == 1 ? .sslv2Hello : .other)) }
                form = .sslv2(seen + 1)
                index += 1
            case .records: readRecord(bytes, from: &index)
            }
        }
        return verdict
    }

    /// Looks at the first byte, without taking it.
    private mutating func begin(_ byte: UInt8) {
        switch byte {
        case TLSContent.handshake.rawValue: form = .records
        case 0x80...: form = .sslv2(0)
        case 0x20...0x7E, Byte.tab, Byte.cr, Byte.lf: decide(.notTLS(.text))
        default: decide(.notTLS(.other))
        }
    }

    private mutating func readRecord(_ bytes: Span<UInt8>, from index: inout Int) {
        guard let piece = records.next(bytes, from: &index) else {
            if records.isBroken { decide(.notTLS(.other)) }
            return
        }
        var place = piece.range.lowerBound
        switch messages.next(bytes, from: &place, to: piece.range.upperBound) {
        case .wanted(let body)?: decide(ClientHello(body: body).map(Verdict.clientHello) ?? .notTLS(.other))
        case .passedOver?: decide(.notTLS(.other))
        case nil: if messages.isPassingOver { decide(.notTLS(.other)) }
        }
    }

    private mutating func decide(_ decision: Verdict) {
        verdict = decision
        records = TLSRecords(of: [])
        messages = TLSMessages(wanted: ClientHello.handshakeType)
    }
}
