/// What the import of a capture keeps at most.
public enum ImportLimits {
    /// Bytes of one block of a capture file; one that says it is longer is taken for damage. Interfaces that put packets
    /// together hand up 64 KiB at a time, USB and the like more.
    public static let block = 16 << 20
    /// Bytes of a comment.
    public static let comment = 64 << 10
    /// Interfaces of one section of a pcapng file.
    public static let interfaces = 4096
    /// Datagrams that wait for their missing fragments, and bytes of those.
    public static let datagrams = 1024
    public static let fragments = 8 << 20
    /// Bytes that one side of a connection said and that wait for what comes before them.
    public static let outOfOrder = 1 << 20
    /// Pieces of that.
    public static let pieces = 1024
    /// The same in all connections together.
    public static let allOutOfOrder = 32 << 20
    /// Bytes of each side that wait until it is known what is spoken.
    public static let undecided = 512
    /// Bytes that one peer said in one go are told together, up to so many.
    public static let run = 32 << 10
    /// How long such a run may pause within, in nanoseconds.
    public static let pause: Int64 = 10_000_000
    /// Bytes of such runs in all connections together.
    public static let allRuns = 16 << 20
    /// Connections that are open at a time; beyond that, the one that has been silent longest is closed.
    public static let connections = 100_000
    /// Bytes that are read and not written yet.
    public static let batch = 4 << 20
    /// Events of them.
    public static let batchItems = 32 << 10
}
