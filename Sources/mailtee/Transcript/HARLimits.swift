/// What an HTTP Archive of a session keeps at most.
enum HARLimits {
    /// Bytes of one body, as it was sent and as it is with its coding undone.
    static let body = 16 << 20
    /// Bytes of all bodies, as they were sent.
    static let bodies = 256 << 20
    /// Codings of one body that are undone.
    static let codings = 4
}
