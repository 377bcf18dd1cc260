/// How much of a message its readers keep. What lies beyond is counted and passed over, never kept: a message may say
/// anything, at any length.
public struct MessageLimits: Sendable, Equatable {
    /// Bytes of one header that are kept. Postfix keeps 102400 (`header_size_limit`); this leaves room for a peer that
    /// errs, since showing the error is what we are for.
    public var headerBytes = 262_144
    /// Bytes of one field that are kept, its continuation lines together.
    public var fieldBytes = 65_536
    /// Fields and malformed lines of one header that are kept.
    public var fields = 1000
    /// Bytes of a line that is decoded; a longer one is shown as it stands. RFC 5322 §2.1.1 has 998.
    public var lineBytes = 65_536
    /// Multiparts within multiparts that are followed.
    public var nesting = 16
    /// Characters of a field that a summary keeps.
    public var summaryCharacters = 1000

    public init() {}

    /// Parameters of one field that are kept (RFC 2045 §5.1 names no number).
    static let parameters = 64
    /// Bytes of a boundary that are compared. RFC 2046 §5.1.1 allows 70; longer ones are followed all the same.
    static let boundaryBytes = 998
    /// Comments within comments that are followed (RFC 5322 §3.2.2 names no number).
    static let commentNesting = 16
}
