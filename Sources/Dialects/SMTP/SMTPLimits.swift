/// What the SMTP machine keeps at most. Longer things are followed all the same, and counted.
public enum SMTPLimits {
    /// Bytes of a line. RFC 5321 §4.5.3.1.4 allows 512 and extensions more; RFC 4954 §4 asks 12,288 for AUTH.
    public static let line = 12_288
    /// Commands without a reply. Postfix and Exim send some dozens at once at most.
    public static let pending = 1_000
    /// Lines of one reply. RFC 5321 §4.2.1 sets no number.
    public static let replyLines = 256
    /// Steps of one authentication whose challenges are kept.
    public static let challenges = 32
    /// Recipients of one message that are kept. RFC 5321 §4.5.3.1.8 asks for at least 100.
    public static let recipients = 1_000
}
