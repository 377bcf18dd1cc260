/// What the IMAP machine keeps at most. Longer things are followed all the same, and counted.
public enum IMAPLimits {
    /// Bytes of a line, its literals apart: RFC 9051 §4 sets no limit, RFC 2683 §3.2.1.5 asks for 8,000.
    public static let line = 12_288
    /// Commands in progress.
    public static let pending = 1_000
    /// Steps of one authentication whose challenges are kept.
    public static let challenges = 32
    /// Capabilities that are kept of a listing, and bytes of one. Servers list some fifty.
    public static let capabilities = 256
    static let capability = 64
    /// Bytes of a tag by which commands are told apart.
    static let tag = 128
    /// Bytes of a command's name: the longest in use is XAPPLEPUSHSERVICE.
    static let verb = 32
    /// Bytes of the end of a line that announces a literal, and what stands before it, in a line that is not kept whole.
    static let lineEnd = 1_024
}
