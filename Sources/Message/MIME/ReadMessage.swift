/// What `MessageReader` read. All ranges are bytes from the start of the message as on the wire, where dots that stuff
/// lines count.
public struct ReadMessage: Sendable, Equatable {
    /// The message and all parts within, in the order in which they begin; never empty.
    public var parts: [Part]
    /// At most `MessageLimits.defects`, by part and place.
    public var defects: [MessageDefect]
    /// Kinds of defects in parts, beyond those.
    public var defectsBeyond: UInt64
    public var octets: MessageOctets
    /// False where the message was cut off; what is missing then is no defect.
    public var isComplete: Bool
    /// False where reading began in a body.
    public var hasHeader: Bool
    /// Header fields that are not kept, of the message and of its parts.
    public var fieldsBeyond: UInt64
    /// Parts that were not read.
    public var partsBeyond: UInt64

    public var root: Part { parts[0] }
    /// The header of the message itself.
    public var fields: [HeaderField] { root.fields }
    /// Bytes of the message as on the wire.
    public var wireCount: UInt64 { octets.wireCount }

    /// The fields of that name, which must be in upper case, in the message's own header.
    public func fields(_ name: StaticString) -> [HeaderField] { fields.filter { $0.isNamed(name) } }
    /// The first of them.
    public func field(_ name: StaticString) -> HeaderField? { root.field(name) }
    public func children(of part: Int) -> [Part] { parts.filter { $0.parent == part } }
    /// The first defect of that kind, in whichever part.
    public func defect(_ kind: MessageDefect.Kind) -> MessageDefect? { defects.first { $0.kind == kind } }
}
