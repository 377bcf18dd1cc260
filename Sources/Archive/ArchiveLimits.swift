/// What the archive keeps at most.
public enum ArchiveLimits {
    /// Sessions that are read from the index at once.
    static let page = 256
    /// Bytes of a line of a message that are kept to be shown.
    public static let messageLine = 8_192
    /// Bytes of a session's text in the full-text index. A session that says more is not in it, and is read whole by each
    /// search: reading is twenty times as fast as indexing, and what has much to say is rarely searched for twice.
    public static let text = 16 << 10
    /// Exchanges of a session in the index, and messages.
    public static let exchanges = 100_000
    public static let messages = 100_000
    /// Bytes of a subject.
    public static let subject = 1_024
    /// Two packets of a session no further apart than this in a segment are read in one go, in bytes.
    public static let extentGap = 2 << 20
    /// How long a reader waits for another that has the index, in seconds.
    public static let patience = 20.0
    /// Three-letter pieces of a wanted text that the full-text index is asked for.
    public static let trigrams = 64
}
