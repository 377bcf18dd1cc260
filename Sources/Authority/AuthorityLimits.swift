/// The bounds of this module.
public enum AuthorityLimits {
    /// Seconds that a new authority is good for: ten years.
    static let authorityLife: Int64 = 3652 * day
    /// Seconds that a leaf is good for, from its first to its last: less than any client puts up with (Apple refuses
    /// more than 825 days, and wants fewer from authorities of the public).
    static let leafLife: Int64 = 90 * day
    /// Seconds by which a certificate begins before it is made: the clock of a client may be behind ours.
    static let clockSkew: Int64 = day
    /// Names in one leaf. The names of a real server's certificate come from the network.
    static let names = 250
    /// Characters of a commonName (RFC 5280 appendix A.1, `ub-common-name`).
    static let commonName = 64
    /// Bytes of a host name without its last dot (RFC 1035 §2.3.4).
    static let hostName = 253
    /// Bytes of a label of a host name (RFC 1035 §2.3.4).
    static let label = 63
    /// Bytes of a file with certificates or a key.
    static let file = 1 << 20
    /// Leaves that are kept.
    public static let cachedLeaves = 256
    /// Seconds after which a leaf that is kept is made anew: long before a good one ends, and before one that is not
    /// yet valid becomes so.
    static let cachedLife: Int64 = day / 2

    static let day: Int64 = 86_400
}
