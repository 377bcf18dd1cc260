/// Commands, of all the protocols at once, by what is at stake with them.
enum Verbs {
    /// With these a user says who they are.
    static let login: Set<String> = ["AUTH", "USER", "PASS", "APOP", "LOGIN", "AUTHENTICATE"]

    /// With these a session comes to what it is for, and names of users and mail begin to pass.
    static let business = login.union([
        "MAIL", "RCPT", "VRFY", "EXPN", "ETRN",
        "SELECT", "EXAMINE", "STATUS", "APPEND", "LSUB",
    ])

    /// With these a client says hello, and asks what the server can do.
    static let hello: Set<String> = ["EHLO", "HELO", "LHLO", "CAPA", "CAPABILITY"]

    /// With these it takes its leave.
    static let goodbye: Set<String> = ["QUIT", "LOGOUT"]
}
