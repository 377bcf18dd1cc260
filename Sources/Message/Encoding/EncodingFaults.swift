/// What is wrong in an encoded body: for each kind how often, and where first.
public struct EncodingFaults: Sendable, Equatable {
    public enum Kind: Int, Sendable, CaseIterable {
        case escape, lowerCase, longLine, trailingBlank, rawByte
        case foreignByte, padInside, length
    }

    public struct Fault: Sendable, Equatable {
        public var kind: Kind
        public var count: UInt64
        /// The offset that the decoder was given, plus the bytes up to here.
        public var first: UInt64
        /// The byte in question, or the second one of a bad escape; nil where none is.
        public var byte: UInt8?
    }

    /// In the order in which their kinds were seen.
    public private(set) var list: [Fault] = []

    public init() {}

    public subscript(kind: Kind) -> Fault? { list.first { $0.kind == kind } }

    /// Where in the list the last one was counted: there are often many of a kind.
    private var last = 0

    mutating func add(_ kind: Kind, at offset: UInt64, byte: UInt8? = nil) {
        if last < list.count, list[last].kind == kind {
            list[last].count += 1
            return
        }
        for index in list.indices where list[index].kind == kind {
            list[index].count += 1
            last = index
            return
        }
        last = list.count
        list.append(Fault(kind: kind, count: 1, first: offset, byte: byte))
    }
}
