/// What the HTTP machine keeps at most. Longer things are followed all the same, and counted.
public enum HTTPLimits {
    /// Bytes of a line. RFC 9112 §3 asks for 8,000 of a request line; the larger servers take fields of 16,384.
    public static let line = 16_384
    /// Requests without a response. Browsers that pipelined sent some dozens at once at most.
    public static let pending = 1_000
    /// Lines of one header section that are kept with the response.
    public static let fields = 256
    /// Bytes of one field's value that are read: of a length, a coding, a media type.
    public static let value = 1_024
    /// Interim responses to one request that are kept (RFC 9110 §15.2).
    public static let interim = 32
}
