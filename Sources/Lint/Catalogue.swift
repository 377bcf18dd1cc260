/// All the rules.
public enum Catalogue {
    public static let all: [any Rule.Type] =
        any + smtpClient + smtpServer + pop3Client + pop3Server + imapClient + imapServer + message + tls + http

    /// - Returns: nil where no rule has this id.
    public static func rule(_ id: String) -> (any Rule.Type)? { all.first { $0.about.id == id } }
}
