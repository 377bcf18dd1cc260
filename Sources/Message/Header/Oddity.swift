/// Something obsolete or wrong in the value of a header field.
public struct Oddity<Kind: Sendable & Hashable>: Sendable, Hashable {
    public var kind: Kind
    /// Where it stands in the bytes that were read; `HeaderField.place(of:)` gives its place in the message.
    public var range: Range<Int>

    public init(_ kind: Kind, _ range: Range<Int>) {
        self.kind = kind
        self.range = range
    }
}
