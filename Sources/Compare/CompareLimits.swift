/// What is kept at most of a session that is compared.
public enum CompareLimits {
    /// Exchanges. Of a longer session the first ones are compared.
    public static let exchanges = 20_000
    /// Messages.
    public static let messages = 1_000
    /// Pairs of exchanges that are weighed against each other; beyond, exchanges are aligned as they come.
    public static let pairs = 4_000_000
    /// Bytes of a command or of a line of a reply.
    public static let line = 512
    /// Lines of a reply.
    public static let lines = 256
    /// Bytes of a header field's body.
    public static let field = 512
}
