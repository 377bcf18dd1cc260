/// How much of a message is kept and how far into it the reader goes. What is beyond is counted, never lost silently.
public enum MessageLimits {
    /// Bytes of the values and names of a message's own header fields that are kept.
    public static let headerBytes = 262_144
    /// Fields of a message's own header that are kept.
    public static let fields = 1000
    /// Bytes of the header fields of all the parts together.
    public static let partHeaderBytes = 262_144
    /// Fields of all the parts together.
    public static let partFields = 4000
    /// Bytes of a `Content-…` field that are read though they are not kept any more.
    public static let contentFieldBytes = 16_384
    /// Parts within parts. Postfix stops at 100 (`mime_nesting_limit`), few messages go past 10.
    public static let depth = 50
    /// Parts of a message, the message itself included.
    public static let parts = 1000
    /// Decoded bytes of the beginning of each text part.
    public static let textPartBytes = 65_536
    /// Decoded bytes of all text parts together.
    public static let textBytes = 1_048_576
    /// Decoded bytes of the beginning of any other part, to know it by its signature.
    public static let startBytes = 16
    /// A boundary may have 70 characters (RFC 2046 §5.1.1); longer ones are followed as far as this.
    public static let boundary = 256
    /// A line that begins with two hyphens can be a delimiter as long as it is no longer than this, padding included.
    public static let delimiterLine = 1024
    /// A line of a header that is no field is held until the line after it tells whether the header goes on.
    public static let doubtfulLine = 1024
    /// Defects that are kept, one for each kind and part.
    public static let defects = 1000
    /// Bytes that a defect quotes.
    public static let detail = 80
    /// Parameters of one field, and pieces of them (RFC 2231 §3).
    public static let parameters = 256
    /// Addresses of one field.
    public static let addresses = 4000
    /// Message identifiers of one field.
    public static let identifiers = 1000
    /// Oddities of one field.
    public static let oddities = 100
}
