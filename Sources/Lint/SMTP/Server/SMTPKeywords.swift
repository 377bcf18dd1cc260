/// Keywords by which servers answer EHLO (RFC 5321 §4.1.1.1).
enum SMTPKeywords {
    /// Such as are taken for nothing else where they begin a line.
    static let common: Set<String> = [
        "PIPELINING", "SIZE", "8BITMIME", "STARTTLS", "AUTH", "ENHANCEDSTATUSCODES", "DSN", "CHUNKING", "BINARYMIME",
        "SMTPUTF8", "VRFY", "EXPN", "ETRN", "REQUIRETLS",
    ]

    /// The keyword that announces a command which may be said then and not else.
    static func announcing(_ verb: String) -> String? {
        switch verb {
        case "BDAT": "CHUNKING"
        case "STARTTLS", "AUTH", "VRFY", "EXPN", "HELP", "ETRN", "XCLIENT", "XFORWARD", "BURL": verb
        default: nil
        }
    }
}
