/// What a reader of TLS takes, and keeps, at most.
public enum TLSLimits {
    /// Bytes of a record's fragment: RFC 8446 §5.2 allows an encrypted one 256 more than the 2^14 of plaintext (§5.1).
    public static let record = 16_384 + 256
    /// Bytes of a ClientHello or ServerHello with the four of its header. RFC 8446 §4 allows 2^24; one with the share
    /// of a post-quantum key has some 1,800.
    public static let hello = 65_536
    /// Bytes of each side after which a watcher looks no further: the messages in clear of TLS 1.2, which are a Hello,
    /// at most some 100,000 bytes of certificates and little more.
    public static let watched = 262_144
    /// Alerts in clear that a watcher keeps; the first that is fatal ends the connection (RFC 8446 §6.2).
    public static let alerts = 16
}
