/// What the readers of charsets hold and keep at most, whatever the bytes are.
public enum CharsetLimits {
    /// Bytes of the name of a charset; the longest of IANA's has 45.
    static let name = 64
    /// Ranges of wrong bytes that are kept; all are counted.
    public static let ranges = 1_000
    /// Bytes that are held to find out the charset of a text whose label says nothing.
    static let held = 16_384
    /// Bytes by which a charset is guessed.
    static let sample = 16_384
    /// Pieces of a text that are told one by one; what follows is one piece.
    public static let pieces = 20_000
    /// Faults that are kept; all are counted.
    public static let faults = 1_000
    /// Encoded words of a field that are read; those behind stay as they are.
    public static let words = 10_000
    /// Octets of one encoded word; RFC 2047 §2 allows 75.
    static let word = 8_192
    /// Times a text is looked at again for having been encoded once more.
    static let encodings = 4
    /// Bytes of a text that are looked at for having been encoded twice.
    public static let doubleEncoded = 262_144
}
